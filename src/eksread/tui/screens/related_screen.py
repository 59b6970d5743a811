"""What is related to an article: the editor's links, articles that refer to it, similar ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import _
from eksread.model.lists import Headline
from eksread.model.stored import Kinship
from eksread.tui.render.article_lines import links_of
from eksread.tui.render.headline_lines import TITLE_LINES, choice_lines
from eksread.tui.render.lines import BLANK, Line, Run, clean, wrap_title
from eksread.tui.screens.ask_screen import FilterScreen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.library import Library
    from eksread.model.news import RelatedLink

SIMILAR: Final = 8
"""Similar articles named: further ones share little more than the words of any news."""


class Neighbour(NamedTuple):
    """An article beside another, and why; a bare link where not even its headline is stored."""

    target: Headline | RelatedLink
    kinship: Kinship


def neighbours(library: Library, headline: Headline) -> tuple[Neighbour, ...]:
    """Give what is related to an article, each once, the editor's links in their own order first."""
    return tuple(_each_once(library, headline))


def _each_once(library: Library, headline: Headline) -> Iterator[Neighbour]:
    seen = {headline.id}
    stored = library.queries.article(headline.id)
    for link in links_of(stored.article) if stored is not None else ():
        target = library.target(link)
        if target is None:
            yield Neighbour(link, Kinship.PICKED)
        elif target.id not in seen:
            seen.add(target.id)
            yield Neighbour(target, Kinship.PICKED)
    for relative in library.history.relatives(headline.id, limit=SIMILAR):
        if relative.headline.id not in seen:
            seen.add(relative.headline.id)
            yield Neighbour(relative.headline, relative.kinship)


class RelatedScreen(FilterScreen[Neighbour]):
    """The articles around one."""

    def __init__(self, library: Library, title: str, found: Sequence[Neighbour]) -> None:
        heading = _("Related articles: {title}").format(title=clean(title))
        super().__init__(heading, found, enter=_("read"))
        self._library = library

    def name_of(self, item: Neighbour) -> str:
        """Give the title."""
        return item.target.title

    def group_of(self, item: Neighbour) -> str:
        """Say why the article is here."""
        return {
            Kinship.PICKED: _("Read also, by the editor"),
            Kinship.REFERRING: _("Referred to by"),
            Kinship.SIMILAR: _("Similar by its words"),
        }[item.kinship]

    def lines_of(self, item: Neighbour, width: int) -> list[Line]:
        """Give the title and the facts."""
        target = item.target
        if isinstance(target, Headline):
            return [*choice_lines(target, self._library.clock(), width), BLANK]
        lines = [Line((Run(text, "title"),)) for text in wrap_title(target.title, width, TITLE_LINES)]
        return [*lines, Line((Run(_("not stored yet"), "fact"),)), BLANK]
