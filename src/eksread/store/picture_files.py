"""Pictures as files of their own: they would only bloat the database, and may be thrown away at any time.

A name is the hash of the address, never a part of it: what comes from the portal can't choose a path. What is in a file is
hostile: only a few formats are tried, within limits, and nothing but pixels leaves here.
"""

from __future__ import annotations

import os
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

from eksread import user_files
from eksread.errors import FileUnreadable, file_error
from eksread.paths import make_private

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

WIDEST: Final = 960
"""Pixels: more than any terminal shows, a tenth of what a camera gives."""
QUALITY: Final = 75
LARGEST: Final = 16 * 1024 * 1024
"""Bytes: more than a refresh takes for one answer (`fetch.FetchOptions.body_cap`)."""
FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF")
"""What a refresh fetches. Pillow knows forty more, of which some start other programs."""
MOST_PIXELS: Final = 25_000_000
"""A camera's 24 megapixels; as PNG they take 100 MB while they are read. A picture of the news has a tenth of that."""
MOST_SCANS: Final = 64
"""Scans of a progressive JPEG: encoders make 10. Each one goes over all pixels, and can be had for 42 bytes: 100 took 2.5 s."""
SCAN: Final = b"\xff\xda"
"""The marker that starts a scan (ITU-T T.81, B.1.1.3); within coded data 0xff is always followed by 0."""
LEAST_SIDE: Final = 16
"""Pixels: what is smaller is a counter's dot or a line, no picture."""
PAPER: Final = (255, 255, 255)
"""The background of transparent pictures: they are drawn for white pages."""


class NoPicture(ValueError):
    """Not a picture that can be shown."""


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

    def pixels(self, url: str, sharpest: int) -> Image:
        """Give a picture that is held, see `opened`. Raises `NoPicture` where none is held or it can't be read."""
        data = self.get(url)
        if data is None:
            raise NoPicture
        return opened(data, (sharpest, sharpest))

    def jpeg(self, url: str) -> bytes | None:
        """Give a picture that is held as JPEG, which every browser and e-book reader shows; None where there is none."""
        try:
            picture = self.pixels(url, WIDEST)
        except NoPicture:
            return None
        return _as_jpeg(picture)

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
        """Keep a picture, smaller where it gains by it. Raises `StoreFull`, `StoreReadOnly`."""
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
    """Give the picture at most `WIDEST` wide, as JPEG, if it gains by it; what can't be read, as it is."""
    try:
        picture = opened(data, (WIDEST, WIDEST * 4))
    except NoPicture:
        return data
    shrunk = _as_jpeg(picture)
    return shrunk if len(shrunk) < len(data) else data


def _as_jpeg(picture: Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()


def opened(data: bytes, most: tuple[int, int]) -> Image:
    """Give the pixels of a file: RGB, upright, at most so wide and high. Raises `NoPicture` for any other bytes."""
    from PIL import Image, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)  # not among the lines of a screen
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            scans = data.count(SCAN) if picture.format == "JPEG" else 1
            if (
                min(picture.size) < LEAST_SIDE
                or picture.width * picture.height > MOST_PIXELS
                or scans > MOST_SCANS
            ):
                raise NoPicture
            picture.draft("RGB", most)  # a JPEG is read in the size that is needed
            pixels = _opaque(ImageOps.exif_transpose(picture))
    except Exception as error:  # the decoders raise anything: struct.error, EOFError, IndexError, …
        raise NoPicture from error
    pixels.thumbnail(most)
    return pixels


def _opaque(picture: Image) -> Image:
    """Give the pixels as RGB, without metadata."""
    from PIL import Image

    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, PAPER)
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper
    pixels = picture.convert("RGB")
    pixels.info.clear()
    return pixels
