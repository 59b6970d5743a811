"""The httpx client: httpcore's connection pools over our guarded network backend, straight or through a proxy."""

from __future__ import annotations

import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import httpcore
import httpx

from eksread.errors import BadRedirect, NoSocks, Offline, TlsFailed
from eksread.fetch.limits import USER_AGENT
from eksread.fetch.network_backend import GuardedBackend
from eksread.fetch.url_rules import DEFAULT_PORTS, is_local_name

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

    from eksread.fetch.limits import FetchOptions
    from eksread.fetch.url_rules import Site

KEEPALIVE: Final = 30.0
"""Seconds that an idle connection is kept: over one refresh with its gaps, below the usual 60 of servers."""
SOCKS: Final = ("socks5", "socks5h")
"""Proxies that speak SOCKS 5 (RFC 1928). Names are sent as they are: the proxy resolves them, whichever is named."""


def make_client(site: Site, options: FetchOptions) -> httpx.AsyncClient:
    """Give a client that follows no redirects, keeps no cookies and connects to allowed addresses alone."""
    return httpx.AsyncClient(
        transport=GuardedTransport(site, options.at_once),
        headers={
            "User-Agent": _sendable(options.user_agent) or USER_AGENT,
            "Accept-Encoding": "gzip",
            "Accept-Language": "id,en;q=0.5",
        },
        timeout=httpx.Timeout(options.read_timeout, connect=options.connect_timeout, pool=None),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
    )


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends requests through httpcore's connection pools, one for each proxy and one without.

    httpx's own transport takes no network backend, and its client heeds the environment's proxies for that one only.
    httpcore's exceptions, and the `FetchError`s of `GuardedBackend`, pass through as they are.
    """

    def __init__(self, site: Site, connections: int) -> None:
        self._site = site
        self._connections = connections
        self._pools: dict[tuple[str, str | None], httpcore.AsyncConnectionPool] = {}
        self._proxies = urllib.request.getproxies()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and give its response, as far as its headers."""
        url = request.url
        response = await self._pool(url).handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_ResponseStream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def _pool(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        proxy = self._proxy(url)
        # Behind a proxy, a name is all that can be seen of an address.
        if proxy and is_local_name(url.host) and not self._site.is_home(url.host, _port(url)):
            raise BadRedirect(f"{url.host} is inside this network")
        key = (url.scheme, proxy)
        if key not in self._pools:
            self._pools[key] = self._make_pool(url.scheme, proxy)
        return self._pools[key]

    def _proxy(self, url: httpx.URL) -> str | None:
        """Give the proxy that the environment names for a URL."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or urllib.request.proxy_bypass(url.netloc.decode("ascii")):
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
    """Give the proxy that the environment names, for httpcore. Raises `Offline` when it can't be used."""
    try:
        settings = httpx.Proxy(proxy)
    except (ValueError, httpx.InvalidURL) as error:
        raise Offline(f"the proxy that the environment names is no address: {error}") from error
    url = settings.url
    if url.scheme in SOCKS and find_spec("socksio") is None:
        raise NoSocks
    return httpcore.Proxy(
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        auth=settings.raw_auth,
        ssl_context=_tls_context() if url.scheme == "https" else None,
    )


class _ResponseStream(httpx.AsyncByteStream):
    """The body of one of httpcore's responses, for httpx."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


def _port(url: httpx.URL) -> int:
    return url.port or DEFAULT_PORTS[url.scheme]


def _tls_context() -> ssl.SSLContext:
    """Verification is always on; the environment may add authorities (`SSL_CERT_FILE`, `SSL_CERT_DIR`)."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise TlsFailed(f"the authorities that the environment names can't be read: {error}") from error


def _sendable(agent: str) -> str:
    """Drop from a configured user agent what may not stand in a header."""
    return "".join(letter for letter in agent if letter.isascii() and letter.isprintable()).strip()
