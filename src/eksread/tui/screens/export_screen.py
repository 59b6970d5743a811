"""Choose what to export, the article or its list, and in which form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.export.forms import FORMS
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.tui.render.lines import Line, Run, fit, pad
from eksread.tui.screens.ask_screen import FilterScreen, articles
from eksread.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.model.lists import Headline

MOST: Final = 500
"""Articles of a list that are exported at once: a book of more could not be read, and takes half a minute to make."""


class Export(NamedTuple):
    """What was chosen: the name of a form, and whether of the whole list."""

    form: str
    whole_list: bool


class ExportScreen(FilterScreen[Export]):
    """The forms for one article, then those for the list that it stands in, unless that is too long."""

    def __init__(self, headline: Headline, list_name: str, rows: int) -> None:
        heading = _("Export: {title}").format(title=clean(headline.title))
        super().__init__(heading, tuple(_choices(list_name, rows)), enter=_("write the file"))

    def summary(self, count: int) -> str:
        """Say where there is none; the list speaks for itself."""
        return "" if count else _("No such form.")


def _choices(list_name: str, rows: int) -> Iterator[Choice[Export]]:
    groups = [(False, _("This article"))]
    if 1 < rows <= MOST:
        groups.append((True, f"{clean(list_name)}: {articles(rows)}"))
    for whole, heading in groups:
        for name, form in FORMS.items():
            lines = partial(_lines, _(form.purpose), form.suffix)
            yield Choice(Export(name, whole), lines, heading, f"{heading} {name} {_(form.purpose)}")


def _lines(purpose: str, suffix: str, width: int) -> list[Line]:
    """Give what a form is, and at the right the ending of its files."""
    ending = f".{suffix}"
    room = width - len(ending)
    shown = Run(fit(purpose, max(1, room - 2)), "body")
    return [Line((*pad((shown,), room), Run(ending, "dim")))]
