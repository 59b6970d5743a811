"""Bytes to text, whatever the server, the page or neither says about its charset.

The order: byte order mark, a strict UTF-8 test, the HTTP header, the page's own `<meta>` or XML
declaration, windows-1252. The UTF-8 test stands before what is declared, since real text in another charset is
practically never valid UTF-8, while a wrong declaration is common. Codecs come from an allow-list: names
such as `hex`, `zlib` or `unicode_escape` are codecs to Python, but not charsets.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from typing import Final

MAX_SNIFF: Final = 4096  # bytes: the HTML standard looks at 1024, real heads push the meta further down
MAX_LABEL: Final = 40  # characters: the longest label of the WHATWG list has 19

_WESTERN: Final = "cp1252"
_CODECS: Final = frozenset(
    "utf-8 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp1254 cp1256 cp874 iso8859-2 iso8859-15 koi8-r mac-roman"
    " gb18030 big5 shift_jis euc_jp euc_kr".split()
)
"""The codecs that are charsets of pages, by Python's names."""
_SUPERSETS: Final = {
    "ascii": _WESTERN,
    "iso8859-1": _WESTERN,
    "iso8859-9": "cp1254",
    "utf-16": "utf-16-le",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What pages mean that declare less (WHATWG Encoding)."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER: Final = re.compile(r"charset\s*+=\s*+(?:[\"']\s*+)?([A-Za-z0-9_-]+)", re.I)
_META: Final = re.compile(rb"<meta\b[^>]{0,300}?charset\s*+=\s*+(?:[\"']\s*+)?([A-Za-z0-9_-]+)", re.I)
_XML: Final = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_-]+)", re.I)
_MULTIBYTE: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_FALLBACK: Final = "eksread.windows-1252"


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as windows-1252: pages joined from two sources hold both."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode(_WESTERN, "replace"), error.end


codecs.register_error(_FALLBACK, _western)


def decode(body: bytes, content_type: str) -> str:
    """Give the text of `body`; `content_type` is the HTTP header or "". Never raises.

    A byte order mark is not part of the text. Bytes that fit no charset become U+FFFD.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not clean UTF-8: what follows weighs what else it may be
    declared = _declared(body, content_type)
    if _mostly_utf8(body):
        return body.decode("utf-8", _FALLBACK)
    if declared in (None, "utf-8", "utf-16-le", "utf-16-be"):
        declared = _WESTERN
    return body.decode(declared or _WESTERN, "replace")


def _declared(body: bytes, content_type: str) -> str | None:
    """Give the codec that the header, else the page, names; None when neither names one of the allow-list."""
    head = body[:MAX_SNIFF]
    header = _HEADER.search(content_type)
    inside = _XML.search(head) or _META.search(head)
    names = (header.group(1) if header else "", inside.group(1).decode("ascii") if inside else "")
    for name in names:
        with suppress(LookupError):
            codec = codecs.lookup(name[:MAX_LABEL]).name
            codec = _SUPERSETS.get(codec, codec)
            if codec in _CODECS:
                return codec
    return None


def _mostly_utf8(body: bytes) -> bool:
    """Whether the bytes above ASCII are UTF-8 save for a few: a cut end, or a stray byte in a template."""
    whole = sum(len(found) for found in _MULTIBYTE.findall(body))
    stray = len(_HIGH.findall(body)) - whole
    return whole > 0 and stray <= max(3, whole // 2)


# What makes text from a page safe to show.

MAX_MARKS: Final = 4  # combining marks on one letter: Vietnamese and Thai need 2, Hebrew with accents 3 or 4
# Ordinary text: Latin, typographic punctuation, currency, arrows. All of it is NFC and shows as one cell or none is lost.
_UNUSUAL: Final = re.compile("[^ -~¡-¬®-˿Ḁ-ỿ‐-‧‰-⁀₠-₿™←-⇿]")
_DROP: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_EMOJI: Final = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u2328\u232b-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LONE_VS16: Final = re.compile(f"(?<![{_EMOJI}0-9#*])\ufe0f|(?<=[0-9#*])\ufe0f(?!\u20e3)")
_LONE_ZWJ: Final = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")


def clean(text: str) -> str:
    """Give `text` as one line: safe, NFC, white space (no-break spaces too) folded to single spaces, ends trimmed.

    Idempotent. Costs one scan for ordinary text.
    """
    text = text.strip()
    if text.isascii() and text.isprintable() and "  " not in text:
        return text  # most texts are clean already, and checking that costs a third of folding them
    folded = " ".join(text.split())
    if folded.isascii() and folded.isprintable():
        return folded
    if not _UNUSUAL.search(folded):
        return folded
    return _purge(folded)


def _purge(text: str) -> str:
    kept = _DROP.sub("", text)
    kept = _LONE_VS16.sub("", kept)
    kept = _LONE_ZWJ.sub("", kept)
    kept = _fewer_marks(unicodedata.normalize("NFC", kept))
    return " ".join(kept.split())


def _fewer_marks(text: str) -> str:
    """Keep at most `MAX_MARKS` combining marks in a row, and none at the start: there they would sit on another text."""
    kept: list[str] = []
    marks = MAX_MARKS
    for char in text:
        if char > "\u02ff" and char != "\ufe0f" and unicodedata.category(char)[0] == "M":
            marks += 1
            if marks > MAX_MARKS:
                continue
        elif kept or char != " ":
            marks = 0
        else:
            continue
        kept.append(char)
    return "".join(kept) if len(kept) < len(text) else text
