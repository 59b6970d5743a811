"""The checks of `eksread doctor`: store, front page, robots.txt, feed, a section and an article.

Nothing is stored: pages are fetched and parsed only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from eksread import decide
from eksread.concurrency import in_thread
from eksread.errors import EksreadError, FetchError, Gone
from eksread.formatting import size
from eksread.i18n import N_, _, ngettext
from eksread.model.enums import Source
from eksread.model.fetched import Expected
from eksread.model.news import Article, Feed, Listing, Unknown
from eksread.portal import FEED_PATHS
from eksread.store.database.connection import FRESH_FACT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence
    from urllib.parse import SplitResult

    from eksread.fetch.client import Client
    from eksread.model.fetched import Page
    from eksread.model.news import Parsed, Teaser
    from eksread.refresh.parser_process import ParserProcess
    from eksread.store import Store

FEW_HEADLINES: Final = 5
"""A front page or section with fewer was probably not understood."""
ARTICLE_FIELDS: Final[Mapping[str, str]] = {
    "title": N_("title"),
    "published": N_("date"),
    "place": N_("place"),
    "section": N_("section"),
    "lead_image": N_("lead picture"),
    "blocks": N_("text"),
    "reporter": N_("reporter"),
    "editor": N_("editor"),
    "comments": N_("comments"),
}
"""What a reader of an article page looks for, in the order of the report, and what it is called there."""
TEASER_FIELDS: Final[Mapping[str, str]] = {
    "published": N_("date"),
    "section": N_("section"),
    "summary": N_("summary"),
    "image": N_("picture"),
}
SOURCES: Final[Mapping[Source, str]] = {
    Source.JSON_LD: N_("data for search engines (JSON-LD)"),
    Source.META: N_("metadata"),
    Source.MARKUP: N_("its place on the page"),
    Source.LANDMARK: N_("the text"),
    Source.FEED: N_("feed"),
    Source.LIST: N_("a list of headlines"),
    Source.INFERRED: N_("worked out from the text"),
}
KINDS: Final[Mapping[type[Parsed], str]] = {
    Article: N_("an article"),
    Listing: N_("a list of headlines"),
    Feed: N_("a feed"),
    Unknown: N_("neither news nor a list"),
}


class State(StrEnum):
    """How a finding is: fine, worth a look, broken, or not looked at."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `advice` is what to do, where there is something to do.

    `name` is shown translated, and JSON has it as it is; `data` is for JSON alone.
    """

    name: str
    state: State
    detail: str
    advice: str = ""
    data: tuple[tuple[str, str], ...] = ()


def _counted(items: Sequence[Teaser]) -> str:
    return ngettext("{n} headline", "{n} headlines", len(items)).format(n=len(items))


@dataclass(frozen=True, slots=True)
class Doctor:
    """Examines one portal through the real fetcher and parser, and the store beside them."""

    fetcher: Client
    parser: ParserProcess
    store: Store
    base_url: str

    async def examine(self) -> AsyncGenerator[Finding, None]:
        """Yield the findings in the order in which a page comes to the reader."""
        yield await in_thread(self._stored)
        finding, page, parsed = await self._page(N_("front page"), self.base_url, Expected.LIST)
        yield finding
        if page is None:
            yield Finding(N_("everything else"), State.SKIP, _("not looked at: the portal does not answer"))
            return
        yield _secured(urlsplit(page.url))
        yield await self._robots()
        front = parsed if isinstance(parsed, Listing) else None
        yield _headlines(N_("headlines of the front page"), front.items if front else ())
        yield _sections(front)
        feed, finding = await self._feed(front)
        yield finding
        shapes = self.parser.learn([item.url for item in feed.items]) if feed else ()
        yield _shapes(shapes, feed, front)
        async for finding in self._examples(front, feed, shapes):
            yield finding

    def _stored(self) -> Finding:
        name = N_("saved news")
        try:
            counts, problems = self.store.queries.counts(), self.store.maintenance.check()
            fresh = self.store.facts.get(FRESH_FACT)
        except EksreadError as error:
            return Finding(name, State.FAIL, error.message)
        if problems:
            advice = _("Make a copy of the data folder, then start eksread.")
            return Finding(name, State.FAIL, "; ".join(problems), advice)
        text = ngettext("{n} article, {saved} bookmarked", "{n} articles, {saved} bookmarked", counts.total)
        detail = text.format(n=counts.total, saved=counts.saved)
        return Finding(name, State.OK, detail, data=(("refreshed_at", fresh or ""),))

    async def _page(
        self, name: str, url: str, expected: Expected | None, shapes: Sequence[str] = ()
    ) -> tuple[Finding, Page | None, Parsed | None]:
        """Ask for a page and read it; give what to say of the answer, the answer, and what was read."""
        begun = time.monotonic()
        try:
            page = await self.fetcher.get(url, by_user=True)
        except FetchError as error:
            what, *rest = error.sentences()
            data = (("code", error.code),)
            return Finding(name, State.FAIL, f"{url}: {what}", " ".join(rest[-1:]), data), None, None
        parsed = await in_thread(self.parser.parse, page, shapes=shapes, expected=expected)
        kind = type(parsed).__name__
        detail = _("{url}: {size} in {ms} ms, read as {kind}").format(
            url=page.url,
            size=size(len(page.body)),
            ms=round(1000 * (time.monotonic() - begun)),
            kind=_(KINDS[type(parsed)]),
        )
        match expected, parsed:
            case Expected.LIST, Listing():
                good = bool(parsed.items)
            case Expected.ARTICLE, Article():
                good = decide.article_is_whole(parsed)
            case _:
                good = expected is None and isinstance(parsed, Feed)
        state = State.OK if good else State.FAIL
        advice = "" if good else _("Send the page in: eksread doctor --save-page {url} DIR").format(url=url)
        return Finding(name, state, detail, advice, (("kind", kind),)), page, parsed

    async def _robots(self) -> Finding:
        name, url = "robots.txt", urljoin(self.base_url, "/robots.txt")
        try:
            page = await self.fetcher.get(url, by_user=True)
        except Gone:
            return Finding(name, State.OK, _("none: everything may be fetched"))
        except FetchError as error:
            return Finding(name, State.WARN, error.sentences()[0])
        return Finding(name, State.OK, _("{size}; eksread keeps to it").format(size=size(len(page.body))))

    async def _feed(self, front: Listing | None) -> tuple[Feed | None, Finding]:
        name = N_("feed")
        for url in decide.feed_candidates(front, self.base_url, None, FEED_PATHS):
            finding, _page, parsed = await self._page(name, url, None)
            if isinstance(parsed, Feed) and parsed.items:
                detail = f"{finding.detail}; {_counted(parsed.items)}"
                return parsed, Finding(name, State.OK, detail, data=(("url", url),))
        advice = _("Headlines come from the section lists alone; new ones may come later.")
        return None, Finding(name, State.WARN, _("none found at the usual addresses"), advice)

    async def _examples(
        self, front: Listing | None, feed: Feed | None, shapes: Sequence[str]
    ) -> AsyncGenerator[Finding, None]:
        """Look at one section and one article."""
        links = decide.sections_to_read(front.sections, self.base_url) if front else ()
        if links:
            finding, _page, parsed = await self._page(N_("a section"), links[0].url, Expected.LIST, shapes)
            yield finding
            yield _headlines(links[0].name, parsed.items if isinstance(parsed, Listing) else ())
        items = (feed.items if feed else ()) or (front.items if front else ())
        if items:
            finding, _page, parsed = await self._page(
                N_("an article"), items[0].url, Expected.ARTICLE, shapes
            )
            yield finding
            if isinstance(parsed, Article):
                yield fields(parsed)


def fields(article: Article) -> Finding:
    """Say which field of an article came from where, and what was not found."""
    sources = article.provenance
    found = [name for name in ARTICLE_FIELDS if name in sources and getattr(article, name) is not None]
    missing = [name for name in ARTICLE_FIELDS if name not in found]
    detail = ", ".join(f"{_(ARTICLE_FIELDS[name])} ← {_(SOURCES[sources[name]])}" for name in found)
    if missing:
        detail += _("; not found: {names}").format(
            names=", ".join(_(ARTICLE_FIELDS[name]) for name in missing)
        )
    state = State.WARN if article.missing else State.OK
    data = tuple((name, str(source)) for name, source in sources.items())
    return Finding(N_("its fields"), state, detail, data=data)


def _secured(address: SplitResult) -> Finding:
    safe = address.scheme == "https"
    text = _("the certificate of {host} was accepted") if safe else _("{host} is read without encryption")
    return Finding("TLS", State.OK if safe else State.WARN, text.format(host=address.hostname))


def _headlines(name: str, items: Sequence[Teaser]) -> Finding:
    """Say how many headlines came out, and how many have each field."""
    have = {field: sum(getattr(item, field) is not None for item in items) for field in TEASER_FIELDS}
    detail = _counted(items)
    if items:
        detail += (
            " (" + ", ".join(f"{_(TEASER_FIELDS[field])}: {number}" for field, number in have.items()) + ")"
        )
    if len(items) < FEW_HEADLINES:
        return Finding(name, State.WARN, detail, _("Fewer than usual: the page may have been rebuilt."))
    return Finding(name, State.OK, detail, data=tuple((field, str(number)) for field, number in have.items()))


def _sections(front: Listing | None) -> Finding:
    links = front.sections if front else ()
    if links:
        return Finding(N_("sections"), State.OK, ", ".join(link.name for link in links))
    advice = _("Known sections are still read.")
    return Finding(N_("sections"), State.WARN, _("none found in the navigation"), advice)


def _shapes(shapes: Sequence[str], feed: Feed | None, front: Listing | None) -> Finding:
    name = N_("address of an article")
    if feed is None:
        return Finding(name, State.SKIP, _("not learned: there is no feed"))
    if not shapes:
        return Finding(name, State.WARN, _("the feed's links have nothing in common"))
    seen = len(front.items) if front else 0
    return Finding(name, State.OK, ", ".join(shapes), data=(("front_headlines", str(seen)),))
