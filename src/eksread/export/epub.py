"""Articles as an EPUB 3 book: a title page, chapters by section, pictures, and `Baca juga` links that work inside of it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from eksread.export.xhtml import ArticleMarkup, text
from eksread.formatting import absolute
from eksread.i18n import _, ngettext
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from eksread.export.collection import Collection

_EARLIEST: Final = 1980
"""The first year that a ZIP file can name."""
_STYLE: Final = """body { line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; }
img { max-width: 100%; height: auto; }
figure { margin: 1em 0; }
figcaption, .facts, .byline, .address { font-size: .875em; }
.standfirst { font-style: italic; }
.note { border-left: 3px solid; padding-left: .75em; margin: 1em 0; }
blockquote { margin: 1em 0 1em 1em; }
td { border: 1px solid; padding: .25em .5em; vertical-align: top; }
table { border-collapse: collapse; }
.cover { text-align: center; margin-top: 30%; }
"""
_CONTAINER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


class _Chapter(NamedTuple):
    number: int
    title: str
    section: str

    @property
    def file(self) -> str:
        """The chapter's file in the book."""
        return f"article-{self.number}.xhtml"


def write_epub(collection: Collection, stream: BinaryIO) -> None:
    """Write the book; the same articles give the same bytes. `stream` must be one that can be rewound."""
    _Book(collection, stream).write()


class _Book:
    def __init__(self, collection: Collection, stream: BinaryIO) -> None:
        self._collection = collection
        self._stream = stream
        self._pictures: dict[str, str | None] = {}
        local = collection.made.astimezone(WITA)
        self._stamp = (
            max(_EARLIEST, local.year),
            local.month,
            local.day,
            local.hour,
            local.minute,
            local.second,
        )

    def write(self) -> None:
        """Write everything: the package's own files last, when it is known what there is."""
        with ZipFile(self._stream, "w") as book:
            # Readers know a book by this file, which must be the first and not compressed.
            self._add(book, "mimetype", b"application/epub+zip", compress=False)
            self._add(book, "META-INF/container.xml", _CONTAINER)
            self._add(book, "EPUB/style.css", _STYLE)
            chapters = list(self._chapters(book))
            self._add(book, "EPUB/title.xhtml", self._title_page(chapters))
            self._add(book, "EPUB/nav.xhtml", self._navigation(chapters))
            self._add(book, "EPUB/package.opf", self._package(chapters))

    def _add(self, book: ZipFile, name: str, data: str | bytes, *, compress: bool = True) -> None:
        entry = ZipInfo(name, self._stamp)
        entry.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        book.writestr(entry, data)

    def _chapters(self, book: ZipFile) -> Iterator[_Chapter]:
        """Write the articles' files and pictures; give the chapters section by section, in the order in which sections come first."""
        markup = ArticleMarkup(heading=1, link=self._link, picture=lambda url: self._source(book, url))
        found: dict[str, list[_Chapter]] = {}
        for entry in self._collection.entries():
            chapter = _Chapter(entry.id, entry.title, entry.section or _("Other news"))
            self._add(book, f"EPUB/{chapter.file}", _page(entry.title, markup.article(entry)))
            found.setdefault(chapter.section, []).append(chapter)
        for chapters in found.values():
            yield from chapters

    def _link(self, url: str) -> str | None:
        number = self._collection.find(url)
        return f"article-{number}.xhtml" if number in self._collection.ids else None

    def _source(self, book: ZipFile, url: str) -> str | None:
        """Give where a picture stands in the book; it is written when it is met first."""
        if url not in self._pictures:
            data = self._collection.picture(url)
            self._pictures[url] = f"picture-{len(self._pictures) + 1}.jpg" if data else None
            if data:
                self._add(book, f"EPUB/{self._pictures[url]}", data, compress=False)
        return self._pictures[url]

    def _title_page(self, chapters: Sequence[_Chapter]) -> str:
        collection = self._collection
        count = ngettext("{n} article", "{n} articles", len(chapters)).format(n=len(chapters))
        lines = (absolute(collection.made), count, urlsplit(collection.source).hostname or "")
        inner = "".join(f"<p>{text(line)}</p>" for line in lines)
        return _page(collection.title, f'<div class="cover"><h1>{text(collection.title)}</h1>{inner}</div>')

    def _navigation(self, chapters: Sequence[_Chapter]) -> str:
        by_section: dict[str, list[str]] = {}
        for chapter in chapters:
            item = f'<li><a href="{chapter.file}">{text(chapter.title)}</a></li>'
            by_section.setdefault(chapter.section, []).append(item)
        items = "".join(
            f"<li><span>{text(section)}</span><ol>{''.join(found)}</ol></li>"
            for section, found in by_section.items()
        )
        heading = text(_("Contents"))
        first = f'<li><a href="title.xhtml">{text(self._collection.title)}</a></li>'
        return _page(_("Contents"), f'<nav epub:type="toc"><h1>{heading}</h1><ol>{first}{items}</ol></nav>')

    def _package(self, chapters: Sequence[_Chapter]) -> str:
        collection = self._collection
        files = [
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            '<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>',
        ]
        files += [
            f'<item id="a{chapter.number}" href="{chapter.file}" media-type="application/xhtml+xml"/>'
            for chapter in chapters
        ]
        files += [
            f'<item id="p{number}" href="{name}" media-type="image/jpeg"/>'
            for number, name in enumerate(self._pictures.values())
            if name
        ]
        order = ["title", "nav", *(f"a{chapter.number}" for chapter in chapters)]
        spine = "".join(f'<itemref idref="{name}"/>' for name in order)
        modified = collection.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        publisher = text(urlsplit(collection.source).hostname or "")
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="id">\n'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="id">{collection.identifier}</dc:identifier>'
            f"<dc:title>{text(collection.title)}</dc:title><dc:language>id</dc:language>"
            f"<dc:publisher>{publisher}</dc:publisher><dc:date>{modified}</dc:date>"
            f'<meta property="dcterms:modified">{modified}</meta></metadata>\n'
            f"<manifest>{''.join(files)}</manifest>\n<spine>{spine}</spine>\n</package>\n"
        )


def _page(title: str, inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="id" xml:lang="id">\n'
        f'<head><title>{text(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>\n{inner}\n</body>\n</html>\n"
    )
