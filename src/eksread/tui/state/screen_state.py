"""What the main screen shows, as plain values: actions and controllers change them, bars and hints are drawn from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.tui.commands import ARTICLE, COMMENTS, LIST
from eksread.tui.state.sidebar_items import ALL

if TYPE_CHECKING:
    from eksread.model.lists import Headline
    from eksread.model.progress import Progress
    from eksread.tui.state.current_edition import Edition
    from eksread.tui.state.sidebar_items import SidebarItem


# How the reader came to the article on the screen, kept so that each step leads back.

HEAD: Final = -1
"""The part of a text before its first block."""


class Place(NamedTuple):
    """A place in a text that is the same at every width: a part (a block, `HEAD` or `FOOT`), and the letters of it above."""

    part: int = HEAD
    above: int = 0


START: Final = Place()


class Stop(NamedTuple):
    """A stop on the trail back: an article, its title, and the place in it."""

    article_id: int
    title: str
    place: Place


class SearchChoice(NamedTuple):
    """What the reader chose in a search, and the query; `words` are spelled as in the article."""

    headline: Headline
    query: str
    words: tuple[str, ...]


class Found(NamedTuple):
    """What a search found that is being read, and the way to the article in which it was asked for, if in one."""

    choice: SearchChoice
    way: Way | None


class Way(NamedTuple):
    """How the reader came to an article: over which stops (itself the last), from what found, and whether into its comments."""

    stops: tuple[Stop, ...]
    found: Found | None
    comments: bool = False


@dataclass(slots=True)
class ReadingTrail:
    """The article that is `opened` and how the reader came to it; leaving what a search `found` goes back to the search.

    `changed` is the article of which a newer text is stored than the one that is shown.
    """

    stops: list[Stop] = field(default_factory=list)
    opened: int | None = None
    found: Found | None = None
    changed: int | None = None


# The selection, and what surrounds it.


@dataclass(slots=True)
class RefreshState:
    """The state of refreshing: `online` says whether the last one reached the portal, `awaited` that the first is to come."""

    running: bool = False
    progress: Progress | None = None
    online: bool = True
    awaited: bool = False


@dataclass(slots=True)
class ScreenState:
    """The selection and what surrounds it. `waiting` counts new articles that are announced and not shown yet."""

    key: str = ALL
    """The key of the sidebar item whose headlines are shown."""
    items: tuple[SidebarItem, ...] = ()
    narrowed: str = ""
    """The words by which the list on display is filtered."""
    pane: str = LIST
    """The pane that has the focus."""
    edition: Edition | None = None
    waiting: int = 0
    trail: ReadingTrail = field(default_factory=ReadingTrail)
    refresh: RefreshState = field(default_factory=RefreshState)
    prefix_at: float = 0.0
    """When the first `g` of `gg` was pressed (monotonic seconds)."""

    @property
    def item(self) -> SidebarItem:
        """The sidebar item whose headlines are shown."""
        return next((item for item in self.items if item.key == self.key), self.items[0])

    @property
    def reading(self) -> bool:
        """Whether an article or its comments have the focus."""
        return self.pane in (ARTICLE, COMMENTS)
