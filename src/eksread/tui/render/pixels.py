"""Pixels as what a terminal shows: cells of half-blocks, or PNG. The only module of the terminal interface that loads Pillow."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

from PIL import Image
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

HALF: Final = "▀"
SIXEL_COLOURS: Final = 128
"""Colours of a Sixel picture: a VT340 had 16, today's terminals take 256; half of them draws twice as fast."""


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


# Sixel: rows of six pixels, colour by colour; each byte is one column of six, on or off.
# Source: https://vt100.net/docs/vt3xx-gp/chapter14.html

BAND: Final = 6
_SIXELS: Final = bytes(63 + min(bits, 63) for bits in range(256))
_ONLY: Final = [bytes(colour) + b"\1" + bytes(255 - colour) for colour in range(SIXEL_COLOURS)]
_REPEATED: Final = re.compile(rb"(.)\1{3,}")


def sixels(pixels: Image.Image, width: int, height: int) -> str:
    """Give pixels as a Sixel picture of `width` and nearly `height` pixels, whole bands of six."""
    height = max(BAND, height - height % BAND)
    few = pixels.resize((width, height), Image.Resampling.LANCZOS).quantize(SIXEL_COLOURS)
    data, palette = few.tobytes(), few.getpalette() or []
    colours = [[round(value / 2.55) for value in palette[at : at + 3]] for at in range(0, len(palette), 3)]
    named = "".join(f"#{number};2;{red};{green};{blue}" for number, (red, green, blue) in enumerate(colours))
    band = BAND * width
    bands = "".join(_band(data[at : at + band], width) for at in range(0, len(data), band))
    return f'\x1bP0;1q"1;1;{width};{height}{named}{bands}\x1b\\'


def _band(data: bytes, width: int) -> str:
    """Give six rows of a picture: one line for each of their colours, over one another."""
    lines = []
    for colour in sorted(set(data)):
        here, columns = data.translate(_ONLY[colour]), 0
        for bit in range(BAND):
            columns |= int.from_bytes(here[bit * width : (bit + 1) * width]) << bit
        line = columns.to_bytes(width).translate(_SIXELS).rstrip(b"?")
        used = line.lstrip(b"?")
        left = f"!{len(line) - len(used)}?" if len(used) < len(line) else ""
        used = _REPEATED.sub(lambda run: b"!%d%b" % (len(run[0]), run[1]), used)
        lines.append(f"#{colour}{left}{used.decode('ascii')}")
    return "$".join(lines) + "-"
