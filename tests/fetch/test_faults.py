"""Each fault of the network gives one clear error, and nothing of a broken page gets through."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

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
    TimedOut,
    TooLarge,
    Truncated,
    WrongType,
)
from eksread.model.fetched import Validators
from tests.faults import (
    PAGE,
    FaultServer,
    busy,
    chunk_cut,
    conditional,
    drip,
    endless,
    flood,
    gzip_bomb,
    head,
    header_bomb,
    in_turn,
    page,
    raw,
    redirect,
    reset_at_once,
    reset_in_body,
    short,
    stall,
    zipped,
)
from tests.fetch.fast_options import HURRIED, QUICK

if TYPE_CHECKING:
    from eksread.fetch import FetchOptions
    from tests.faults import Behaviour, FaultServer
    from tests.fetch.fast_options import Make

FAULTS: dict[str, tuple[Behaviour, type[FetchError]]] = {
    "reset before the answer": (reset_at_once(), ConnectionBroken),
    "reset in the body": (reset_in_body(), ConnectionBroken),
    "closed without an answer": (raw(b""), ConnectionBroken),
    "not HTTP": (raw(b"SSH-2.0-Uji\r\n"), ConnectionBroken),
    "bad status line": (raw(b"HTTP/1.1 abc OK\r\n\r\n"), ConnectionBroken),
    "two lengths": (
        raw(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nKabar!"),
        ConnectionBroken,
    ),
    "NUL in a header": (raw(head(length=5, x_odd="a\0b") + b"Kabar"), ConnectionBroken),
    "bad chunk": (raw(head(transfer_encoding="chunked") + b"zz\r\nKabar\r\n"), ConnectionBroken),
    "shorter than its length": (short(), Truncated),
    "cut between chunks": (chunk_cut(), Truncated),
    "cut gzip": (zipped(cut=12), Truncated),
    "a part that nobody asked for": (page(status="206 Partial Content"), Truncated),
    "no length and no end": (raw(head() + PAGE[:-20]), Truncated),
    "gzip bomb": (gzip_bomb(), TooLarge),
    "endless": (endless(), TooLarge),
    "endless chunks": (endless(chunked=True), TooLarge),
    "a huge length": (raw(head(length=10**13) + PAGE), TooLarge),
    "header bomb": (header_bomb(), TooLarge),
    "interim answers without end": (flood(), TooLarge),
    "empty": (page(b""), EmptyResponse),
    "white space": (page(b" \r\n\t" * 50), EmptyResponse),
    "204": (page(b"", "204 No Content"), EmptyResponse),
    "304 that nobody asked for": (page(b"", "304 Not Modified"), EmptyResponse),
    "PDF": (page(b"%PDF-1.7", content_type="application/pdf"), WrongType),
    "JSON": (page(b"{}", content_type="application/json"), WrongType),
    "a picture called a page": (page(b"\x89PNG\r\n\x1a\n" + b"\0" * 90), WrongType),
    "random bytes called a page": (page(bytes(range(256)) * 8), WrongType),
    "brotli": (page(PAGE, content_encoding="br"), WrongType),
    "deflate": (page(PAGE, content_encoding="deflate"), WrongType),
    "gzip twice": (page(PAGE, content_encoding="gzip, gzip"), WrongType),
    "404": (page(b"-", "404 Not Found"), Gone),
    "410": (page(b"-", "410 Gone"), Gone),
    "403": (page(b"-", "403 Forbidden"), HttpError),
    "500": (page(b"-", "500 Internal Server Error"), HttpError),
    "999": (page(b"-", "999 Odd"), HttpError),
    "429": (busy(), Busy),
    "503": (busy(status="503 Service Unavailable"), Busy),
    "511": (page(b"-", "511 Network Authentication Required"), CaptivePortal),
    "redirect to itself": (redirect("/news"), BadRedirect),
    "redirect to nowhere": (redirect(""), BadRedirect),
    "redirect to a file": (redirect("file:///etc/passwd"), BadRedirect),
    "redirect to data": (redirect("data:text/html,x"), BadRedirect),
    "redirect to a script": (redirect("javascript:1"), BadRedirect),
    "redirect to a broken address": (redirect("http://["), BadRedirect),
    "redirect to a port out of range": (redirect("http://127.0.0.1:99999/"), BadRedirect),
    "redirect with user information": (redirect("http://kabar.example@127.0.0.1/"), BadRedirect),
    "redirect of 60 KB": (redirect("/" + "a" * 60_000), BadRedirect),
    "redirect to a network's login": (redirect("http://10.0.0.1/login?to=x"), CaptivePortal),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_gives_one_clear_error(name: str, server: FaultServer, fetcher: Make) -> None:
    behaviour, expected = FAULTS[name]
    url = server.on("/news", behaviour)
    with pytest.raises(FetchError) as caught:
        await fetcher().get(url)
    assert type(caught.value) is expected, caught.value.detail
    assert caught.value.values["url"] == url
    assert "?" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "behaviour"),
    [
        ("silence", stall()),
        ("silence in the head", stall(b"HTTP/1.1 200 OK\r\ncontent-")),
        ("silence in the body", stall(head(length=len(PAGE)) + PAGE[:50])),
        ("a head that drips", drip(head(length=len(PAGE)) + PAGE)),
        ("a body that drips", drip(head() + PAGE * 20, every=0.1)),
    ],
)
async def test_what_never_ends_is_ended_by_the_deadline(
    name: str, behaviour: Behaviour, server: FaultServer, fetcher: Make
) -> None:
    url = server.on("/news", behaviour)
    with pytest.raises(TimedOut) as caught:
        await fetcher(HURRIED).get(url)
    assert caught.value.values["url"] == url


GOOD: dict[str, Behaviour] = {
    "plain": page(),
    "gzip": zipped(),
    "x-gzip": zipped(coding="x-gzip"),
    "called gzip, but plain": page(content_encoding="gzip"),
    "without a type": page(content_type=""),
    "called a stream of octets": page(content_type="application/octet-stream"),
    "with a type of rubbish": page(content_type="\xff;;="),
    "with a charset that does not exist": page(content_type="text/html; charset=utf-99"),
    "in UTF-16": page(PAGE.decode().encode("utf-16")),
    "without a length but with an end": raw(head() + PAGE),
    "in chunks": raw(head(transfer_encoding="chunked") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
    "after an interim answer": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + head(length=len(PAGE)) + PAGE),
}


@pytest.mark.parametrize("name", GOOD)
async def test_an_odd_but_honest_answer_is_taken(name: str, server: FaultServer, fetcher: Make) -> None:
    got = await fetcher().get(server.on("/news", GOOD[name]))
    assert got.status == 200
    assert got.body in (PAGE, PAGE.decode().encode("utf-16"))
    assert got.url == got.requested_url == server.url("/news")
    assert got.wire_bytes > 100


async def test_gzip_with_rubbish_after_it_is_taken_without_the_rubbish(
    server: FaultServer, fetcher: Make
) -> None:
    body = gzip.compress(PAGE) + b"sisa" * 50
    got = await fetcher().get(server.on("/news", page(body, content_encoding="gzip")))
    assert got.body == PAGE


async def test_a_dropped_connection_is_tried_once_more(server: FaultServer, fetcher: Make) -> None:
    url = server.on("/news", in_turn(reset_in_body(), page()))
    assert (await fetcher().get(url)).body == PAGE
    assert server.paths == ["/news", "/news"]


async def test_a_second_drop_ends_it(server: FaultServer, fetcher: Make) -> None:
    url = server.on("/news", in_turn(reset_at_once(), reset_at_once(), page()))
    with pytest.raises(ConnectionBroken):
        await fetcher().get(url)
    assert server.paths == ["/news", "/news"]


async def test_a_lost_page_does_not_spoil_the_next_one(server: FaultServer, fetcher: Make) -> None:
    client = fetcher(HURRIED)
    with pytest.raises(TimedOut):
        await client.get(server.on("/news", stall(head(length=500) + b"<p>")))
    with pytest.raises(Truncated):
        await client.get(server.on("/other", short()))
    assert (await client.get(server.on("/good", page()))).body == PAGE


async def test_connections_are_used_again(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    server.on("/news", page())
    server.on("/old", page(b"moved", "301 Moved", location="/news"))
    for path in ("/news", "/old", "/news"):
        await client.get(server.url(path))
    with pytest.raises(Gone):
        await client.get(server.url("/none"))
    first = await client.get(server.on("/same", conditional()))
    assert (await client.get(server.url("/same"), known=first.validators)).not_modified
    await client.get(server.url("/news"))
    assert server.connections == 1


async def test_validators_are_given_and_a_304_has_no_body(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    url = server.on("/news", conditional())
    first = await client.get(url)
    assert first.validators == Validators(etag='"v1"')
    again = await client.get(url, known=first.validators)
    assert again.not_modified
    assert again.body == b""
    assert again.validators == first.validators
    assert server.requests[-1].headers["if-none-match"] == '"v1"'


async def test_validators_that_can_not_be_sent_back_are_not_kept(server: FaultServer, fetcher: Make) -> None:
    url = server.on("/news", page(etag='"' + "a" * 3000 + '"', last_modified="k\xe9marin"))
    assert (await fetcher().get(url)).validators == Validators()


async def test_cookies_are_neither_kept_nor_sent(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    url = server.on("/news", page(set_cookie="id=7; Path=/"))
    await client.get(url)
    await client.get(url)
    assert all("cookie" not in request.headers for request in server.requests)


async def test_every_request_says_who_asks_and_takes_gzip_only(server: FaultServer, fetcher: Make) -> None:
    await fetcher().get(server.on("/news", page()))
    headers = server.requests[0].headers
    assert headers["user-agent"] == "eksread/0.1 (+terminal news reader)"
    assert headers["accept-encoding"] == "gzip"
    assert "referer" not in headers


@pytest.mark.parametrize(
    ("agent", "sent"),
    [
        ("Pembaca/2 (warga)", "Pembaca/2 (warga)"),
        ("a\r\nX-Evil: b\xe9", "aX-Evil: b"),
        ("\n", QUICK.user_agent),
    ],
)
async def test_an_agent_of_ones_own_can_not_break_the_request(
    agent: str, sent: str, server: FaultServer, fetcher: Make
) -> None:
    await fetcher(replace(QUICK, user_agent=agent)).get(server.on("/news", page()))
    assert server.requests[0].headers["user-agent"] == sent
    assert "x-evil" not in server.requests[0].headers


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/x", "javascript:1", "", "http://", "file:///etc/passwd", "http://[", "/relative", "-x"],
)
async def test_what_is_no_web_address_is_not_asked(url: str, server: FaultServer, fetcher: Make) -> None:
    with pytest.raises(BadAddress):
        await fetcher().get(url)
    assert server.requests == []


def test_the_options_of_these_tests_differ_from_the_defaults_in_times_only() -> None:
    default: FetchOptions = type(QUICK)()
    assert (QUICK.wire_cap, QUICK.body_cap, QUICK.redirects, QUICK.at_once) == (
        default.wire_cap,
        default.body_cap,
        default.redirects,
        default.at_once,
    )
