"""What flows up: small messages that widgets and workers post, and screens handle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.geometry import Offset

    from eksread.model.lists import Headline


@dataclass
class HeadlineChosen(Message):
    """The reader asked to open this headline."""

    headline: Headline


class CursorMoved(Message):
    """The list's cursor has moved to another headline, or the list is empty now."""


@dataclass
class SidebarItemChosen(Message):
    """The reader chose what the list shows (a sidebar item's key); `opened`: they want to go on to its headlines."""

    key: str
    opened: bool


@dataclass
class LinkChosen(Message):
    """The reader asked to follow the link with this index."""

    index: int


@dataclass
class WordClicked(Message):
    """A word of an article was clicked twice."""

    word: str


@dataclass
class MenuAsked(Message):
    """The reader asked what can be done in a pane (by its id), at this place of the screen."""

    pane: str | None
    at: Offset


class PictureClicked(Message):
    """The reader clicked the lead picture."""


class ScrolledTo(Message):
    """A text was scrolled."""


@dataclass
class BarClicked(Message):
    """The piece with this index on the left side of a bar (by its id) was clicked."""

    bar: str | None
    index: int
