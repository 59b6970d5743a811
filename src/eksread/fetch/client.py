"""The fetcher: one request at a time through the caps, the deadline and the mapping of errors."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx

from eksread.errors import Busy, ConnectionBroken, EmptyAnswer, Gone, HttpError, Offline, TimedOut, TooLarge
from eksread.model import Page, Validators

if TYPE_CHECKING:
    from eksread.fetch.options import FetchOptions


class Client:
    """Implements `ports.Fetcher` over one httpx client."""

    def __init__(self, base_url: str, options: FetchOptions) -> None:
        self._base = base_url
        self._options = options
        self._slots = asyncio.Semaphore(options.at_once)
        self._http = httpx.AsyncClient(
            headers={"User-Agent": options.user_agent, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(options.read_timeout, connect=options.connect_timeout),
            follow_redirects=True,
            max_redirects=options.redirects,
        )

    async def get(self, url: str, *, known: Validators | None = None, asked: bool = False) -> Page:
        """See `ports.Fetcher.get`."""
        headers: dict[str, str] = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return await self._fetch(url, headers, known)

    async def get_picture(self, url: str) -> Page:
        """See `ports.Fetcher.get_picture`."""
        return await self._fetch(url, {}, None)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _fetch(self, url: str, headers: dict[str, str], known: Validators | None) -> Page:
        async with self._slots:
            try:
                async with asyncio.timeout(self._options.deadline):
                    return await self._ask(url, headers, known)
            except (TimeoutError, httpx.TimeoutException) as error:
                raise TimedOut(str(error), url=url) from error
            except httpx.ConnectError as error:
                raise Offline(str(error), url=url) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ConnectionBroken(str(error), url=url) from error

    async def _ask(self, url: str, headers: dict[str, str], known: Validators | None) -> Page:
        async with self._http.stream("GET", url, headers=headers) as response:
            status = response.status_code
            if status in (404, 410):
                raise Gone(url=url)
            if status in (429, 503):
                raise Busy(url=url)
            if status != 200 and not (status == 304 and known):
                raise HttpError(url=url, status=status)
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._options.body_cap:
                    raise TooLarge(url=url)
            if status == 200 and not body:
                raise EmptyAnswer(url=url)
            return Page(
                url=str(response.url),
                body=bytes(body),
                fetched_at=datetime.now(UTC),
                requested_url=url,
                status=status,
                content_type=response.headers.get("content-type", ""),
                validators=Validators(response.headers.get("etag"), response.headers.get("last-modified")),
                wire_bytes=response.num_bytes_downloaded,
            )
