"""What may stand where a file of the user's is expected: makers of such things, by name."""

from __future__ import annotations

import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DEEP: Final = 50_000


def _link(path: Path, to: str) -> None:
    path.symlink_to(to)


def _loop_of_two(path: Path) -> None:
    path.with_name("other").symlink_to(path.name)
    path.symlink_to("other")


def _socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)
    os.fchdir(here)
    os.close(here)


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(10**10)


def _fifo_behind_a_link(path: Path) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to("fifo")


NO_FILES: Final[Mapping[str, Callable[[Path], object]]] = {
    "a folder": lambda path: path.mkdir(),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "two links to each other": _loop_of_two,
    "a fifo": os.mkfifo,
    "a link to a fifo": _fifo_behind_a_link,
    "a socket": _socket,
    "a link to a folder": partial(_link, to="."),
    "more than fits": _sparse,
    **{f"a link to {device}": partial(_link, to=device) for device in (
        "/dev/zero", "/dev/null", "/dev/full", "/dev/urandom", "/dev/tty", "/proc/self/mem", "/dev/null/x")},
}  # fmt: skip
"""None of these is an ordinary file that can be read."""

NO_TOML: Final[Mapping[str, bytes]] = {
    "nested lists": b"x = " + b"[" * DEEP,
    "closed nested lists": b"x = " + b"[" * DEEP + b"]" * DEEP,
    "nested tables": b"x = " + b"{a = " * DEEP,
    "nested bookmarks": b"bookmark = " + b"[" * DEEP + b"]" * DEEP,
    "a deep key": b"a." * DEEP + b"a = 1",
    "a deep quoted key": b'"a" . ' * DEEP + b"a = 1",
    "a deep key of quotes": rb'"\"".' * DEEP + b"a = 1",
    "a deep header": b"[" + b"a." * DEEP + b"a]",
    "a deep key in a table": b"x = {y = 1, " + b"a." * DEEP + b"a = 1}",
    "a number of 4,301 digits": b"width = " + b"9" * 4301,
    "a number of 100,000 digits": b"x = -" + b"9" * 100_000,
    "no UTF-8": b'title = "\xff"',
    "a cut character": b'x = "\xe2\x82',
    "UTF-16": 'x = "teks"'.encode("utf-16"),
    "Latin-1": 'note = "café"'.encode("latin-1"),
    "a surrogate": b'x = "\xed\xa0\x80"',
    "an escaped surrogate": b'x = "\\ud800"',
    "NUL": b"\0",
    "many NUL": bytes(100_000),
    "a database": b"SQLite format 3\0" + bytes(4000),
    "an escape sequence": b"\x1b]0;judul\x07",
    "an escape sequence in a text": b'x = "\x1b[2J"',
    "JSON": b'{"bookmark": []}',
    "JSON lines": b'{"kind": "search"}\n{"kind": "search"}\n',
    "HTML": b"<!doctype html><title>x</title>",
    "a conflict of git": b'<<<<<<< HEAD\nx = "a"\n=======\nx = "b"\n>>>>>>> sana\n',
    "a cut header": b"[[bookmark",
    "an empty header": b"[]",
    "a header twice": b"[a]\n[a]\n",
    "a table that is a list": b"[[a]]\n[a]\n",
    "a key twice": b"a = 1\na = 2\n",
    "a key that is a value": b"a = 1\na.b = 2\n",
    "no value": b"width =\n",
    "two values": b"width = = 3\n",
    "two entries on a line": b"a = 1 b = 2\n",
    "an open text": b'note = "tanpa akhir\n',
    "an open long text": b'note = """tanpa akhir\n',
    "an odd escape": b'note = "\\q"\n',
    "an escape beyond Unicode": b'note = "\\U00110000"\n',
    "a day that isn't": b"saved = 2024-02-30T00:00:00Z\n",
    "an hour that isn't": b"saved = 2024-02-20T25:00:00Z\n",
    "an offset that isn't": b"saved = 2024-02-20T00:00:00+99:00\n",
    "a year beyond 9999": b"saved = 10000-01-01T00:00:00Z\n",
    "the year 0": b"saved = 0000-01-01T00:00:00Z\n",
    "a number with a leading zero": b"x = 01\n",
    "an infinite word": b"x = infinity\n",
    "a trailing comma": b"x = {a = 1,}\n",
    "carriage returns": b"a = 1\rb = 2\r",
    "words": b"Ini bukan pengaturan.\n",
    "a quote": b"'",
    "an equals sign": b"=",
    "a dot": b".",
    "a bracket": b"]",
}
"""Texts and bytes that are no TOML."""


def make(name: str, path: Path) -> None:
    """Put the thing of this name at `path`."""
    if name in NO_TOML:
        path.write_bytes(NO_TOML[name])
    else:
        NO_FILES[name](path)
