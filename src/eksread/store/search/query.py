"""The query language: what a person may type into the search box, as a value. Pure; any text is a query.

    banjir samarinda          both words, in any form (`kebanjiran`); the last word may be a beginning
    "wali kota"               these words in this order
    -iklan   -"wali kota"     without
    banjir OR longsor         either
    place:kutim  section:ekonomi  by:amr  label:penting
    before:2020  after:2019-07          by date of publication; `after` takes its own period in
    is:unread|read|saved|adv|changed    has:comments|image
    -place:kutim  -label:penting  -is:adv   what a filter does not hold of
    tempat: rubrik: oleh: sebelum: sejak: adalah:belum-dibaca ada:komentar   the same in Indonesian

A filter that is none (`is:odd`, `before:soon`, `plase:kutim`) is searched for as words, and `misread` says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from eksread.model.stored import Misread
from eksread.store.rows import name_key, tokens

MAX_TERMS: Final = 24
"""Terms of a query that are looked at: a pasted page is not a query."""

MAX_LENGTH: Final = 1000
"""Characters of a query that are looked at."""


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words in a row: one is looked for in any of its forms, several in this order.

    `quoted` words are taken as they are. `prefix` says that the last word may go on.
    """

    words: tuple[str, ...]
    quoted: bool = False
    prefix: bool = False
    negated: bool = False


class Named(NamedTuple):
    """A filter by a name. `kind` is one of place, section, by, label; `key` is the name's (`rows.name_key`)."""

    kind: str
    key: str
    negated: bool = False


@dataclass(slots=True)
class Filters:
    """What must hold beside the words. Moments are days; `after` is the first day taken in, `before` the first not.

    `flags` are unread, saved, adv, changed, comments and image, as far as something is asked of them.
    """

    names: list[Named] = field(default_factory=list)
    flags: dict[str, bool] = field(default_factory=dict)
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """All groups must hold; of a group's terms one. A negated term stands alone in its group."""

    groups: tuple[tuple[Term, ...], ...] = ()
    filters: Filters = field(default_factory=Filters)
    misread: tuple[Misread, ...] = ()

    @property
    def positive(self) -> tuple[Term, ...]:
        """The terms to be found (and marked)."""
        return tuple(term for group in self.groups for term in group if not term.negated)


_PIECE: Final = re.compile(
    r'(?P<minus>-?)(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+)|(?<=:))'
)
_DATE: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_IS: Final = {
    "unread": ("unread", True),
    "new": ("unread", True),
    "read": ("unread", False),
    "saved": ("saved", True),
    "bookmarked": ("saved", True),
    "adv": ("adv", True),
    "changed": ("changed", True),
    "belum-dibaca": ("unread", True),
    "baru": ("unread", True),
    "dibaca": ("unread", False),
    "disimpan": ("saved", True),
    "berubah": ("changed", True),
}
_HAS: Final = {
    "comments": ("comments", True),
    "comment": ("comments", True),
    "image": ("image", True),
    "images": ("image", True),
    "komentar": ("comments", True),
    "gambar": ("image", True),
}
_FLAGS: Final = {"is": _IS, "adalah": _IS, "has": _HAS, "ada": _HAS}


def parse(text: str) -> Query:
    """Read a query. Never raises."""
    pieces = [match.groupdict() for match in _PIECE.finditer(text[:MAX_LENGTH])][:MAX_TERMS]
    open_end = bool(text) and (text[-1].isalnum())
    groups: list[tuple[Term, ...]] = []
    filters = Filters()
    misread: list[Misread] = []
    either = False
    for number, piece in enumerate(pieces):
        key, quoted, negated = (piece["key"] or "").lower(), piece["quoted"] is not None, bool(piece["minus"])
        value = (piece["quoted"] if quoted else piece["plain"]) or ""
        if value == "OR" and not key and not quoted and not negated:
            either = bool(groups)
            continue
        if key and _filter(key, value, negated, filters):
            either = False
            continue
        last = number == len(pieces) - 1
        if _looks_like_filter(key, value) and not (last and _may_become(text, key, value)):
            typed = f"{'-' * negated}{key}:{value}"
            misread.append(
                Misread(
                    "".join(filter(str.isprintable, typed)), _VALUES.get(key, ()), unknown=key not in _KEYS
                )
            )
        prefix = open_end and last and not quoted
        term = _term(f"{key} {value}" if key else value, quoted, negated, prefix)
        if term is None:
            continue
        if either and not negated and not groups[-1][0].negated:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        either = False
    return Query(tuple(groups), filters, tuple(misread))


