"""An article page from its tree: per field the best source wins, by the order of trust; where it came from is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Comments, Image
from eksread.parse.article.authors import author_inside, authors, named_authors
from eksread.parse.article.body import Body, read_body
from eksread.parse.article.context import NEAR_TITLE
from eksread.parse.article.lead import take_lead, take_standfirst
from eksread.parse.article.published import take_published
from eksread.parse.article.section import find_section
from eksread.parse.article.tags import find_tags
from eksread.parse.article.title import site_names
from eksread.parse.comments.areas import find_external, read_count
from eksread.parse.comments.reactions import find_heading, lines_beside, read_reactions
from eksread.parse.comments.threads import read_comments
from eksread.parse.embedded.commentdata import embedded_comments
from eksread.parse.language import landmarks
from eksread.parse.language.bylines import head_author, is_person, label_role, read_line
from eksread.parse.text import clean
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from eksread.model.news import Block, Reaction, RelatedLink
    from eksread.parse.article.body import Body
    from eksread.parse.article.context import Reading
    from eksread.parse.html.flow import Flow, Run
    from eksread.parse.html.metadata import Metadata


# What was found of an article, with where each fact came from, until the article is made of it.

MAX_TAGS: Final = 40
"""Tags of one article."""


@dataclass(slots=True)
class Facts:
    """The fields of an article in the making; `sources` is filled by `note`."""

    url: str
    title: str | None = None
    published: datetime | None = None
    section: str | None = None
    place: str | None = None
    lead_image: Image | None = None
    standfirst: str | None = None
    blocks: tuple[Block, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    reporter: str | None = None
    editor: str | None = None
    photographer: str | None = None
    credit_source: str | None = None
    advertorial: bool = False
    tags: tuple[str, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    comments: Comments = field(default_factory=Comments)
    next_page: str | None = None
    page_date: date | None = None
    sources: dict[str, Source] = field(default_factory=dict)

    def note(self, source: Source, *names: str) -> None:
        """Say where these fields came from; the first word stands."""
        for name in names:
            self.sources.setdefault(name, source)

    def take_body(self, body: Body, source: Source) -> None:
        """Take the text and what its landmarks say; `source` is where the text stands."""
        self.blocks = body.blocks()
        self.related = body.related()
        self.note(source, "blocks")
        self.place = body.place
        self.advertorial = body.advertorial
        self.reporter = body.byline.said("reporter")
        self.editor = body.byline.said("editor")
        self.photographer = body.byline.said("photo")
        self.credit_source = body.byline.said("source")
        told = ("place", "advertorial", "reporter", "editor", "photographer", "credit_source", "related")
        self.note(Source.LANDMARK, *(name for name in told if getattr(self, name)))

    def texts(self) -> list[str]:
        """The running text, for the days that it names."""
        return [block.text for block in self.blocks if block.type not in {BlockType.RELATED, BlockType.IMAGE}]

    def article(self) -> Article:
        """The article, each field that says something with its source."""
        names = (
            "title", "published", "section", "place", "lead_image", "standfirst", "blocks", "related", "reporter", "editor",
            "photographer", "credit_source", "advertorial", "tags", "reactions", "next_page", "page_date",
        )  # fmt: skip
        kept = {name: self.sources.get(name, Source.MARKUP) for name in names if getattr(self, name)}
        if self.comments != Comments():
            kept["comments"] = self.sources.get("comments", Source.MARKUP)
        return Article(
            url=self.url,
            title=self.title,
            published=self.published,
            published_source=kept.get("published"),
            section=self.section,
            place=self.place,
            lead_image=self.lead_image,
            standfirst=self.standfirst,
            blocks=self.blocks,
            related=self.related,
            reporter=self.reporter,
            editor=self.editor,
            photographer=self.photographer,
            credit_source=self.credit_source,
            advertorial=self.advertorial,
            tags=self.tags[:MAX_TAGS],
            reactions=self.reactions,
            comments=self.comments,
            next_page=self.next_page,
            page_date=self.page_date,
            provenance=kept,
        )


# The next page of an article that is cut into several.

_PARAMETER: Final = frozenset(("page", "halaman", "hal", "p", "pg", "paged"))
_PATH_NUMBER: Final = re.compile(r"/(?:(?:page|halaman|hal)[/-]?)?(\d{1,2})/?$")
_PAGED: Final = re.compile(
    r"(?:[?&/](?:page|halaman|hal|p|pg|paged|start)[=/-]?|/)\d{1,2}/?(?:amp/?)?(?:[&#].*)?$", re.IGNORECASE
)
_AMP: Final = re.compile(r"(?:/amp)?/*$")
"""What an address may end in beside the number of its page."""

_FORWARD: Final = re.compile(
    r"(?i)^\W*(?:(?:halaman|page)\s+)?(?:selanjutnya|berikutnya|next(?:\s+page)?|lanjut|\d{1,2})\W*$"
)

MAX_WORD: Final = 40
"""Characters of a pager's link: a number or "Halaman selanjutnya", with the white space around it."""


