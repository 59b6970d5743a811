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

_MOODS = (
    # zenith, horizon, far hills, middle hills, near forest, water, sun
    "4084c4 d6e8f0 789ca0 467858 204e30 3a606e fff6d6",
    "3c346c f6a868 805870 4a3a52 222030 583e5a ffd682",
    "7e98aa e2e2da 9eacac 688474 3a5842 707868 f4f0e2",
    "18548c fad696 6c7c84 42624e 1c3c2a 806a48 ffecaa",
    "141a3a 5c608e 32385c 20283e 0e1420 161e3a ececdc",
    "5ca8be ecf4e2 84b096 56925c 28683a 8c7650 fffae2",
)
"""Palettes: red, green and blue of each colour as hexadecimal digits."""


@lru_cache(maxsize=256)
def landscape(seed: str) -> bytes:
    """Give a PNG of `WIDTH` x `HEIGHT` pixels under 15 kB; the same seed gives the same picture."""
    random = Random(seed)  # noqa: S311 - a picture, not a secret
    zenith, horizon, far, middle, near, water, sun = map(bytes.fromhex, random.choice(_MOODS).split())
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


def _ridge(random: Random, level: int, swing: int) -> list[int]:
    """Give a skyline: the y of its edge for every x, from three sine waves of random phase."""
    waves = [
        (swing / k, random.uniform(0.6, 1.4) * k * math.tau / WIDTH, random.uniform(0, math.tau))
        for k in (1, 2, 5)
    ]
    return [round(level + sum(a * math.sin(f * x + p) for a, f, p in waves)) for x in range(WIDTH)]


def _fade(start: bytes, end: bytes, steps: int) -> list[bytes]:
    def mix(step: int, channel: int) -> int:
        return start[channel] + (end[channel] - start[channel]) * step // (steps - 1)

    return [bytes((mix(i, 0), mix(i, 1), mix(i, 2))) for i in range(steps)]


def _png(width: int, rows: list[bytes], palette: list[bytes]) -> bytes:
    """Write an 8-bit indexed PNG (W3C PNG §11)."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    colours = b"".join(palette)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", pixels), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
