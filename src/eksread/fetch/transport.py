"""Connection pools of httpcore over our guarded network backend, straight or through the environment's proxies.

httpx, which is built upon httpcore, is left out: its URL, headers, cookies and redirects would all be a second time
what fetch has, for 2 ms of processor time a page.
"""

from __future__ import annotations

import os
import ssl
import urllib.request
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import certifi
import httpcore

from eksread.errors import BadRedirect, NoSocks, Offline, TlsFailed
from eksread.fetch.network_backend import GuardedBackend
from eksread.fetch.url_rules import DEFAULT_PORTS, is_local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eksread.fetch.options import FetchOptions
    from eksread.fetch.url_rules import Address, Site

KEEPALIVE: Final = 30.0
"""Seconds that an idle connection is kept: over one refresh with its gaps, below the usual 60 of servers."""
SOCKS: Final = ("socks5", "socks5h")
"""Proxies that speak SOCKS 5 (RFC 1928). Names are sent as they are: the proxy resolves them, whichever is named."""


class Transport:
    """Sends requests through one connection pool for each scheme and proxy.

    httpcore's exceptions, and the `FetchError`s of `GuardedBackend`, pass through as they are.
    """

    def __init__(self, site: Site, options: FetchOptions) -> None:
        self._site = site
        self._connections = options.at_once
        self._timeouts = {
            "connect": options.connect_timeout,
            "read": options.read_timeout,
            "write": options.read_timeout,
        }
        self._pools: dict[tuple[str, str | None], httpcore.AsyncConnectionPool] = {}
        self._proxies = urllib.request.getproxies()

    async def get(self, address: Address, headers: Mapping[str, str]) -> httpcore.Response:
        """Send one GET request and give its response, as far as its headers; the caller closes it."""
        netloc, target = address.url.removeprefix(f"{address.scheme}://").split("/", 1)
        port = None if address.port == DEFAULT_PORTS[address.scheme] else address.port
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=port, target=f"/{target}")
        request = httpcore.Request(
            "GET", url, headers=[("Host", netloc), *headers.items()], extensions={"timeout": self._timeouts}
        )
        return await self._pool(address, netloc).handle_async_request(request)

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def _pool(self, address: Address, netloc: str) -> httpcore.AsyncConnectionPool:
        proxy = self._proxy(address.scheme, netloc)
        # Behind a proxy, a name is all that can be seen of an address.
        if proxy and is_local_name(address.host) and not self._site.is_home(address.host, address.port):
            raise BadRedirect(f"{address.host} is inside this network")
        key = (address.scheme, proxy)
        if key not in self._pools:
            self._pools[key] = self._make_pool(address.scheme, proxy)
        return self._pools[key]

    def _proxy(self, scheme: str, netloc: str) -> str | None:
        """Give the proxy that the environment names for a URL."""
        proxy = self._proxies.get(scheme) or self._proxies.get("all")
        if not proxy or urllib.request.proxy_bypass(netloc):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    def _make_pool(self, scheme: str, proxy: str | None) -> httpcore.AsyncConnectionPool:
        """Make a pool for URLs of a scheme: certificates are only loaded (20 ms) where they are needed."""
        backend = GuardedBackend(self._site, trusted=proxy is not None)
        context = _tls_context() if scheme == "https" else None
        return httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=self._connections,
            keepalive_expiry=KEEPALIVE,
            network_backend=backend,
            proxy=None if proxy is None else _proxy_settings(proxy),
        )


def _proxy_settings(proxy: str) -> httpcore.Proxy:
    """Give the proxy that the environment names. Raises `Offline` where it can't be used."""
    try:
        parts = urlsplit(proxy)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Offline(f"the proxy that the environment names is no address: {error}") from error
    if parts.scheme not in (*DEFAULT_PORTS, *SOCKS) or not host:
        raise Offline("the proxy that the environment names is no address of one")
    if parts.scheme in SOCKS and find_spec("socksio") is None:
        raise NoSocks
    return httpcore.Proxy(
        httpcore.URL(scheme=parts.scheme, host=host, port=port, target="/"),
        auth=(unquote(parts.username), unquote(parts.password or "")) if parts.username else None,
        ssl_context=_tls_context() if parts.scheme == "https" else None,
    )


def _tls_context() -> ssl.SSLContext:
    """Verification is always on; the environment may name other authorities (`SSL_CERT_FILE`, `SSL_CERT_DIR`)."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        return ssl.create_default_context(
            cafile=file or (None if folder else certifi.where()), capath=None if file else folder
        )
    except OSError as error:
        raise TlsFailed(f"the authorities that the environment names can't be read: {error}") from error
