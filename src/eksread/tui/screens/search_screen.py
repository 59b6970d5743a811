"""Search as you type, in a thread, with the matching words shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from eksread.errors import EksreadError
from eksread.formatting import misread, number
from eksread.i18n import _, ngettext
from eksread.tui.render.headline_lines import choice_lines
from eksread.tui.render.lines import BLANK, Line, Run, marked, matches, wrap
from eksread.tui.screens.ask_screen import AskingScreen
from eksread.tui.state.reading_trail import SearchChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eksread.library import Library
    from eksread.model.stored import Hit

LIMIT: Final = 100
"""Hits shown: whoever needs more types another letter."""
SNIPPET_LINES: Final = 2
CUT: Final = " …"


class SearchScreen(AskingScreen[SearchChoice]):
    """Gives the headline that the reader chose."""

    class Found(Message):
        """A search ended; `asked` numbers the questions so that late answers are dropped."""

        def __init__(self, asked: int, hits: tuple[Hit, ...], error: str = "") -> None:
            super().__init__()
            self.asked = asked
            self.hits = hits
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
        super().__init__(_("Filter this list …") if within else _("Search the news …"))
        self.enter, self.typing = _("read"), _("edit")
        self.further = (("Ctrl-S", _("keep this search")),)
        self._back_to = left
        self._within = within
        self._keep = keep
        self._library = library
        self._hits: tuple[Hit, ...] = ()
        self._asked = 0

    def begin(self) -> None:
        """Ask nothing yet, or what was asked before, or what is to be narrowed by typing on."""
        if self._back_to is None:
            with self.prevent(Input.Changed):
                self.input.value = self._within
            self.input.cursor_position = len(self._within)
            self.asked(self._within)
            return
        with self.prevent(Input.Changed):
            self.input.value = self._back_to.query
        self.asked(self._back_to.query)
        self.choices.focus()

    def asked(self, text: str) -> None:
        """Search in a thread; the loop stays free for the next letter."""
        self._asked += 1
        if not text.strip():
            self._hits = ()
            self.choices.show(())
            self._tell_silence(_("Searches everything stored. Also: place:kutim by:name after:2024"))
            return
        work = partial(self._search, text, self._asked)
        self.run_worker(work, thread=True, group="search", exclusive=True, exit_on_error=False)

    def _search(self, text: str, asked: int) -> None:
        try:
            hits = self._library.queries.search(text, limit=LIMIT)
        except EksreadError as error:
            self.post_message(self.Found(asked, (), error.message))
        else:
            self.post_message(self.Found(asked, hits))

    @on(Found)
    def _found(self, message: Found) -> None:
        if message.asked != self._asked:
            return
        self._hits = message.hits
        self.choices.show([self._item(hit) for hit in message.hits])
        if self._back_to is not None:
            ids = [hit.headline.id for hit in message.hits]
            self.choices.move(ids.index(self._back_to.headline.id) if self._back_to.headline.id in ids else 0)
            self._back_to = None
        odd = self._library.queries.misread(self.input.value)
        if message.error:
            self.tell((Run(message.error, "grave"),))
        elif odd:
            self.tell((Run(misread(odd[0]), "dim"),))
        elif not message.hits:
            self._tell_silence(_("Nothing found. Fewer or shorter words find more."))
        else:
            count = len(message.hits)
            text = ngettext("{n} article", "{n} articles", count).format(n=number(count))
            more = "+" if count >= LIMIT else ""
            self.tell((Run(text + more, "dim"),))

    def _tell_silence(self, text: str) -> None:
        """Say why nothing is shown."""
        empty = not self._library.queries.counts().total
        self.tell((Run(_("No news is stored yet: there is nothing to search.") if empty else text, "dim"),))

    def on_resize(self) -> None:
        """Set what was found for the new width."""
        chosen = self.choices.cursor
        self.choices.show([self._item(hit) for hit in self._hits])
        self.choices.move(chosen)
        self.tell(self._left)

    def action_keep(self) -> None:
        """Keep the search among the sections."""
        query = self.input.value.strip()
        if query:
            self._keep(query)
            self.tell(
                (
                    Run(
                        _("This search now stands among the sections: {name}").format(name=f"/ {query}"),
                        "notice",
                    ),
                )
            )

    def _item(self, hit: Hit) -> list[Line]:
        width = max(20, self.choices.size.width - 4)
        lines = choice_lines(hit.headline, self._library.clock(), width)
        snippet = matches(hit.snippet, "dim", "match")
        return [*lines, *_cut(wrap(snippet, width - len(CUT)), SNIPPET_LINES), BLANK]

    def taken(self, index: int) -> SearchChoice | None:
        """Give the chosen headline with the words that were found."""
        if index >= len(self._hits):
            return None
        hit = self._hits[index]
        return SearchChoice(hit.headline, self.input.value, tuple(dict.fromkeys(marked(hit.snippet))))


def _cut(wrapped: Sequence[Sequence[Run]], most: int) -> list[Line]:
    """Give at most `most` lines; where there are more the last one says so."""
    lines = [Line(tuple(runs)) for runs in wrapped[:most]]
    if len(wrapped) > most:
        lines[-1] = Line((*lines[-1].runs, Run(CUT, "dim")))
    return lines
