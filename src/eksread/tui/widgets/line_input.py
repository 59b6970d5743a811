"""An input of one line, into which a text of several lines can be pasted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from eksread.model.display_text import clean, harmless

if TYPE_CHECKING:
    from textual import events

PASTED: Final = 20_000
"""Characters taken of what is pasted: as many as a note from the editor has."""
_SEQUENCES: Final = r"[\x1b\u241b](?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\u241b]*(?:\x07|[\x1b\u241b]\\))?"
"""What a terminal would take for an order (ECMA-48): a colour copied along with the text is no part of it."""


def one_line(text: str) -> str:
    """Give a pasted text as one line: line breaks as spaces, none at either end; nothing invisible."""
    return clean(re.sub(_SEQUENCES, "", text[:PASTED]).strip("\r\n"))


class LineInput(Input):
    """Textual's input, which would take only the first of several lines, and control characters as they are."""

    def validate_value(self, value: str) -> str:
        """Give what it shows without what acts in a terminal: a saved search may have come from anywhere."""
        return harmless(value)

    def paste(self, text: str) -> None:
        """Put a pasted text in the place of what is selected, else at the cursor."""
        self.replace(one_line(text), *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.paste(event.text)

    def action_paste(self) -> None:
        """Paste what was copied here last."""
        self.paste(self.app.clipboard)
