"""Read marks and bookmarks as the reader makes them: shown at once, written a little later, undone with `u`."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.tui.key_names import key_of
from eksread.tui.render.lines import ELLIPSIS, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.stored import Bookmark


UNDO_DEPTH: Final = 50
"""Marks that can be undone; further back nobody remembers what they did."""
TITLE_CELLS: Final = 40
"""Cells of a title inside a notice."""


def short_title(headline: Headline) -> str:
    """Give a title as a notice has room for it."""
    return fit(clean(headline.title), TITLE_CELLS)


def sentence(text: str, title: str) -> str:
    """Put a title for `{title}` into `text`; one that ends like a sentence needs no second full stop."""
    if title.endswith((".", "!", "?", ELLIPSIS)):
        text = text.replace("{title}.", "{title}")
    return text.replace("{title}", title)


class Step(NamedTuple):
    """Something that can be undone: what to write, and the notice to show."""

    write: Callable[[], object]
    notice: str
    headline: Headline | None = None
    read: bool | None = None
    saved: bool | None = None
    """How the headline was marked before; None for what stays as it is."""


class Marks:
    """Makes marks. `changed` is called with each headline that looks different now."""

    def __init__(self, library: Library, writer: Writer, changed: Callable[[Headline], None]) -> None:
        self._library = library
        self._writer = writer
        self._changed = changed
        self._steps: list[Step] = []
        self._now: dict[int, Headline] = {}
        """The headlines marked here, as they are now."""
        self.stale = False
        """Whether what waits to be written changes rows that nobody named: the list is read again once it is written."""

    def _show(self, headline: Headline) -> None:
        self._now[headline.id] = headline
        self._changed(headline)

    def remember(self, step: Step) -> None:
        """Remember how to undo something."""
        self._steps.append(step)
        del self._steps[:-UNDO_DEPTH]

    def set_read(self, headline: Headline, *, read: bool, undoable: bool) -> Headline:
        """Mark one headline; give it as it is now. Only what the reader asked for is `undoable`, not what opening did."""
        if headline.read == read:
            return headline
        marked = replace(headline, read=read)
        self._writer.put(partial(self._library.mark_read, (headline.id,), read=read))
        self._show(marked)
        if undoable:
            undo = partial(self._library.mark_read, (headline.id,), read=not read)
            self.remember(Step(undo, _("The mark was taken back."), headline, read=not read))
        return marked

    def set_saved(self, headline: Headline, *, saved: bool) -> str:
        """Save or unsave; give the notice to show. Undoing brings note and labels back."""
        title = short_title(headline)
        if saved:
            self.annotate(headline, None)
            return sentence(_("Bookmarked: {title}"), title)
        removed: list[Bookmark | None] = []

        def unsave() -> None:
            removed.append(self._library.remove_bookmark(headline.id))

        def save_again() -> None:
            before = removed[0] if removed else None
            note, labels = (before.note, before.labels) if before is not None else (None, None)
            self._library.add_bookmark(headline.id, note, labels)

        self._writer.put(unsave)
        self._show(replace(headline, saved=False))
        self.remember(Step(save_again, _("Undone: {title}").format(title=title), headline, saved=True))
        notice = _("Bookmark removed: {title}. {key} undoes.").replace("{key}", key_of("undo"))
        return sentence(notice, title)

    def annotate(
        self,
        headline: Headline,
        before: Bookmark | None,
        note: str | None = None,
        labels: tuple[str, ...] | None = None,
    ) -> None:
        """Save with a note or labels; None leaves what there is. `before` is the bookmark as it was."""
        library = self._library
        self._writer.put(partial(library.add_bookmark, headline.id, note, labels))
        self._show(replace(headline, saved=True))
        undo: Callable[[], object] = partial(library.remove_bookmark, headline.id)
        if before is not None:
            undo = partial(library.add_bookmark, headline.id, before.note, before.labels)
        undone = _("Undone: {title}").format(title=short_title(headline))
        self.remember(Step(undo, undone, headline, saved=before is not None))

    def all_read(self, section: str | None, headlines: Iterable[Headline] | None = None) -> None:
        """Mark everything (of a section, or just these headlines) read."""
        marked: list[int] = []
        ids = None if headlines is None else tuple(row.id for row in headlines)

        def write() -> None:
            done = self._library.mark_all_read(section) if ids is None else self._library.mark_read(ids)
            marked.extend(done)

        def undo() -> None:
            self._library.mark_read(marked, read=False)

        self._writer.put(write)
        self.stale = True
        self.remember(Step(undo, _("The marks were taken back.")))

    def undo(self) -> str:
        """Undo the last mark; give the notice to show."""
        if not self._steps:
            return _("Nothing to undo.")
        step = self._steps.pop()
        self._writer.put(step.write)
        if step.headline is None:
            self.stale = True
        else:
            now = self._now.get(step.headline.id, step.headline)
            read = now.read if step.read is None else step.read
            self._show(replace(now, read=read, saved=now.saved if step.saved is None else step.saved))
        return step.notice


# The reader's marks on their way to the store: one after the other, in a thread, in the order they were made.

DRAIN_SECONDS: Final = 3.0
"""How long quitting waits for marks to reach the disk: longer than the store waits for another writer's lock."""


class Writer:
    """A queue of writes. `failed` is called with each error, `done` after the last write."""

    def __init__(self, failed: Callable[[EksreadError], None], done: Callable[[], None]) -> None:
        self._failed = failed
        self._done = done
        self._waiting: deque[Callable[[], object]] = deque()
        self._task: asyncio.Task[None] | None = None

    def put(self, write: Callable[[], object]) -> None:
        """Write soon."""
        self._waiting.append(write)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._waiting:
            write = self._waiting.popleft()
            try:
                await asyncio.to_thread(write)
            except EksreadError as error:
                self._failed(error)
        self._done()

    async def drain(self) -> None:
        """Wait until all is written, but not for ever."""
        if self._task is not None and not self._task.done():
            await asyncio.wait({self._task}, timeout=DRAIN_SECONDS)
