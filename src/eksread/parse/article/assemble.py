"""An article page from its tree: per field the best source wins, by the order of trust; where it came from is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from eksread.model.enums import Source
from eksread.model.news import Article, Comments
from eksread.parse.article.authors import add_bylines, authors_near_title, stated_authors
from eksread.parse.article.body import read_body
from eksread.parse.article.lead import take_lead, take_standfirst
from eksread.parse.article.published import find_published, header_date
from eksread.parse.article.section import find_section
from eksread.parse.article.tags import find_tags
from eksread.parse.article.title import site_names
from eksread.parse.comments.comment_markup import find_external, read_count
from eksread.parse.comments.reactions import find_heading, lines_beside, read_reactions
from eksread.parse.comments.threads import read_comments
from eksread.parse.embedded.articledata import embedded_comments
from eksread.parse.language.bylines import is_person
from eksread.parse.text import clean
from eksread.parse.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model.news import Reaction
    from eksread.parse.article.context import PageContext
    from eksread.parse.html.flow import Flow, Run
    from eksread.parse.html.metadata import Metadata
    from eksread.parse.language.bylines import Byline


MAX_TAGS: Final = 40
"""Tags of one article."""

_ADVERTORIAL: Final = frozenset(("advertorial", "adv", "pariwara"))
"""Sections of paid articles."""


def read_article(page: PageContext) -> Article:
    """Put the article together."""
    body = read_body(page.drafts, page.title, page.body_flow, site_names(page.metadata, page.url))
    add_bylines(page, body)
    sources = {"title": page.title_source, "blocks": page.body_source, "place": Source.LANDMARK}
    sources |= dict.fromkeys(("related", "photographer", "credit_source", "reactions"), Source.LANDMARK)
    sources |= dict.fromkeys(("page_date", "next_page"), Source.MARKUP)
    standfirst, sources["standfirst"] = take_standfirst(page, body)
    lead, sources["lead_image"] = take_lead(page, body)
    blocks = body.blocks()
    published, sources["published"] = find_published(page, blocks)
    section, sources["section"] = find_section(page)
    tags, sources["tags"] = find_tags(page)
    reporter, sources["reporter"] = _find_reporter(page, body.byline)
    editor, sources["editor"] = _find_editor(page, body.byline)
    comments = _find_comments(page)
    sources["comments"] = Source.MARKUP if comments.items else Source.LANDMARK
    sources["advertorial"] = Source.LANDMARK
    article = Article(
        url=page.url,
        title=page.title,
        published=published,
        section=section,
        place=body.place,
        lead_image=lead,
        standfirst=standfirst,
        blocks=blocks,
        related=body.related(),
        reporter=reporter,
        editor=editor,
        photographer=body.byline.value("photo"),
        credit_source=body.byline.value("source"),
        advertorial=body.advertorial or (section or "").casefold() in _ADVERTORIAL,
        tags=tags[:MAX_TAGS],
        reactions=_find_reactions(page),
        comments=comments,
        next_page=next_page(page.flow, page.metadata, page.url),
        page_date=header_date(page),
    )
    kept = {name: source for name, source in sources.items() if getattr(article, name) not in _NOTHING}
    return replace(article, published_source=kept.get("published"), provenance=kept)


_NOTHING: Final = (None, "", (), False, Comments())


def _find_reporter(page: PageContext, byline: Byline) -> tuple[str | None, Source]:
    """Who wrote: in a byline, else as the page states it, else by the place of the name."""
    reporter = byline.value("reporter")
    if reporter:
        return reporter, Source.LANDMARK
    names, source = stated_authors(page)
    if not names:
        names, source = authors_near_title(page), Source.MARKUP
    return ", ".join(names) or None, source


def _find_editor(page: PageContext, byline: Byline) -> tuple[str | None, Source]:
    stated = page.metadata.value("editor")
    if byline.value("editor") or not stated or not is_person(stated):
        return byline.value("editor"), Source.LANDMARK
    return stated, Source.JSON_LD


def _find_reactions(page: PageContext) -> tuple[Reaction, ...]:
    """The reactions behind the article."""
    runs = [run for run in page.flow.runs[page.title_run + 1 :] if run.node is None]
    lines = [run.text for run in runs]
    heading = find_heading(lines)
    if heading is None:
        return ()
    beside = page.flow.elements[runs[heading].owner].node
    # The second are in buttons, which are no part of a page's text.
    return read_reactions(lines[heading + 1 :]) or read_reactions(lines_beside(beside))


def _find_comments(page: PageContext) -> Comments:
    """The comments behind the article, and how many the page says there are."""
    behind = page.region.kept[0] if page.region.kept else page.title_run + 1
    asides = page.flow.aside_runs()
    stated = read_count(
        _short_lines([run for at, run in enumerate(page.flow.runs) if at >= behind and at not in asides])
    )
    if stated is None:
        stated = read_count(_short_lines(page.head()))
    if stated is None:
        stated = read_count(clean(node.text()) for node in page.tree.css("button")[:MAX_BUTTONS])
    number = page.metadata.ld.get("commentCount")
    if stated is None and isinstance(number, int) and not isinstance(number, bool):
        stated = number
    items = read_comments(page.flow, page.areas, page.now)
    items = items or embedded_comments(page.metadata.ld.get("comment"), page.now)
    return Comments(stated, find_external(page.flow), items)


def _short_lines(runs: Sequence[Run]) -> Iterator[str]:
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


# The next page of an article that is cut into several.

_PARAMETER: Final = frozenset(("page", "halaman", "hal", "p", "pg", "paged"))
_PATH_NUMBER: Final = re.compile(r"/(?:(?:page|halaman|hal)[/-]?)?(\d{1,2})/?$")
_PAGED: Final = re.compile(
    r"(?:[?&/](?:page|halaman|hal|p|pg|paged|start)[=/-]?|/)\d{1,2}/?(?:amp/?)?(?:[&#].*)?$", re.IGNORECASE
)
_AMP: Final = re.compile(r"(?:/amp)?(?<!/)/*+$")
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
