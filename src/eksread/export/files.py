"""The file of an export: its name, and that it is written whole or not at all and never over another."""

from __future__ import annotations

import itertools
import os
import re
import tempfile
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 60
"""Characters of a title in a file's name: the longest name of most file systems is 255 bytes, and a listing should show it."""


def file_name(title: str, suffix: str) -> str:
    """Give a name of lower-case ASCII letters, digits and hyphens, the same for the same title."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_title).strip("-")
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return f"{words or 'eksread'}.{suffix}"


@contextmanager
def new_file(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """Give a stream to a file that its owner alone can read, and that appears whole at the end or not at all.

    Raises `OSError`; `FileExistsError` where there is one, unless it may be replaced.
    """
    if path.exists() and not replace:
        raise FileExistsError(17, os.strerror(17), str(path))
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_LONGEST]}-")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if not replace:
            # Taken first, because a rename would silently replace what came there meanwhile.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def free_path(folder: Path, name: str) -> Path:
    """Give a path in `folder` at which nothing stands yet: the name itself, else with a number."""
    stem, dot, suffix = name.rpartition(".")
    names = itertools.chain([name], (f"{stem}-{number}{dot}{suffix}" for number in itertools.count(2)))
    return next(path for path in map(folder.joinpath, names) if not os.path.lexists(path))
