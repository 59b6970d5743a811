"""Front page, feed and section lists: where headlines come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.errors import CaptivePortal, FetchError, Gone, Offline, TimedOut, TlsFailed, Unreadable
from eksread.model.fetched import Expected
from eksread.model.news import Feed, Listing
from eksread.portal import EKSPOSKALTIM
from eksread.refresh.visit import SHAPES_FACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.news import SectionLink, Teaser
    from eksread.ports import PageParser
    from eksread.refresh.tally import Tally
    from eksread.refresh.visit import Answer, Visitor
    from eksread.store.database.facts import Facts
    from eksread.store.portal_data import PortalData
    from eksread.store.queries import Queries

FEED_FACT: Final = "feed_url"
"""Where the feed was found."""
READ_FACT: Final = "section_read:"
"""With a section's address: when the last refresh began that read its list without a gap."""
DEPTH_FACT: Final = "section_depth:"
"""With a section's address: the moment down to which a plan for days has read its list; empty after a refresh left a gap."""
HOPELESS: Final = (Offline, TlsFailed, CaptivePortal, TimedOut)
"""Failures of the front page after which no other page is asked for."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Reads lists of headlines and keeps what they say."""

    visitor: Visitor
    parser: PageParser
    portal_data: PortalData
    queries: Queries
    facts: Facts
    base_url: str

    async def front(self, tally: Tally) -> Listing | None:
        """Read the front page: the navigation, and the order of its headlines. None: unchanged or not had.

        Raises what means that nothing else can be had either: `Offline`, `TlsFailed`, `CaptivePortal`, and `TimedOut`
        (half a minute went by; the feed would cost another).
        """
        try:
            answer = await self.visitor.ask(self.base_url, tally, expected=Expected.LIST)
            found = answer.parsed
            if found is not None and not (isinstance(found, Listing) and found.items):
                raise Unreadable(f"parsed as {type(found).__name__}", url=self.base_url)
        except HOPELESS:
            raise
        except FetchError as error:
            await self.visitor.failed(self.base_url, error, tally)
            return None
        if found is not None:
            links = decide.sections_to_read(found.sections, self.base_url)
            await self.visitor.hands.do(self.portal_data.save_sections, links, tally.at)
            await self.keep(found.items, tally, front_of=self.base_url)
        await self.visitor.remember(answer)
        return found

    async def feed(self, tally: Tally, front: Listing | None) -> None:
        """Read the feed at the first address that has one, and learn what an article's address looks like."""
        known = await self.visitor.hands.do(self.facts.get, FEED_FACT)
        for url in decide.feed_candidates(front, self.base_url, known, EKSPOSKALTIM.feed_paths):
            try:
                answer = await self.visitor.ask(url, tally)
            except Gone:
                continue
            except FetchError as error:
                await self.visitor.failed(url, error, tally)
                return
            found = answer.parsed
            if isinstance(found, Feed) and found.items:
                tally.shapes = self.parser.learn([item.url for item in found.items])
                await self.visitor.hands.do(self.facts.set, SHAPES_FACT, "\n".join(tally.shapes))
                await self.visitor.hands.do(self.facts.set, FEED_FACT, url)
                await self.keep(found.items, tally)
            if found is None or isinstance(found, Feed):
                await self.visitor.remember(answer)
                return

    async def section(self, link: SectionLink, tally: Tally, reach: decide.Reach) -> str:
        """Read a section's list, and its further pages as far as `reach` says; give the section's name.

        New is what came since this list was last read to its end, and only then are its pages remembered: a refresh
        that was stopped half-way, or whose other lists brought the same headlines, must not leave a gap for ever.
        A plan that goes further back than the list was read without a gap asks for it even if it has not changed.
        """
        since = await self.visitor.hands.do(self._last_read, link, tally)
        deep = reach.since is None or await self.visitor.hands.do(self._was_read_to, link, reach.since)
        answers: list[Answer] = []
        url: str | None = link.url
        while url is not None and len(answers) < reach.pages:
            try:
                answer = await self.visitor.ask(url, tally, expected=Expected.LIST, conditional=deep)
                found = answer.parsed
                if found is not None and not isinstance(found, Listing):
                    raise Unreadable(f"parsed as {type(found).__name__}", url=url)
            except FetchError as error:
                await self.visitor.failed(url, error, tally)
                return link.name
            answers.append(answer)
            if found is None:
                url = None
                break
            items = decide.in_section(found.items, link.name)
            await self.keep(items, tally, front_of=url if len(answers) == 1 else None)
            new = await self.visitor.hands.do(self._new_since, items, since)
            url = found.next_url if decide.wants_more(items, new=new, reach=reach) else None
        gap = url is not None
        if answers[0].parsed is not None:
            await self.visitor.hands.do(self.facts.set, READ_FACT + link.url, tally.at.isoformat())
        if gap or not deep:
            depth = "" if gap or reach.since is None else reach.since.isoformat()
            await self.visitor.hands.do(self.facts.set, DEPTH_FACT + link.url, depth)
        for answer in answers:
            await self.visitor.remember(answer)
        return link.name

    async def keep(self, items: Sequence[Teaser], tally: Tally, front_of: str | None = None) -> None:
        """Store headlines."""
        tally.headlines += await self.visitor.hands.do(
            self.portal_data.save_teasers, items, tally.at, front_of=front_of
        )

    def _last_read(self, link: SectionLink, tally: Tally) -> datetime | None:
        """When this list was last read without a gap; None: never, or after now by a clock that was set back."""
        value = self.facts.get(READ_FACT + link.url)
        at = datetime.fromisoformat(value) if value else None
        return at if at is None or at < tally.at else None

    def _was_read_to(self, link: SectionLink, since: datetime) -> bool:
        """Whether this list was read without a gap down to this moment."""
        value = self.facts.get(DEPTH_FACT + link.url)
        if not value:
            return False
        return datetime.fromisoformat(value) <= since

    def _new_since(self, items: Sequence[Teaser], since: datetime | None) -> int:
        """Count the headlines that came after `since`, whichever list brought them first."""
        if since is None:
            return len(items)
        found = (self.queries.headline(item.url) for item in items)
        return sum(item is not None and item.first_seen > since for item in found)
