"""Keeps the catalogues: `python tools/messages.py` extracts, merges and compiles; `--check` only says what is wrong.

Translations are edited by hand in `src/eksread/locale/<language>/LC_MESSAGES/eksread.po`. The compiled file is kept
in the repository, so that an installation needs no build step; a test holds it to its source.
"""

from __future__ import annotations

import ast
import io
import sys
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "eksread"
LANGUAGES = ("id",)
NOISE = (b'"Generated-By', b'"Report-Msgid')
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""Function -> how many of its arguments are texts. Read by ast: Babel's own extractor misses calls in f-strings."""


def po_file(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "eksread.po"


def extracted() -> Catalog:
    """Give the messages that the code uses, without line numbers: they only make noise in every change."""
    template = Catalog(project="eksread", charset="utf-8")
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                texts = [
                    arg.value for arg in node.args[: KEYWORDS[node.func.id]] if isinstance(arg, ast.Constant)
                ]
                if len(texts) == KEYWORDS[node.func.id]:
                    template.add(texts[0] if len(texts) == 1 else tuple(texts))
    return template


def catalogue(language: str) -> Catalog:
    """Give the language's catalogue as it stands in its file."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, project="eksread", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def compiled(found: Catalog) -> bytes:
    """Give the catalogue as gettext reads it."""
    stream = io.BytesIO()
    write_mo(stream, found)
    return stream.getvalue()


def names(text: str) -> set[str]:
    """Give the `{names}` in a text."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def problems(language: str) -> Iterator[str]:
    """Say what is wrong with a language: missing, fuzzy, unused, other placeholders, an old compiled file."""
    found, wanted = catalogue(language), extracted()
    for message in wanted:
        if not message.id:
            continue
        known = found.get(message.id, message.context)
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if known is None or not known.string or (isinstance(known.string, tuple) and not all(known.string)):
            yield f"{language}: no translation: {key!r}"
            continue
        if known.fuzzy:
            yield f"{language}: fuzzy: {key!r}"
        for text in known.string if isinstance(known.string, tuple) else (known.string,):
            if names(text) != names(key):
                yield f"{language}: other placeholders: {key!r} -> {text!r}"
    for message in found:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"{language}: not used: {message.id!r}"
    if shown(po_file(language).with_suffix(".mo").read_bytes()) != shown(compiled(found)):
        yield f"{language}: the compiled catalogue is not what the .po says"


def shown(binary: bytes) -> dict[str, str]:
    """Give what gettext would show; the header aside, which names the tool's version."""
    texts = GNUTranslations(io.BytesIO(binary))._catalog  # type: ignore[attr-defined]
    return {str(key): text for key, text in texts.items() if key}


def update(language: str) -> None:
    """Merge the code's messages into the catalogue and compile it."""
    found = catalogue(language)
    found.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    found.obsolete.clear()
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = io.BytesIO()
    write_po(stream, found, width=0, sort_output=True, ignore_obsolete=True, no_location=True)
    lines = stream.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(NOISE)))
    path.with_suffix(".mo").write_bytes(compiled(catalogue(language)))


def main() -> int:
    if "--check" not in sys.argv[1:]:
        for language in LANGUAGES:
            update(language)
    wrong = [line for language in LANGUAGES for line in problems(language)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
