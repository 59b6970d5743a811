"""The log: details of errors, in a file that its owner alone can read and that the first error makes."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Final

from eksread.errors import LogUnwritable, reason_of
from eksread.i18n import _
from eksread.paths import make_private

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

    from eksread.paths import Paths

MAX_BYTES: Final = 1_000_000
"""A larger log is renamed at the next start, in place of the one renamed before."""

FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK
"""Without O_NONBLOCK a FIFO would wait for a reader."""


class _PrivateFile(logging.FileHandler):
    """Opens its file at the first record: 0600, in a folder of 0700. A log that can't be written is no reason to fail."""

    def _open(self) -> TextIOWrapper:
        from pathlib import Path

        path = Path(self.baseFilename)
        make_private(path.parent)
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.replace(path.with_suffix(".old.log"))
        descriptor = os.open(path, FLAGS, 0o600)
        return open(descriptor, "a", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123 - the handler closes it

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, where the file can be opened: logging itself would raise what `_open` raises."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Stay silent: the disk may be full, and stderr belongs to the user."""


def ensure(paths: Paths) -> None:
    """Make sure that a log file which the user named can be written, and is no other file of ours. Raises `LogUnwritable`."""
    path = paths.log_file
    try:
        if paths.is_archives(path):
            raise LogUnwritable(path=path, reason=_("the name belongs to the archive"))
        if path.exists() and not (path.is_file() or path.is_dir() or str(path) == os.devnull):
            raise LogUnwritable(path=path, reason=_("it is no ordinary file"))
        make_private(path.parent)
        os.close(os.open(path, FLAGS, 0o600))
    except OSError as error:
        raise LogUnwritable(str(error), path=path, reason=reason_of(error)) from error


def start(path: Path) -> None:
    """Send warnings and errors of eksread to `path`."""
    handler = _PrivateFile(path, delay=True, encoding="utf-8")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("eksread")
    root.setLevel(logging.NOTSET)
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.propagate = False


def show_on_stderr() -> None:
    """Print what is logged on stderr as well, from single requests on."""
    root = logging.getLogger("eksread")
    root.addHandler(logging.StreamHandler())
    root.setLevel(logging.INFO)
