"""The fetcher: rate limit | robots.txt | request | redirects | block pages -> a `Page` or exactly one error."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from eksread.errors import (
    BadAddress,
    BadRedirect,
    Busy,
    CaptivePortal,
    ConnectionBroken,
    Disallowed,
    EmptyResponse,
    FetchError,
    Offline,
    TimedOut,
    Truncated,
)
from eksread.fetch import block_pages, url_rules
from eksread.fetch.exchange import PAGE, PICTURE, ContentKind, Exchange, Reply, wrong_type
from eksread.fetch.failures import REDIRECTS
from eksread.fetch.rate_limit import RateLimit, backoff
from eksread.fetch.robots import SIZE_CAP, Robots
from eksread.model.fetched import Page, Validators

if TYPE_CHECKING:
    from eksread.fetch.limits import FetchOptions
    from eksread.fetch.robots import Memory
    from eksread.fetch.url_rules import Address

log = logging.getLogger(__name__)

ROBOTS: Final = ContentKind("text/plain", lambda _type: True, lambda _body: True, keep=SIZE_CAP)
ROBOTS_SHARE: Final = 1 / 3
"""Part of a page's deadline that its robots.txt may use up."""
RETRIED: Final = (ConnectionBroken, Truncated, Offline)
"""Errors after which a second try follows soon: packet loss. A time-out has cost its time already."""


