"""What an answer is, by its first bytes and its declared type (after the WHATWG MIME Sniffing Standard)."""

from __future__ import annotations

import re
from typing import Final

_NOT_PAGES: Final = re.compile(
    r"(?:image|audio|video|font|model)/"
    r"|application/(?:pdf|json|zip|gzip|x-|java|vnd|msword|wasm|rtf|ogg)|text/(?:css|csv|calendar|javascript)",
    re.IGNORECASE,
)
_PAGE_TYPES: Final = re.compile(r"application/x-(?:rss|xhtml|httpd-php)", re.IGNORECASE)
_BINARY_STARTS: Final = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x7fELF",
    b"MZ\x90",
    b"BZh",
    b"7z\xbc\xaf",
    b"\xfd7zXZ",
    b"wOF",
)
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT: Final = 1024
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\f\r\x1b\x00")) + b"\x7f"
_CONTROL_SHARE: Final = 0.03
"""Share of control bytes above which bytes are not text: random ones have 10 per cent, the worst text under 1."""
_NUL_SHARE: Final = 0.3
"""UTF-16 without a mark is up to half NUL, in every second place; text otherwise has none."""
_STRAY_NULS: Final = 0.001
"""Share of NUL bytes that a sloppy page may have all the same: one in the part that is looked at."""

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")


def media_type(content_type: str) -> str:
    """Give the media type of a Content-Type header, lower case, printable and short, for rules and messages."""
    name = content_type.split(";", 1)[0].strip().lower()
    return "".join(c for c in name if c.isascii() and c.isprintable())[:60]


def may_be_page(content_type: str) -> bool:
    """Whether the declared type leaves it possible that this is a page: only plain contradictions say no."""
    name = media_type(content_type)
    return _NOT_PAGES.match(name) is None or _PAGE_TYPES.match(name) is not None


def may_be_picture(content_type: str) -> bool:
    """Whether the declared type leaves it possible that this is a picture."""
    name = media_type(content_type)
    return name.startswith("image/") or name in ("", "application/octet-stream", "binary/octet-stream")


def is_text(body: bytes) -> bool:
    """Whether the bytes are text of some encoding, HTML and XML among it."""
    start = body[:_LOOKED_AT]
    if start.startswith(_BOMS) or start.lstrip()[:1] == b"<":
        return not start.startswith(b"<\x00\x00")
    if start.startswith(_BINARY_STARTS):
        return False
    nuls = start.count(b"\0")
    if nuls > len(start) * _STRAY_NULS and not _like_utf16(start, nuls):
        return False
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls <= len(start) * _CONTROL_SHARE


def _like_utf16(start: bytes, nuls: int) -> bool:
    even, odd = start[0::2].count(b"\0"), start[1::2].count(b"\0")
    return nuls >= len(start) * _NUL_SHARE and min(even, odd) * 10 <= max(even, odd)


def is_picture(body: bytes) -> bool:
    """Whether the bytes start as a JPEG, PNG, GIF, BMP, WebP or AVIF picture."""
    if body.startswith(_PICTURES):
        return True
    return (body[:4] == b"RIFF" and body[8:12] == b"WEBP") or (body[4:8] == b"ftyp" and body[8:12] in _BRANDS)


_BRANDS: Final = (b"avif", b"avis", b"mif1")
