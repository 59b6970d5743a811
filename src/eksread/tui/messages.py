"""What flows up: small messages that widgets and workers post, and screens handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

if TYPE_CHECKING:
    from eksread.model.lists import Headline
    from eksread.model.progress import Progress, Summary
    from eksread.model.stored import StoredArticle
    from eksread.tui.render.lead_pictures import Order, Shown
    from eksread.tui.render.text_layout import Place


class Stop(NamedTuple):
    """A stop on the trail back: an article, its title, and the place in it."""

    article_id: int
    title: str
    place: Place


class HeadlineChosen(Message):
    """The reader asked to open this headline."""

    def __init__(self, headline: Headline) -> None:
        super().__init__()
        self.headline = headline


class CursorMoved(Message):
    """The list's cursor stands on another headline (None: the list is empty)."""

    def __init__(self, headline: Headline | None) -> None:
        super().__init__()
        self.headline = headline


class SidebarItemChosen(Message):
    """The reader chose what the list shows: a section, all, unread or saved."""

    def __init__(self, key: str, *, opened: bool) -> None:
        super().__init__()
        self.key = key
        self.opened = opened


class LinkChosen(Message):
    """The reader asked to follow the link with this index."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class ScrolledTo(Message):
    """A text was scrolled."""


class BarClicked(Message):
    """The piece with this index on the left side of a bar (by its id) was clicked."""

    def __init__(self, bar: str | None, index: int) -> None:
        super().__init__()
        self.bar = bar
        self.index = index


class RefreshProgress(Message):
    """A refresh went on."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class RefreshDone(Message):
    """A refresh ended; `summary` is None where it failed.

    `error` is a sentence for a person; `line` says whether the portal could be reached. `quiet`: it was to say
    nothing of that; `asked`: the reader asked for it.
    """

    def __init__(
        self,
        summary: Summary | None,
        error: str = "",
        *,
        line: bool = True,
        quiet: bool = False,
        asked: bool = True,
    ) -> None:
        super().__init__()
        self.summary = summary
        self.error = error
        self.line = line
        self.quiet = quiet
        self.asked = asked


class Notice(Message):
    """One calm line for the reader; it goes by itself."""

    def __init__(self, text: str, *, grave: bool = False) -> None:
        super().__init__()
        self.text = text
        self.grave = grave


class ArticleArrived(Message):
    """An article that was fetched for reading; `asked` is the wish it answers."""

    def __init__(self, asked: int, held: StoredArticle, came_from: Stop | None) -> None:
        super().__init__()
        self.asked = asked
        self.held = held
        self.came_from = came_from


class ArticleMissing(Message):
    """An article could not be had; `text` says why, for a person."""

    def __init__(self, asked: int, headline: Headline | None, text: str) -> None:
        super().__init__()
        self.asked = asked
        self.headline = headline
        self.text = text


class PictureMade(Message):
    """A picture is ready to be shown, as it was ordered."""

    def __init__(self, order: Order, shown: Shown) -> None:
        super().__init__()
        self.order = order
        self.shown = shown
