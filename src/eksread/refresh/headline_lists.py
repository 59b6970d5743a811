"""Front page, feed and section lists: where headlines come from."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.errors import CaptivePortal, FetchError, Gone, Offline, TimedOut, TlsFailed, Unreadable
from eksread.model.fetched import Expected
from eksread.model.news import Feed, Listing
from eksread.portal import FEED_PATHS
from eksread.refresh.session import SHAPES_FACT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eksread.model.news import SectionLink, Teaser
    from eksread.refresh.session import LoadedPage, Session
    from eksread.store import Store
    from eksread.store.database.connection import Facts

FEED_FACT: Final = "feed_url"
"""Where the feed was found."""
ENTRIES_FACT: Final = "feed_entries"
"""A mark of what the feed last said of each article, as JSON: what it says otherwise now has been edited."""
READ_FACT: Final = "section_read:"
"""With a section's address: when the last refresh began that read its list without a gap."""
DEPTH_FACT: Final = "section_depth:"
"""With a section's address: the moment down to which a plan for days has read its list; empty after a refresh left a gap."""
SHARE: Final = 0.5
"""Of a plan's bytes, how much may go into lists: the texts are what it is for."""
HOPELESS: Final = (Offline, TlsFailed, CaptivePortal, TimedOut)
"""Failures of the front page after which no other page is asked for."""


async def read_front_page(session: Session) -> Listing | None:
    """Read the front page: the navigation, and the order of its headlines. None: unchanged or not had.

    Raises what means that nothing else can be had either: `Offline`, `TlsFailed`, `CaptivePortal`, and `TimedOut`
    (half a minute went by; the feed would cost another).
    """
    url = session.base_url
    try:
        loaded = await session.load(url, expected=Expected.LIST)
        found = loaded.parsed
        if found is not None and not (isinstance(found, Listing) and found.items):
            raise Unreadable(f"parsed as {type(found).__name__}", url=url)
    except HOPELESS:
        raise
    except FetchError as error:
        await session.fail(url, error)
        return None
    if found is not None:
        links = decide.sections_to_read(found.sections, url)
        await session.threads.run(session.store.portal_data.save_sections, links, session.at)
        await save_headlines(session, found.items, front_of=url)
    await session.remember(loaded)
    return found


async def read_feed(session: Session, front: Listing | None) -> None:
    """Read the feed at the first address that has one, and learn what an article's address looks like."""
    facts, run = session.store.facts, session.threads.run
    known = await run(facts.get, FEED_FACT)
    for url in decide.feed_candidates(front, session.base_url, known, FEED_PATHS):
        try:
            loaded = await session.load(url)
        except Gone:
            continue
        except FetchError as error:
            await session.fail(url, error)
            return
        found = loaded.parsed
        if isinstance(found, Feed) and found.items:
            session.shapes = session.parser.learn([item.url for item in found.items])
            await run(facts.set, SHAPES_FACT, "\n".join(session.shapes))
            await run(facts.set, FEED_FACT, url)
            await save_headlines(session, found.items)
            session.feed_entries = {item.url: _mark(item) for item in found.items}
        if found is None or isinstance(found, Feed):
            await session.remember(loaded)
            return


def _mark(item: Teaser) -> str:
    """Give a mark of what a feed says of an article; its place and its picture's address change without an edit."""
    return blake2b(repr((item.title, item.summary, item.published)).encode(), digest_size=8).hexdigest()


def changed_entries(store: Store, entries: dict[str, str]) -> tuple[str, ...]:
    """Give the addresses of held articles of which the feed says something else than before."""
    known = json.loads(store.facts.get(ENTRIES_FACT) or "{}") if entries else {}
    changed = (url for url, mark in entries.items() if known.get(url, mark) != mark)
    return tuple(url for url in changed if (item := store.queries.headline(url)) and item.has_text)


def keep_entries(facts: Facts, entries: dict[str, str]) -> None:
    """Keep what the feed says now, once the articles that changed in it have been asked for."""
    facts.set(ENTRIES_FACT, json.dumps(entries))


async def read_section(session: Session, link: SectionLink, reach: decide.Reach) -> str:
    """Read a section's list, and its further pages as far as `reach` says; give the section's name.

    New is what came since this list was last read to its end, and only then are its pages remembered: a refresh
    that was stopped half-way, or whose other lists brought the same headlines, must not leave a gap for ever.
    A plan that goes further back than the list was read without a gap asks for it even if it has not changed.
    """
    facts, run = session.store.facts, session.threads.run
    since = await run(_last_read, facts, link, session.at)
    deep = reach.since is None or await run(_was_read_to, facts, link, reach.since)
    pages: list[LoadedPage] = []
    url: str | None = link.url
    while url is not None and len(pages) < reach.pages:
        if pages and not session.affords(share=SHARE, beside=1):
            session.reason = "budget"
            break
        try:
            loaded = await session.load(url, expected=Expected.LIST, conditional=deep)
            found = loaded.parsed
            if found is not None and not isinstance(found, Listing):
                raise Unreadable(f"parsed as {type(found).__name__}", url=url)
        except FetchError as error:
            await session.fail(url, error)
            return link.name
        pages.append(loaded)
        if found is None:
            url = None
            break
        items = decide.in_section(found.items, link.name)
        await save_headlines(session, items, front_of=url if len(pages) == 1 else None)
        new = await run(_new_since, session.store, items, since)
        url = found.next_url if decide.wants_more(items, new=new, reach=reach) else None
    gap = url is not None
    if pages[0].parsed is not None:
        await run(facts.set, READ_FACT + link.url, session.at.isoformat())
    if gap or not deep:
        depth = "" if gap or reach.since is None else reach.since.isoformat()
        await run(facts.set, DEPTH_FACT + link.url, depth)
    for loaded in pages:
        await session.remember(loaded)
    return link.name


async def save_headlines(session: Session, items: Sequence[Teaser], front_of: str | None = None) -> None:
    """Store headlines."""
    session.headlines += await session.threads.run(
        session.store.portal_data.save_teasers, items, session.at, front_of=front_of
    )


def _last_read(facts: Facts, link: SectionLink, now: datetime) -> datetime | None:
    """When this list was last read without a gap; None: never, or after now by a clock that was set back."""
    at = facts.moment(READ_FACT + link.url)
    return at if at is None or at < now else None


def _was_read_to(facts: Facts, link: SectionLink, since: datetime) -> bool:
    """Whether this list was read without a gap down to this moment."""
    depth = facts.moment(DEPTH_FACT + link.url)
    return depth is not None and depth <= since


def _new_since(store: Store, items: Sequence[Teaser], since: datetime | None) -> int:
    """Count the headlines that came after `since`, whichever list brought them first."""
    if since is None:
        return len(items)
    found = (store.queries.headline(item.url) for item in items)
    return sum(item is not None and item.first_seen > since for item in found)
