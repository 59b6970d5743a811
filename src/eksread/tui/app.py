"""The application: themes, signals, the terminal's title, and leaving in good order."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.filter import Monochrome, NoColor

from eksread.formatting import number
from eksread.i18n import _
from eksread.portal import MASTHEAD
from eksread.tui import key_names
from eksread.tui.look import Look
from eksread.tui.main_screen import MainScreen
from eksread.tui.render.colours import themes
from eksread.tui.terminal_input import TerminalDriver
from eksread.tui.window_title import BRING_BACK, KEEP_TITLE, has_title, title_sequence, write_outside

if TYPE_CHECKING:
    import signal
    from collections.abc import Sequence
    from pathlib import Path

    from textual import events
    from textual.screen import Screen

    from eksread.config import Config
    from eksread.library import Library

SIGNAL_BASE: Final = 128
"""Exit code of a program that ended by a signal: this plus its number, as shells count."""


def _problems_text(problems: Sequence[str]) -> str:
    """Say what is wrong with the settings: of several problems the first, and where all of them are listed."""
    if len(problems) == 1:
        return problems[0]
    text = _("{n} problems in the settings: see “eksread doctor”. The first: {problem}")
    return text.format(n=number(len(problems)), problem=problems[0])


class EksreadApp(App[int], inherit_bindings=False):
    """Holds the main screen; everything that is read or written goes through the library.

    Textual's own bindings are not inherited: its Ctrl-Q would come before any other meaning that the settings give it.
    """

    TITLE = MASTHEAD
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "main_screen.tcss"
    """The default screen's styles: Textual reads a screen's own CSS_PATH only when the screen is pushed."""

    def __init__(
        self,
        library: Library,
        config: Config,
        problems: tuple[str, ...] = (),
        settings_file: Path | None = None,
    ) -> None:
        """`problems` are sentences about the settings file, shown at the start; its changes show at once."""
        super().__init__(driver_class=TerminalDriver)
        self.library = library
        self.config = config
        self.look = Look(library, config)
        self.problems = problems
        self.settings_file = settings_file
        self.main: MainScreen | None = None
        if self.no_color:
            # No colours at all: Textual's grey ones would still paint a background, and are black on black in our ansi theme.
            self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]
        for theme in themes():
            self.register_theme(theme)
        self._begin_with(self.look.theme)
        key_names.use(key_names.chosen(config.keys))
        self._without_keys = self._bindings
        self.bind_keys()

    def bind_keys(self) -> None:
        """Bind the keys in use that mean the same on every screen."""
        self._bindings = self._without_keys.copy()
        for key in key_names.keys_of("suspend"):
            if key.startswith("ctrl+"):  # on every screen; a letter may belong to words that are being typed
                self._bindings.bind(key, "suspend_process", priority=True)

    def _begin_with(self, name: str) -> None:
        """Choose the first theme before any style is read. Its watcher runs only after that, and has all read again."""
        if self.available_themes[name].ansi:
            self.theme = name  # the watcher is needed: Textual's filter of colours is switched there alone
            return
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Start on the main screen."""
        self.main = MainScreen(
            self.library, self.config, self.look, leave=self.leave, ready=self.main_screen_complete
        )
        return self.main

    def main_screen_complete(self) -> None:
        """Say what is wrong with the settings. From now on garbage is collected again (see `__main__`)."""
        if not gc.isenabled():
            gc.freeze()  # what the start made stays: it needn't be looked through
            gc.enable()
        self.app_suspend_signal.subscribe(self, self._suspended, immediate=True)
        self.app_resume_signal.subscribe(self, self._resumed)
        problems = (*self.problems, *key_names.used().problems)
        trouble = self.library.trouble
        if self.main is not None and (trouble or problems):
            self.main.context.status.keep_saying(trouble.message if trouble else _problems_text(problems))
        if self.main is not None and self.settings_file is not None:
            from eksread.tui.live_settings import LiveSettings

            live = LiveSettings(self.main, self.settings_file, bind_keys=self.bind_keys, wrong=bool(problems))
            self.run_worker(live.watch(), group="settings", exit_on_error=False)

    def _suspended(self, _app: App[int]) -> None:
        """Give the terminal back as it was, and be silent."""
        write_outside(BRING_BACK)
        if self.main is not None:
            self.main.context.silence()

    def _resumed(self, _app: App[int]) -> None:
        """Draw everything: the terminal kept nothing of what was on the screen."""
        self._write(KEEP_TITLE + title_sequence(self.title))
        self.refresh(layout=True)

    def watch_title(self, title: str) -> None:
        """Name in the terminal's title what is being read."""
        self._write(title_sequence(title))

    def _write(self, sequence: str) -> None:
        """Write a control sequence between two paints."""
        if self._driver is not None and not self.is_headless and has_title():
            self._driver.write(sequence)

    def on_key(self, event: events.Key) -> None:
        """Type a letter that was pressed right after the key that opens an input, and went to the screen below it."""
        if event.is_printable and self._type(event.character or ""):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Type what was pasted right after such a key."""
        self._type(event.text)

    def _type(self, text: str) -> bool:
        """Type a text into the input of the screen, if it has one; give whether it has."""
        if self.screen is self.main:
            return False
        from eksread.tui.widgets.line_input import LineInput

        if not isinstance(self.focused, LineInput):
            return False
        self.focused.paste(text)
        return True

    def on_text_selected(self) -> None:
        """Copy what was selected with the mouse; it stays selected, to be quoted or found by the eye."""
        selected = self.screen.get_selected_text()
        if selected and selected.strip():
            self.copy_to_clipboard(selected)
            if self.main is not None and self.screen is self.main:
                text = _("The selected text was copied; {key} copies it with its source.")
                self.main.context.say(text.format(key=key_names.key_of("copy-markdown")))

    def signalled(self, number: signal.Signals) -> None:
        """Leave because of a signal."""
        self.leave(SIGNAL_BASE + number)

    def leave(self, code: int = 0) -> None:
        """Keep the reader's place and leave; nothing on the network is waited for."""
        if self.main is not None:
            self.main.leaving()
        self.exit(code, return_code=code)

    def action_leave(self) -> None:
        """Leave, from any screen."""
        self.leave()
