"""The table of forms that articles are exported in, and the simple ones: a text after the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.export.article_text import article as article_text
from eksread.export.article_text import wrap
from eksread.export.epub import write_epub
from eksread.export.feeds import write_atom
from eksread.export.html_page import write_html
from eksread.export.json_form import escaped, fields, stored_json
from eksread.export.markdown import article_markdown
from eksread.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from eksread.export.collection import Collection

_COLUMNS: Final = 80
"""Cells of a line of plain text: longer lines are hard to read."""


class Form(NamedTuple):
    """A form: the suffix of its files, what it is called, and what writes it. Writers may need a stream that can be rewound."""

    suffix: str
    purpose: str
    write: Callable[[Collection, BinaryIO], None]


def _write_markdown(collection: Collection, stream: BinaryIO) -> None:
    for number, entry in enumerate(collection.entries()):
        stream.write(("\n---\n\n" if number else "").encode())
        stream.write(article_markdown(entry.stored, entry.bookmark).encode())


def _write_text(collection: Collection, stream: BinaryIO) -> None:
    for number, entry in enumerate(collection.entries()):
        stream.write(f"\n{'=' * _COLUMNS}\n\n".encode() if number else b"")
        stream.write((article_text(entry.stored.article, _COLUMNS, entry.stored.headline) + "\n").encode())
        if entry.bookmark is not None and entry.bookmark.note:
            stream.write((wrap(f"{_('Your note')}: {entry.bookmark.note}", _COLUMNS) + "\n").encode())


def _write_lines(collection: Collection, stream: BinaryIO) -> None:
    for entry in collection.entries():
        marks = fields(entry.bookmark, "saved_at note labels") if entry.bookmark else {}
        line = json.dumps({**stored_json(entry.stored), **marks}, ensure_ascii=False)
        stream.write(f"{escaped(line)}\n".encode())


FORMS: Final[Mapping[str, Form]] = {
    "markdown": Form("md", N_("Markdown"), _write_markdown),
    "html": Form("html", N_("one web page with its pictures"), write_html),
    "epub": Form("epub", N_("a book for e-readers"), write_epub),
    "text": Form("txt", N_("plain text"), _write_text),
    "jsonl": Form("jsonl", N_("JSON, one article a line"), _write_lines),
    "atom": Form("atom", N_("an Atom feed"), write_atom),
}