class Client:
    """Fetches the pages and pictures of one portal. Make and use it within one event loop."""

    def __init__(self, base_url: str, options: FetchOptions, memory: Memory | None = None) -> None:
        self._options = options
        self._site = url_rules.Site(url_rules.read(base_url))
        self._slots = asyncio.Semaphore(options.at_once)
        self._rate_limits: dict[str, RateLimit] = {}
        self._robots = Robots(self._fetch_robots, memory)
        self._exchange = Exchange(self._site, options)

    async def get(self, url: str, *, known: Validators | None = None, by_user: bool = False) -> Page:
        """Fetch a page; with `known` validators the answer may be a 304 without a body. Raises `FetchError`.

        `by_user` says that a person asked for this very page (robots.txt then doesn't lock them out).
        """
        return await self._fetch(url, PAGE, known or Validators(), by_user=by_user)

    async def get_picture(self, url: str, *, by_user: bool = False) -> Page:
        """Fetch a picture; `by_user` as in `get`. Raises `FetchError`."""
        return await self._fetch(url, PICTURE, Validators(), by_user=by_user)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._exchange.aclose()

    async def _fetch(self, url: str, kind: ContentKind, known: Validators, *, by_user: bool) -> Page:
        try:
            address = self._site.to_https(url_rules.read(url))
            if kind.own and not self._site.owns(address):
                raise BadAddress("not the portal's site", url=url)
            rate_limit = self._rate_limit(address)
            async with self._slots:
                await self._wait_turn(rate_limit, by_user=by_user)
                async with asyncio.timeout(self._options.deadline):
                    if self._options.obey_robots and not by_user:
                        await self._obey_robots(address, rate_limit)
                    reply, final = await self._with_retry(address, kind, known, rate_limit)
        except TimeoutError as error:
            raise TimedOut(f"{self._options.deadline} s have passed", url=url) from error
        except FetchError as error:
            error.values["url"] = url
            raise
        return self._page(url, final, kind, known, reply)

    def _rate_limit(self, address: Address) -> RateLimit:
        return self._rate_limits.setdefault(address.origin, RateLimit(self._options.gap))

    async def _wait_turn(self, rate_limit: RateLimit, *, by_user: bool) -> None:
        """Wait for the host's rate limit. A page that the user did not ask for fails at once during a long pause."""
        pause = rate_limit.pause_left
        if pause > self._options.patience and not by_user:
            raise Busy("the host asked for a pause", retry_after=pause)
        if pause:
            await asyncio.sleep(min(pause, self._options.patience))
        await rate_limit.wait()

    async def _obey_robots(self, address: Address, rate_limit: RateLimit) -> None:
        """Obey robots.txt at the root, and in the folder of a portal that shares its host."""
        places = [address.origin]
        if self._site.owns(address) and self._site.base.folder:
            places.append(address.origin + self._site.base.folder)
        found = [await self._robots.rules(place) for place in places]
        wished = max(rules.delay for rules in found)
        rate_limit.gap = max(self._options.gap, min(wished, self._options.crawl_delay_cap))
        if not all(rules.allow(address.url) for rules in found):
            raise Disallowed("robots.txt")

    async def _fetch_robots(self, url: str) -> str:
        address = url_rules.read(url)
        kind = replace(ROBOTS, own=self._site.owns(address))
        try:
            async with asyncio.timeout(self._options.deadline * ROBOTS_SHARE):
                reply, _ = await self._follow_redirects(address, kind, {})
        except TimeoutError as error:
            raise TimedOut("robots.txt", url=url) from error
        return reply.body.decode("utf-8", "replace")

    async def _with_retry(
        self, address: Address, kind: ContentKind, known: Validators, rate_limit: RateLimit
    ) -> tuple[Reply, Address]:
        """Send a request, and once more after a transport error or a short `Retry-After`."""
        headers = _conditions(known)
        try:
            return await self._attempt(address, kind, headers, rate_limit)
        except FetchError as error:
            delay = self._retry_delay(error)
            if delay is None:
                raise
        await asyncio.sleep(delay)
        await rate_limit.wait()
        return await self._attempt(address, kind, headers, rate_limit)

    def _retry_delay(self, error: FetchError) -> float | None:
        """Seconds until a second try, or None when there should be none now."""
        if isinstance(error, Busy):
            wait = error.retry_after
            if wait is None:
                return backoff(2 * self._options.backoff)
            return wait if wait <= self._options.patience else None
        return backoff(self._options.backoff) if type(error) in RETRIED else None

    async def _attempt(
        self, address: Address, kind: ContentKind, headers: dict[str, str], rate_limit: RateLimit
    ) -> tuple[Reply, Address]:
        try:
            answer = await self._follow_redirects(address, kind, headers)
        except Busy as error:
            rate_limit.refuse(error.retry_after)
            error.retry_after = rate_limit.pause_left or error.retry_after
            raise
        rate_limit.accept()
        return answer

    async def _follow_redirects(
        self, address: Address, kind: ContentKind, headers: dict[str, str]
    ) -> tuple[Reply, Address]:
        """Send a request and follow redirects, each checked like a new address; give the reply and its address."""
        seen = {address.url}
        wire_bytes = 0
        for _ in range(self._options.redirects + 1):
            reply = await self._exchange.send(address, kind, headers)
            wire_bytes += reply.wire_bytes
            log.info("%s %s (%d bytes)", reply.status, address.url, reply.wire_bytes)
            if reply.status not in REDIRECTS:
                return replace(reply, wire_bytes=wire_bytes), address
            address = self._redirect_target(address, kind, reply.location)
            if address.url in seen:
                raise BadRedirect("a circle")
            seen.add(address.url)
            await self._rate_limit(address).wait()
        raise BadRedirect("too many redirects")

    def _redirect_target(self, address: Address, kind: ContentKind, location: str) -> Address:
        """Give the address that a redirect leads to. Raises `BadRedirect` or `CaptivePortal`."""
        if not location:
            raise BadRedirect("no address to go to")
        try:
            target = url_rules.join(address, location)
        except BadAddress as error:
            raise BadRedirect(error.detail) from error
        if address.scheme == "https" and target.scheme == "http":
            raise BadRedirect("from https to http")
        if kind.own and not self._site.owns(target):
            if block_pages.is_login_address(target.url):
                raise CaptivePortal(f"sends to {target.origin}")
            raise BadRedirect(f"to another site, {target.origin}")
        return self._site.to_https(target)

    def _page(self, url: str, final: Address, kind: ContentKind, known: Validators, reply: Reply) -> Page:
        page = Page(
            url=final.url,
            body=reply.body,
            fetched_at=datetime.now(UTC),
            requested_url=url,
            status=reply.status,
            content_type=reply.content_type,
            validators=reply.validators,
            wire_bytes=reply.wire_bytes,
        )
        if page.not_modified:
            if known == Validators():
                raise EmptyResponse("304 without a condition", url=url)
            return replace(page, validators=_merged(known, reply.validators))
        if not reply.body.strip():
            raise EmptyResponse("no body", url=url)
        if not kind.real(reply.body):
            raise wrong_type(url, reply.content_type)
        if kind is PAGE:
            block_pages.check(page, self._options.marks, complete=reply.sized)
        return page


def _conditions(known: Validators) -> dict[str, str]:
    """Give the headers that ask "only if it changed" (RFC 9110 §13)."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _merged(known: Validators, new: Validators) -> Validators:
    """A 304 may leave out what has not changed."""
    return Validators(new.etag or known.etag, new.last_modified or known.last_modified)