def page_number(url: str, base: str) -> int | None:
    """Which page of the article `base` an address is, from 2; None when it is another article."""
    there, here = urlsplit(url), urlsplit(base)
    if there.hostname != here.hostname:
        return None
    whole = _AMP.sub("", here.path)
    own = _PATH_NUMBER.sub("", whole).rstrip("/")
    path = _AMP.sub("", there.path)
    if path in {whole, own}:
        for name, value in parse_qsl(there.query):
            if value.isdecimal() and len(value) <= 2:
                if name.lower() in _PARAMETER:
                    return int(value)
                if name.lower() == "start":  # Joomla counts from 0
                    return int(value) + 1
        return None
    found = _PATH_NUMBER.search(path)
    if found and path[: found.start()] in {own, whole} and own:
        return int(found[1])
    return None


def next_page(flow: Flow, metadata: Metadata, url: str) -> str | None:
    """The address of the page after this one, when it is the same article: by `rel=next` or a pager's number."""
    for href in _onward(flow, metadata):
        link = web_url(url, href)
        if link and page_number(link, url) == (page_number(url, url) or 1) + 1:
            return link
    return None


def _onward(flow: Flow, metadata: Metadata) -> Iterator[str]:
    """Where the page's links to what comes next lead."""
    if metadata.next_link:
        yield metadata.next_link
    for run in flow.runs:
        for piece in run.pieces if run.linked else ():
            if (
                piece.href
                and len(piece.text) <= MAX_WORD
                and _FORWARD.match(piece.text)
                and _PAGED.search(piece.href)
            ):
                yield piece.href


def read_article(reading: Reading) -> Article:
    """Put the article together."""
    facts = Facts(reading.url, reading.title)
    facts.note(reading.title_source, "title")
    names = site_names(reading.metadata, reading.url)
    body = read_body(reading.drafts, reading.title, reading.body_flow, names)
    take_around(reading, body)
    facts.standfirst, source = take_standfirst(reading, body)
    facts.note(source, "standfirst")
    facts.lead_image, source = take_lead(reading, body)
    facts.note(source, "lead_image")
    facts.take_body(body, reading.body_source)
    take_published(reading, facts)
    _take_people(reading, facts)
    facts.section, source = find_section(
        reading.tree, reading.metadata, reading.flow, reading.title_run, reading.title
    )
    facts.note(source, "section")
    facts.tags, source = find_tags(reading.tree, reading.metadata, reading.flow, reading.title_run)
    facts.note(source, "tags")
    if (facts.section or "").casefold() in {"advertorial", "adv", "pariwara"}:
        facts.advertorial = True
    _take_replies(reading, facts)
    facts.next_page = next_page(reading.flow, reading.metadata, reading.url)
    return facts.article()


