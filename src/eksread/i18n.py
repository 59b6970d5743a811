"""The interface's language: gettext catalogues shipped with the package, Indonesian and English.

English is the source language. `use` is called once, before any text is shown and before `tui` is imported
(Textual keeps binding labels as class attributes). `_` and `ngettext` look up at call time; `N_` only marks.
"""

from __future__ import annotations

import gettext as _gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = ("id", "en")
LOCALE: Final = Path(__file__).parent / "locale"
"""The catalogues. importlib.resources would cost 8 ms at every start, and eksread is never run from a zip file."""
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def preferred(environ: Mapping[str, str] | None = None) -> str:
    """Give the reader's language by locale variables; a locale that says nothing means Indonesian.

    The portal's readers are Indonesian, so only a locale that names English chooses English.
    """
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.get(name, "")
        if value and value.split(".")[0] not in ("C", "POSIX"):
            return "en" if value.lower().startswith("en") else "id"
    return "id"


def use(language: str) -> None:
    """Set the language of the interface: "id" or "en"."""
    global _catalogue, _language  # the interface has one language per process, as gettext itself assumes
    _language = language if language in LANGUAGES else "id"
    if _language == "en":
        _catalogue = _gettext.NullTranslations()
        return
    with (LOCALE / _language / "LC_MESSAGES" / "eksread.mo").open("rb") as stream:
        _catalogue = _gettext.GNUTranslations(stream)


def language() -> str:
    """Give the language in use: "id" or "en"."""
    return _language


def _(message: str) -> str:
    """Translate `message`."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Translate with the plural form for `number` (Indonesian has one form)."""
    return _catalogue.ngettext(one, many, number)


def N_(message: str) -> str:
    """Mark `message` for translation where it is defined; `_` translates it where it is shown."""
    return message
