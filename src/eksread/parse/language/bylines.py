"""Who made an article: `Reporter : Amr    Editor : Abdullah` in every shape, taken out of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType
from eksread.parse.language.dates import date_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.parse.html.drafts import BlockDraft

ROLES: Final = {
    "reporter": "reporter", "wartawan": "reporter", "pewarta": "reporter", "jurnalis": "reporter", "kontributor": "reporter",
    "teks": "reporter", "naskah": "reporter", "dilaporkan oleh": "reporter", "disunting oleh": "editor", "diedit oleh": "editor",
    "difoto oleh": "photo", "foto oleh": "photo", "laporan": "reporter", "liputan": "reporter", "oleh": "reporter", "penulis": "reporter", "ditulis oleh": "reporter",
    "author": "reporter", "writer": "reporter", "koresponden": "reporter", "biro": "reporter",
    "editor": "editor", "redaktur": "editor", "penyunting": "editor", "redaksi": "editor", "uploader": "other",
    "publisher": "other", "copyright": "other", "admin": "other", "pengunggah": "other", "penerjemah": "other",
    "sumber": "source", "source": "source", "sumber berita": "source",
    "foto": "photo", "fotografer": "photo", "photo": "photo", "photographer": "photo", "sumber foto": "photo",
    "dok": "photo", "kameramen": "photo",
}  # fmt: skip
"""Words of a byline -> what the named person did; "other" is left out of the text and of the model."""

MAX_NAME: Final = 70
MAX_TAIL: Final = 240
"""Characters of a paragraph's end in which a byline is looked for: a name, its office and a comment on it."""

MAX_LINE: Final = 400
"""Characters of a byline: six roles with long names."""

MAX_OPENING: Final = 20
"""Short lines above the text: a list of labels and what they say."""

MAX_WORDS: Final = 8
"""A name longer than this is prose."""

_ROLE: Final = (
    r"(?:"
    + "|".join(sorted((re.escape(role).replace(r"\ ", r"\s+") for role in ROLES), key=len, reverse=True))
    + r")"
)
_ROLES: Final = rf"{_ROLE}(?:\s*+(?:/|&|dan|,)\s*+{_ROLE}){{0,5}}"
_PAIR: Final = re.compile(rf"(?<![\w])(?P<role>{_ROLES})\s*+[:：]\s*", re.IGNORECASE)
_BARE: Final = re.compile(
    r"(?<![\w])(?P<role>(?i:ditulis oleh|dilaporkan oleh|disunting oleh|diedit oleh|difoto oleh|foto oleh|oleh|penulis|reporter|pewarta|wartawan|jurnalis|kontributor|editor|redaktur|penyunting|fotografer))\s+(?=[A-Z])"
)
"""Roles that need no colon: `Foto Lainnya` and `Sumber Daya Alam` begin with a role as well."""
_SENT: Final = re.compile(
    r"(?i:laporan|liputan)\s+(?i:wartawan|kontributor|reporter|jurnalis|koresponden)\s+[^,:]{2,40},\s*(?P<name>[^,:]{2,40}?)\.?$"
)
"""`Laporan Wartawan Kabar Delta, Amr Hidayat`."""
_BETWEEN: Final = re.compile(r"(?:(?<!\s)\s++)?[|•·»]\s*|(?<!\s)\s++[-–—/]\s+|,\s++(?=[A-Z][a-z]++\s*+:)")
_LABEL: Final = re.compile(rf"^[\W_]*+(?P<role>{_ROLES})\s*+(?:[:：]\s*+)?$", re.IGNORECASE)
_OPENS: Final = re.compile(rf"[\W_]*{_ROLE}(?!\w)", re.IGNORECASE)
_TAIL: Final = re.compile(
    rf"(?:(?<=[.!?\"”)\]*])|(?<=\.\s))\s*[(\[]?\s*(?P<line>(?<!\w){_ROLES}\s*[:：]\s*\S.*)$", re.IGNORECASE
)
_SEPARATORS: Final = " \t\n|/\\,;•·–—-()[]*."
_NOBODY: Final = frozenset(
    "lainnya lain terkait terbaru terkini terpopuler populer pilihan ini selengkapnya redaksi berita kabar tim admin news media "
    "online komentar waktu baca bagikan home halaman".split()
)
"""Words behind a role that make a heading of it: `Foto Lainnya`, `Penulis Terpopuler`."""


