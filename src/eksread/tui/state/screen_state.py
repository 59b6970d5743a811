"""What the main screen shows, as plain values: actions and controllers change them, bars and hints are drawn from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eksread.tui.commands import ARTICLE, COMMENTS, LIST
from eksread.tui.state.reading_trail import ReadingTrail
from eksread.tui.state.sidebar_items import ALL

if TYPE_CHECKING:
    from eksread.model.progress import Progress
    from eksread.tui.state.current_edition import Edition
    from eksread.tui.state.sidebar_items import SidebarItem


@dataclass(slots=True)
class RefreshState:
    """A refresh as it stands: `online` says whether the last one reached the portal, `awaited` that the first is to come."""

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
