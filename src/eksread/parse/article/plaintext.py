"""A page saved as plain text: its lines are the blocks, its language is all there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Comments, Image, Reaction, Unknown
from eksread.parse.article import published
from eksread.parse.article.assemble import article_of, body_sources, with_provenance
from eksread.parse.article.body import read_body
from eksread.parse.comments.comment_markup import read_count, says_facebook
from eksread.parse.comments.reactions import find_heading, read_reactions
from eksread.parse.html.drafts import BlockDraft
from eksread.parse.language import landmarks
from eksread.parse.language.bylines import head_author, read_line
from eksread.parse.language.datelines import dateline
from eksread.parse.language.dates import find_printed
from eksread.parse.text import clean

if TYPE_CHECKING:
    from datetime import date, datetime

MAX_TITLE: Final = 220
MAX_HEADER: Final = 40
"""Lines above the title: date, slogans, menu."""

MAX_LINES: Final = 20_000

_END_OF_SENTENCE: Final = (".", "!", "?", '"', "”", ")", ":", ";", ",")


def read_text(text: str, url: str, now: datetime) -> Article | Unknown:
    """Read the lines of a saved article page."""
    lines = [line for raw in text.split("\n")[:MAX_LINES] if (line := clean(raw))]
    if not lines:
        return Unknown(url, "empty")
    title_at, start = _find_title(lines, now)
    header = lines[:title_at]
    page_date = _date_of(header, now)
    head_end = _head_end(lines, start)
    title = lines[title_at]
    end, reactions, comments = _find_end(lines, head_end)
    drafts = [BlockDraft(BlockType.PARAGRAPH, line) for line in lines[head_end:end]]
    body = read_body(drafts, title)
    for author in map(head_author, lines[start:head_end]):
        body.byline.add_reporter(author)
    article = article_of(url, title, body)
    caption, moment = _read_head(lines[start:head_end], title, now)
    source = Source.LANDMARK if moment else Source.INFERRED
    moment = moment or published.from_weekday(article.blocks, min(page_date or now.date(), now.date()))
    article = replace(
        article,
        published=moment,
        page_date=page_date,
        lead_image=Image(None, caption) if caption else None,
        reactions=reactions,
        comments=comments,
    )
    names = ("title", "page_date", "lead_image", "reactions", "comments")
    sources = dict.fromkeys(names, Source.LANDMARK) | {"published": source}
    return with_provenance(article, body_sources(Source.LANDMARK) | sources)


def _find_title(lines: list[str], now: datetime) -> tuple[int, int]:
    """The index of the title and of the first line after it: the line shown twice, else the first that can be one."""
    head = lines[:MAX_HEADER]
    for index, line in enumerate(head):
        if len(line) <= MAX_TITLE and len(line.split()) > 2 and line in head[index + 1 : index + 4]:
            return index, head.index(line, index + 1) + 1
    for index, line in enumerate(head):
        if _can_be_title(line) and not find_printed(line, now=now):
            return index, index + 1
    return 0, 1


def _can_be_title(line: str) -> bool:
    return (
        15 <= len(line) <= MAX_TITLE
        and len(line.split()) > 2
        and not landmarks.is_slogan(line)
        and not landmarks.is_noise(line)
        and not line.endswith((".", ",", ";"))
    )


def _date_of(header: list[str], now: datetime) -> date | None:
    for line in header:
        moment = find_printed(line, now=now)
        if moment is not None:
            return moment.date()
    return None


def _head_end(lines: list[str], start: int) -> int:
    """The first line of the body: the one with the dateline, else the first that is a paragraph."""
    for index in range(start, min(start + 8, len(lines))):
        if dateline(lines[index]) is not None:
            return index
    for index in range(start, min(start + 8, len(lines))):
        line = lines[index]
        if len(line) > 80 and line.endswith(_END_OF_SENTENCE):
            return index
    return start


def _read_head(head: list[str], title: str, now: datetime) -> tuple[str | None, datetime | None]:
    """The caption and the date between the title and the body."""
    moment = published.from_lines(head, now)
    rest = [
        line
        for line in head
        if not landmarks.same_words(line, title)
        and not read_line(line)
        and not landmarks.is_noise(line)
        and not (len(line) < 80 and find_printed(line, now=now))
    ]
    return (rest[-1] if rest else None), moment


def _find_end(lines: list[str], start: int) -> tuple[int, tuple[Reaction, ...], Comments]:
    """Where the body ends, and the reactions and comments behind it."""
    end = len(lines)
    for index in range(start + 1, len(lines)):
        if landmarks.ends_article(lines[index]):
            end = index
            break
    tail = lines[end:]
    reactions: tuple[Reaction, ...] = ()
    heading = find_heading(tail)
    if heading is not None:
        reactions, _ = read_reactions(tail[heading + 1 :])
    external = "facebook" if says_facebook(tail) else None
    return end, reactions, Comments(read_count(tail), external)
