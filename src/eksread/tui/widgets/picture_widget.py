"""What all widgets with a picture share: how this terminal shows one, and taking it back from a terminal that holds it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from eksread.tui.render.pictures import NO_CELL, cell_size, deleting, way_to_show
from eksread.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from textual.app import App

    from eksread.tui.render.pictures import Cell, Shown, Way


class PictureWidget(LineWidget):
    """Shows one picture at a time. A terminal that draws pictures itself has it while the widget is in sight."""

    images: str
    """The setting: how pictures are shown."""
    _image = 0
    """The picture's id in a terminal that has it, else 0."""

    def order(self) -> None:
        """Have the picture made for the widget as it is now; subclasses do."""
        raise NotImplementedError

    @property
    def way(self) -> Way | None:
        """How this terminal shows pictures, None where it does not."""
        app, encoding = self.app, sys.__stderr__.encoding if sys.__stderr__ is not None else ""
        if encoding.lower().replace("-", "") != "utf8":
            return None  # half-blocks and placeholders are not to be had
        return way_to_show(self.images, os.environ, app.console.color_system, no_color=app.no_color)

    @property
    def cell(self) -> Cell:
        """The size of a cell."""
        return NO_CELL if self.app.is_headless else cell_size()

    def bring(self, shown: Shown) -> Shown:
        """Send a picture to a terminal that draws it, in place of an earlier one; give it without what was sent."""
        self.release_picture()
        self._write(shown.sequence)
        self._image = shown.image
        return replace(shown, sequence="")  # it may be half a megabyte

    def release_picture(self) -> None:
        """Free what the terminal holds; on the way out this must come before its own screen is back."""
        if self._image:
            self._write(deleting(self._image))
            self._image = 0

    def _write(self, sequence: str) -> None:
        """Write a control sequence between two paints."""
        driver = self.app._driver
        if sequence and driver is not None:
            driver.write(sequence)

    def on_mount(self) -> None:
        """Send the picture again after the terminal was lent to another program: it is forgotten with its screen."""
        self.app.app_resume_signal.subscribe(self, self._resumed)

    def _resumed(self, _app: App[object]) -> None:
        self._image = 0
        self.order()

    def on_hide(self) -> None:
        """Take the picture from the terminal when the widget goes out of sight."""
        self.release_picture()
