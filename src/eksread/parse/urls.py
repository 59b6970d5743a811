"""Addresses: which may be opened, which are the same page, and what those of articles look like on a portal."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Which addresses may be opened.

MAX_URL: Final = 2048  # characters: what browsers and servers agree on
MAX_HOST: Final = 253  # characters: RFC 1035
MAX_PORT: Final = 65535


_HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?", re.I
)
_NO_HOST: Final = re.compile(r"https?:(?!//[^/?#])", re.I)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\\\\]")
_KEPT: Final = "/%:=&?~#+!$,;'@()*[]-._"
_PLAIN: Final = re.compile(
    r"(https?://[A-Za-z0-9.-]+(?::\d{1,5})?)?(/(?!/)[A-Za-z0-9/_.,;:@%+=&?~!*'()-]*(?:#[A-Za-z0-9_-]+)?)"
)
"""An address from the root that needs no joining and no quoting: nearly every link of a list."""


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
    plain = _PLAIN.fullmatch(href)
    if plain and "/." not in plain[2]:  # urllib's parsing twice takes a third of a list page's time
        origin = _origin("/".join((plain[1] or base).split("/", 3)[:3]))
        return origin + plain[2] if origin and len(origin) + len(plain[2]) <= MAX_URL else None
    href = href.replace("\n", "").replace("\t", "").replace("\r", "")
    if _CONTROL.search(href) or _NO_HOST.match(href):
        return None
    try:
        joined = urljoin(base, href)
        parts = urlsplit(joined)
        origin = _origin(f"{parts.scheme}://{parts.netloc}")
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


@lru_cache(maxsize=256)
def _origin(url: str) -> str | None:
    """Give an address's `scheme://host[:port]` in its safe spelling, or None."""
    scheme, _, rest = url.partition("://")
    scheme, netloc = scheme.lower(), re.split(r"[/?#]", rest, maxsplit=1)[0]
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


def base_of(url: str, href: str | None) -> str | None:
    """Give the address that a page's `<base href>` names, None when there is none or it is the page's own.

    `url` is the page's own address; what is no http(s) address (`web_url`) is ignored.
    """
    base = web_url(url, href) if href else None
    return base if base != url else None


# What two addresses have in common, and which leave the site.

_TRACKING: Final = re.compile(r"(?:utm_\w+|fbclid|gclid|ref|source|amp|from|via|share)$", re.I)
_CAMPAIGN: Final = re.compile(r"(?<![^&])(?:utm_\w+|fbclid|gclid)=", re.I)
_SECOND_LEVEL: Final = frozenset(
    ("co", "or", "go", "ac", "sch", "web", "my", "net", "com", "org", "desa", "mil")
)


def site_of(url: str) -> str:
    """The registrable name of an http(s) address's host: `berita.kaltim.co.id` and `kaltim.co.id` are one site."""
    return _site_of_host(url.split("/", 3)[2])


@lru_cache(maxsize=256)
def _site_of_host(netloc: str) -> str:
    host = urlsplit(f"//{netloc}").hostname or ""
    labels = host.split(".")
    if len(labels) <= 2 or labels[-1].isdigit():
        return host
    return ".".join(labels[-3:] if labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else labels[-2:])


def link_key(url: str) -> str:
    """Give what two addresses of one page have in common: no scheme, `www.`, fragment, tracking or final slash."""
    bare = url.partition("#")[0].partition("://")[2].removeprefix("www.")
    place, mark, query = bare.partition("?")
    if mark:
        query = "&".join(
            pair for pair in query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0])
        )
    place = place.rstrip("/")
    return f"{place}?{query}" if query else place


def without_tracking(url: str) -> str:
    """Give an address without its fragment and the parameters that only say where a reader came from."""
    url = url.partition("#")[0]
    place, mark, query = url.partition("?")
    if not mark or not _CAMPAIGN.search(query):
        return url
    kept = "&".join(pair for pair in query.split("&") if not _CAMPAIGN.match(pair))
    return f"{place}?{kept}" if kept else place


