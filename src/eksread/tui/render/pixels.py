"""Pictures as pixels: the only module of the terminal interface that loads Pillow (extra `images`).

A file from the portal is hostile: only a few formats are tried, within limits, and nothing but pixels leaves here.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF")
"""What a refresh fetches. Pillow knows forty more, of which some start other programs."""
MOST_PIXELS: Final = 16_000_000
"""A PNG of so many takes 50 MB while it is read; a picture of the news has a tenth of that."""
LEAST_SIDE: Final = 16
"""Pixels: what is smaller is a counter's dot or a line, no picture."""
PAPER: Final = (255, 255, 255)
"""The background of transparent pictures: they are drawn for white pages."""
HALF: Final = "▀"

warnings.simplefilter("error", Image.DecompressionBombWarning)


class NoPicture(ValueError):
    """Not a picture that can be shown."""


def opened(data: bytes, sharpest: int) -> Image.Image:
    """Give the pixels of a file: RGB, upright, at most `sharpest` each way. Raises `NoPicture` for any other bytes."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if min(picture.size) < LEAST_SIDE or picture.width * picture.height > MOST_PIXELS:
                raise NoPicture
            picture.draft("RGB", (sharpest, sharpest))  # a JPEG is read in the size that is needed
            pixels = _opaque(ImageOps.exif_transpose(picture))
    except Exception as error:  # the decoders raise anything: struct.error, EOFError, IndexError, …
        raise NoPicture from error
    pixels.thumbnail((sharpest, sharpest))
    return pixels


def _opaque(picture: Image.Image) -> Image.Image:
    """Give the pixels as RGB, without metadata."""
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, PAPER)
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper
    pixels = picture.convert("RGB")
    pixels.info.clear()
    return pixels


def png_of(pixels: Image.Image) -> bytes:
    """Give pixels as PNG."""
    stream = BytesIO()
    pixels.save(stream, "PNG")
    return stream.getvalue()


def half_blocks(
    pixels: Image.Image, width: int, height: int, *, few: bool
) -> tuple[tuple[Segment, ...], ...]:
    """Give pixels as `height` rows of `width` cells, two in each, the upper one in the foreground's colour.

    With `few` in 256 colours.
    """
    small = pixels.resize((width, 2 * height), Image.Resampling.LANCZOS)
    if few:
        small = small.quantize(palette=_terminal_palette(), dither=Image.Dither.NONE).convert("RGB")
    data, line = small.tobytes(), 3 * width
    system = ColorSystem.EIGHT_BIT if few else ColorSystem.TRUECOLOR
    return tuple(
        _row(data[start : start + line], data[start + line : start + 2 * line], system)
        for start in range(0, len(data), 2 * line)
    )


def _row(upper: bytes, lower: bytes, system: ColorSystem) -> tuple[Segment, ...]:
    """Give one row of cells, neighbours of the same colours as one segment."""
    segments: list[Segment] = []
    last, count = b"", 0
    for at in range(0, len(upper), 3):
        colours = upper[at : at + 3] + lower[at : at + 3]
        if colours != last and count:
            segments.append(_cells(last, count, system))
            count = 0
        last, count = colours, count + 1
    return (*segments, _cells(last, count, system))


def _cells(colours: bytes, count: int, system: ColorSystem) -> Segment:
    style = Style(color=Color.from_rgb(*colours[:3]), bgcolor=Color.from_rgb(*colours[3:]))
    style.render(
        HALF, color_system=system
    )  # it keeps its codes; left to Textual, those of 16,384 styles would be kept
    return Segment(HALF * count, style)


def _terminal_palette() -> Image.Image:
    """Give the 240 colours that all terminals with 256 share: a cube of six steps each, then greys (xterm)."""
    steps = (0, 95, 135, 175, 215, 255)
    cube = [channel for red in steps for green in steps for blue in steps for channel in (red, green, blue)]
    greys = [level for step in range(24) for level in [8 + 10 * step] * 3]
    palette = Image.new("P", (1, 1))
    palette.putpalette(cube + greys)
    return palette
