"""Politeness: robots.txt, gaps, few at once, pauses that a host asks for; and what a person may all the same."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.errors import BadRedirect, Busy, Disallowed, HttpError, Offline, TimedOut
from eksread.fetch.client import Client
from eksread.fetch.rate_limit import LONGEST_WAIT, RateLimit, backoff, retry_after
from eksread.fetch.robots import CAREFUL_DELAY, Robots
from tests.faults import PAGE, busy, in_turn, page, redirect, stall
from tests.fetch.fast_options import HURRIED, QUICK

if TYPE_CHECKING:
    from tests.faults import FaultServer, Line, Request
    from tests.fetch.fast_options import Make

POLITE = replace(QUICK, obey_robots=True, crawl_delay_cap=0.0)
RULES = b"User-agent: *\nDisallow: /admin\nDisallow: /*?print=\nCrawl-delay: 7\n\nUser-agent: other\nDisallow: /\n"


class Notebook:
    """A memory in a dictionary, as the store's facts are one in a table."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def set(self, name: str, value: str) -> None:
        self.values[name] = value


# ---- robots.txt -------------------------------------------------------------------------------------


async def test_robots_txt_is_asked_once_and_obeyed(server: FaultServer, fetcher: Make) -> None:
    server.on("/robots.txt", page(RULES, content_type="text/plain"))
    server.on("/admin/x", page())
    server.on("/news", page())
    client = fetcher(POLITE)
    for path in ("/admin/x", "/news?print=1"):
        with pytest.raises(Disallowed):
            await client.get(server.url(path))
    await client.get(server.url("/news"))
    assert [request.path for request in server.requests] == ["/robots.txt", "/news"]


async def test_a_person_is_not_locked_out(server: FaultServer, fetcher: Make) -> None:
    server.on("/robots.txt", page(b"User-agent: *\nDisallow: /\n", content_type="text/plain"))
    url = server.on("/news", page())
    assert (await fetcher(POLITE).get(url, by_user=True)).body == PAGE
    assert server.paths == ["/news"]


async def test_our_name_may_be_addressed(server: FaultServer, fetcher: Make) -> None:
    server.on("/robots.txt", page(b"User-agent: eksread\nDisallow: /\n", content_type="text/plain"))
    with pytest.raises(Disallowed):
        await fetcher(POLITE).get(server.on("/news", page()))


async def test_a_portal_in_a_folder_may_have_its_rules_there(server: FaultServer, fetcher: Make) -> None:
    server.on(
        "/kabar/robots.txt", page(b"User-agent: *\nDisallow: /kabar/admin\n", content_type="text/plain")
    )
    server.on("/kabar/news", page())
    client = fetcher(POLITE, server.url("/kabar/"))
    await client.get(server.url("/kabar/news"))
    with pytest.raises(Disallowed):
        await client.get(server.url("/kabar/admin"))


@pytest.mark.parametrize(
    "answer",
    [
        page(b"-", "404 Not Found"),
        page(b"-", "403 Forbidden"),
        page(b"-", "500 Internal Server Error"),
        busy(status="503 Service Unavailable"),
        page(b""),
        page(b"<html><body>Selamat datang</body></html>"),
        page(b"\0" * 2000, content_type="text/plain"),
        page(b"User-agent: *\nDisallow: /x\n" * 200_000, content_type="text/plain"),
        redirect("/robots.txt"),
        stall(),
    ],
)
async def test_a_missing_or_broken_robots_txt_locks_nobody_out(
    answer: object, server: FaultServer, fetcher: Make
) -> None:
    server.on("/robots.txt", answer)  # type: ignore[arg-type]
    url = server.on("/news", page())
    assert (await fetcher(replace(POLITE, deadline=3.0)).get(url)).body == PAGE


async def test_a_server_error_for_robots_txt_makes_slow_and_is_asked_again_soon() -> None:
    async def ask(url: str) -> str:
        raise HttpError(url=url, status=500)

    rules = await Robots(ask).rules("https://kabar.example")
    assert rules.delay == CAREFUL_DELAY
    assert rules.allow("https://kabar.example/x")
    assert rules.until < datetime.now(UTC) + timedelta(hours=1)


async def test_offline_shows_at_robots_txt_and_is_raised_at_once() -> None:
    async def ask(url: str) -> str:
        raise Offline(url=url)

    with pytest.raises(Offline):
        await Robots(ask).rules("https://kabar.example")


async def test_rules_are_kept_for_a_day_over_restarts() -> None:
    asked: list[str] = []

    async def ask(url: str) -> str:
        asked.append(url)
        return "User-agent: *\nDisallow: /admin\n"

    notebook = Notebook()
    await Robots(ask, notebook).rules("https://kabar.example")
    rules = await Robots(ask, notebook).rules("https://kabar.example")
    assert asked == ["https://kabar.example/robots.txt"]
    assert not rules.allow("https://kabar.example/admin")
    kept = json.loads(notebook.values["robots:https://kabar.example"])
    for until in ("2020-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00", "no date"):
        notebook.values["robots:https://kabar.example"] = json.dumps({**kept, "until": until})
        await Robots(ask, notebook).rules("https://kabar.example")
    assert len(asked) == 4  # too old, from a clock that was set back since, and unreadable


async def test_a_page_in_place_of_the_rules_is_not_kept_for_a_day() -> None:
    async def ask(url: str) -> str:
        return "<html>Masuk ke jaringan</html>"

    notebook = Notebook()
    rules = await Robots(ask, notebook).rules("https://kabar.example")
    assert rules.until < datetime.now(UTC) + timedelta(hours=1)
    assert notebook.values == {}


