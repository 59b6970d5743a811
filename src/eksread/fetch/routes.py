"""Which way a request takes: straight, or through the proxy that the environment names."""

from __future__ import annotations

import urllib.request
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import httpcore
import httpx

from eksread.errors import BadRedirect, NoSocks, Offline, TlsFailed
from eksread.fetch.guard import GuardedBackend
from eksread.fetch.keeper import Keeper
from eksread.fetch.url_rules import DEFAULT_PORTS, is_inside

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Mapping, Sequence

    from eksread.fetch.resolve import Resolver
    from eksread.fetch.url_rules import Address, Site

KEEPALIVE: Final = 30.0
"""Seconds that an idle connection is kept: over one refresh with its pacing, below the usual 60 of servers."""
SOCKS: Final = ("socks5", "socks5h")
"""Proxies that speak SOCKS 5 (RFC 1928). Names are sent as they are: the proxy resolves them, whichever is named."""


class Routes:
    """Finds the way of each request, and the connection for it.

    httpx's own transport can't be told which network backend to use, and would leave the environment's proxies to its
    client; so both are done here, with public interfaces only. httpcore's pools, made when first needed, are asked for
    connections alone.
    """

    def __init__(self, resolver: Resolver, site: Site, connections: int) -> None:
        self._resolver = resolver
        self._site = site
        self._keeper = Keeper(connections)
        self._guard = GuardedBackend(resolver, site)
        self._pools: dict[tuple[str, str | None], httpcore.AsyncConnectionPool] = {}
        self._proxies = urllib.request.getproxies()

    @asynccontextmanager
    async def answer(
        self, address: Address, headers: Sequence[tuple[str, str]], waits: Mapping[str, float | None]
    ) -> AsyncIterator[httpcore.Response]:
        """Send one request and give its answer, as far as its headers. `waits` are httpcore's time-outs, in seconds.

        Raises httpcore's errors, and those of `GuardedBackend.connect_tcp`.
        """
        proxy = self._proxy(address)
        if proxy is not None:
            self._check_by_name(address)
        request = httpcore.Request(
            "GET",
            httpcore.URL(
                scheme=address.scheme.encode(),
                host=address.host.encode(),
                port=None if address.port == DEFAULT_PORTS[address.scheme] else address.port,
                target=address.target.encode(),
            ),
            headers=[("Host", address.authority), *headers],
            extensions={"timeout": waits},
        )
        way = (address.origin, proxy)
        connection = await self._keeper.take(
            way, lambda: self._pool(address.scheme, proxy).create_connection(request.url.origin)
        )
        try:
            response = await connection.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            await self._keeper.give_back(way, connection)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._keeper.aclose()

    def _check_by_name(self, address: Address) -> None:
        """Refuse what is inside by its name: behind a proxy, that is all that can be seen of an address."""
        if is_inside(address.host) and not self._site.is_home(address.host, address.port):
            raise BadRedirect(f"{address.host} is inside this network")

    def _proxy(self, address: Address) -> str | None:
        proxy = self._proxies.get(address.scheme) or self._proxies.get("all")
        usual = address.port == DEFAULT_PORTS[address.scheme]
        if not proxy or urllib.request.proxy_bypass(
            address.host if usual else f"{address.host}:{address.port}"
        ):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    def _pool(self, scheme: str, proxy: str | None) -> httpcore.AsyncConnectionPool:
        key = (scheme, proxy)
        if key not in self._pools:
            context = _tls() if scheme == "https" else None
            self._pools[key] = self._proxied(proxy, context) if proxy else self._straight(context)
        return self._pools[key]

    def _straight(self, context: ssl.SSLContext | None) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=context,
            keepalive_expiry=KEEPALIVE,
            network_backend=self._guard,
        )

    def _proxied(self, proxy: str, context: ssl.SSLContext | None) -> httpcore.AsyncConnectionPool:
        try:
            settings = httpx.Proxy(proxy)
        except (ValueError, httpx.InvalidURL) as error:
            raise Offline(f"the proxy that the environment names is no address: {error}") from error
        address = httpcore.URL(
            scheme=settings.url.raw_scheme,
            host=settings.url.raw_host,
            port=settings.url.port,
            target=settings.url.raw_path,
        )
        backend = GuardedBackend(self._resolver, self._site, trusted=True)
        if settings.url.scheme in SOCKS:
            if find_spec("socksio") is None:
                raise NoSocks
            return httpcore.AsyncSOCKSProxy(
                proxy_url=address,
                proxy_auth=settings.raw_auth,
                ssl_context=context,
                keepalive_expiry=KEEPALIVE,
                network_backend=backend,
            )
        return httpcore.AsyncHTTPProxy(
            proxy_url=address,
            proxy_auth=settings.raw_auth,
            proxy_ssl_context=_tls() if settings.url.scheme == "https" else None,
            ssl_context=context,
            keepalive_expiry=KEEPALIVE,
            network_backend=backend,
        )


def _tls() -> ssl.SSLContext:
    """Verification is always on; the environment may add authorities (`SSL_CERT_FILE`, `SSL_CERT_DIR`)."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise TlsFailed(f"the authorities that the environment names can't be read: {error}") from error
