"""Reading what the user keeps or names: settings, the bookmarks' file, imports, pages.

What stands at such a path may be anything: a folder, a FIFO that waits for a writer, a link to a device without end. Only an
ordinary file within a limit is read; for anything else `FileUnreadable` has the reason in words.
"""

from __future__ import annotations

import os
import re
import stat
from datetime import date, time
from typing import IO, TYPE_CHECKING, Any, Final

from eksread.errors import FileUnreadable, reason_of
from eksread.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

OWN_DATA: Final = 128_000_000
"""Bytes of a file with the reader's own data: 10,000 bookmarks with their texts and 200,000 read marks take half of it."""

_CHUNK: Final = 64 * 1024
_DEEP_KEY: Final = (
    r"""(?m)(?:^|[\[{,])[ \t]*+(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}"""
)
"""A key of over a hundred parts in TOML: tomllib's time grows with their square, and no file of ours has more than two."""
_SHOWN: Final = 40
"""Characters of a wrong value that a message shows: enough to find it by."""


def read_bytes(path: Path | str, limit: int) -> bytes:
    """Give the contents of an ordinary file of at most `limit` bytes. Raises `FileUnreadable`."""
    try:
        # Without O_NONBLOCK a FIFO waits for a writer; a terminal must not become the process's own.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise _refused(path, reason_of(error)) from error
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _refused(path, _("it is a folder"))
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, _("it is no ordinary file"))
        if status.st_size > limit:
            raise _too_large(path, limit)
        with open(descriptor, "rb", closefd=False) as stream:
            return read_stream(stream, limit, path)
    finally:
        os.close(descriptor)


def read_stream(stream: IO[bytes], limit: int, name: Path | str) -> bytes:
    """Give what comes of a stream, which is called `name`, up to its end. Raises `FileUnreadable` beyond `limit` bytes."""
    data = bytearray()
    try:
        while chunk := stream.read(_CHUNK):
            data += chunk
            if len(data) > limit:
                raise _too_large(name, limit)
    except OSError as error:
        raise _refused(name, reason_of(error)) from error
    return bytes(data)


def as_text(data: bytes, name: Path | str) -> str:
    """Give bytes as the UTF-8 text that they must be, without the mark that some editors begin it with."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(name, _("line {line} is no UTF-8 text").format(line=line)) from error


def parse_toml(text: str, name: Path | str) -> dict[str, Any]:
    """Give the table that a TOML text is. Raises `FileUnreadable` with the line, as far as it is known."""
    import tomllib  # takes time at the start, and most users have no settings file

    if re.search(_DEEP_KEY, text):
        raise _refused(name, _("it is nested too deeply"))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(name, _toml_fault(str(error))) from error
    except RecursionError as error:
        raise _refused(name, _("it is nested too deeply")) from error
    except ValueError as error:  # int() takes 4,300 digits
        raise _refused(name, _("a number in it has too many digits")) from error


def _toml_fault(message: str) -> str:
    """Say where a text is no TOML; tomllib says what it expected there, in English and in a parser's words."""
    at = re.search(r"line (\d+), column (\d+)", message)
    if at is None:
        return _("it is no valid TOML, or ends too early")
    return _("line {line}, column {column} is no valid TOML").format(line=at[1], column=at[2])


def shown(value: object) -> str:
    """Give a value as its file would have it: on one line, without what acts in a terminal, and short.

    A list or table is written as in JSON, which those who write TOML read as well.
    """
    import json  # takes time at the start, and most files are as they should be

    try:
        plain = isinstance(value, float | date | time)
        text = str(value) if plain else json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # a number of too many digits; tables in tables
        text = "…"
    text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _refused(name: Path | str, reason: str) -> FileUnreadable:
    return FileUnreadable(path=name, reason=reason)


def _too_large(name: Path | str, limit: int) -> FileUnreadable:
    return _refused(name, _("it is larger than {size} MB").format(size=f"{limit / 1e6:g}"))