def _term(text: str, quoted: bool, negated: bool, prefix: bool) -> Term | None:
    words = tuple(tokens(text))
    return Term(words, quoted, prefix, negated) if words else None


def _filter(key: str, value: str, negated: bool, filters: Filters) -> bool:
    """Take a filter in; False where it is none."""
    value = value.strip()
    if not value:
        return key in _KEYS
    if key in _NAMES:
        name = Named(_NAMES[key], name_key(value), negated)
        if name.kind == "by" and not tokens(value):
            return False
        filters.names.append(name)
        return True
    if key in _DATES:
        day = _day(value)
        if day is not None:  # what is not before a day is from that day on
            setattr(filters, "before" if (_DATES[key] == "before") is not negated else "after", day)
        return day is not None
    flag = _FLAGS.get(key, {}).get(value.lower())
    if flag is not None:
        filters.flags[flag[0]] = flag[1] is not negated
    return flag is not None


_DATES: Final = {"before": "before", "sebelum": "before", "after": "after", "sejak": "after"}

_VALUES: Final[dict[str, tuple[str, ...]]] = {
    "is": ("unread", "read", "saved", "adv", "changed"),
    "adalah": ("belum-dibaca", "dibaca", "disimpan", "adv", "berubah"),
    "has": ("comments", "image"),
    "ada": ("komentar", "gambar"),
}
"""The filters that know only some values, as they are told, each in its own language."""

_DATE_BEGUN: Final = re.compile(r"\d{0,3}|\d{4}(?:[-/.]\d{1,2})?[-/.]0?")

_NAMES: Final[dict[str, str]] = {
    "place": "place",
    "tempat": "place",
    "section": "section",
    "rubrik": "section",
    "by": "by",
    "oleh": "by",
    "reporter": "by",
    "editor": "by",
    "penulis": "by",
    "label": "label",
}
"""The filters by a name, as people type them in both languages."""

_KEYS: Final = frozenset({*_NAMES, *_DATES, *_VALUES})
"""A key with nothing after it yet (`place:`) is being typed: it filters nothing and is no word."""


def _looks_like_filter(key: str, value: str) -> bool:
    """Whether a piece that is no filter was meant as one: a key with a value, and not an address."""
    return len(key) > 1 and bool(value) and not value.startswith("//")


def _may_become(text: str, key: str, value: str) -> bool:
    """Whether the last piece of a query that is still being typed may yet be a filter."""
    if text[-1:] in ' "' or key not in _KEYS:
        return False
    if key in _DATES:
        return _DATE_BEGUN.fullmatch(value) is not None
    return any(name.startswith(value.lower()) for name in _FLAGS.get(key, ()))


def _day(text: str) -> date | None:
    """Read `2020`, `2019-07` or `2019-07-17` as the first day of it."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return date(year or 0, month or 1, day or 1)
    except ValueError:
        return None


def plain_words(text: str) -> list[tuple[int, int]]:
    """Give where the words of a query stand that are looked for as they are: no filter, no phrase, not taken out."""
    return [
        match.span()
        for match in list(_PIECE.finditer(text[:MAX_LENGTH]))[:MAX_TERMS]
        if match["plain"] and not match["minus"] and not match["key"] and match["plain"] != "OR"
    ]
