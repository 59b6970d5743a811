"""Choose a place or a person whose articles are to be listed. Typing filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from eksread.i18n import _, ngettext
from eksread.tui.render import BLANK, Line, Run, clean, fit
from eksread.tui.screens.asking import AskingScreen
from eksread.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.tui.gathered import Gathering


class GatherScreen(AskingScreen[str]):
    """Gives the key of the shelf that the reader chose."""

    def __init__(self, offered: Sequence[Gathering]) -> None:
        super().__init__(_("A place, a reporter, an editor …"))
        self._all = offered
        self._found: Sequence[Gathering] = offered

    def asked(self, text: str) -> None:
        """Show those whose name holds the typed words."""
        words = text.casefold().split()
        self._found = [item for item in self._all if all(word in item.name.casefold() for word in words)]
        width = max(20, self.choices.size.width - 4)
        items: list[list[Line]] = []
        before = ""
        for item in self._found:
            lines = (
                [*([BLANK] if before else []), Line((Run(item.why, "kicker"),))] if item.why != before else []
            )
            items.append([*lines, _line(item, width)])
            before = item.why
        self.choices.show(items)
        enter = (Run("Enter", "key"), Run(" " + _("list the articles"), "hint"))
        self.state.set(enter if items else (Run(_("Nobody and nowhere of that name."), "dim"),))

    def on_resize(self) -> None:
        """Set the numbers at the right edge."""
        self.asked(self.input.value)

    def taken(self, index: int) -> str | None:
        """Give the chosen shelf's key."""
        return self._found[index].key if index < len(self._found) else None


def _line(item: Gathering, width: int) -> Line:
    total = item.total
    count = "" if total is None else ngettext("{n} article", "{n} articles", total).format(n=number(total))
    name = fit(clean(item.name), max(1, width - cell_len(count) - 2))
    gap = width - cell_len(name) - cell_len(count)
    return Line((Run(name, "body"), Run(" " * gap), Run(count, "dim")))
