"""Small landscapes drawn from a seed: the demo's photographs, so that it ships none.

A picture is drawn column by column in an indexed palette and then transposed: a few thousand slices instead of
57,600 pixels, well under 5 ms, so even a feed that measures twenty enclosures renders at once.
"""

from __future__ import annotations

import math
import struct
import zlib
from functools import lru_cache
from random import Random

WIDTH, HEIGHT = 320, 180

_SKY, _WATER = 24, 16  # palette entries of each gradient
_FAR, _MIDDLE, _NEAR, _SUN = range(_SKY + _WATER, _SKY + _WATER + 4)

_Colour = tuple[int, int, int]
# (zenith, horizon, far hills, middle hills, near forest, water near, sun)
_MOODS: tuple[tuple[_Colour, ...], ...] = (
    (
        (64, 132, 196),
        (214, 232, 240),
        (120, 156, 160),
        (70, 120, 88),
        (32, 78, 48),
        (58, 96, 110),
        (255, 246, 214),
    ),
    (
        (60, 52, 108),
        (246, 168, 104),
        (128, 88, 112),
        (74, 58, 82),
        (34, 32, 48),
        (88, 62, 90),
        (255, 214, 130),
    ),
    (
        (126, 152, 170),
        (226, 226, 218),
        (158, 172, 172),
        (104, 132, 116),
        (58, 88, 66),
        (112, 120, 104),
        (244, 240, 226),
    ),
    (
        (24, 84, 140),
        (250, 214, 150),
        (108, 124, 132),
        (66, 98, 78),
        (28, 60, 42),
        (128, 106, 72),
        (255, 236, 170),
    ),
    ((20, 26, 58), (92, 96, 142), (50, 56, 92), (32, 40, 62), (14, 20, 32), (22, 30, 58), (236, 236, 220)),
    (
        (92, 168, 190),
        (236, 244, 226),
        (132, 176, 150),
        (86, 146, 92),
        (40, 104, 58),
        (140, 118, 80),
        (255, 250, 226),
    ),
)


@lru_cache(maxsize=256)
def landscape(seed: str) -> bytes:
    """Give a PNG of ``WIDTH`` x ``HEIGHT`` pixels under 15 kB; the same seed gives the same picture."""
    random = Random(seed)  # noqa: S311 - a picture, not a secret
    zenith, horizon, far, middle, near, water, sun = random.choice(_MOODS)
    shore = random.randint(112, 132)
    sky = bytes(min(y * _SKY // shore, _SKY - 1) for y in range(HEIGHT))
    river = bytes(
        _SKY + min((y - shore) * _WATER // (HEIGHT - shore), _WATER - 1) for y in range(shore, HEIGHT)
    )
    ridges = [_ridge(random, shore - lift, swing) for lift, swing in ((34, 16), (18, 11))]
    bank = _ridge(random, HEIGHT - 10, 9)
    sun_x, sun_y, sun_r = random.randint(40, WIDTH - 40), random.randint(26, 62), random.randint(9, 15)
    columns = []
    for x in range(WIDTH):
        back, front, foot = min(ridges[0][x], shore), min(ridges[1][x], shore), min(bank[x], HEIGHT)
        column = bytearray(sky[:shore] + river)
        half = math.isqrt(max(0, sun_r**2 - (x - sun_x) ** 2))
        column[sun_y - half : sun_y + half] = bytes([_SUN]) * (2 * half)
        column[back:shore] = bytes([_FAR]) * (shore - back)
        column[front:shore] = bytes([_MIDDLE]) * (shore - front)
        column[foot:] = bytes([_NEAR]) * (HEIGHT - foot)
        columns.append(bytes(column))
    palette = [*_fade(zenith, horizon, _SKY), *_fade(horizon, water, _WATER), far, middle, near, sun]
    grid = b"".join(columns)
    return _png(WIDTH, [grid[y::HEIGHT] for y in range(HEIGHT)], palette)


@lru_cache(maxsize=16)
def face(name: str) -> bytes:
    """Give the small round PNG (32 x 32) that stands for a reader's reaction."""
    random = Random(name)  # noqa: S311 - a picture, not a secret
    fill = (random.randint(210, 250), random.randint(150, 215), random.randint(40, 110))
    eyes = {(x, y) for x in (11, 12, 20, 21) for y in (11, 12, 13)}
    curve = random.choice((-1, 0, 1))
    mouth = {(x, 21 + curve * (abs(x - 16) // 3)) for x in range(9, 24)}
    rows = [
        bytes(
            2 if (x, y) in eyes | mouth else int((x - 15.5) ** 2 + (y - 15.5) ** 2 < 225) for x in range(32)
        )
        for y in range(32)
    ]
    return _png(32, rows, [(255, 255, 255), fill, (60, 42, 20)])


def _ridge(random: Random, level: int, swing: int) -> list[int]:
    """Give a skyline: the y of its edge for every x, from three sine waves of random phase."""
    waves = [
        (swing / k, random.uniform(0.6, 1.4) * k * math.tau / WIDTH, random.uniform(0, math.tau))
        for k in (1, 2, 5)
    ]
    return [round(level + sum(a * math.sin(f * x + p) for a, f, p in waves)) for x in range(WIDTH)]


def _fade(start: _Colour, end: _Colour, steps: int) -> list[_Colour]:
    def mix(step: int, channel: int) -> int:
        return start[channel] + (end[channel] - start[channel]) * step // (steps - 1)

    return [(mix(i, 0), mix(i, 1), mix(i, 2)) for i in range(steps)]


def _png(width: int, rows: list[bytes], palette: list[_Colour]) -> bytes:
    """Write an 8-bit indexed PNG (W3C PNG §11)."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    colours = b"".join(bytes(colour) for colour in palette)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", pixels), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
