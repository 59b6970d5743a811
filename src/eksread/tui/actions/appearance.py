"""The look, fetching, and leaving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.config import DENSITIES, NARROWEST, THEMES, WIDEST
from eksread.i18n import N_, _
from eksread.tui.key_names import key_of
from eksread.tui.look import HIDDEN

if TYPE_CHECKING:
    from eksread.tui.controllers.action_context import Context

STEP: Final = 2
"""Cells by which < and > change the column: one on either side."""
_THEME_LABELS: Final = {
    "dark": N_("Theme: night"),
    "light": N_("Theme: paper"),
    "contrast": N_("Theme: high contrast"),
    "terminal": N_("Theme: the terminal's own colours"),
}


def next_theme(context: Context) -> None:
    """Go to the next theme."""
    app = context.screen.app
    app.theme = THEMES[(THEMES.index(app.theme) + 1) % len(THEMES)]
    context.say(_(_THEME_LABELS[app.theme]))
    context.writer.put(partial(context.look.keep, "theme", app.theme))


def next_density(context: Context) -> None:
    """Show headlines in one line each, or whole again."""
    headlines = context.panes.headlines
    headlines.set_compact(not headlines.compact)
    context.say(_("One line a headline.") if headlines.compact else _("Whole headlines."))
    context.writer.put(partial(context.look.keep, "density", DENSITIES[headlines.compact]))


def toggle_sidebar(context: Context) -> None:
    """Hide the sections beside the list, or show them again."""
    hidden = context.panes.toggle_sidebar()
    text = _("Sections hidden. {key} shows them again.").format(key=key_of("sidebar"))
    context.say(text if hidden else _("Sections shown."))
    context.writer.put(partial(context.look.keep, "sidebar", HIDDEN if hidden else ""))


def zen(context: Context) -> None:
    """Show the article alone, or bring the other panes back."""
    if not context.panes.toggle_zen():
        context.say(_("Zen is for reading: open an article first."))


def change_width(context: Context, step: int) -> None:
    """Make the reading column wider or narrower, by cells."""
    article = context.panes.article
    width = max(NARROWEST, min(WIDEST, article.column + step))
    for view in (article, context.panes.comments):
        view.set_column(width)
    context.writer.put(partial(context.look.keep, "width", width))
    shown = article.text_width
    if article.display and shown < width:
        text = _("Column of {n} characters; the pane has room for {shown}.")
        context.say(text.format(n=width, shown=shown))
    else:
        context.say(_("Column of {n} characters.").format(n=width))


def show_new(context: Context) -> None:
    """Show the news that has arrived."""
    context.say("" if context.list.show_new() else _("The list is up to date."))


def refresh(context: Context, section: str | None) -> None:
    """Fetch a section, or everything."""
    if context.library.offline:
        context.say(_("Started with --offline: nothing is fetched."))
    elif not context.refresher.start(section):
        context.say(_("Already fetching. {key} stops it.").format(key=key_of("escape")))
