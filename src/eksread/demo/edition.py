"""The demo edition: articles written for this project, read from the TOML files in `edition/`.

Every date is relative to `EDITION_DAY`, so the edition reads the same whenever it is served.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from eksread.demo import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WITA = timezone(timedelta(hours=8), "WITA")
EDITION_DAY = date(2026, 11, 20)

_FILES = ("kaltim", "kutim", "bontang", "samarinda", "ekonomi", "olahraga", "peristiwa", "ragam")
_NO_REACTIONS = (0,) * 8
_OPTIONAL_TEXTS = (
    "place",
    "reporter",
    "editor",
    "initials",
    "caption",
    "summary",
    "external_comments",
    "body",
)
_EVENING = time(20, 0)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the portal, as its navigation names it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment; `depth` 0 is top level, *n* answers the nearest comment above of depth *n* - 1."""

    author: str
    when: datetime
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `slug` does not follow `title`: a portal that corrects a title keeps the address."""

    id: int
    section: str
    title: str
    slug: str
    published: datetime
    place: str = ""
    reporter: str = ""
    editor: str = ""
    adv: bool = False
    initials: str = ""
    caption: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    reactions: tuple[int, ...] = _NO_REACTIONS
    external_comments: str = ""
    body: str = ""
    comments: tuple[Comment, ...] = ()
    updated: datetime | None = None

    @property
    def modified(self) -> datetime:
        """When the article last changed, WITA."""
        return self.updated or self.published

    @property
    def blocks(self) -> tuple[markup.Block, ...]:
        """The body as blocks, with the dateline and the closing marks that the portal adds."""
        dateline = f"EKSPOSKALTIM.com, {self.place}" if self.place else ""
        marks = ("(adv)" if self.adv else "", self.initials and f"({self.initials.strip('()')})")
        return markup.dress(markup.parse(self.body), dateline, " ".join(filter(None, marks)))


@dataclass(frozen=True)
class Edition:
    """The whole portal at one moment: sections in the order of the navigation, articles newest first."""

    sections: tuple[Section, ...]
    articles: tuple[Article, ...]

    @cached_property
    def now(self) -> datetime:
        """The moment the edition is served at: the evening of `EDITION_DAY`, or just after the newest article."""
        evening = datetime.combine(EDITION_DAY, _EVENING, WITA)
        newest = [article.published + timedelta(minutes=4) for article in self.articles]
        return max([evening, *newest])

    @cached_property
    def changed(self) -> datetime:
        """When any of its articles last changed."""
        return max((article.modified for article in self.articles), default=self.now)

    @cached_property
    def popular(self) -> tuple[Article, ...]:
        """The five articles that readers answered most."""
        return tuple(sorted(self.articles, key=lambda a: (-len(a.comments), -sum(a.reactions), -a.id))[:5])

    @cached_property
    def _by_id(self) -> Mapping[int, Article]:
        return {article.id: article for article in self.articles}

    def article(self, article_id: int) -> Article | None:
        """Give the article with that number, if the edition has it."""
        return self._by_id.get(article_id)

    def section(self, slug: str) -> Section | None:
        """Give the section with that slug, if there is one."""
        return next((section for section in self.sections if section.slug == slug), None)

    def in_section(self, slug: str) -> tuple[Article, ...]:
        """Give the articles of one section, newest first."""
        return tuple(article for article in self.articles if article.section == slug)


def load_edition() -> Edition:
    """Load the edition that ships with the package."""
    folder = files("eksread.demo").joinpath("edition")
    return parse_edition(folder.joinpath(f"{name}.toml").read_text("utf-8") for name in _FILES)


def parse_edition(texts: Iterable[str]) -> Edition:
    """Parse the text of each section's file; `edition/README.md` has the format."""
    tables = [tomllib.loads(text) for text in texts]
    sections = tuple(Section(table["slug"], table["name"]) for table in tables)
    articles = (_article(table["slug"], row) for table in tables for row in table["article"])
    return Edition(sections, newest_first(articles))


def slugify(title: str) -> str:
    """Give the address form of a title: lower-case ASCII words joined by hyphens, at most 80 characters."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return slug if len(slug) <= 80 else slug[:81].rpartition("-")[0]


def newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Give articles in the order of an edition."""
    return tuple(sorted(articles, key=lambda article: (article.published, article.id), reverse=True))


def _article(section: str, row: Mapping[str, Any]) -> Article:
    title = row["title"].strip()
    return Article(
        id=row["id"],
        section=section,
        title=title,
        slug=slugify(title),
        published=_moment(row),
        adv=row.get("adv", False),
        tags=tuple(row.get("tags", ())),
        reactions=tuple(row.get("reactions", ())) or _NO_REACTIONS,
        comments=tuple(_comment(entry) for entry in row.get("comment", ())),
        **{name: row.get(name, "").strip() for name in _OPTIONAL_TEXTS},
    )


def _comment(row: Mapping[str, Any]) -> Comment:
    return Comment(row["author"], _moment(row), row["text"].strip(), row.get("depth", 0))


def _moment(row: Mapping[str, Any]) -> datetime:
    clock = time.fromisoformat(row["time"])
    return datetime.combine(EDITION_DAY - timedelta(days=row["days_ago"]), clock, WITA)
