"""Where connections may go: checked on the very address that is connected to, whatever names say."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
import sys
import threading
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eksread.errors import (
    BadAddress,
    BadRedirect,
    CaptivePortal,
    NameNotFound,
    NoSocks,
    Offline,
    TimedOut,
    TlsFailed,
    WrongType,
)
from eksread.fetch import url_rules
from eksread.fetch.network_backend import GuardedBackend
from eksread.fetch.url_rules import Site, is_public
from tests.faults import PAGE, PICTURE, FaultServer, page, redirect
from tests.fetch.fast_options import HURRIED
from tests.fetch.socks import SocksProxy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fetch.fast_options import Make

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""A key and a certificate of its own signing for the name "localhost": for these tests, worth nothing elsewhere."""

# ---- pure rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "192.0.0.8",
        "192.0.0.9",
        "192.0.0.170",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.175.48.1",
        "198.18.0.1",
        "203.0.113.1",
        "240.0.0.1",
        "::ffff:192.88.99.1",
        "64:ff9b::c000:8",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:1::1",
        "2001:2::1",
        "2001:20::1",
        "2002:c058:6301::",
        "2002:808:808::",
        "2620:4f:8000::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
    ],
)
def test_an_address_that_is_not_of_the_open_internet_is_known_in_every_disguise(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "103.10.10.10",
        "2001:4860:4860::8888",
        "2404:6800::1",
        "192.0.1.1",
        "223.255.255.1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("base", "url", "own"),
    [
        ("https://kabar.example/", "https://kabar.example/a", True),
        ("https://kabar.example/", "https://www.kabar.example/a", True),
        ("https://www.kabar.example/", "https://kabar.example/a", True),
        ("https://www.kabar.example/", "https://m.kabar.example/a", True),
        ("https://kabar.example/", "http://kabar.example/a", True),
        ("https://kabar.example/", "https://KABAR.example./a", True),
        ("https://kabar.example/", "https://kabar.example.evil.example/", False),
        ("https://kabar.example/", "https://xkabar.example/", False),
        ("https://kabar.example/", "https://example/", False),
        ("https://kabar.example/", "https://kabar.example:8443/", False),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/a", True),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8081/a", False),
        ("http://127.0.0.1:8080/", "http://127.0.0.2:8080/a", False),
        ("http://127.0.0.1:8080/", "http://localhost:8080/a", False),
        ("http://127.0.0.1:8080/", "http://0x7f000001:8080/a", False),
    ],
)
def test_which_pages_are_the_portals_own(base: str, url: str, own: bool) -> None:
    assert Site(url_rules.read(base)).owns(url_rules.read(url)) is own


@pytest.mark.parametrize(
    ("base", "url", "asked"),
    [
        ("https://kabar.example/", "http://kabar.example/a?b", "https://kabar.example/a?b"),
        ("https://kabar.example/", "http://www.kabar.example:80/a", "https://www.kabar.example/a"),
        ("https://kabar.example/", "http://other.example/a", "http://other.example/a"),
        ("http://kabar.example/", "http://kabar.example/a", "http://kabar.example/a"),
        ("http://kabar.example/", "https://kabar.example/a", "https://kabar.example/a"),
    ],
)
def test_an_old_http_link_of_a_portal_on_https_is_asked_by_https(base: str, url: str, asked: str) -> None:
    assert Site(url_rules.read(base)).to_https(url_rules.read(url)).url == asked


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://Kabar.Example", "https://kabar.example/"),
        ("https://kabar.example/a b#c", "https://kabar.example/a%20b"),
        ("https://kabar.example/kebun–raya?q=ü", "https://kabar.example/kebun%E2%80%93raya?q=%C3%BC"),
        ("https://kabar.example/%41%2F", "https://kabar.example/%41%2F"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        (" https://kabar.example/a\n", "https://kabar.example/a"),
    ],
)
def test_an_address_is_made_ascii_and_plain(url: str, clean: str) -> None:
    assert url_rules.read(url).url == clean


