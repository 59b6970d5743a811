"""Front page, feed and section lists: where headlines come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eksread import decide
from eksread.errors import CaptivePortal, FetchError, Gone, Offline, TimedOut, TlsFailed, Unreadable
from eksread.model import Expected, Feed, Listing
from eksread.pool import in_thread
from eksread.portal import EKSPOSKALTIM
from eksread.refresh.visit import SHAPES_FACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model import SectionLink, Teaser
    from eksread.ports import Archive, Notes, PageParser, Shelf
    from eksread.refresh.tally import Tally
    from eksread.refresh.visit import Visitor

FEED_FACT: Final = "feed_url"
"""Where the feed was found."""
HOPELESS: Final = (Offline, TlsFailed, CaptivePortal, TimedOut)
"""Failures of the front page after which no other page is asked for."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Reads lists of headlines and keeps what they say."""

    visitor: Visitor
    parser: PageParser
    archive: Archive
    shelf: Shelf
    notes: Notes
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
            await in_thread(self.archive.save_sections, links, tally.at)
            await self.keep(found.items, tally, front_of=self.base_url)
        await self.visitor.remember(answer)
        return found

    async def feed(self, tally: Tally, front: Listing | None) -> None:
        """Read the feed at the first address that has one, and learn what an article's address looks like."""
        known = await in_thread(self.notes.fact, FEED_FACT)
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
                shapes = self.parser.learn([item.url for item in found.items])
                await in_thread(self.notes.set_fact, SHAPES_FACT, "\n".join(shapes))
                await in_thread(self.notes.set_fact, FEED_FACT, url)
                await self.keep(found.items, tally)
            if found is None or isinstance(found, Feed):
                await self.visitor.remember(answer)
                return

    async def section(self, link: SectionLink, tally: Tally, reach: decide.Reach) -> str:
        """Read a section's list, and its further pages as far as `reach` says; give the section's name."""
        url: str | None = link.url
        page = 0
        while url is not None:
            page += 1
            try:
                answer = await self.visitor.ask(url, tally, expected=Expected.LIST)
                found = answer.parsed
                if found is not None and not isinstance(found, Listing):
                    raise Unreadable(f"parsed as {type(found).__name__}", url=url)
            except FetchError as error:
                await self.visitor.failed(url, error, tally)
                break
            if found is None:
                await self.visitor.remember(answer)
                break
            items = decide.in_section(found.items, link.name)
            await self.keep(items, tally, front_of=url if page == 1 else None)
            await self.visitor.remember(answer)
            new = await in_thread(self._new_in_this_run, items, tally)
            if not decide.more_pages(items, new=new, page=page, reach=reach):
                break
            url = found.next_url
        return link.name

    async def keep(self, items: Sequence[Teaser], tally: Tally, front_of: str | None = None) -> None:
        """Store headlines."""
        tally.headlines += await in_thread(self.archive.save_teasers, items, tally.at, front_of=front_of)

    def _new_in_this_run(self, items: Sequence[Teaser], tally: Tally) -> int:
        """Count the headlines that were unknown when this refresh began; another list may have brought them first."""
        found = (self.shelf.headline(item.url) for item in items)
        return sum(item is not None and item.first_seen >= tally.at for item in found)
