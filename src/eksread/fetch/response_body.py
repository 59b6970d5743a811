"""A body as it streams in: caps before and after decompression that hold for every chunk (RFC 9110 §8.4).

httpx's own decoders inflate a chunk whole: a 64 KB chunk of gzip becomes 64 MB, of brotli gigabytes. Here zlib gets
a limit for its output.
"""

from __future__ import annotations

import zlib
from typing import Final

from eksread.errors import TooLarge, Truncated, WrongType

GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31
"""zlib's wbits for a gzip header and trailer."""
MAX_MEMBERS: Final = 16
"""Gzip members in one body; RFC 1952 allows any number, servers send one, and thousands would cost quadratic time."""
MAX_CHUNKS: Final = 20_000
"""Pieces of one body; an honest one comes in hundreds, one byte each would keep the processor busy for seconds."""


class Body:
    """Collects one body. `coding` is the Content-Encoding header.

    Raises `WrongType` for a coding that was not asked for, `TooLarge` past a cap, `Truncated` when the gzip stream
    is cut or damaged. All carry `url`.
    """

    def __init__(self, url: str, coding: str, *, wire_cap: int, body_cap: int) -> None:
        self._url = url
        self._wire_cap = wire_cap
        self._body_cap = body_cap
        self._parts: list[bytes] = []
        self._chunks = 0
        self.wire = 0
        self.size = 0
        self._gzip = _is_gzip(url, coding)
        self._inflater: zlib._Decompress | None = None
        self._members = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next piece off the wire."""
        self.wire += len(chunk)
        self._chunks += 1
        if self.wire > self._wire_cap or self._chunks > MAX_CHUNKS:
            raise TooLarge("on the wire", url=self._url)
        if self._gzip and self._chunks == 1 and not chunk.startswith(GZIP_MAGIC[:1]):
            self._gzip = False  # some servers announce gzip and send plain text
        if self._gzip:
            self._inflate(chunk)
        else:
            self._keep(chunk)

    def finish(self) -> bytes:
        """Give the whole body."""
        if self._inflater is not None and not self._inflater.eof:
            raise Truncated("gzip stream cut", url=self._url)
        return self.so_far()

    def so_far(self) -> bytes:
        """Give what has come, whole or not."""
        return b"".join(self._parts)

    def _keep(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._body_cap:
            raise TooLarge("after decompression", url=self._url)
        self._parts.append(data)

    def _inflate(self, data: bytes) -> None:
        while data:
            inflater = self._open(data)
            if inflater is None:
                return
            room = self._body_cap - self.size + 1  # one byte more than fits, so that passing the cap shows
            try:
                self._keep(inflater.decompress(data, room))
            except zlib.error as error:
                raise Truncated(f"gzip damaged: {error}", url=self._url) from error
            data = inflater.unused_data if inflater.eof else b""

    def _open(self, data: bytes) -> zlib._Decompress | None:
        """Give the inflater for `data`; None when what follows a complete stream is not gzip (it is ignored)."""
        if self._inflater is None or self._inflater.eof:
            if self._inflater is not None and not data.startswith(GZIP_MAGIC):
                return None
            self._members += 1
            if self._members > MAX_MEMBERS:
                raise WrongType("too many gzip members", url=self._url, type="gzip")
            self._inflater = zlib.decompressobj(_GZIP_WINDOW)
        return self._inflater


def _is_gzip(url: str, coding: str) -> bool:
    name = coding.strip().lower()
    if name in ("", "identity"):
        return False
    if name in ("gzip", "x-gzip"):
        return True
    raise WrongType(f"content coding {name[:40]!r} was not asked for", url=url, type=name[:40])
