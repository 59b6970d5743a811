"""Search as you type, in a thread, with the matching words shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widgets import Input

from eksread.concurrency import in_thread
from eksread.errors import EksreadError
from eksread.formatting import found_instead, misread
from eksread.i18n import _
from eksread.tui.render.headline_lines import choice_lines
from eksread.tui.render.lines import BLANK, Line, Run, marked, matches, wrap
from eksread.tui.screens.ask_screen import AskingScreen, articles
from eksread.tui.state.screen_state import SearchChoice
from eksread.tui.widgets.choice_list import Choice
from eksread.tui.widgets.line_input import PASTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from eksread.library import Library
    from eksread.model.stored import Hit

LIMIT: Final = 100
"""Hits shown: whoever needs more types another letter."""
SNIPPET_LINES: Final = 2
CUT: Final = " …"


class SearchScreen(AskingScreen[SearchChoice]):
    """Gives the headline that the reader chose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(
        self,
        library: Library,
        keep: Callable[[str], None],
        *,
        left: SearchChoice | None = None,
        query: str = "",
    ) -> None:
        """`left` is what was chosen before: its search is shown as it was left. `query` is one to begin with."""
        super().__init__(_("Search the news …"), enter=_("read"), typing=_("edit"))
        self.further = (("Ctrl-S", _("keep this search")),)
        self._back_to = left
        # A saved search may have come from anywhere, and Textual's input takes seconds for a million characters.
        self._query = (left.query if left is not None else query)[:PASTED]
        self._keep = keep
        self._library = library

    def begin(self) -> None:
        """Ask nothing yet, or what was asked before, or what is to be narrowed by typing on."""
        with self.prevent(Input.Changed):
            self.input.value = self._query
        self.input.cursor_position = len(self._query)
        self.asked(self._query)
        if self._back_to is not None:
            self.choices.focus()

    def asked(self, text: str) -> None:
        """Search in a thread; the loop stays free for the next letter, which drops the answer to this one."""
        self.run_worker(self._search(text), group="search", exclusive=True, exit_on_error=False)

    async def _search(self, text: str) -> None:
        if not text.strip():
            self.show((), self._empty(_("Searches everything saved. Also: place:kutim by:name after:2024")))
            return
        try:
            hits, near = await in_thread(self._found, text)
        except EksreadError as error:
            self.show((), error.message, "grave")
            return
        back_to, self._back_to = self._back_to, None
        ids = [hit.headline.id for hit in hits]
        cursor = ids.index(back_to.headline.id) if back_to and back_to.headline.id in ids else 0
        choices = [self._choice(hit, text) for hit in hits]
        self.show(choices, self._summary(len(hits), near), cursor=cursor)

    def _found(self, text: str) -> tuple[tuple[Hit, ...], str | None]:
        """Give what is found, and the query that was answered where the one that was typed finds nothing."""
        queries = self._library.queries
        hits = queries.search(text, limit=LIMIT)
        near = None if hits else queries.nearest(text)
        return (queries.search(near, limit=LIMIT) if near else hits), near

    def _choice(self, hit: Hit, query: str) -> Choice[SearchChoice]:
        """Give the headline with the words that were found."""
        chosen = SearchChoice(hit.headline, query, tuple(dict.fromkeys(marked(hit.snippet))))
        return Choice(chosen, partial(_lines, hit, self._library.clock()))

    def _summary(self, count: int, near: str | None) -> str:
        """Say what is no filter in the query, else how much was found."""
        odd = self._library.queries.misread(self.input.value)
        if odd:
            return misread(odd[0])
        if near:
            return found_instead(self.input.value, near)
        if not count:
            return self._empty(_("Nothing found, nor with fewer words or other spellings."))
        return articles(count) + ("+" if count >= LIMIT else "")

    def _empty(self, text: str) -> str:
        """Say why nothing is shown: `text`, unless there is nothing to search."""
        if self._library.queries.counts().total:
            return text
        return _("No news is saved yet: there is nothing to search.")

    def action_keep(self) -> None:
        """Keep the search among the sections."""
        query = self.input.value.strip()
        if query:
            self._keep(query)
            text = _("This search now stands among the sections: {name}").format(name=f"/ {query}")
            self.tell(text, "notice")


def _lines(hit: Hit, now: datetime, width: int) -> list[Line]:
    """Give the headline and the words that were found in its text."""
    snippet = wrap(matches(hit.snippet, "dim", "match"), width - len(CUT))
    lines = [Line(runs) for runs in snippet[:SNIPPET_LINES]]
    if len(snippet) > SNIPPET_LINES:
        lines[-1] = Line((*lines[-1].runs, Run(CUT, "dim")))
    return [*choice_lines(hit.headline, now, width), *lines, BLANK]
