"""An article page from its tree: per field the best source wins, by the order of trust; where it came from is kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from eksread.model import Article, Comments, Source
from eksread.parse import landmarks
from eksread.parse.body import Body, read_body
from eksread.parse.byline import head_author, is_person, label_role, read_line
from eksread.parse.clean import clean
from eksread.parse.commentdata import told_comments
from eksread.parse.commentlist import read_comments
from eksread.parse.comments import find_external, read_count
from eksread.parse.dating import take_published
from eksread.parse.facts import Facts
from eksread.parse.lead import take_lead
from eksread.parse.nearnames import author_inside, named_authors
from eksread.parse.paging import next_page
from eksread.parse.people import authors
from eksread.parse.reactions import find_heading, lines_beside, read_reactions
from eksread.parse.reading import NEAR_TITLE
from eksread.parse.sections import find_section
from eksread.parse.standfirst import take_standfirst
from eksread.parse.titles import site_names
from eksread.parse.topics import find_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.parse.flow import Run
    from eksread.parse.reading import Reading


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
    stated = read_count(_told(reading.flow.runs[behind:]))
    if stated is None:
        stated = read_count(_told(reading.head()))
    if stated is None:
        stated = read_count(clean(node.text()) for node in reading.tree.css("button")[:MAX_BUTTONS])
    said = reading.metadata.ld.get("commentCount")
    if stated is None and isinstance(said, int) and not isinstance(said, bool):
        stated = said
    items = read_comments(reading.flow, reading.areas, reading.now, stated)
    items = items or told_comments(reading.metadata.ld.get("comment"), reading.now)
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
