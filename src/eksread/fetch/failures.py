"""Every way a request can fail, mapped to exactly one class of `errors`, with the address among its values."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

import httpcore
import httpx

from eksread.errors import (
    BadAddress,
    BadRedirect,
    Busy,
    CaptivePortal,
    ConnectionBroken,
    EmptyResponse,
    FetchError,
    Gone,
    HttpError,
    Offline,
    TimedOut,
    TlsFailed,
    TooLarge,
    Truncated,
)
from eksread.fetch.network_backend import ResponseTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPECTED: Final = (
    TimeoutError,
    OSError,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpx.RemoteProtocolError,
    httpx.InvalidURL,
)
"""What a request may raise beside `FetchError`; anything else is a mistake of ours and must show."""

REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))

_CUT_SHORT: Final = "without sending complete message body"
"""h11's words when a connection ends before the length that was announced, or before the last chunk."""

_ENDLESS: Final = "Receive buffer too long"
"""h11's words when one header block or chunk header passes its 100 KB."""


def network_error(error: Exception, url: str, host: str) -> FetchError:
    """Give the error of ours for one of `EXPECTED`."""
    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return TimedOut(detail, url=url)
    if isinstance(error, ResponseTooLong) or _ENDLESS in str(error):
        return TooLarge(detail, url=url)
    if isinstance(error, httpcore.ProtocolError):
        return Truncated(detail, url=url) if _CUT_SHORT in str(error) else ConnectionBroken(detail, url=url)
    if isinstance(error, httpcore.ConnectError | httpcore.ProxyError):
        if any(_is_refusal(cause) for cause in _causes(error)):
            return TlsFailed(detail, url=url)
        return Offline(detail, url=url, host=host)
    if isinstance(error, httpx.RemoteProtocolError | httpx.InvalidURL):
        return BadRedirect(
            detail, url=url
        )  # httpx reads the location of a redirect, even if it doesn't follow
    if isinstance(error, httpcore.UnsupportedProtocol):
        return BadAddress(detail, url=url)
    return ConnectionBroken(detail, url=url)


def _is_refusal(cause: BaseException) -> bool:
    """Whether the two sides could not agree on TLS, as opposed to a handshake that was cut off."""
    return isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what it came from, innermost last."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def status_error(status: int, url: str, retry_after: float | None) -> FetchError | None:
    """Give the error that a status means; None for 200, 203, 304 and redirects (RFC 9110 §15)."""
    if status in (200, 203, 304) or status in REDIRECTS:
        return None
    if status in (404, 410):
        return Gone(f"status {status}", url=url)
    if status in (429, 503):
        return Busy(f"status {status}", retry_after=retry_after, url=url, status=status)
    if status in (204, 205):
        return EmptyResponse(f"status {status}", url=url)
    if status == 206:
        return Truncated("a part that was not asked for", url=url)
    if status == 511:
        return CaptivePortal("status 511", url=url)  # RFC 6585 §6: network authentication required
    return HttpError(f"status {status}", url=url, status=status)
