"""Finding: search, sections, commands, help. Their screens are loaded when first asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.i18n import _
from eksread.tui.controllers.article_reader import Found
from eksread.tui.keys import key_of
from eksread.tui.state.sidebar_items import ALL, EDITION, search_of, within

END_COLUMN: Final = 56
"""Cells of the page at an edition's end: two short sentences."""

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.model.lists import Headline
    from eksread.tui.controllers.article_reader import Way
    from eksread.tui.screens.main_screen import MainScreen
    from eksread.tui.screens.search_screen import Choice
    from eksread.tui.state.current_edition import Edition


def search(screen: MainScreen) -> None:
    """Search as you type."""
    from eksread.tui.screens.search_screen import SearchScreen

    asking = SearchScreen(screen.library, partial(_keep, screen))
    screen.app.push_screen(asking, partial(_found, screen, screen.reading.way()))


def search_again(screen: MainScreen, found: Found) -> None:
    """Go back to what a search found, as it was left; from there to the article in which it was asked for."""
    from eksread.tui.screens.search_screen import SearchScreen

    def answered(chosen: Choice | None) -> None:
        if chosen is None and found.way is not None:
            screen.reading.go_to(found.way)
        else:
            _found(screen, found.way, chosen)

    asking = SearchScreen(screen.library, partial(_keep, screen), left=found.choice)
    screen.app.push_screen(asking, answered)


def _keep(screen: MainScreen, query: str) -> None:
    """Keep a search among the sections, by its own words; the writer has the sections shown anew."""
    user_data, at = screen.library.user_data, screen.library.clock()
    screen.writer.put(partial(user_data.save_search, query, query, at))
    screen.marks.did(partial(user_data.remove_search, query, at), _("The search is no longer kept."))


def remove_search(screen: MainScreen) -> None:
    """Remove the chosen saved search."""
    query = search_of(screen.sidebar_item.key)
    if screen.pane != "sections" or query is None:
        screen.say(_("Choose a saved search among the sections first."))
        return
    library, clock = screen.library, screen.library.clock
    name = next((search.name for search in library.queries.saved_searches() if search.query == query), query)
    screen.news.show(ALL)
    screen.writer.put(partial(library.user_data.remove_search, name, clock()))
    screen.marks.did(
        lambda: library.user_data.save_search(name, query, clock()), _("The search is kept again.")
    )
    screen.say(_("Removed: {name}. {key} undoes.").format(name=name, key=key_of("undo")))


def _found(screen: MainScreen, way: Way | None, chosen: Choice | None) -> None:
    """Open what a search found, at the first of the words found; `way` leads back to where it was asked for."""
    if chosen is None:
        return
    screen.reading.open(chosen.headline)
    screen.reading.found = Found(chosen, way)
    if screen.article.held is not None and chosen.words:
        screen.article.find(*chosen.words, whole=True)
        screen.status.update()


def find(screen: MainScreen) -> None:
    """Find a word or phrase in the article that is being read; in a list, filter it as you type."""
    if screen.pane == "comments":
        screen.say(_("Words are found in the article: {key} goes back to it.").format(key=key_of("close")))
        return
    if screen.pane != "article" or screen.article.held is None:
        _filter(screen)
        return
    from eksread.tui.screens.prompts import PromptScreen

    def answered(text: str | None) -> None:
        if text is None:
            return
        if not text.strip():
            screen.article.end_find()
        elif not screen.article.find(text):
            screen.article.end_find()
            screen.say(_("Not in this article: {text}").format(text=text))
        screen.status.update()

    before = screen.article.finder.needles
    asking = PromptScreen(
        _("Find:"), before[0] if len(before) == 1 else "", ends=_("Enter finds, Esc cancels")
    )
    screen.app.push_screen(asking, answered)


def _filter(screen: MainScreen) -> None:
    """Narrow the list on display as you type: a search within what it shows, an edition by its titles."""
    edition = screen.news.edition
    if edition is not None:
        _pick(screen, edition.name)
        return
    from eksread.tui.screens.search_screen import SearchScreen

    asking = SearchScreen(screen.library, partial(_keep, screen), within=within(screen.sidebar_item))
    screen.app.push_screen(asking, partial(_found, screen, screen.reading.way()))


def _pick(screen: MainScreen, name: str) -> None:
    from eksread.tui.screens.pick_screen import PickScreen

    rows = screen.headlines.rows
    shown = [row for row in map(rows.get, range(len(rows))) if row is not None]

    def answered(chosen: Headline | None) -> None:
        if chosen is not None:
            screen.headlines.move_to(next(at for at, row in enumerate(shown) if row.id == chosen.id))
            screen.reading.open(chosen)

    screen.app.push_screen(PickScreen(name, shown, screen.library.clock()), answered)


def edition(screen: MainScreen) -> None:
    """Begin the edition, or go on with it."""
    screen.news.show(EDITION)
    screen.news.begin_edition()
    screen.panes.show("headlines")
    screen.headlines.first_unread()


def finish_edition(screen: MainScreen, read: Edition) -> None:
    """Say that the edition is read, and go back to all news."""
    from eksread.tui.render.edition_end import end_lines
    from eksread.tui.screens.page_screen import PageScreen

    def closed(_nothing: None) -> None:
        screen.reading.leave()
        screen.news.show(ALL)
        screen.panes.show("headlines")

    screen.app.push_screen(PageScreen(partial(end_lines, read), column=END_COLUMN), closed)


def gather(screen: MainScreen) -> None:
    """Choose a place or a person, those of the article first, and list all their articles."""
    from eksread.tui.screens.gather_screen import GatherScreen
    from eksread.tui.state.places_and_people import nearby, people

    found = nearby(screen.library, screen.panes.subject)
    if not screen.library.queries.counts().total:
        screen.say(_("No place and no reporter is known yet."))
        return

    def answered(key: str | None) -> None:
        if key is not None:
            screen.reading.leave()
            screen.news.show(key)
            screen.panes.show("headlines")

    screen.app.push_screen(GatherScreen(found, partial(people, screen.library)), answered)


def sections(screen: MainScreen) -> None:
    """Go to the side pane."""
    screen.panes.show("sections")


def palette(screen: MainScreen) -> None:
    """Choose a command by its name."""
    from eksread.tui.screens.palette_screen import PaletteScreen

    screen.app.push_screen(PaletteScreen(screen.pane), screen.perform)


def help_screen(screen: MainScreen) -> None:
    """Show all keys."""
    from eksread.tui.screens.help_screen import HelpScreen

    screen.app.push_screen(HelpScreen())


ACTIONS: Final[Mapping[str, Callable[[MainScreen], None]]] = {
    "search": search,
    "find": find,
    "remove-search": remove_search,
    "edition": edition,
    "gather": gather,
    "sections": sections,
    "palette": palette,
    "help": help_screen,
}