def take_around(reading: Reading, body: Body) -> None:
    """Bylines and the advertorial marker outside of the body."""
    head = [run for run in reading.head() if run.node is None]
    runs = head + [run for run in reading.tail() if run.node is None]
    heads = len(head)
    shown = {draft.run for draft in body.drafts}
    for at in reading.region.kept[:NEAR_TITLE]:
        author = (
            author_inside(reading.flow.runs[at])
            if at not in shown and "reporter" not in body.byline.names
            else None
        )
        if author:
            body.byline.add("reporter", author)
    for line in reading.title_lines():
        author = head_author(line)
        for told, name in read_line(line) or ([("reporter", author)] if author else []):
            body.byline.add(told, name)
    for at, run in enumerate(runs):
        if len(run.text) > 200:
            continue
        role = label_role(run.text)
        after = (
            [other.text.lstrip(" :") for other in runs[at + 1 : at + 3]] if role and not run.linked else []
        )
        name = next(filter(None, after), "")
        if role and is_person(name):
            body.byline.add(role, name)
        elif not run.linked or ":" in run.text or label_role(run.pieces[0].text.strip()):
            pairs = read_line(run.text)
            for line in () if pairs is not None or not run.is_broken() else run.lines():
                pairs = [*(pairs or ()), *(read_line(line) or ())]
            for told, name in pairs or ():
                body.byline.add(told, name)
        for line in run.lines() if at < heads and "reporter" not in body.byline.names else ():
            author = head_author(line)
            if author:
                body.byline.add("reporter", author)
        if at < heads and "reporter" not in body.byline.names and (author := author_inside(run)):
            body.byline.add("reporter", author)
        if len(run.text) < 40 and landmarks.adv_span(run.text) == (0, len(run.text)):
            body.advertorial = True


def _take_people(reading: Reading, facts: Facts) -> None:
    editor = reading.metadata.said("editor")
    if not facts.editor and editor and is_person(editor):
        facts.editor = editor
        facts.note(Source.JSON_LD, "editor")
    if facts.reporter:
        return
    names, source = authors(reading.tree, reading.metadata, site_names(reading.metadata, reading.url))
    if not names:
        names, source = named_authors(reading), Source.MARKUP
    if names:
        facts.reporter = ", ".join(names)
        facts.note(source, "reporter")


def _take_replies(reading: Reading, facts: Facts) -> None:
    """Reactions and comments behind the article."""
    runs = [run for run in reading.flow.runs[reading.title_run + 1 :] if run.node is None]
    lines = [run.text for run in runs]
    heading = find_heading(lines)
    if heading is not None:
        facts.reactions, _ = read_reactions(lines[heading + 1 :])
        if not facts.reactions:  # in buttons, which are no part of a page's text
            owner = reading.flow.elements[runs[heading].owner].node
            facts.reactions, _ = read_reactions(lines_beside(owner))
        facts.note(Source.LANDMARK, "reactions")
    behind = reading.region.kept[0] if reading.region.kept else reading.title_run + 1
    asides = reading.flow.aside_runs()
    stated = read_count(
        _told([run for at, run in enumerate(reading.flow.runs) if at >= behind and at not in asides])
    )
    if stated is None:
        stated = read_count(_told(reading.head()))
    if stated is None:
        stated = read_count(clean(node.text()) for node in reading.tree.css("button")[:MAX_BUTTONS])
    said = reading.metadata.ld.get("commentCount")
    if stated is None and isinstance(said, int) and not isinstance(said, bool):
        stated = said
    items = read_comments(reading.flow, reading.areas, reading.now, stated)
    items = items or embedded_comments(reading.metadata.ld.get("comment"), reading.now)
    facts.comments = Comments(stated, find_external(reading.flow), items)
    facts.note(Source.LANDMARK if not items else Source.MARKUP, "comments")


def _told(runs: Sequence[Run]) -> Iterator[str]:
    """The lines of these runs, then the parts of short ones: `128 views  0 comments`."""
    yield from (run.text for run in runs if run.node is None)
    for run in runs:
        if run.node is None and len(run.pieces) > 1 and len(run.text) < MAX_PARTED:
            yield from (clean(piece.text) for piece in run.pieces)
            links = groupby(run.pieces, lambda piece: piece.href)
            yield from (clean("".join(piece.text for piece in link)) for href, link in links if href)


MAX_PARTED: Final = 100
"""Characters of a line with several numbers."""

MAX_BUTTONS: Final = 60
"""Buttons of a page that are asked for the number of its comments."""
