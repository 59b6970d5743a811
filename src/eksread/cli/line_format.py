"""`--format '{id}\\t{published:%d %b}\\t{title}'`: a line of the user's own for each headline.

Only the fields below can be named, nothing of them can be reached but their value, and a width is limited: such a text
may come from somebody else's script.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from string import Formatter
from typing import TYPE_CHECKING, Final

from eksread import formatting
from eksread.cli.arguments import near
from eksread.errors import UsageError
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.model.lists import MATCH_END, MATCH_START
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIELDS: Final = (
    "id", "url", "title", "published", "published_source", "section", "place", "summary", "image", "advertorial",
    "has_text", "comment_count", "revisions", "first_seen", "read", "saved", "gone",
)  # fmt: skip
"""What a headline has, by the names of its JSON (docs/json.md)."""

PLAIN: Final = r"{id}\t{published}\t{place}\t{section}\t{title}\t{url}\t{read}\t{saved}"
"""The line of `--plain`."""

UNKNOWN: Final = "-"
"""Stands for what is unknown or not so: a column is never empty."""

_YES_NO: Final = {
    "read": ("read", "unread"),
    "saved": ("saved", UNKNOWN),
    "advertorial": ("adv", UNKNOWN),
    "has_text": ("text", UNKNOWN),
    "gone": ("gone", UNKNOWN),
}
_MOMENTS: Final = frozenset({"published", "first_seen", "saved_at"})
_WIDTH: Final = re.compile(r"[<>^]?\d{0,3}(?:\.\d{1,3})?")
"""`>6`, `.40`, `<40.40`: three digits, because a width of a billion would fill the memory."""
_ESCAPES: Final = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}
_NAMES: Final = re.compile(r"%([aAbB%])")


class LineFormat:
    """A line with fields in braces. `more` names those that the command has beside a headline's."""

    def __init__(self, text: str, more: Sequence[str] = ()) -> None:
        """Read the text. Raises `UsageError`."""
        self._known = (*FIELDS, *more)
        plain = re.sub(r"\\[tn\\]", lambda match: _ESCAPES[match[0]], text)
        try:
            parts = list(Formatter().parse(plain))
        except ValueError as error:
            raise UsageError(
                reason=_("“{text}” has a brace too many or too few.").format(text=text)
            ) from error
        self._parts = [(before, name, self._checked(name, spec, how)) for before, name, spec, how in parts]

    def _checked(self, name: str | None, spec: str | None, conversion: str | None) -> str:
        """Give what follows a field's colon. Raises `UsageError` where field or spec is none."""
        if name is None:
            return ""
        if name not in self._known:
            known = _("Known are: {names}.").format(names=", ".join(self._known))
            text = _("There is no field “{name}”.").format(name=name)
            raise UsageError(reason=" ".join(filter(None, (text, near(name, self._known), known))))
        spec = spec or ""
        if conversion or "{" in spec or not (name in _MOMENTS or _WIDTH.fullmatch(spec)):
            raise UsageError(
                reason=_(
                    "“{spec}” can't follow {name}: a moment takes %d %b %Y, other fields a width."
                ).format(spec=f"!{conversion}" if conversion else spec, name=name)
            )
        if name in _MOMENTS:
            _moment(datetime.now(UTC), spec)
        return spec

    def line(self, value: Callable[[str], object]) -> str:
        """Give the line; `value` gives a field's value by its name."""
        out: list[str] = []
        for before, name, spec in self._parts:
            out.append(before)
            if name is not None:
                out.append(_text(name, value(name), spec))
        return "".join(out)


def _text(name: str, value: object, spec: str) -> str:
    """Give a value as one piece of a line: without line ends and tabs."""
    if isinstance(value, datetime):
        return _moment(value, spec)
    if isinstance(value, bool):
        text = _YES_NO[name][not value]
    elif isinstance(value, tuple):
        text = ", ".join(map(str, value)) or UNKNOWN
    else:
        text = UNKNOWN if value is None or value == "" else str(value)
        text = text.replace(MATCH_START, "**").replace(MATCH_END, "**")
    text = text if text.isprintable() else clean(text)
    return format(text, spec) if spec else text


def _moment(value: datetime, spec: str) -> str:
    """Give a moment in WITA, names of days and months in the interface's language. Raises `UsageError`."""
    local = value.astimezone(WITA)
    if not spec:
        return local.isoformat(timespec="minutes")
    try:
        return local.strftime(_NAMES.sub(lambda match: formatting.name_in_date(match[1], local), spec))
    except ValueError as error:  # UnicodeError is one
        raise UsageError(reason=_("“{spec}” is no form of a moment.").format(spec=spec)) from error
