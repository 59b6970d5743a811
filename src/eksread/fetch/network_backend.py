"""Connections that only reach allowed addresses: look a name up, filter, connect, and count what comes in.

The rule about addresses is held where the connection is made, on the very addresses that are connected to, so that a
name which answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

import httpcore
from httpcore import AnyIOBackend

from eksread.errors import BadRedirect, NameNotFound, Offline
from eksread.fetch.url_rules import IpAddress, ip_literal, is_public

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Sequence

    from eksread.fetch.url_rules import Site

HEAD_CAP: Final = 256 * 1024
"""Bytes until the headers of a response are complete: h11 allows 100 KB of header, but any number of 1xx responses."""
MAX_ADDRESSES: Final = 6
"""Addresses tried per connection; a name may list hundreds."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class ResponseTooLong(httpcore.RemoteProtocolError):
    """More bytes have come for one request than it may cost."""


class CountingStream(httpcore.AsyncNetworkStream):
    """A stream that counts the bytes read since the last write, that is: those of one response.

    More than `limit` are refused: `HEAD_CAP` until whoever reads the response sets another.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self.received = 0
        self.limit = HEAD_CAP

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read. Raises `ResponseTooLong`."""
        data = await self._stream.read(max_bytes, timeout)
        self.received += len(data)
        if self.received > self.limit:
            raise ResponseTooLong(f"{self.received} bytes received")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write; a new request starts a new count."""
        self.received = 0
        self.limit = HEAD_CAP
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the stream."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Give the encrypted stream, counting what comes out of it."""
        return CountingStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> object:
        """Give what is known of the stream below, its socket for one."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and to wherever the configured portal itself is.

    `trusted` hosts (a proxy from the environment) may be anywhere. A portal that was first found at a public
    address may not move to a private one while this process lives.
    """

    def __init__(self, site: Site, *, trusted: bool = False) -> None:
        self._site = site
        self._trusted = trusted
        self._home_is_public = False
        self._backend = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, filter, and connect to the first address that answers.

        Raises `NameNotFound`, `Offline` or `BadRedirect` (no allowed address) beside httpcore's own errors.
        """
        try:
            async with asyncio.timeout(timeout):
                found = await self._addresses(host)
                allowed = self._allowed(host, port, found)
                return CountingStream(await self._connect(allowed, port, timeout, socket_options))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {host} in {timeout} s") from error

    async def sleep(self, seconds: float) -> None:
        """Sleep between httpcore's own attempts (it makes none here)."""
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str) -> tuple[IpAddress, ...]:
        try:
            return await look_up(host)
        except socket.gaierror as error:
            if error.errno == socket.EAI_NONAME or error.errno == getattr(socket, "EAI_NODATA", None):
                raise NameNotFound(str(error), host=host) from error
            raise Offline(str(error), host=host) from error

    def _allowed(self, host: str, port: int, found: Sequence[IpAddress]) -> list[IpAddress]:
        if self._trusted:
            return list(found)[:MAX_ADDRESSES]
        public = [address for address in found if is_public(address)]
        home = self._site.is_home(host, port)
        if home and public:
            self._home_is_public = True
        if home and not public and not self._home_is_public:
            public = list(found)
        if not public:
            raise BadRedirect(f"{host} is at a private address", host=host)
        return public[:MAX_ADDRESSES]

    async def _connect(
        self,
        addresses: Sequence[IpAddress],
        port: int,
        timeout: float | None,
        options: Iterable[SocketOption] | None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers; each has its part of the time."""
        share = None if timeout is None else timeout / len(addresses)
        *others, last = addresses
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._backend.connect_tcp(
                    str(address), port, timeout=share, socket_options=options
                )
        return await self._backend.connect_tcp(str(last), port, timeout=share, socket_options=options)


async def look_up(host: str) -> tuple[IpAddress, ...]:
    """Give the addresses of `host`, in the order to try. Raises `socket.gaierror`, or another `OSError`.

    Asked in a daemon thread: asyncio's own `getaddrinfo` runs in the default executor, whose threads are joined when the
    loop and the interpreter end, so that a look-up of 15 s holds quitting for 15 s (measured).
    """
    known = ip_literal(host)
    if known is not None:
        return (known,)
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[IpAddress, ...]] = loop.create_future()

    def deliver(found: tuple[IpAddress, ...] | OSError) -> None:
        if answer.done():
            return  # the caller has given up
        if isinstance(found, OSError):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def ask() -> None:
        found = _resolve(host)
        with suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(deliver, found)

    Thread(target=ask, name=f"look-up {host}", daemon=True).start()
    return await answer


def _resolve(host: str) -> tuple[IpAddress, ...] | OSError:
    """Give the addresses of `host`, or why there are none. Blocks."""
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        return error
    except UnicodeError as error:  # a label that IDNA can't encode
        return socket.gaierror(socket.EAI_NONAME, str(error))
    found = [address for row in rows if (address := ip_literal(str(row[4][0]))) is not None]
    # IPv4 first: where it is missing that shows at once, while IPv6 is often there and leads nowhere.
    return tuple(sorted(dict.fromkeys(found), key=lambda address: address.version))