@dataclass(slots=True)
class Byline:
    """Names by what they did; several are joined by commas."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, role: str, name: str | None) -> None:
        """Add a name unless it is known."""
        if role == "other" or not name:
            return
        known = self.names.setdefault(role, [])
        if name.casefold() not in {other.casefold() for other in known}:
            known.append(name)

    def add_reporter(self, name: str | None) -> None:
        """Add who wrote the article, if no one is known yet."""
        if "reporter" not in self.names:
            self.add("reporter", name)

    def value(self, role: str) -> str | None:
        """The names for a role on one line."""
        return ", ".join(self.names.get(role, ())) or None


def read_line(text: str) -> list[tuple[str, str]] | None:
    """The (role, name) pairs of a line that is a byline from end to end; None for any other line."""
    if len(text) > MAX_LINE:
        return None
    if not _OPENS.match(text):
        return None
    text = " ".join(text.split())
    sent = _SENT.match(text)
    if sent is not None and is_person(sent["name"]):
        return [("reporter", sent["name"])]
    return _pairs(text, _PAIR) or _pairs(text, _BARE) or _parts(text)


def _parts(text: str) -> list[tuple[str, str]] | None:
    """The pairs of a line whose parts are separated by signs: `Oleh Amr • Editor: Budi | 2 Mei 2024`."""
    parts = [part for part in _BETWEEN.split(text) if part]
    pairs: list[tuple[str, str]] = []
    for part in parts if len(parts) > 1 else ():
        found = _pairs(part, _PAIR) or _pairs(part, _BARE)
        if found is None and not (len(part) < MAX_NAME and any(char.isdigit() for char in part)):
            return None
        pairs += found or ()
    return pairs or None


def is_credit(text: str) -> bool:
    """Whether a line says who took a picture and nothing else."""
    pairs = read_line(text) if len(text) <= MAX_NAME else None
    return bool(pairs) and all(role == "photo" and is_person(name) for role, name in pairs or ())


def head_author(text: str) -> str | None:
    """The name in a line under the title such as `Oleh Amr - 29 April 2024`."""
    found = _HEAD.match(text[:MAX_LINE])
    return found["name"] if found and is_person(found["name"]) else None


_HEAD: Final = re.compile(
    r"^\W*+(?i:(?:(?:di)?(?:tulis|kirim|posting|poskan|unggah|terbitkan)(?:kan)? )?oleh|by|written by|posted by|penulis|reporter|pewarta)(?:\s*+:)?\s++"
    r"(?P<name>[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,4})\s*+(?:[-–—|•·,/(]|(?:pada|di|on|at)\b|$)"
)


def label_role(text: str) -> str | None:
    """What a line that is nothing but a byline's label - `Penulis` - announces."""
    found = _LABEL.match(text) if len(text) < 40 else None
    return ROLES.get(" ".join(found["role"].casefold().split())) if found else None


def is_person(text: str) -> bool:
    """Whether a line can be a person's name and nothing else."""
    return _is_name(text.strip(_SEPARATORS), strict=True)


def is_full_name(text: str) -> bool:
    """Whether a line is two to four words that are each written as a name is, and no word that heads a box."""
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(_FULL.fullmatch(word) for word in words)
        and not _NOBODY.intersection(text.casefold().split())
    )


_FULL: Final = re.compile(r"[A-Z](?:[a-z'’]+|\.)(?:[A-Z][a-z]+)?\.?")


def _pairs(text: str, pattern: re.Pattern[str]) -> list[tuple[str, str]] | None:
    found = list(pattern.finditer(text))
    if not found or text[: found[0].start()].strip(_SEPARATORS):
        return None
    pairs: list[tuple[str, str]] = []
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        name = _before_date(text[match.end() : end]).strip(_SEPARATORS + ":")
        if not _is_name(name, strict=pattern is _BARE):
            return None
        first = re.split(r"(?:(?<!\s)\s++)?(?:/|&|,|\bdan\b)\s*", match["role"].casefold())
        for word in first:
            role = ROLES.get(" ".join(word.split()))
            if role:
                pairs.append((role, name))
    return pairs


def _before_date(text: str) -> str:
    """A text without the date or age behind it."""
    found = date_span(text)
    return text[: found[0]] if found else text


def _is_name(name: str, *, strict: bool) -> bool:
    """Whether a text can be a name: few words, no sentence. `strict` (no colon before it): each word a name's."""
    words = name.split()
    if not name or len(name) > MAX_NAME or len(words) > MAX_WORDS:
        return False
    if strict and words[0].casefold() in _NOBODY:
        return False
    if not strict:
        return not re.search(r"[.!?]\s+[A-Z]\w+\s+\w+\s+\w+", name) and not name.endswith(("?", "!"))
    return (
        len(words) <= 5 and all(word[:1].isupper() for word in words) and not name.endswith((".", "!", "?"))
    )


def take_byline(drafts: Sequence[BlockDraft], byline: Byline) -> list[BlockDraft]:
    """Read the bylines among the drafts and give the drafts without them."""
    kept: list[BlockDraft] = []
    at = 0
    while at < len(drafts):
        draft = drafts[at]
        at += 1
        if draft.type in {BlockType.RELATED, BlockType.IMAGE, BlockType.EMBED} or draft.caption:
            kept.append(draft)
            continue
        edge = at <= MAX_OPENING or at > len(drafts) - 8
        pairs = read_line(draft.text) if edge or ":" in draft.text else None
        label = _LABEL.match(draft.text) if edge and pairs is None else None
        if (
            label
            and at < len(drafts)
            and (
                ":" in draft.text
                or drafts[at].text.startswith(":")
                or (len(drafts[at].text) <= MAX_NAME and is_person(drafts[at].text))
            )
        ):
            pairs = read_line(f"{label['role']}: {drafts[at].text.lstrip(' :')}")
            at += 1 if pairs else 0
        if pairs:
            for role, name in pairs:
                byline.add(role, name)
            continue
        kept.append(_without_tail(draft, byline) if edge else draft)
    return [draft for draft in kept if draft.text or draft.url]


def _without_tail(draft: BlockDraft, byline: Byline) -> BlockDraft:
    """A paragraph without the byline that is stuck to its end."""
    if ":" not in draft.text[-240:]:
        return draft
    found = _TAIL.search(draft.text, max(0, len(draft.text) - MAX_TAIL))
    pairs = read_line(found["line"]) if found else None
    if found is None or not pairs:
        return draft
    for role, name in pairs:
        byline.add(role, name)
    return draft.part(0, found.start())
