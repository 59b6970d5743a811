"""One question and its answer on the wire: headers, status, body within the caps. No redirects, no retries."""

from __future__ import annotations

from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import httpx

from eksread.errors import BadAddress, ConnectionBroken, FetchError, TooLarge, WrongType
from eksread.fetch import media_types
from eksread.fetch.failures import EXPECTED, REDIRECTS, network_error, status_error
from eksread.fetch.rate_limit import retry_after
from eksread.fetch.response_body import Body
from eksread.fetch.transport import make_client
from eksread.model.fetched import Validators

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eksread.fetch.limits import FetchOptions
    from eksread.fetch.network_backend import CountingStream
    from eksread.fetch.url_rules import Address, Site

BODILESS: Final = frozenset((204, 304))
"""Responses that end with their headers, whatever these say (RFC 9112 §6.3)."""
DRAIN: Final = 16 * 1024
"""Bytes of an unwanted body that are read so that the connection can be used again; longer ones close it."""
_MAX_VALIDATOR: Final = 512
"""Characters of an ETag or date that are kept to be sent back; real ones have under 100."""


@dataclass(frozen=True, slots=True)
class ContentKind:
    """What is asked for. `declared` judges the Content-Type header, `real` the bytes.

    With `keep`, only so many bytes are read and the rest is ignored. `own` says that only the portal's own site will
    do; what may stand elsewhere must be at a public address.
    """

    accept: str
    declared: Callable[[str], bool]
    real: Callable[[bytes], bool]
    keep: int | None = None
    own: bool = True


PAGE: Final = ContentKind(
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9",
    media_types.may_be_page,
    media_types.is_text,
)
PICTURE: Final = ContentKind(
    "image/jpeg,image/png,image/webp,image/gif",
    media_types.may_be_picture,
    media_types.is_picture,
    own=False,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as it came. `location` is set for redirects; `sized` says that the framing proved the length."""

    status: int
    body: bytes
    content_type: str
    location: str
    validators: Validators
    wire_bytes: int
    sized: bool


class Exchange:
    """Sends single requests."""

    def __init__(self, site: Site, options: FetchOptions) -> None:
        self._options = options
        self._client = make_client(site, options)

    async def send(self, address: Address, kind: ContentKind, headers: Mapping[str, str]) -> Reply:
        """Send one GET request. Raises `FetchError`."""
        if self._client.is_closed:
            raise ConnectionBroken("closed meanwhile", url=address.url)
        try:
            request = self._client.build_request(
                "GET", address.url, headers={"Accept": kind.accept, **headers}
            )
        except httpx.InvalidURL as error:
            raise BadAddress(str(error), url=address.url) from error
        try:
            response = await self._client.send(request, stream=True)
            async with aclosing(response):
                return await self._reply(response, address, kind)
        except FetchError as error:
            error.values.setdefault("url", address.url)
            raise
        except EXPECTED as error:
            raise network_error(error, address.url, address.host) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _reply(self, response: httpx.Response, address: Address, kind: ContentKind) -> Reply:
        stream: CountingStream = response.extensions["network_stream"]
        stream.limit = 2 * self._options.wire_cap  # chunks may have more framing than content
        status, headers = response.status_code, response.headers
        error = status_error(status, address.url, retry_after(headers.get("retry-after"), datetime.now(UTC)))
        if status in REDIRECTS or status == 304 or error is not None:
            await _drain(response)
            body = b""
        else:
            body = await self._body(response, address, kind)
        if error is not None:
            raise error
        return Reply(
            status,
            body,
            content_type=headers.get("content-type", "")[:200],
            location=headers.get("location", ""),
            validators=Validators(_kept(headers.get("etag")), _kept(headers.get("last-modified"))),
            wire_bytes=stream.received,
            sized="content-length" in headers or "transfer-encoding" in headers,
        )

    async def _body(self, response: httpx.Response, address: Address, kind: ContentKind) -> bytes:
        headers = response.headers
        content_type = headers.get("content-type", "")
        if not kind.declared(content_type):
            raise wrong_type(address.url, content_type)
        caps, keep = self._options, kind.keep
        declared = headers.get("content-length", "")
        if keep is None and declared.isdecimal() and int(declared) > caps.wire_cap:
            raise TooLarge(f"announces {declared} bytes", url=address.url)
        coding = headers.get("content-encoding", "")
        body = Body(address.url, coding, wire_cap=caps.wire_cap, body_cap=caps.body_cap)
        async for chunk in response.aiter_raw():
            body.feed(chunk)
            if keep is not None and body.size >= keep:
                return body.so_far()[:keep]
        return body.finish()


async def _drain(response: httpx.Response) -> None:
    """Read the end of a response without use for its body, so that the connection is free again."""
    length = response.headers.get("content-length", "")
    if response.status_code in BODILESS or (length.isdecimal() and int(length) <= DRAIN):
        with suppress(*EXPECTED):  # the status has been understood; only the connection is lost
            async for _ in response.aiter_raw():
                pass


def wrong_type(url: str, content_type: str) -> WrongType:
    """Give the error for a type that is no page or picture."""
    return WrongType(f"type {content_type[:60]!r}", url=url, type=media_types.media_type(content_type) or "?")


def _kept(value: str | None) -> str | None:
    """Give a validator that can be sent back as it is, else None."""
    if value is None or len(value) > _MAX_VALIDATOR or not (value.isascii() and value.isprintable()):
        return None
    return value
