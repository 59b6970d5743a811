"""The fetcher: a page through pace, robots.txt, redirects and the deadline, to a `Page` or exactly one error."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Final

from eksread.errors import (
    BadAddress,
    BadRedirect,
    Busy,
    CaptivePortal,
    ConnectionBroken,
    Disallowed,
    EmptyAnswer,
    FetchError,
    Offline,
    TimedOut,
    Truncated,
)
from eksread.fetch import block_pages, url_rules
from eksread.fetch.exchange import PAGE, PICTURE, Exchange, Kind, Reply, wrong_type
from eksread.fetch.failures import REDIRECTS
from eksread.fetch.rate_limit import Gate, Slots, backoff
from eksread.fetch.robots import SIZE_CAP, Robots
from eksread.model.fetched import Page, Validators

if TYPE_CHECKING:
    from eksread.fetch.options import FetchOptions
    from eksread.fetch.url_rules import Address
    from eksread.ports import Facts

ROBOTS: Final = Kind("text/plain", lambda _type: True, lambda _body: True, keep=SIZE_CAP)
ROBOTS_SHARE: Final = 1 / 3
"""Part of a page's deadline that its robots.txt may use up."""
QUICK: Final = 1.0
"""Seconds within which a page counts as quick, see `Slots`: a good server over a satellite line makes that."""
RETRIED: Final = (ConnectionBroken, Truncated, Offline)
"""What is tried once more at once: a line that drops packets. A time-out has cost its time already."""


class Client:
    """Implements `ports.Fetcher`. Make and use it within one event loop."""

    def __init__(self, base_url: str, options: FetchOptions, memory: Facts | None = None) -> None:
        self._options = options
        self._site = url_rules.Site(url_rules.read(base_url))
        self._slots = Slots(options.at_once)
        self._gates: dict[str, Gate] = {}
        self._robots = Robots(self._ask_robots, memory)
        self._wire = Exchange(self._site, options)

    async def get(self, url: str, *, known: Validators | None = None, asked: bool = False) -> Page:
        """Fetch a page, as `ports.Fetcher` says."""
        return await self._fetch(url, PAGE, known or Validators(), asked=asked)

    async def get_picture(self, url: str) -> Page:
        """Fetch a picture. Raises `FetchError`."""
        return await self._fetch(url, PICTURE, Validators(), asked=False)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._wire.aclose()

    async def _fetch(self, url: str, kind: Kind, known: Validators, *, asked: bool) -> Page:
        try:
            address = self._site.upgraded(url_rules.read(url))
            if kind.own and not self._site.owns(address):
                raise BadAddress("not the portal's site", url=url)
            gate = self._gate(address)
            async with self._slots.taken():
                await self._turn(gate, asked=asked)
                started = monotonic()
                async with asyncio.timeout(self._options.deadline):
                    if self._options.obey_robots and not asked:
                        await self._obey(address, gate)
                    reply, final = await self._persist(address, kind, known, gate)
            if monotonic() - started < QUICK:
                self._slots.quick()
        except TimeoutError as error:
            self._slots.missed()
            raise TimedOut(f"{self._options.deadline} s have passed", url=url) from error
        except FetchError as error:
            error.values["url"] = url
            raise
        return self._page(url, final, kind, known, reply)

    def _gate(self, address: Address) -> Gate:
        return self._gates.setdefault(address.origin, Gate(self._options.gap))

    async def _turn(self, gate: Gate, *, asked: bool) -> None:
        """Wait for the host's pace; what nobody asked for in person is not sent into a long pause."""
        pause = gate.paused
        if pause > self._options.patience and not asked:
            raise Busy("the host asked for a pause", retry_after=pause)
        if pause:
            await asyncio.sleep(min(pause, self._options.patience))
        await gate.wait()

    async def _obey(self, address: Address, gate: Gate) -> None:
        """Heed robots.txt at the root, and under the base of a portal that lives in a folder of a shared host."""
        places = [address.origin]
        if self._site.owns(address) and self._site.base.folder:
            places.append(address.origin + self._site.base.folder)
        found = [await self._robots.rules(place) for place in places]
        wished = max(rules.delay for rules in found)
        gate.gap = max(self._options.gap, min(wished, self._options.crawl_delay_cap))
        if not all(rules.allow(address.url) for rules in found):
            raise Disallowed("robots.txt")

    async def _ask_robots(self, url: str) -> str:
        address = url_rules.read(url)
        kind = replace(ROBOTS, own=self._site.owns(address))
        try:
            async with asyncio.timeout(self._options.deadline * ROBOTS_SHARE):
                reply, _ = await self._follow(address, kind, {})
        except TimeoutError as error:
            raise TimedOut("robots.txt", url=url) from error
        return reply.body.decode("utf-8", "replace")

    async def _persist(
        self, address: Address, kind: Kind, known: Validators, gate: Gate
    ) -> tuple[Reply, Address]:
        """Ask, and once more after what may pass: a transport error, or a host that is busy for a moment."""
        headers = _conditions(known)
        try:
            return await self._attempt(address, kind, headers, gate)
        except FetchError as error:
            delay = self._delay(error)
            if delay is None:
                raise
        await asyncio.sleep(delay)
        await gate.wait()
        return await self._attempt(address, kind, headers, gate)

    def _delay(self, error: FetchError) -> float | None:
        """Seconds until a second try, or None when there should be none now."""
        if isinstance(error, Busy):
            wait = error.retry_after
            if wait is None:
                return backoff(2 * self._options.backoff)
            return wait if wait <= self._options.patience else None
        return backoff(self._options.backoff) if type(error) in RETRIED else None

    async def _attempt(
        self, address: Address, kind: Kind, headers: dict[str, str], gate: Gate
    ) -> tuple[Reply, Address]:
        try:
            answer = await self._follow(address, kind, headers)
        except Busy as error:
            gate.refused(error.retry_after)
            error.retry_after = gate.paused or error.retry_after
            raise
        gate.answered()
        return answer

    async def _follow(self, address: Address, kind: Kind, headers: dict[str, str]) -> tuple[Reply, Address]:
        """Ask and follow redirects, each checked anew. Gives the answer and the address that it came from."""
        seen = {address.url}
        wire = 0
        for _ in range(self._options.redirects + 1):
            reply = await self._wire.send(address, kind, headers)
            wire += reply.wire_bytes
            if reply.status not in REDIRECTS:
                return replace(reply, wire_bytes=wire), address
            address = self._next(address, kind, reply.location)
            if address.url in seen:
                raise BadRedirect("a circle")
            seen.add(address.url)
            await self._gate(address).wait()
        raise BadRedirect("too many redirects")

    def _next(self, address: Address, kind: Kind, location: str) -> Address:
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
        return self._site.upgraded(target)

    def _page(self, url: str, final: Address, kind: Kind, known: Validators, reply: Reply) -> Page:
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
                raise EmptyAnswer("304 without a condition", url=url)
            return replace(page, validators=_merged(known, reply.validators))
        if not reply.body.strip():
            raise EmptyAnswer("no body", url=url)
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