async def test_the_crawl_delay_becomes_the_gap_up_to_the_cap(server: FaultServer, fetcher: Make) -> None:
    server.on("/robots.txt", page(RULES, content_type="text/plain"))
    client = fetcher(replace(POLITE, crawl_delay_cap=0.05))
    await client.get(server.on("/news", page()))
    rate_limit = client._rate_limits[server.url("")]
    assert rate_limit.gap == 0.05


# ---- gaps and pauses --------------------------------------------------------------------------------


async def test_never_more_than_two_at_once(server: FaultServer, fetcher: Make) -> None:
    def slow(line: Line, request: Request) -> None:
        line.pause(0.05)
        page()(line, request)

    client = fetcher()
    urls = [server.on(f"/{n}", slow) for n in range(12)]
    await asyncio.gather(*(client.get(url) for url in urls))
    assert server.most_at_once == 2
    assert server.connections == 2


def test_each_request_takes_the_next_free_moment_of_its_host() -> None:
    rate_limit = RateLimit(gap=0.5)
    assert [rate_limit.reserve(100.0) for _ in range(3)] == [0.0, 0.5, 1.0]
    assert rate_limit.reserve(100.75) == 0.75
    assert rate_limit.reserve(200.0) == 0.0


async def test_a_short_retry_after_is_waited_for(server: FaultServer, fetcher: Make) -> None:
    url = server.on("/news", in_turn(busy("0.1"), page()))
    assert (await fetcher().get(url)).body == PAGE
    assert server.paths == ["/news", "/news"]


async def test_a_long_retry_after_is_reported_and_holds_for_the_whole_host(
    server: FaultServer, fetcher: Make
) -> None:
    client = fetcher()
    with pytest.raises(Busy) as caught:
        await client.get(server.on("/news", busy("120")))
    assert caught.value.retry_after == pytest.approx(120, abs=5)
    other = server.on("/other", page())
    with pytest.raises(Busy) as caught:
        await client.get(other)
    assert caught.value.retry_after == pytest.approx(120, abs=5)
    assert server.paths == ["/news"]


async def test_a_person_may_try_in_spite_of_a_pause(server: FaultServer, fetcher: Make) -> None:
    client = fetcher(replace(QUICK, patience=0.05))
    with pytest.raises(Busy):
        await client.get(server.on("/news", busy("120")))
    assert (await client.get(server.on("/other", page()), by_user=True)).body == PAGE


async def test_one_busy_page_does_not_hold_the_others_up(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    with pytest.raises(Busy):
        await client.get(server.on("/news", busy()))
    assert (await client.get(server.on("/other", page()))).body == PAGE


async def test_a_host_that_keeps_refusing_is_left_alone(server: FaultServer, fetcher: Make) -> None:
    client = fetcher()
    for path in ("/a", "/b", "/c", "/d"):
        with pytest.raises(Busy):
            await client.get(server.on(path, busy()))
    assert server.paths == ["/a", "/a", "/b"]  # after the third refusal none is asked again


NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        (" 120 ", 120.0),
        ("1.5", 1.5),
        ("0", 0.0),
        ("1" + "0" * 12, LONGEST_WAIT),
        ("9" * 400, None),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 20:00:30 +0800", 30.0),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        ("²", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_both_forms_is_clamped(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_backoff_spreads_by_half_either_way() -> None:
    waits = [backoff(2.0) for _ in range(200)]
    assert 1.0 <= min(waits) < 1.5 < 2.5 < max(waits) <= 3.0


# ---- redirects --------------------------------------------------------------------------------------


async def test_five_redirects_are_followed_and_the_page_knows_both_addresses(
    server: FaultServer, fetcher: Make
) -> None:
    for n in range(5):
        server.on(f"/{n}", redirect(f"/{n + 1}"))
    server.on("/5", page())
    got = await fetcher().get(server.url("/0"))
    assert (got.requested_url, got.url, got.body) == (server.url("/0"), server.url("/5"), PAGE)


async def test_a_sixth_redirect_is_not_followed(server: FaultServer, fetcher: Make) -> None:
    for n in range(8):
        server.on(f"/{n}", redirect(f"/{n + 1}"))
    with pytest.raises(BadRedirect):
        await fetcher().get(server.url("/0"))
    assert len(server.paths) == 6


async def test_a_circle_is_left_where_it_closes(server: FaultServer, fetcher: Make) -> None:
    server.on("/a", redirect("/b"))
    server.on("/b", redirect("/a"))
    with pytest.raises(BadRedirect):
        await fetcher().get(server.url("/a"))
    assert server.paths == ["/a", "/b"]


async def test_an_address_that_is_not_ascii_is_followed_as_utf_8(server: FaultServer, fetcher: Make) -> None:
    server.on("/old", redirect("/berita/kebun–raya"))
    server.on("/berita/kebun%E2%80%93raya", page())
    assert (await fetcher().get(server.url("/old"))).body == PAGE


async def test_the_deadline_counts_over_all_redirects(server: FaultServer, fetcher: Make) -> None:
    def slow(line: Line, request: Request) -> None:
        line.pause(0.2)
        redirect(f"/{int(request.path[1:]) + 1}")(line, request)

    for n in range(5):
        server.on(f"/{n}", slow)
    server.on("/5", page())
    with pytest.raises(TimedOut):
        await fetcher(HURRIED).get(server.url("/0"))


async def test_closing_ends_a_request_under_way(server: FaultServer) -> None:
    client = Client(server.url(), QUICK)
    task = asyncio.ensure_future(client.get(server.on("/news", stall())))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await client.aclose()