# What an article's address looks like on this portal, learned from its feed.
#
# A feed links to articles and to nothing else, so whatever its links have in common separates an article from navigation
# on every other page, with no rule about the portal in the code. A shape is a path, its varying parts named:
# `/berita-{n}-{slug}.html`, `/{w}/{yyyy}/{mm}/{dd}/{slug}`, `/read/{n}`, `/?p={n}`. `{n}` is a number, `{slug}` the
# words of a title, `{w}` any one path segment such as a section's name.

MIN_SHARE: Final = 0.1  # of the links: rarer shapes are the odd link to a gallery or another site
SMALL_SAMPLE: Final = 3  # up to so many links, every one is believed
MAX_URLS: Final = 60  # links learned from: more teach nothing new
MAX_SHAPES: Final = 8  # a portal has a few kinds of articles; more means that nothing was learned

_EXTENSION: Final = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cfm)$", re.I)
_PARTS: Final = (
    (
        re.compile(r"(?P<w>[A-Za-z]+)(?P<s1>[-_.])(?P<n>\d+)(?P<s2>[-_.])(?P<slug>[^A-Za-z]*+[A-Za-z].*)"),
        "{w}%s{n}%s{slug}",
        ("s1", "s2"),
    ),
    (re.compile(r"(?P<n>\d+)(?P<s1>[-_.])(?P<slug>[^A-Za-z]*+[A-Za-z].*)"), "{n}%s{slug}", ("s1",)),
    (re.compile(r"(?P<w>[A-Za-z]+)(?P<s1>[-_.])(?P<n>\d+)"), "{w}%s{n}", ("s1",)),
    (re.compile(r"(?P<slug>[^-_]*+[-_].*)(?P<s1>[-_.])(?P<n>\d{3,})"), "{slug}%s{n}", ("s1",)),
)
_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SLUG: Final = re.compile(r"[^-_+]+(?:[-_+]+[^-_+]+){2,}")
LONG_SEGMENT: Final = 24  # characters without a separator: an identifier or words run together
_FIELD: Final = re.compile(r"(\{(?:n|yyyy|mm|dd|slug|w)\})")
_LOOSE: Final = {
    "{n}": r"\d+",
    "{yyyy}": r"(?:19|20)\d\d",
    "{mm}": r"\d{1,2}",
    "{dd}": r"\d{1,2}",
    "{w}": r"[^/?&#]+",
    "{slug}": r"[^/?&#]+",
}
_STRICT_SLUG: Final = r"(?:[^/?&#_+-]+(?:[-_+]+[^/?&#_+-]+){2,}|[^/?&#]{24,})"


def learn(urls: Iterable[str]) -> tuple[str, ...]:
    """Give the shapes that most of these article addresses have, commonest first; () when there are none.

    A single odd address among many is passed over. Shapes that would match any short path are not given.
    """
    groups: defaultdict[str, list[list[str]]] = defaultdict(list)
    total = 0
    for url in list(dict.fromkeys(urls))[:MAX_URLS]:
        shape, words = _shape_of(url)
        groups[shape].append(words)
        total += 1
    learned: dict[str, int] = {}
    for shape, members in groups.items():
        if total > SMALL_SAMPLE and (len(members) < 2 or len(members) < total * MIN_SHARE):
            continue
        fixed = _fix_words(shape, members)
        if _is_specific(fixed):
            learned[fixed] = learned.get(fixed, 0) + len(members)
    ranked = sorted(learned, key=lambda shape: -learned[shape])
    return tuple(ranked[:MAX_SHAPES])


def matches(shapes: Sequence[str], url: str) -> bool:
    """Whether `url` has one of the shapes; a trailing slash, a fragment and tracking parameters don't count."""
    return bool(shapes) and matcher(shapes)(url)