@pytest.mark.parametrize(
    "url",
    [
        "https://a b/",
        "https://-x.example/",
        "https://kabar.example\\@evil.example/",
        "https://u:p@kabar.example/",
        "https://kabar.example:70000/",
        "https://[::1",
        "https://kabar.example/" + "a" * 5000,
        "https:///a",
        "//kabar.example/",
        "data:text/html,x",
        "https://bü cher.example/",
        "https://[ü/",
        "https://" + "ü" * 80 + ".example/",
    ],
)
def test_an_odd_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        url_rules.read(url)


@pytest.mark.parametrize("location", ["/" + "a" * 5000, "//[", "javascript:alert(1)"])
def test_a_redirect_to_an_odd_address_is_refused(location: str) -> None:
    with pytest.raises(BadAddress):
        url_rules.join(url_rules.read("https://kabar.example/"), location)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.1", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("1.2.3.4.5", None), ("kabar.example", None)],
)
def test_an_address_in_numbers_is_known_in_the_forms_that_resolvers_take(
    host: str, address: str | None
) -> None:
    assert url_rules.ip_literal(host) == (None if address is None else ip_address(address))


async def test_another_site_is_not_asked(server: FaultServer, fetcher: Make) -> None:
    with pytest.raises(BadAddress):
        await fetcher().get("https://lain.example/news")
    assert server.paths == []


async def test_a_redirect_to_a_login_elsewhere_is_a_captive_portal(
    server: FaultServer, fetcher: Make
) -> None:
    url = server.on("/news", redirect("https://gateway.example/login"))
    with pytest.raises(CaptivePortal):
        await fetcher().get(url)


