"""What is related to an article: the editor's links, articles that refer to it, similar ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eksread.i18n import N_, _
from eksread.model.display_text import clean
from eksread.model.stored import Kinship
from eksread.tui.render.article_lines import links_of
from eksread.tui.render.headline_lines import TITLE_LINES
from eksread.tui.render.lines import BLANK, Line, Run, wrap_title
from eksread.tui.screens.ask_screen import FilterScreen, headline_choice
from eksread.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.library import Library
    from eksread.model.lists import Headline
    from eksread.model.news import RelatedLink

SIMILAR: Final = 8
"""Similar articles named: further ones share little more than the words of any news."""
_GROUPS: Final = {
    Kinship.PICKED: N_("Read also, by the editor"),
    Kinship.REFERRING: N_("Referred to by"),
    Kinship.SIMILAR: N_("Similar by its words"),
}


class RelatedScreen(FilterScreen["Headline | RelatedLink"]):
    """The articles around one; a bare link where not even the headline is stored."""

    def __init__(self, library: Library, headline: Headline) -> None:
        heading = _("Related articles: {title}").format(title=clean(headline.title))
        super().__init__(heading, tuple(_related(library, headline)), enter=_("read"))


def _related(library: Library, headline: Headline) -> Iterator[Choice[Headline | RelatedLink]]:
    """Give what is related to an article, each once, the editor's links in their own order first."""
    seen = {headline.id}
    now = library.clock()
    stored = library.queries.article(headline.id)
    for link in links_of(stored.article) if stored is not None else ():
        target = library.target(link)
        if target is None:
            yield Choice(link, partial(_link_lines, link), _(_GROUPS[Kinship.PICKED]), link.title)
        elif target.id not in seen:
            seen.add(target.id)
            yield headline_choice(target, now, _(_GROUPS[Kinship.PICKED]))
    for relative in library.history.relatives(headline.id, limit=SIMILAR):
        if relative.headline.id not in seen:
            seen.add(relative.headline.id)
            yield headline_choice(relative.headline, now, _(_GROUPS[relative.kinship]))


def _link_lines(link: RelatedLink, width: int) -> list[Line]:
    lines = [Line((Run(text, "title"),)) for text in wrap_title(link.title, width, TITLE_LINES)]
    return [*lines, Line((Run(_("not saved yet"), "fact"),)), BLANK]
