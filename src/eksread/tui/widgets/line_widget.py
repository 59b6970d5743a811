"""A widget that shows `Line`s by Textual's line API: the base of all text on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from eksread.tui.render.colours import style_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style

    from eksread.tui.render.lines import Run


class LineWidget(Widget):
    """The base of our line widgets: gives runs the styles of the theme, on the widget's own background."""

    _base: Style | None = None

    @property
    def rich_style(self) -> Style:
        """The widget's own style. Textual makes it anew at each call, from all ancestors: too slow for every line."""
        if self._base is None:
            self._base = super().rich_style
        return self._base

    def notify_style_update(self) -> None:
        """Forget the style when the theme or a class changes it."""
        super().notify_style_update()
        self._base = None

    def on_focus(self) -> None:
        """Show where the cursor is."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the cursor is elsewhere."""
        self.refresh()

    def strip(self, runs: Iterable[Run], width: int, left: int = 0) -> Strip:
        """Give runs as a strip of exactly `width` cells, `left` cells from its left edge."""
        base, theme = self.rich_style, self.app.theme
        segments = [Segment(" " * left, base)] if left else []
        segments += [
            Segment(piece.text, base + style_of(piece.style, theme) if piece.style else base)
            for piece in runs
            if piece.text
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def over(self, strip: Strip, names: str) -> Strip:
        """Give a strip with styles laid over its own (`Strip.apply_style` would lay them under)."""
        style = style_of(names, self.app.theme)
        return Strip(
            [Segment(text, own + style if own else style) for text, own, _control in strip], strip.cell_length
        )