# ---- names and connections --------------------------------------------------------------------------


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A name service of the test's own."""
    table: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **more: object) -> object:
        if host in table:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in table[host]]
        if host.endswith(".uji"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


async def test_the_configured_portal_may_be_at_a_private_address(
    server: FaultServer, fetcher: Make, names: dict[str, list[str]]
) -> None:
    names["kabar.uji"] = ["127.0.0.1"]
    server.on("/news", page())
    base = f"http://kabar.uji:{server.port}/"
    assert (await fetcher(base_url=base).get(base + "news")).body == PAGE


@pytest.mark.parametrize("host", ["m.kabar.uji", "www.kabar.uji"])
async def test_another_name_of_the_portal_may_not(
    host: str, server: FaultServer, fetcher: Make, names: dict[str, list[str]]
) -> None:
    names["kabar.uji"] = names[host] = ["127.0.0.1"]
    server.on("/news", redirect(f"http://{host}:{server.port}/secret"))
    server.on("/secret", page())
    base = f"http://kabar.uji:{server.port}/"
    with pytest.raises(BadRedirect):
        await fetcher(base_url=base).get(base + "news")
    assert server.paths == ["/news"]


async def test_a_picture_may_be_elsewhere_but_not_inside_this_network(
    server: FaultServer, fetcher: Make, names: dict[str, list[str]]
) -> None:
    names["gambar.uji"] = ["127.0.0.1"]
    server.on("/a.png", page(PICTURE, content_type="image/png"))
    client = fetcher()
    assert (await client.get_picture(server.url("/a.png"))).body == PICTURE
    server.on("/b.png", redirect(f"http://gambar.uji:{server.port}/a.png"))
    for url in (server.url("/b.png"), f"http://gambar.uji:{server.port}/a.png", "http://[::1]:9/a.png"):
        with pytest.raises(BadRedirect):
            await client.get_picture(url)
    assert server.paths == ["/a.png", "/b.png"]


async def test_a_picture_that_is_none_is_refused(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    for path, behaviour in {
        "/a": page(b"<html>masuk</html>", content_type="image/png"),
        "/b": page(PICTURE),
        "/c": page(b"<svg/>", content_type="image/svg+xml"),
    }.items():
        with pytest.raises(WrongType):
            await client.get_picture(server.on(path, behaviour))


async def test_a_name_that_moves_from_a_public_to_a_private_address_gains_nothing(
    names: dict[str, list[str]],
) -> None:
    guard = GuardedBackend(Site(url_rules.read("http://kabar.uji/")))
    assert guard._allowed("kabar.uji", 80, [ip_address("8.8.8.8")]) == [ip_address("8.8.8.8")]
    names["kabar.uji"] = ["127.0.0.1"]
    with pytest.raises(BadRedirect):
        await guard.connect_tcp("kabar.uji", 80, timeout=2)


async def test_a_private_address_among_public_ones_is_left_out() -> None:
    guard = GuardedBackend(Site(url_rules.read("http://kabar.uji/")))
    found = [ip_address("10.0.0.1"), ip_address("8.8.8.8")]
    assert guard._allowed("gambar.uji", 80, found) == [ip_address("8.8.8.8")]


async def test_where_no_address_answers_the_portal_is_offline(
    fetcher: Make, names: dict[str, list[str]]
) -> None:
    names["kabar.uji"] = ["127.0.0.8", "127.0.0.9"]  # nothing listens at either
    with pytest.raises(Offline):
        await fetcher(base_url="http://kabar.uji:9/").get("http://kabar.uji:9/news")


async def test_a_dead_address_does_not_hold_up_a_living_one(
    server: FaultServer, fetcher: Make, names: dict[str, list[str]]
) -> None:
    names["kabar.uji"] = ["127.0.0.9", "127.0.0.1"]  # nothing listens at the first
    server.on("/news", page())
    base = f"http://kabar.uji:{server.port}/"
    assert (await fetcher(base_url=base).get(base + "news")).body == PAGE


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
async def test_a_portal_on_ipv6_is_reached(fetcher: Make) -> None:
    with FaultServer("::1") as six:
        six.on("/news", page())
        base = f"http://[::1]:{six.port}/"
        assert (await fetcher(base_url=base).get(base + "news")).body == PAGE


@pytest.mark.parametrize(
    ("number", "expected"),
    [(socket.EAI_NONAME, NameNotFound), (socket.EAI_AGAIN, Offline), (socket.EAI_FAIL, Offline)],
)
async def test_an_unknown_name_and_an_unreachable_network_differ(
    number: int, expected: type[Offline], fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*_: object, **__: object) -> object:
        raise socket.gaierror(number, "-")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Offline) as caught:
        await fetcher(base_url="http://kabar.uji/").get("http://kabar.uji/news")
    assert type(caught.value) is expected
    assert "kabar.uji" in caught.value.message or expected is Offline


async def test_nobody_listening_is_offline(fetcher: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(Offline):
        await fetcher(base_url=f"http://127.0.0.1:{port}/").get(f"http://127.0.0.1:{port}/news")


async def test_a_slow_look_up_ends_with_the_deadline(fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def look_up(*_: object, **__: object) -> object:
        release.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "-")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    client = fetcher(HURRIED, "http://kabar.uji/")
    results = await asyncio.gather(
        client.get("http://kabar.uji/a"), client.get("http://kabar.uji/b"), return_exceptions=True
    )
    look_ups = [thread for thread in threading.enumerate() if thread.name == "look-up kabar.uji"]
    release.set()
    assert [type(result) for result in results] == [TimedOut, TimedOut]
    for thread in look_ups:
        thread.join()
    await asyncio.sleep(0)  # the late answer arrives and disturbs nobody


QUIT = """
import asyncio, socket, time
socket.getaddrinfo = lambda *a, **k: time.sleep(120)
from eksread.fetch import FetchOptions, make_fetcher
from eksread.errors import TimedOut
async def main():
    fetcher = make_fetcher("http://kabar.uji/", FetchOptions(deadline=0.2))
    try:
        await fetcher.get("http://kabar.uji/news")
    except TimedOut:
        print("quit")
    await fetcher.aclose()
asyncio.run(main())
"""


def test_quitting_does_not_wait_for_a_slow_look_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUIT], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "quit\n"
    assert done.stderr == ""


def test_the_names_of_the_fetch_stage_load_without_httpx() -> None:
    code = (
        "import sys, eksread.fetch; print(sorted({'httpx', 'httpcore', 'protego', 'ssl'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "[]\n"


# ---- TLS --------------------------------------------------------------------------------------------


@pytest.fixture
def secure() -> Iterator[FaultServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with FaultServer("localhost", tls=context) as running:
        yield running


async def test_an_unknown_authority_is_not_trusted(secure: FaultServer, fetcher: Make) -> None:
    url = secure.on("/news", page())
    with pytest.raises(TlsFailed):
        await fetcher(base_url=secure.url()).get(url)
    assert secure.requests == []


async def test_the_environment_may_name_an_authority(
    secure: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url = secure.on("/news", page())
    assert (await fetcher(base_url=secure.url()).get(url)).body == PAGE


async def test_a_certificate_for_another_name_is_not_accepted(
    secure: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    base = f"https://127.0.0.1:{secure.port}/"
    with pytest.raises(TlsFailed):
        await fetcher(base_url=base).get(base)
    assert secure.requests == []


async def test_authorities_that_can_not_be_read_are_an_error_not_an_open_door(
    secure: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/authorities.pem")
    with pytest.raises(TlsFailed):
        await fetcher(base_url=secure.url()).get(secure.url("/news"))


async def test_a_server_without_tls_is_a_tls_error(fetcher: Make) -> None:
    def answer() -> None:
        sock, _ = plain.accept()
        with sock:
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
            sock.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as plain:
        base = f"https://127.0.0.1:{plain.getsockname()[1]}/"
        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(TlsFailed):
            await fetcher(base_url=base).get(base)


async def test_a_handshake_that_is_cut_off_is_a_bad_line_not_a_bad_certificate(fetcher: Make) -> None:
    def hang_up() -> None:
        for _ in range(2):  # a dropped connection is tried once more
            sock, _ = silent.accept()
            with sock:
                sock.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        base = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        threading.Thread(target=hang_up, daemon=True).start()
        with pytest.raises(Offline):
            await fetcher(base_url=base).get(base)


async def test_https_is_not_left_for_http(
    secure: FaultServer, server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url = secure.on("/news", redirect(f"http://localhost:{secure.port}/news"))
    with pytest.raises(BadRedirect):
        await fetcher(base_url=secure.url()).get(url)
    picture = secure.on("/a.png", redirect(server.url("/a.png")))
    with pytest.raises(BadRedirect):
        await fetcher(base_url=secure.url()).get_picture(picture)
    assert server.requests == []


# ---- proxies ----------------------------------------------------------------------------------------


async def test_a_proxy_of_the_environment_is_used(
    server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url())
    server.on("http://kabar.uji/news", page())
    assert (await fetcher(base_url="http://kabar.uji/").get("http://kabar.uji/news")).body == PAGE
    assert server.paths == ["http://kabar.uji/news"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:9",
        "2130706433",
        "0x7f000001",
        "127.1",
        "10.0.0.1",
        "[::1]",
        "localhost",
        "printer",
        "nas.local",
    ],
)
async def test_a_proxy_is_not_asked_for_what_is_inside(
    host: str, server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url())
    with pytest.raises(BadRedirect):
        await fetcher(base_url="http://kabar.uji/").get_picture(f"http://{host}/a.png")
    assert server.requests == []


async def test_no_proxy_is_respected(
    server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert (await fetcher().get(server.on("/news", page()))).body == PAGE


async def test_a_socks_proxy_is_used_and_resolves_names_itself(
    server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/news", page())
    with SocksProxy(server.port) as proxy:
        monkeypatch.setenv("all_proxy", proxy.url)
        client = fetcher(base_url="http://kabar.uji/")
        assert (await client.get("http://kabar.uji/news", by_user=True)).body == PAGE
        with pytest.raises(BadRedirect):
            await client.get_picture("http://10.0.0.1/a.png")
        assert proxy.asked == [("kabar.uji", 80)]
        await client.aclose()


async def test_a_socks_proxy_without_the_extra_is_said(
    fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eksread.fetch.transport.find_spec", lambda _name: None)
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(NoSocks) as caught:
        await fetcher(base_url="http://kabar.uji/").get("http://kabar.uji/news")
    assert "eksread[socks]" in caught.value.message


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://127.0.0.1:9", "nonsense://x", "http://["])
async def test_a_proxy_that_can_not_be_used_is_offline(
    proxy: str, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(Offline):
        await fetcher(base_url="http://kabar.uji/").get("http://kabar.uji/news")


async def test_a_proxy_that_refuses_a_tunnel_is_offline(
    server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", server.url())
    server.on("kabar.uji:443", page(b"no", "403 Forbidden"))
    with pytest.raises(Offline):
        await fetcher(base_url="https://kabar.uji/").get("https://kabar.uji/news")
