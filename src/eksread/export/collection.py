"""What is exported: some articles in reading order, with the reader's own notes and labels beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from eksread.model.display_text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from eksread.model.lists import Headline
    from eksread.model.stored import Bookmark, StoredArticle


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with the reader's bookmark of it, if there is one."""

    stored: StoredArticle
    bookmark: Bookmark | None = None

    @property
    def id(self) -> int:
        """The article's number in the archive."""
        return self.stored.headline.id

    @property
    def title(self) -> str:
        """The headline, on one line."""
        return clean(self.stored.article.title or self.stored.headline.title)

    @property
    def section(self) -> str:
        """The section's name; empty where it is not known."""
        return clean(self.stored.headline.section or self.stored.article.section or "")


@dataclass(frozen=True, slots=True)
class Collection:
    """Headlines in reading order; their texts are read one by one when they are written, since there may be thousands.

    `read` gives None where no text is held: the article is left out. `find` gives an article's number by its address, `picture` a
    picture that is held, as JPEG.
    """

    title: str
    source: str
    """The portal's address."""
    made: datetime
    headlines: Sequence[Headline]
    read: Callable[[int], StoredArticle | None]
    find: Callable[[str], int | None] = lambda url: None
    picture: Callable[[str], bytes | None] = lambda url: None
    bookmarks: Mapping[int, Bookmark] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """A name that is the same for the same articles of the same portal: a reader replaces the book it has."""
        ids = ",".join(str(headline.id) for headline in self.headlines)
        return uuid5(NAMESPACE_URL, f"{self.source}#{self.title}:{ids}").urn

    @property
    def ids(self) -> frozenset[int]:
        """The numbers of the articles that have a text."""
        return frozenset(headline.id for headline in self.headlines if headline.has_text)

    def entries(self) -> Iterator[Entry]:
        """Give the articles that have a text, in order."""
        for headline in self.headlines:
            stored = self.read(headline.id)
            if stored is not None:
                yield Entry(stored, self.bookmarks.get(headline.id))
