"""Readers' reactions as small bars with their names, and what changed since the reader's last visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from eksread.i18n import _
from eksread.tui.render import Line, Run, clean, fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model import Reaction

FULL_BAR: Final = 24
"""Cells of a full bar: a hundred per cent."""
BESIDE_BAR: Final = 24
"""Cells that stand beside a bar: the name and the number."""
CHANGE_CELLS: Final = 6
"""Cells of a change behind the number: ` ▲ 100`."""
NAME_CELLS: Final = 14
MORE: Final = "▲"
LESS: Final = "▼"


def reaction_lines(
    reactions: Sequence[Reaction], width: int, *, before: Sequence[Reaction] = ()
) -> Iterator[Line]:
    """Set reactions as small bars, the strongest first; silence is said once. `before`: as the reader last saw them."""
    now, then = _named(reactions), _named(before)
    changes = {name: now.get(name, 0) - then.get(name, 0) for name in {*now, *then}} if before else {}
    shown = [name for name in {**now, **then} if now.get(name, 0) > 0 or changes.get(name)]
    if not shown:
        yield Line((Run(_("No reactions yet."), "dim"),))
        return
    yield Line((Run(_("Readers' reactions"), "label"),))
    beside = BESIDE_BAR + (CHANGE_CELLS if any(changes.values()) else 0)
    room = min(FULL_BAR, max(4, width - beside))
    cells = min(NAME_CELLS, max(map(cell_len, shown)))
    for name in sorted(shown, key=lambda name: -now.get(name, 0)):
        yield _line(fit(name, cells), cells, now.get(name, 0), changes.get(name, 0), room)
    if any(changes.values()):
        yield Line((Run(f"{MORE} {LESS} " + _("since you were here"), "dim"),))


def _line(name: str, cells: int, percent: int, change: int, room: int) -> Line:
    filled = min(room, max(1, round(room * min(100, percent) / 100))) if percent else 0
    runs = (
        Run(name + " " * (cells - cell_len(name)) + "  ", "dim"),
        Run("█" * filled, "bar"),
        Run("░" * (room - filled), "rule"),
        Run(f" {percent:>3} %", "dim"),
    )
    sign = MORE if change > 0 else LESS
    return Line((*runs, Run(f" {sign} {abs(change)}", "mark")) if change else runs)


def _named(reactions: Sequence[Reaction]) -> dict[str, int]:
    """Give per cents by name; one without a name has its place for a name, which pages keep."""
    return {
        clean(reaction.name) if reaction.name else _("Reaction {n}").format(n=place): reaction.percent
        for place, reaction in enumerate(reactions, 1)
    }
