"""One question and its answer on the wire: headers, status, body within the caps. No redirects, no retries."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from eksread.errors import FetchError, TooLarge, WrongType
from eksread.fetch import media_types
from eksread.fetch.body import Body
from eksread.fetch.failures import EXPECTED, failure, refused
from eksread.fetch.guard import Metered
from eksread.fetch.options import USER_AGENT
from eksread.fetch.rate_limit import retry_after
from eksread.model.fetched import Validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import httpcore

    from eksread.fetch.options import FetchOptions
    from eksread.fetch.routes import Routes
    from eksread.fetch.url_rules import Address

REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
BODILESS: Final = frozenset((204, 304))
"""Answers that end with their headers, whatever these say (RFC 9112 §6.3)."""
DRAIN: Final = 16 * 1024
"""Bytes of an unwanted body that are read so that the connection can be used again; longer ones close it."""
_MAX_VALIDATOR: Final = 512
"""Characters of an ETag or date that are kept to be sent back; real ones have under 100."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked for. `declared` judges the Content-Type header, `real` the bytes.

    With `keep`, only so many bytes are read and the rest is ignored. `own` says that only the portal's own site will
    do; what may stand elsewhere must be at a public address.
    """

    accept: str
    declared: Callable[[str], bool]
    real: Callable[[bytes], bool]
    keep: int | None = None
    own: bool = True


PAGE: Final = Kind(
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9",
    media_types.may_be_page,
    media_types.is_text,
)
PICTURE: Final = Kind(
    "image/jpeg,image/png,image/webp,image/gif",
    media_types.may_be_picture,
    media_types.is_picture,
    own=False,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came. `location` is set for redirects; `sized` says that the framing proved the length."""

    status: int
    body: bytes = b""
    content_type: str = ""
    location: str = ""
    validators: Validators = field(default_factory=Validators)
    wire_bytes: int = 0
    sized: bool = True


class Exchange:
    """Puts single questions to the network.

    It drives httpcore, the transport below httpx, itself: httpx adds cookies, redirects, authentication and content
    decoding, all of which are unwanted here or done with caps of our own, and a quarter of the cost of a small answer.
    """

    def __init__(self, routes: Routes, options: FetchOptions) -> None:
        self._options = options
        self._routes = routes
        self._headers = {
            "User-Agent": _sendable(options.user_agent) or USER_AGENT,
            "Accept-Encoding": "gzip",
            "Accept-Language": "id,en;q=0.5",
        }
        self._waits = {
            "connect": options.connect_timeout,
            "read": options.read_timeout,
            "write": options.read_timeout,
            "pool": None,
        }

    async def ask(self, address: Address, kind: Kind, headers: Mapping[str, str]) -> Reply:
        """Ask once. Raises `FetchError`."""
        try:
            named = {**self._headers, "Accept": kind.accept, **headers}
            async with self._routes.answer(address, list(named.items()), self._waits) as response:
                return await self._reply(response, address, kind)
        except FetchError as error:
            error.values.setdefault("url", address.url)
            raise
        except EXPECTED as error:
            raise failure(error, address.url, address.host) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._routes.aclose()

    async def _reply(self, response: httpcore.Response, address: Address, kind: Kind) -> Reply:
        stream = response.extensions.get("network_stream")
        if isinstance(stream, Metered):
            stream.head_done = True
        status, headers = response.status, _by_name(response.headers)
        if status in REDIRECTS:
            await self._drain(response, headers)
            return Reply(status, location=_location(response.headers), wire_bytes=_received(stream))
        error = refused(status, address.url, retry_after(headers.get("retry-after"), datetime.now(UTC)))
        if error is not None:
            await self._drain(response, headers)
            raise error
        if status == 304:
            await self._drain(response, headers)
            body = b""
        else:
            body = await self._body(response, headers, address, kind)
        return Reply(
            status,
            body,
            content_type=headers.get("content-type", "")[:200],
            validators=Validators(_kept(headers.get("etag")), _kept(headers.get("last-modified"))),
            wire_bytes=_received(stream),
            sized="content-length" in headers or "transfer-encoding" in headers,
        )

    async def _body(
        self, response: httpcore.Response, headers: Mapping[str, str], address: Address, kind: Kind
    ) -> bytes:
        content_type = headers.get("content-type", "")
        if not kind.declared(content_type):
            raise wrong_type(address.url, content_type)
        caps, keep = self._options, kind.keep
        declared = headers.get("content-length", "")
        if keep is None and declared.isdecimal() and int(declared) > caps.wire_cap:
            raise TooLarge(f"announces {declared} bytes", url=address.url)
        coding = headers.get("content-encoding", "")
        body = Body(address.url, coding, wire_cap=caps.wire_cap, body_cap=caps.body_cap)
        stream = response.extensions.get("network_stream")
        async for chunk in response.aiter_stream():
            body.feed(chunk)
            if keep is not None and body.size >= keep:
                return body.so_far()[:keep]
            if _received(stream) > 2 * caps.wire_cap:
                raise TooLarge("more framing than content", url=address.url)
        return body.finish()

    async def _drain(self, response: httpcore.Response, headers: Mapping[str, str]) -> None:
        """Read the end of an answer without use for its body, so that the connection is free again."""
        length = headers.get("content-length", "")
        if response.status in BODILESS or (length.isdecimal() and int(length) <= DRAIN):
            with suppress(*EXPECTED):  # the status has been understood; only the connection is lost
                async for _ in response.aiter_stream():
                    pass


def wrong_type(url: str, content_type: str) -> WrongType:
    """Give the error for a type that is no page or picture."""
    return WrongType(f"type {content_type[:60]!r}", url=url, type=media_types.media_type(content_type) or "?")


def _received(stream: object) -> int:
    return stream.received if isinstance(stream, Metered) else 0


def _by_name(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Give the headers by their names in lower case; one that came several times is joined (RFC 9110 §5.3)."""
    found: dict[str, str] = {}
    for raw, value in headers:
        name, text = raw.decode("ascii").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _location(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Give the Location header; servers send UTF-8 there although it must be ASCII (RFC 3986)."""
    for name, value in headers:
        if name.lower() == b"location":
            return str(value, "utf-8", "replace")
    return ""


def _sendable(agent: str) -> str:
    """Give what of a person's own wording may stand in a header: printable ASCII."""
    return "".join(letter for letter in agent if letter.isascii() and letter.isprintable()).strip()


def _kept(value: str | None) -> str | None:
    """Give a validator that can be sent back as it is, else None."""
    if value is None or len(value) > _MAX_VALIDATOR or not (value.isascii() and value.isprintable()):
        return None
    return value
