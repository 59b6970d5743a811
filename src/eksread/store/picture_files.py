"""Pictures as files of their own: they would only bloat the database, and may be thrown away at any time.

A name is the hash of the address, never a part of it: what comes from the portal can't choose a path.
"""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, Final

from eksread import user_files
from eksread.errors import FileUnreadable, file_error
from eksread.paths import make_private

if TYPE_CHECKING:
    from pathlib import Path

WIDEST: Final = 960
"""Pixels: more than any terminal shows, a tenth of what a camera gives."""
QUALITY: Final = 75
LARGEST: Final = 16 * 1024 * 1024
"""Bytes: more than a refresh takes for one answer (`fetch.FetchOptions.body_cap`)."""


class PictureFolder:
    """The pictures in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, url: str) -> Path:
        """Give where the picture at `url` is or would be."""
        from hashlib import sha256

        name = sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / name

    def held(self, url: str) -> bool:
        """Whether this picture is held. Where none is, no name is made: that would load OpenSSL before the first paint."""
        return self._folder.is_dir() and self.path(url).is_file()

    def get(self, url: str) -> bytes | None:
        """Give a picture's file; None where it is not held, can't be read or is larger than any that was fetched."""
        try:
            return user_files.read_bytes(self.path(url), LARGEST)
        except FileUnreadable:
            return None

    def size(self, url: str) -> int:
        """Give the bytes of a picture that is held."""
        return self.path(url).stat().st_size

    def drop(self, url: str) -> None:
        """Let go of a picture. Raises `StoreReadOnly`."""
        try:
            self.path(url).unlink(missing_ok=True)
        except OSError as error:
            raise file_error(error, self._folder) from error

    def keep(self, url: str, data: bytes) -> None:
        """Keep a picture, smaller where Pillow is installed (extra `images`). Raises `StoreFull`, `StoreReadOnly`."""
        path = self.path(url)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        try:
            make_private(path.parent)
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(smaller(data))
            fresh.replace(path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise file_error(error, self._folder) from error


def smaller(data: bytes) -> bytes:
    """Give the picture at most `WIDEST` wide, as JPEG, if Pillow is there and it gains by it; else as it is."""
    try:
        from PIL import Image, ImageOps
    except ImportError:
        return data
    try:
        with Image.open(BytesIO(data)) as picture:
            picture.thumbnail((WIDEST, WIDEST * 4))
            stream = BytesIO()
            ImageOps.exif_transpose(picture).convert("RGB").save(
                stream, "JPEG", quality=QUALITY, optimize=True
            )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return data  # not a picture that Pillow reads: kept as it came
    shrunk = stream.getvalue()
    return shrunk if len(shrunk) < len(data) else data
