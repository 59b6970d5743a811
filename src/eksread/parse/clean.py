"""What makes text from a page safe to show, and its addresses safe to open.

Everything that could deceive a reader or a terminal goes: control characters, bidi overrides and isolates,
zero-width and tag characters, private-use characters (among them the marks that a search snippet uses), lone
surrogates, heaps of combining marks. Joiners stay inside emoji. See docs/architecture.md and UTS #39.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

MAX_MARKS: Final = 4  # combining marks on one letter: Vietnamese and Thai need 2, Hebrew with accents 3 or 4
MAX_URL: Final = 2048  # characters: what browsers and servers agree on
MAX_HOST: Final = 253  # characters: RFC 1035
MAX_PORT: Final = 65535

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
_BREAK: Final = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
_HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?", re.I
)
_NO_HOST: Final = re.compile(r"https?:(?!//[^/?#])", re.I)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\\\\]")
_PLAIN_URL: Final = re.compile(
    r"(?P<origin>https?://[A-Za-z0-9.-]+(?::\d{1,5})?)?"
    r"(?P<path>/(?!/)[A-Za-z0-9/_.,;:@%+=&?~!*'()-]*(?:#[A-Za-z0-9_-]*)?|(?<=.)$)"
)
_PLAIN_RELATIVE: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9/_.,@%+=&?~!*'()-]*(?<!\?)(?:#[A-Za-z0-9_-]+)?")
"""An address below the page's folder: no colon, which could end the name of a scheme."""
_DOTS: Final = re.compile(r"/\.{1,2}(?:[/?#]|$)")
_KEPT: Final = "/%:=&?~#+!$,;'@()*[]-._"


def clean(text: str) -> str:
    """Give `text` as one line: safe, NFC, white space (no-break spaces too) folded to single spaces, ends trimmed.

    Idempotent. Costs one scan for ordinary text.
    """
    text = text.strip()
    if text.isascii() and text.isprintable() and "  " not in text:
        return text  # most texts are clean already, and telling so costs a third of folding them
    folded = " ".join(text.split())
    if folded.isascii() and folded.isprintable():
        return folded
    if not _UNUSUAL.search(folded):
        return folded
    return _purge(folded)


def clean_lines(text: str) -> str:
    """Give `text` cleaned line by line; several blank lines in a row become one, none at the ends."""
    lines: list[str] = []
    for raw in _BREAK.split(text):
        line = clean(raw)
        if line or (lines and lines[-1]):
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


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


def web_url(base: str, href: str) -> str | None:
    """Give `href` as an absolute http(s) address against `base`, or None when it is no address to open.

    Refused: other schemes, control characters, backslashes, names and passwords before an `@`, hosts that are no
    host names (a leading dash among them), more than `MAX_URL` characters. Characters beyond ASCII are
    percent-encoded (path) or IDNA (host), so that nothing in an address can look like something else.
    """
    if len(href) > MAX_URL * 4:
        return None
    href = href.strip(" \t\r\n\f")
    if not href:
        return None
    plain = _PLAIN_URL.fullmatch(href)
    if plain and not _DOTS.search(href):  # nearly every link of a page: no need of urllib's 8 µs
        path = plain["path"] or "/"
        origin = _origin(plain["origin"] or base)
        return origin + path if origin and len(origin) + len(path) <= MAX_URL else None
    if _PLAIN_RELATIVE.fullmatch(href) and "//" not in href and not _DOTS.search(href):
        folder = _folder(base)
        if folder:
            return folder + href if len(folder) + len(href) <= MAX_URL else None
    href = href.replace("\n", "").replace("\t", "").replace("\r", "")
    if _CONTROL.search(href) or _NO_HOST.match(href):
        return None
    try:
        joined = urljoin(base, href)
        origin = _origin(joined)
        parts = urlsplit(joined)
    except ValueError:  # urllib's answer to broken brackets and ports
        return None
    if not origin:
        return None
    rest = parts.path or "/"
    if parts.query:
        rest += "?" + parts.query
    if parts.fragment:
        rest += "#" + parts.fragment
    url = origin + quote(rest, safe=_KEPT)
    return url if len(url) <= MAX_URL else None


def _origin_of(scheme: str, netloc: str) -> str | None:
    """Give `scheme://host[:port]` in its safe spelling, or None."""
    if scheme not in ("http", "https") or not netloc or "@" in netloc or len(netloc) > MAX_HOST:
        return None
    host, _, port = netloc.partition(":")
    if netloc.startswith("["):
        host, _, port = netloc.partition("]")
        port = port.removeprefix(":")
        if not re.fullmatch(r"\[[0-9a-f:.]+", host, re.I):
            return None
        host += "]"
    elif not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if not host.startswith("[") and not _HOST.fullmatch(host):
        return None
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= MAX_PORT):
        return None
    return f"{scheme}://{host.lower()}" + (f":{int(port)}" if port else "")


@lru_cache(maxsize=256)
def _folder(base: str) -> str:
    """Give what an address relative to `base` is put behind, "" where that takes a closer look."""
    place = base.partition("#")[0].partition("?")[0]
    plain = _PLAIN_URL.fullmatch(place)
    origin = _origin(plain["origin"] or "") if plain and not _DOTS.search(place) else None
    return origin + (plain["path"].rpartition("/")[0] + "/") if plain and origin else ""


@lru_cache(maxsize=256)
def _origin(url: str) -> str | None:
    scheme, found, rest = url.partition("://")
    if not found:
        return None
    return _origin_of(scheme.lower(), re.split(r"[/?#]", rest, maxsplit=1)[0])
