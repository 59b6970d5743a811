"""The way out: connections that only reach allowed addresses, and streams that count what comes in.

The rule about addresses is held where the connection is made, on the very addresses that are connected to, so that a
name which answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import select
import socket
from typing import TYPE_CHECKING, Final

import httpcore
from httpcore import AnyIOBackend

from eksread.errors import BadRedirect, NameNotFound, Offline
from eksread.fetch.url_rules import is_public

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Sequence

    from eksread.fetch.resolve import Resolver
    from eksread.fetch.url_rules import IpAddress, Site

HEAD_CAP: Final = 256 * 1024
"""Bytes until the headers of an answer are complete: h11 allows 100 KB of header, but any number of 1xx answers."""
STAGGER: Final = 0.25
"""Seconds before the next address is tried beside the first (RFC 8305 §5 recommends 250 ms)."""
MAX_ADDRESSES: Final = 6
"""Addresses tried per connection: two families with some spares; a name may list hundreds."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class HeadTooLong(httpcore.RemoteProtocolError):
    """The headers of an answer do not end."""


class Metered(httpcore.AsyncNetworkStream):
    """A stream that counts the bytes read since the last write, that is: those of one answer."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._socket: socket.socket | None = stream.get_extra_info("socket")
        self.received = 0
        self.head_done = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, and refuse when the headers take more than `HEAD_CAP`."""
        data = await self._stream.read(max_bytes, timeout)
        self.received += len(data)
        if not self.head_done and self.received > HEAD_CAP:
            raise HeadTooLong(f"no end of headers after {self.received} bytes")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write; a new request starts a new count."""
        self.received = 0
        self.head_done = False
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the stream."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Give the encrypted stream, metered."""
        return Metered(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> object:
        """Give what httpcore asks about the stream below.

        Whether there is something to read is asked of every idle connection at every request (the server may have
        ended it); the stream below would look its socket up anew each time, which costs more than the question.
        """
        if info == "is_readable" and self._socket is not None:
            return _is_readable(self._socket.fileno())
        return self._stream.get_extra_info(info)


def _is_readable(number: int) -> bool:
    """Whether a read would return at once; a closed socket (its number is negative) counts as such."""
    if number < 0:
        return True
    asked = select.poll()
    asked.register(number, select.POLLIN)
    return bool(asked.poll(0))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and to wherever the configured portal itself is.

    `trusted` hosts (a proxy from the environment) may be anywhere. A portal that was first found at a public
    address may not move to a private one while this process lives.
    """

    def __init__(self, resolver: Resolver, site: Site, *, trusted: bool = False) -> None:
        self._resolver = resolver
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
                found = await self._look_up(host)
                allowed = self._allowed(host, port, found)
                return Metered(await self._race(allowed, port, timeout, socket_options))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {host} in {timeout} s") from error

    async def sleep(self, seconds: float) -> None:
        """Sleep between httpcore's own attempts (it makes none here)."""
        await asyncio.sleep(seconds)

    async def _look_up(self, host: str) -> tuple[IpAddress, ...]:
        try:
            return await self._resolver.addresses(host)
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

    async def _race(
        self,
        addresses: Sequence[IpAddress],
        port: int,
        timeout: float | None,
        options: Iterable[SocketOption] | None,
    ) -> httpcore.AsyncNetworkStream:
        """Try the addresses one beside the other, a moment apart; the first connection wins (RFC 8305)."""
        if len(addresses) == 1:
            return await self._backend.connect_tcp(
                str(addresses[0]), port, timeout=timeout, socket_options=options
            )
        waiting = list(addresses)
        running: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
        failed: BaseException | None = None
        try:
            while waiting or running:
                if waiting:
                    connect = self._backend.connect_tcp(
                        str(waiting.pop(0)), port, timeout=timeout, socket_options=options
                    )
                    running.add(asyncio.ensure_future(connect))
                done, running = await asyncio.wait(
                    running, timeout=STAGGER if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                won = [task for task in done if task.exception() is None]
                running |= set(won[1:])
                if won:
                    return won[0].result()
                for task in done:
                    failed = task.exception()
        finally:
            await _close_all(running)
        raise failed or httpcore.ConnectError("no address to connect to")


async def _close_all(tasks: set[asyncio.Task[httpcore.AsyncNetworkStream]]) -> None:
    """End the connections that lost the race, whether made or in the making."""
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if not isinstance(result, BaseException):
            await result.aclose()
