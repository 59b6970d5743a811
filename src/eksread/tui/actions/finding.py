"""Finding: search, sections, the edition, commands, help. Their screens are loaded when first asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from eksread.i18n import _
from eksread.tui.actions.open_article import go_back, leave_article, open_headline, way_here
from eksread.tui.actions.read_article import comments
from eksread.tui.controllers.reader_marks import Step
from eksread.tui.key_names import key_of
from eksread.tui.screens.page_screen import edition_end
from eksread.tui.state.current_edition import save_edition
from eksread.tui.state.screen_state import Found
from eksread.tui.state.sidebar_items import ALL, EDITION, search_of, within

if TYPE_CHECKING:
    from eksread.model.lists import Headline
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.state.current_edition import Edition
    from eksread.tui.state.screen_state import SearchChoice, Way


# ---- search ----


def search(context: Context, query: str = "", again: Found | None = None) -> None:
    """Search as you type, within what a query finds, or `again` as it was left.

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
    asking = SearchScreen(context.library, partial(_keep_search, context), left=left, within=query)
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
    elif state.edition is not None:
        _pick(context, state.edition.name)
    else:
        search(context, within(state.item))


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


def _pick(context: Context, name: str) -> None:
    """Filter a short list by its titles."""
    from eksread.tui.screens.ask_screen import FilterScreen, headline_choice

    headlines, now = context.panes.headlines, context.library.clock()
    shown = headlines.rows.all()

    def answered(chosen: Headline) -> None:
        headlines.move_to(next(at for at, row in enumerate(shown) if row.id == chosen.id))
        open_headline(context, chosen)

    choices = [headline_choice(row, now) for row in shown]
    context.ask(FilterScreen(name, choices, enter=_("read")), answered)


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