def matcher(shapes: Sequence[str]) -> Callable[[str], bool]:
    """Give `matches` with the shapes filled in, for the many links of a page."""
    fullmatch = _compile(tuple(shapes)).fullmatch

    def matches_shapes(url: str) -> bool:
        path, query = _path_and_query(url)
        return bool(fullmatch(path) or (query and fullmatch(f"{path}?{query}")))

    return matches_shapes


def _path_and_query(url: str) -> tuple[str, str]:
    place, mark, query = url.partition("#")[0].partition("?")
    path = "/" + place.partition("://")[2].partition("/")[2].rstrip("/")
    if not mark:
        return path, ""
    return path, "&".join(
        pair for pair in query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0])
    )


def _shape_of(url: str) -> tuple[str, list[str]]:
    """Give the general shape of one address, and the texts of its `{w}` parts in order."""
    path, query = _path_and_query(url)
    words: list[str] = []
    shaped: list[str] = []
    dated = 0
    for segment in path.split("/")[1:]:
        if not segment:
            shaped.append("")
        elif not dated and len(segment) == 4 and _YEAR.fullmatch(segment):
            dated = 1
            shaped.append("{yyyy}")
        elif dated in (1, 2) and segment.isdigit() and len(segment) <= 2:
            shaped.append("{mm}" if dated == 1 else "{dd}")
            dated += 1
        else:
            shaped.append(_shape_segment(segment, words))
    shape = "/" + "/".join(shaped)
    if query and not re.search(r"\{(?:n|slug)\}", shape):
        pairs = (pair.partition("=") for pair in query.split("&"))
        shape += "?" + "&".join(f"{key}{sign}{_shape_segment(value, words)}" for key, sign, value in pairs)
    return shape, words


def _shape_segment(segment: str, words: list[str]) -> str:
    if "{" in segment or "}" in segment:
        segment = segment.replace("{", "%7B").replace("}", "%7D")
    extension = _EXTENSION.search(segment) if "." in segment else None
    tail = extension.group() if extension else ""
    stem = segment[: len(segment) - len(tail)]
    if stem.isdigit():
        return "{n}" + tail
    for pattern, template, separators in _PARTS if _DIGIT.search(stem) else ():
        match = pattern.fullmatch(stem)
        if match:
            if "w" in pattern.groupindex:
                words.append(match["w"])
            return template % match.group(*separators) + tail
    if len(stem) >= LONG_SEGMENT or _SLUG.fullmatch(stem):
        return "{slug}" + tail
    words.append(stem)
    return "{w}" + tail


def _fix_words(shape: str, members: list[list[str]]) -> str:
    """Put the word itself where it is the same in every address; a changing one before a number was part of a title."""
    parts = _FIELD.split(shape)
    if len(members) < 2:
        return shape
    columns = iter(zip(*members, strict=True))
    for index, part in enumerate(parts):
        if part != "{w}":
            continue
        values = set(next(columns))
        if len(values) == 1:
            parts[index] = values.pop()
    fixed = "".join(parts)
    return re.sub(r"\{w\}[-_.]\{n\}[-_.]\{slug\}", "{slug}", fixed)


def _is_specific(shape: str) -> bool:
    """Whether the shape says anything: `/{w}` and `/{w}/{w}` would match all navigation."""
    if re.search(r"\{(?:n|slug|yyyy)\}", shape):
        return True
    literal = re.sub(r"[/?&=]", "", _FIELD.sub("", shape))
    return "{w}" in shape and len(_EXTENSION.sub("", literal)) > 1


@lru_cache(maxsize=32)
def _compile(shapes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_pattern(shape)})" for shape in shapes), re.I)


def _pattern(shape: str) -> str:
    anchored = re.search(r"\{(?:n|yyyy)\}", shape) is not None
    parts: list[str] = []
    for part in _FIELD.split(shape):
        if part == "{slug}" and not anchored:
            parts.append(_STRICT_SLUG)
        else:
            parts.append(_LOOSE.get(part) or re.escape(part))
    return "".join(parts)
