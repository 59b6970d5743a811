"""The demo edition: articles written for this project, read from the TOML files in `edition/`.

Every date is relative to `EDITION_DAY`, so the edition reads the same whenever it is served.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from eksread.demo import markup
from eksread.demo.printed_dates import WITA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

EDITION_DAY = date(2026, 11, 20)

_SECTION_ORDER = ("kaltim", "kutim", "bontang", "samarinda", "ekonomi", "olahraga", "peristiwa", "ragam")
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


class EditionError(ValueError):
    """The edition is inconsistent or not in its format; the message names the file or the article."""


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
    """The whole portal at one moment: sections in the order of the navigation, articles newest first.

    Build it with `assemble`, which sorts and validates. Changing it gives a new one. `withdrawn` has the numbers of
    the articles that were taken out of it.
    """

    sections: tuple[Section, ...]
    articles: tuple[Article, ...]
    withdrawn: frozenset[int] = frozenset()

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

    def including(self, article: Article) -> Edition:
        """Give an edition in which `article` is new or replaces the one of the same number."""
        edition = assemble(self.sections, [*(a for a in self.articles if a.id != article.id), article])
        return replace(edition, withdrawn=self.withdrawn - {article.id})

    def without(self, article_id: int) -> Edition:
        """Give an edition without that article; the pages leave out links to it."""
        articles = tuple(a for a in self.articles if a.id != article_id)
        return replace(self, articles=articles, withdrawn=self.withdrawn | {article_id})


def assemble(sections: Iterable[Section], articles: Iterable[Article]) -> Edition:
    """Sort newest first and validate: unique numbers, known sections, eight reactions, comments in thread order.

    Raises `EditionError`.
    """
    edition = Edition(
        tuple(sections), tuple(sorted(articles, key=lambda a: (a.published, a.id), reverse=True))
    )
    slugs = {section.slug for section in edition.sections}
    seen: set[int] = set()
    for article in edition.articles:
        if article.id in seen:
            raise EditionError(f"article {article.id}: its number is taken")
        seen.add(article.id)
        if article.section not in slugs:
            raise EditionError(f"article {article.id}: unknown section {article.section!r}")
        if len(article.reactions) != len(_NO_REACTIONS):
            raise EditionError(f"article {article.id}: needs eight reactions")
        _check_thread(article)
    return edition


def load_edition(folder: Traversable | None = None) -> Edition:
    """Load every `*.toml` in `folder` (default: the edition shipped with the package).

    Raises `EditionError`, which names the file.
    """
    home = folder if folder is not None else files("eksread.demo").joinpath("edition")
    sections: list[Section] = []
    articles: list[Article] = []
    for entry in sorted(home.iterdir(), key=lambda e: _rank(e.name)):
        if not entry.name.endswith(".toml"):
            continue
        try:
            table = tomllib.loads(entry.read_text(encoding="utf-8"))
            section = Section(table["slug"], table["name"])
            articles += [_article(section.slug, row) for row in table.get("article", [])]
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            raise EditionError(f"{entry.name}: {problem!r}") from problem
        sections.append(section)
    return assemble(sections, articles)


def slugify(title: str) -> str:
    """Give the address form of a title: lower-case ASCII words joined by hyphens, at most 80 characters."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return slug if len(slug) <= 80 else slug[:81].rpartition("-")[0]


def _rank(name: str) -> tuple[int, str]:
    stem = name.removesuffix(".toml")
    return (_SECTION_ORDER.index(stem) if stem in _SECTION_ORDER else len(_SECTION_ORDER), name)


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


def _check_thread(article: Article) -> None:
    above = -1
    for comment in article.comments:
        if not 0 <= comment.depth <= above + 1:
            raise EditionError(f"article {article.id}: comment by {comment.author} answers nobody")
        above = comment.depth
