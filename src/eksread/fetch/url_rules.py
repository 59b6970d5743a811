"""Which addresses may be asked: pure rules over URLs and IP addresses (RFC 3986, RFC 6890), no network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from socket import inet_aton
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from eksread.errors import BadAddress

MAX_URL: Final = 4096
"""Characters of an address. Browsers' and servers' common limit is 2 to 8 thousand; a longer one is an attack."""

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
"""What IANA gives out of IPv6 (RFC 4291 §2.4); all else is special, reserved or multicast."""
_SPECIAL: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
        " 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15"
        " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
        " 2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
    ).split()
)
"""The special-purpose registries of IANA (RFC 6890), IPv4 multicast and class E, and IPv6 within global unicast: no website is there.

2001::/23 has Teredo in it; 2002::/16 is 6to4, withdrawn by RFC 7526. Not `ipaddress.is_global`: Python's versions differ.
"""
_INSIDE: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`]")
_HOST: Final = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:.]+")
_KEPT: Final = "/:?#[]@!$&'()*+,;=%-._~"
"""What stays as it is when an address is made ASCII: reserved and unreserved characters, and `%`."""

IpAddress = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address in parts. `url` is normalised; `host` is lower case, ASCII, without brackets; `port` is always known."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a default port: what robots.txt and the rate limit count by."""
        return _origin(self.scheme, self.host, self.port)

    @property
    def folder(self) -> str:
        """The path up to its last slash, without that; empty at the root."""
        return urlsplit(self.url).path.rpartition("/")[0]


def read(url: str) -> Address:
    """Take an address apart. Raises `BadAddress` on anything but a plain http(s) address of bounded length."""
    if len(url) > MAX_URL:
        raise BadAddress("too long", url=url[:MAX_URL])
    text = quote(url.strip(), safe=_KEPT, errors="replace") if url.isascii() else _to_ascii(url.strip())
    if _FORBIDDEN.search(text):
        raise BadAddress("forbidden characters", url=url)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress(str(error), url=url) from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        raise BadAddress("not http(s)", url=url)
    if parts.username is not None or parts.password is not None:
        raise BadAddress("user information hides the real host", url=url)
    if not _HOST.fullmatch(host):
        raise BadAddress("not a host name", url=url)
    host, port = host.rstrip("."), port or DEFAULT_PORTS[scheme]
    rest = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Address(_origin(scheme, host, port) + rest, scheme, host, port)


def _origin(scheme: str, host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}" if port == DEFAULT_PORTS[scheme] else f"{scheme}://{name}:{port}"


def _to_ascii(url: str) -> str:
    """Make a non-ASCII address ASCII: percent-encoded UTF-8 in the path, IDNA in the host (RFC 3987 §3.1)."""
    try:
        parts = urlsplit(url)
        netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except ValueError as error:
        raise BadAddress(str(error), url=url) from error
    rest = (quote(part, safe=_KEPT, errors="replace") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, netloc, *rest, ""))


def join(base: Address, location: str) -> Address:
    """Give the address that a `Location` means. Raises `BadAddress`."""
    if len(location) > MAX_URL:
        raise BadAddress("too long", url=base.url)
    try:
        target = urljoin(base.url, location.strip())
    except ValueError as error:
        raise BadAddress(str(error), url=base.url) from error
    return read(target)


def ip_literal(host: str) -> IpAddress | None:
    """Give the IP address that `host` is, or None for a name.

    Resolvers also take IPv4 addresses in the forms of inet_aton: `0x7f000001`, `2130706433`, `127.1`.
    """
    try:
        return ip_address(host)
    except ValueError:
        pass
    if not host[:1].isdigit():
        return None
    try:
        return IPv4Address(inet_aton(host))
    except OSError:
        return None


def is_local_name(host: str) -> bool:
    """Whether a host is, by its mere name, one of this computer or the local network (RFC 6761, RFC 8375)."""
    address = ip_literal(host)
    if address is not None:
        return not is_public(address)
    return "." not in host or host.endswith(_INSIDE)


def is_public(address: IpAddress) -> bool:
    """Whether an IP address is one where a website can be: not loopback, private, link-local, CGNAT, multicast.

    An IPv6 address that only wraps an IPv4 one (mapped, NAT64) is judged by what it wraps.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None or address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_UNICAST:
            return False
    return not any(address in network for network in _SPECIAL)


@dataclass(frozen=True, slots=True)
class Site:
    """The configured portal: which addresses are its own."""

    base: Address

    @property
    def _name(self) -> str:
        return self.base.host.removeprefix("www.")

    def owns(self, address: Address) -> bool:
        """Whether `address` is a page of the portal: its host, or a subdomain of it, on a port it may use.

        A portal at an IP address or a name without a dot is that very host and port and nothing else.
        """
        if (address.host, address.port) == (self.base.host, self.base.port):
            return True
        if ip_literal(self.base.host) is not None or "." not in self.base.host:
            return False
        same_host = address.host == self._name or address.host.endswith("." + self._name)
        return same_host and self._port_fits(address)

    def is_home(self, host: str, port: int) -> bool:
        """Whether host and port are the configured portal's own: the one place that may be at a private address."""
        if host.lower().rstrip(".") != self.base.host:
            return False
        return port == self.base.port or {port, self.base.port} <= set(DEFAULT_PORTS.values())

    def _port_fits(self, address: Address) -> bool:
        return address.port == self.base.port or address.port in DEFAULT_PORTS.values()

    def to_https(self, address: Address) -> Address:
        """Give the https form of an http address of a portal that is on https; others as they are.

        Old feeds and articles link to http; asking https keeps what is read from the network in between.
        """
        plain = address.scheme == "http" and address.port == DEFAULT_PORTS["http"]
        if not plain or self.base.scheme != "https" or not self.owns(address):
            return address
        return read("https" + address.url.removeprefix("http"))
