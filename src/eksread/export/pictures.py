"""Pictures in a form that every browser and e-book reader shows."""

from __future__ import annotations

from io import BytesIO
from typing import Final, NamedTuple

_LARGEST: Final = 12_000_000
"""Pixels of a picture that is taken: more than a camera's that was made smaller, and 36 MB while it is read."""
_KEPT: Final = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "GIF": ("image/gif", "gif")}
"""Formats that stay as they are; others (WebP, AVIF) become JPEG."""


class Picture(NamedTuple):
    """A picture's bytes with their media type and file suffix."""

    data: bytes
    media_type: str
    suffix: str


def portable(data: bytes | None) -> Picture | None:
    """Give a picture that can be read as JPEG, PNG or GIF; None without one."""
    if data is None:
        return None
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _LARGEST:
                return None
            picture.load()
            if picture.format in _KEPT:
                return Picture(data, *_KEPT[picture.format])
            stream = BytesIO()
            picture.convert("RGB").save(stream, "JPEG", quality=80)
            return Picture(stream.getvalue(), *_KEPT["JPEG"])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
