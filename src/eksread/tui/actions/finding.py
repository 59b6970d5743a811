"""Finding: search, sections, the edition, commands, help. Their screens are loaded when first asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.geometry import Offset

from eksread.concurrency import in_thread
from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.tui.actions.open_article import go_back, leave_article, open_headline, way_here
from eksread.tui.actions.read_article import comments
from eksread.tui.commands import ARTICLE, COMMENTS, LIST
from eksread.tui.controllers.hints import offered
from eksread.tui.controllers.reader_marks import Step
from eksread.tui.key_names import key_of
from eksread.tui.screens.page_screen import edition_end
from eksread.tui.state.current_edition import save_edition
from eksread.tui.state.screen_state import Found
from eksread.tui.state.sidebar_items import ALL, EDITION, search_of
from eksread.tui.widgets.line_widget import ListWidget

if TYPE_CHECKING:
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.state.current_edition import Edition
    from eksread.tui.state.screen_state import SearchChoice, Way


# ---- search ----


def search(context: Context, query: str = "", again: Found | None = None) -> None:
    """Search as you type, beginning with a query, or `again` as it was left.

    From a search that was shown again one goes back to the article in which it was asked for.
    """
    from eksread.tui.screens.search_screen import SearchScreen

    way = way_here(context) if again is None else again.way

    def answered(chosen: SearchChoice | None) -> None:
        if chosen is not None:
            _found(context, way, chosen)
        elif again is not None and way is not None:
            _go_to(context, way)

    left = None if again is None else again.choice
    asking = SearchScreen(context.library, partial(_keep_search, context), left=left, query=query)
    context.screen.app.push_screen(asking, answered)


def _found(context: Context, way: Way | None, chosen: SearchChoice) -> None:
    """Open what a search found, at the first of the words found; `way` leads back to where it was asked for."""
    article = context.panes.article
    open_headline(context, chosen.headline, Found(chosen, way))
    if article.stored is not None and chosen.words:
        article.find(*chosen.words, whole=True)
        context.status.update()


def _go_to(context: Context, way: Way) -> None:
    """Read again what a way leads to, at its place."""
    trail = context.state.trail
    trail.stops[:], trail.found = way.stops, way.found
    if go_back(context):
        context.panes.show("article")
        if way.comments:
            comments(context)


def _keep_search(context: Context, query: str) -> None:
    """Keep a search among the sections, by its own words; they are shown anew once it is written."""
    user_data, at = context.library.user_data, context.library.clock()
    context.writer.put(partial(user_data.save_search, query, query, at))
    undo = partial(user_data.remove_search, query, at)
    context.marks.remember(Step(undo, _("The search is no longer kept.")))


def remove_search(context: Context) -> None:
    """Remove the chosen saved search."""
    query = search_of(context.state.item.key)
    if context.state.pane != "sections" or query is None:
        context.say(_("Choose a saved search among the sections first."))
        return
    user_data, clock = context.library.user_data, context.library.clock
    searches = context.library.queries.saved_searches()
    name = next((search.name for search in searches if search.query == query), query)
    context.list.show(ALL)
    context.writer.put(partial(user_data.remove_search, name, clock()))
    undo = partial(user_data.save_search, name, query, clock())
    context.marks.remember(Step(undo, _("The search is kept again.")))
    context.say(_("Removed: {name}. {key} undoes.").format(name=name, key=key_of("undo")))


# ---- words in an article or a list ----


def find(context: Context) -> None:
    """Find a word or phrase in the article that is being read; in a list, filter it as you type."""
    state, article = context.state, context.panes.article
    if state.pane == "comments":
        context.say(_("Words are found in the article: {key} goes back to it.").format(key=key_of("close")))
    elif state.pane == "article" and article.stored is not None:
        _find_in_article(context)
    else:
        _filter_list(context)


def _find_in_article(context: Context) -> None:
    from eksread.tui.screens.prompts import PromptScreen

    article = context.panes.article

    def answered(text: str) -> None:
        if not text.strip():
            article.end_find()
        elif not article.find(text):
            article.end_find()
            context.say(_("Not in this article: {text}").format(text=text))

    before = article.needles
    present = before[0] if len(before) == 1 else ""
    context.ask(PromptScreen(_("Find:"), present, ends=_("Enter finds, Esc cancels")), answered)


def _filter_list(context: Context) -> None:
    """Filter the list in its place while words are typed: Enter keeps it so, Esc shows it as it was."""
    from eksread.tui.screens.prompts import FilterPrompt

    content, headlines = context.list, context.panes.headlines

    def answered(text: str | None) -> None:
        if text is None or not text.strip():
            _stop_filtering(context)
            if context.state.narrowed:
                content.widen(back=True)
        context.status.update()

    asking = FilterPrompt(context.state.narrowed, partial(_typed, context), headlines.move, headlines.page)
    context.panes.show("headlines")
    context.screen.app.push_screen(asking, answered)


MENU_INSET: Final = 2
"""Cells by which the menu stands in from the edge of what it is about."""
FILTERING: Final = "filter"
"""The group of the workers that look for typed words."""


def _stop_filtering(context: Context) -> None:
    context.screen.workers.cancel_group(context.screen, FILTERING)


def _typed(context: Context, text: str) -> None:
    """Filter the list by what is typed so far, in a thread: the answer to an earlier letter is dropped."""
    work = _filtered(context, text.strip())
    context.screen.run_worker(work, group=FILTERING, exclusive=True, exit_on_error=False)


async def _filtered(context: Context, words: str) -> None:
    content = context.list
    try:
        if words:
            content.narrow(words, await in_thread(content.rows_with, words))
        elif context.state.narrowed:
            content.widen(back=True)
    except EksreadError as error:
        context.say(error.message, grave=True)
    context.status.update()


# ---- what the list shows ----


def show_list(context: Context, key: str) -> None:
    """Close the article and show the headlines of a sidebar item."""
    leave_article(context)
    context.list.show(key)
    context.panes.show("headlines")


def edition(context: Context) -> None:
    """Begin the edition, or go on with it; without any news there is none."""
    if not context.state.items[0].total:
        context.say(_("There is no edition: no news is saved yet."))
        return
    context.list.show(EDITION)
    begin_edition(context)
    context.panes.show("headlines")
    context.panes.headlines.next_unread(0)


def begin_edition(context: Context) -> None:
    """Keep the edition on display, so that the next one begins after it; passing over it in the side pane does not."""
    edition = context.state.edition
    if edition is not None and edition.articles:
        context.writer.put(partial(save_edition, context.library, edition))


def finish_edition(context: Context, read: Edition) -> None:
    """Say that the edition is read, and go back to all news."""
    context.screen.app.push_screen(edition_end(read), lambda _nothing: show_list(context, ALL))


def gather(context: Context) -> None:
    """Choose a place or a person, those of the article first, and list all their articles."""
    from eksread.tui.screens.places_and_people_screen import PlacesAndPeopleScreen

    library = context.library
    if not library.queries.counts().total:
        context.say(_("No place and no reporter is known yet."))
        return
    context.ask(PlacesAndPeopleScreen(library, context.panes.subject), partial(show_list, context))


# ---- commands ----


def palette(context: Context) -> None:
    """Choose a command by its name."""
    from eksread.tui.screens.palette_screen import PaletteScreen

    context.ask(PaletteScreen(context.state.pane), context.perform)


def show_help(context: Context) -> None:
    """Show all keys."""
    from eksread.tui.screens.help_screen import HelpScreen

    context.screen.app.push_screen(HelpScreen())


def menu(context: Context) -> None:
    """Show what can be done here beside what is chosen."""
    view = context.panes.focused
    region, lines = view.region, view.window.span(view.cursor) if isinstance(view, ListWidget) else range(1)
    _open_menu(context, region.offset + Offset(MENU_INSET, lines.stop))


def menu_at(context: Context, pane: str | None, at: Offset) -> None:
    """Show what can be done where the reader clicked; an article beside the list is not opened by that."""
    reading = pane in (ARTICLE, COMMENTS)
    if pane != context.state.pane and not (reading and not context.state.reading):
        if not reading:
            leave_article(context)
        context.panes.show(pane or LIST)
    _open_menu(context, at)


def _open_menu(context: Context, at: Offset) -> None:
    from eksread.tui.screens.menu_screen import MenuScreen

    context.ask(MenuScreen(offered(context.state, context.panes), at), context.perform)
