"""Search as you type, in a thread, with the matching words shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from eksread.errors import EksreadError
from eksread.formatting import found_instead, misread
from eksread.i18n import _
from eksread.tui.render.headline_lines import choice_lines
from eksread.tui.render.lines import BLANK, Line, Run, marked, matches, wrap
from eksread.tui.screens.ask_screen import AskingScreen, articles
from eksread.tui.state.screen_state import SearchChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from eksread.library import Library
    from eksread.model.stored import Hit

LIMIT: Final = 100
"""Hits shown: whoever needs more types another letter."""
SNIPPET_LINES: Final = 2
CUT: Final = " …"


class SearchScreen(AskingScreen["Hit", SearchChoice]):
    """Gives the headline that the reader chose."""

    class Found(Message):
        """A search ended; `asked` numbers the questions so that late answers are dropped.

        `near` is the query that was answered where the one that was typed finds nothing.
        """

        def __init__(
            self, asked: int, hits: tuple[Hit, ...], near: str | None = None, error: str = ""
        ) -> None:
            super().__init__()
            self.asked = asked
            self.hits = hits
            self.near = near
            self.error = error

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(
        self,
        library: Library,
        keep: Callable[[str], None],
        *,
        left: SearchChoice | None = None,
        within: str = "",
    ) -> None:
        """`left` is what was chosen before: its search is shown as it was left. `within` is a query to type on after."""
        prompt = _("Filter this list …") if within else _("Search the news …")
        super().__init__(prompt, enter=_("read"), typing=_("edit"))
        self.further = (("Ctrl-S", _("keep this search")),)
        self._back_to = left
        self._query = left.query if left is not None else within
        self._keep = keep
        self._library = library
        self._asked = 0

    def begin(self) -> None:
        """Ask nothing yet, or what was asked before, or what is to be narrowed by typing on."""
        with self.prevent(Input.Changed):
            self.input.value = self._query
        self.input.cursor_position = len(self._query)
        self.asked(self._query)
        if self._back_to is not None:
            self.choices.focus()

    def asked(self, text: str) -> None:
        """Search in a thread; the loop stays free for the next letter."""
        self._asked += 1
        if not text.strip():
            self.show((), self._empty(_("Searches everything stored. Also: place:kutim by:name after:2024")))
            return
        work = partial(self._search, text, self._asked)
        self.run_worker(work, thread=True, group="search", exclusive=True, exit_on_error=False)

    def _search(self, text: str, asked: int) -> None:
        try:
            hits = self._library.queries.search(text, limit=LIMIT)
            near = None if hits else self._library.queries.nearest(text)
            if near:
                hits = self._library.queries.search(near, limit=LIMIT)
        except EksreadError as error:
            self.post_message(self.Found(asked, (), error=error.message))
        else:
            self.post_message(self.Found(asked, hits, near))

    @on(Found)
    def _found(self, message: Found) -> None:
        if message.asked != self._asked:
            return
        back_to, self._back_to = self._back_to, None
        ids = [hit.headline.id for hit in message.hits]
        cursor = ids.index(back_to.headline.id) if back_to and back_to.headline.id in ids else 0
        if message.error:
            self.show((), message.error, "grave")
        else:
            self.show(message.hits, self._summary(len(message.hits), message.near), cursor=cursor)

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
        return _("No news is stored yet: there is nothing to search.")

    def action_keep(self) -> None:
        """Keep the search among the sections."""
        query = self.input.value.strip()
        if query:
            self._keep(query)
            text = _("This search now stands among the sections: {name}").format(name=f"/ {query}")
            self.tell(text, "notice")

    def lines_of(self, item: Hit, width: int) -> list[Line]:
        """Give the headline and the words that were found in its text."""
        snippet = wrap(matches(item.snippet, "dim", "match"), width - len(CUT))
        lines = [Line(runs) for runs in snippet[:SNIPPET_LINES]]
        if len(snippet) > SNIPPET_LINES:
            lines[-1] = Line((*lines[-1].runs, Run(CUT, "dim")))
        return [*choice_lines(item.headline, self._library.clock(), width), *lines, BLANK]

    def result_of(self, item: Hit) -> SearchChoice:
        """Give the headline with the words that were found."""
        return SearchChoice(item.headline, self.input.value, tuple(dict.fromkeys(marked(item.snippet))))
