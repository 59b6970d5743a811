"""Choose a place or a person whose articles are to be listed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.concurrency import in_thread
from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.tui.render.lines import Line, Run, fit, pad
from eksread.tui.screens.ask_screen import FilterScreen, articles
from eksread.tui.state.sidebar_items import PERSON, PLACE
from eksread.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.stored import NamedCount

PEOPLE_LISTED: Final = 500
"""People to choose among, those with most articles first: further ones wrote a handful."""


class PlacesAndPeopleScreen(FilterScreen[str]):
    """The places and people of the archive, those of an article first: gives the key of the chosen one's sidebar item."""

    def __init__(self, library: Library, headline: Headline | None) -> None:
        super().__init__(_("A place, a reporter, an editor …"), (), enter=_("list the articles"))
        self._library = library
        stored = library.queries.article(headline.id) if headline is not None else None
        article = stored.article if stored is not None else None
        people = (article.reporter, article.editor, article.photographer) if article is not None else ()
        self._people = tuple(filter(None, people))
        place = (article.place if article is not None else None) or (headline.place if headline else None)
        self._add(_place_at_hand(library, place))
        self._add(_choice(PERSON, name, None, _("Of this article")) for name in self._people)
        self._add(_choice(PLACE, one.name, one.total, _("Places")) for one in library.history.places())

    def begin(self) -> None:
        """Show what is at hand, and count on: the people take a second where there are a million articles."""
        super().begin()
        self.call_after_refresh(self._read_on)

    def _read_on(self) -> None:
        self.run_worker(self._read_people(), exit_on_error=False)

    async def _read_people(self) -> None:
        with suppress(EksreadError):  # whoever can't be read is not offered
            counted, people = await in_thread(self._counted)
            self.offered = tuple(counted.get(item.value, item) for item in self.offered)
            self._add(_choice(PERSON, one.name, one.total, _("People")) for one in people)
            chosen = self.choices.cursor
            self.asked(self.input.value)
            self.choices.move(chosen)

    def _counted(self) -> tuple[dict[str, Choice[str]], Sequence[NamedCount]]:
        """Give the people of the article with their numbers, and those of the whole archive."""
        history = self._library.history
        choices = [_choice(PERSON, name, history.person(name), _("Of this article")) for name in self._people]
        return {choice.value: choice for choice in choices}, history.people(limit=PEOPLE_LISTED)

    def _add(self, found: Iterable[Choice[str]]) -> None:
        """Offer further ones, each place and person once."""
        offered = {item.value.casefold(): item for item in self.offered}
        for item in found:
            offered.setdefault(item.value.casefold(), item)
        self.offered = tuple(offered.values())

    def summary(self, count: int) -> str:
        """Say where there is none; the list speaks for itself."""
        return "" if count else _("Nobody and nowhere of that name.")


def _place_at_hand(library: Library, place: str | None) -> Iterator[Choice[str]]:
    """Give the place of an article, under the name by which it is listed among all places, so that it stands there once."""
    if place:
        found = library.history.place(place)
        name, total = (found.name, found.total) if found else (place, None)
        yield _choice(PLACE, name, total, _("Of this article"))


def _choice(kind: str, name: str, total: int | None, why: str) -> Choice[str]:
    return Choice(kind + name, partial(_lines, name, total), why, name)


def _lines(name: str, total: int | None, width: int) -> list[Line]:
    """Give the name, and at the right how many articles there are."""
    count = articles(total) if total is not None else ""
    room = width - cell_len(count)
    shown = Run(fit(clean(name), max(1, room - 2)), "body")
    return [Line((*pad((shown,), room), Run(count, "dim")))]
