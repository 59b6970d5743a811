"""What a refresh costs: 500 pages from loopback, pacing lifted, beside bare httpx and selectolax.

    python benchmarks/refresh.py [--articles 500] [--runs 3]

A demo portal with cloned articles runs in a process of its own. Then, each in a fresh process and taking turns:

- `bare`: httpx gets the pages that a refresh asks for, four at once, and selectolax makes their trees;
- `fetch`: our fetcher gets the same pages (caps, deadline, robots.txt, address checks, lies) and selectolax likewise;
- `first`: a whole refresh into a new archive: fetching, parsing, deciding, storing;
- `second`: the same again an hour later, with nothing changed;
- `again`: bare httpx asks for the same pages once more, conditionally: what a tenth of `first` is up against.

Times are of the processor, of the measured process alone (its imports left out); the wall clock is shown beside. What
reading the pages alone costs in `first` is shown as well: a refresh reads each page in full, where `bare` makes a tree.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import anyio.lowlevel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from eksread.model.fetched import Page
    from eksread.model.news import Parsed

AT_ONCE = 4
Asked: TypeAlias = dict[str, dict[str, str]]
"""Addresses that a refresh asked for, each with the headers that ask for it only if it changed."""
AHEAD = timedelta(hours=1)
"""How much later the second refresh comes: held articles are asked again after half an hour."""


@dataclass(frozen=True)
class Cost:
    """What one measured process did."""

    cpu: float
    wall: float
    rss_mib: float
    pages: int
    not_modified: int = 0
    bytes: int = 0
    parsing: float = 0.0


def serve(articles: int) -> None:
    """Run the portal until the standard input ends; say its address on the first line."""
    from eksread.demo import DemoPortal, load_edition

    edition = load_edition()
    short = [article for article in edition.articles if len(article.body) < 6000]
    newest = max(article.published for article in short)
    for number in range(articles - len(edition.articles)):
        source = short[number % len(short)]
        clone = replace(
            source,
            id=100_000 + number,
            title=f"{source.title} ({number})",
            published=newest - timedelta(minutes=number),
        )
        edition = edition.including(clone)
    with DemoPortal(edition=edition) as portal:
        print(portal.url, flush=True)
        sys.stdin.read()


async def measured(work: Callable[[], Awaitable[tuple[int, int, int]]]) -> Cost:
    """Measure `work`, which gives pages, those not modified, and bytes."""
    await anyio.lowlevel.checkpoint()  # loads anyio's half for asyncio
    cpu, wall = time.process_time(), time.perf_counter()
    pages, not_modified, size = await work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(cpu, wall, rss, pages, not_modified, size)


async def in_fours(urls: Sequence[str], get: Callable[[str], Awaitable[bytes]]) -> tuple[int, int, int]:
    """Get all pages, four at once, and make their trees."""
    from selectolax.lexbor import LexborHTMLParser

    left = list(reversed(urls))
    size = 0

    async def worker() -> None:
        nonlocal size
        while left:
            body = await get(left.pop())
            size += len(body)
            if body:
                LexborHTMLParser(body)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return len(urls), 0, size


async def again(asked: Asked) -> Cost:
    """Bare httpx, which is told that nothing has changed."""
    import httpx

    known = [url for url, conditions in asked.items() if conditions]

    async with httpx.AsyncClient(headers={"accept-encoding": "gzip"}) as client:

        async def get(url: str) -> bytes:
            answer = await client.get(url, headers=asked[url])
            assert answer.status_code == httpx.codes.NOT_MODIFIED
            return answer.content

        return replace(await measured(lambda: in_fours(known, get)), not_modified=len(known))


async def bare(asked: Asked) -> Cost:
    """Bare httpx and selectolax."""
    import httpx

    async with httpx.AsyncClient(headers={"accept-encoding": "gzip"}) as client:

        async def get(url: str) -> bytes:
            return (await client.get(url)).content

        return await measured(lambda: in_fours(list(asked), get))


async def fetch(asked: Asked, base: str) -> Cost:
    """Our fetcher and selectolax."""
    from eksread.fetch import FetchOptions, make_fetcher

    client = make_fetcher(base, FetchOptions(gap=0.0))

    async def get(url: str) -> bytes:
        return (await client.get(url)).body

    try:
        return await measured(lambda: in_fours(list(asked), get))
    finally:
        await client.aclose()


async def refresh(base: str, folder: Path, ahead: timedelta, asked: Path | None = None) -> Cost:
    """A whole refresh through the library. With `asked`, the addresses that were asked for are written there."""
    from eksread.fetch import FetchOptions, make_fetcher
    from eksread.library import Library, Network
    from eksread.model.progress import Plan, Summary
    from eksread.parse import Parser
    from eksread.refresh import job
    from eksread.store import maintenance, open_store, portal_data  # noqa: F401 - else loaded on first use

    job.MAX_RECHECKS = 10_000  # how much one refresh takes on is not what is measured
    job.RECHECK_AGE = timedelta(days=36_500)
    parser = Parser()
    fetcher = make_fetcher(base, FetchOptions(gap=0.0))
    visited: Asked = {}
    plain_get, plain_parse = fetcher.get, parser.parse
    spans: list[float] = []

    async def noted(url: str, **options: object) -> object:
        page = await plain_get(url, **options)  # type: ignore[arg-type]
        conditions = {
            "if-none-match": page.validators.etag,
            "if-modified-since": page.validators.last_modified,
        }
        visited[url] = {name: value for name, value in conditions.items() if value}
        return page

    def clocked(page: Page, **options: object) -> Parsed:
        started = time.thread_time()
        try:
            return plain_parse(page, **options)  # type: ignore[arg-type]
        finally:
            spans.append(time.thread_time() - started)

    fetcher.get = noted  # type: ignore[method-assign,assignment]
    parser.parse = clocked  # type: ignore[method-assign,assignment]
    library = Library(
        open_store(folder),
        lambda: Network(fetcher, parser),
        base,
        clock=lambda: datetime.now(UTC) + ahead,
    )

    async def work() -> tuple[int, int, int]:
        async with aclosing(library.refresh(plan=Plan(days=36_500))) as events:
            async for event in events:
                if isinstance(event, Summary):
                    return event.pages, event.not_modified, event.bytes
        raise AssertionError("no summary")

    try:
        return replace(await measured(work), parsing=sum(spans))
    finally:
        await fetcher.aclose()
        library.close()
        if asked is not None:
            asked.write_text(json.dumps(visited))


def child(*arguments: str) -> Cost:
    """Run one measurement in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    return Cost(**json.loads(done.stdout))


def compare(articles: int, runs: int) -> None:
    """Measure everything in turns and print the medians."""
    portal = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(articles)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert portal.stdout is not None
    base = portal.stdout.readline().strip() + "/"
    costs: dict[str, list[Cost]] = {name: [] for name in ("bare", "fetch", "first", "second", "again")}
    with tempfile.TemporaryDirectory() as scratch:
        asked = Path(scratch, "asked.json")
        for run in range(runs + 1):
            folder = Path(scratch, f"archive-{run}")
            first = child("--first", base, str(folder), str(asked))
            second = child("--second", base, str(folder))
            taken = {
                "first": first,
                "second": second,
                "bare": child("--bare", str(asked)),
                "again": child("--again", str(asked)),
                "fetch": child("--fetch", base, str(asked)),
            }
            if run:  # the first round only warms the portal's cache of rendered pages
                for name, cost in taken.items():
                    costs[name].append(cost)
    portal.kill()
    portal.wait()
    print(f"{'':8}{'cpu s':>8}{'wall s':>8}{'MiB':>6}{'pages':>7}{'304':>6}{'kB':>7}")
    for name, rows in costs.items():
        cost = sorted(rows, key=lambda row: row.cpu)[len(rows) // 2]
        print(
            f"{name:8}{cost.cpu:8.2f}{cost.wall:8.2f}{cost.rss_mib:6.0f}{cost.pages:7}{cost.not_modified:6}"
            f"{cost.bytes // 1000:7}"
        )
    print(f"fetch / bare: {ratio(costs['fetch'], costs['bare']):.2f} (at most 2)")
    reading = [replace(cost, cpu=cost.parsing) for cost in costs["first"]]
    print(f"first / bare: {ratio(costs['first'], costs['bare']):.2f}")
    print(f"reading the pages alone / bare: {ratio(reading, costs['bare']):.2f}")
    print(f"second / first: {ratio(costs['second'], costs['first']):.3f} (at most 0.1)")
    print(f"second / again: {ratio(costs['second'], costs['again']):.2f}")
    last = costs["second"][-1]
    print(f"304 in the second: {100 * last.not_modified / last.pages:.1f} % (at least 95)")


def ratio(costs: Sequence[Cost], others: Sequence[Cost]) -> float:
    """Give the median of the ratios of processor time, pair by pair."""
    return median(one.cpu / other.cpu for one, other in zip(costs, others, strict=True))


def main() -> None:
    """Compare, or be one of the processes of the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--bare", nargs=1, help=argparse.SUPPRESS)
    parser.add_argument("--again", nargs=1, help=argparse.SUPPRESS)
    parser.add_argument("--fetch", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--first", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--second", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve(given.serve)
    cost: Cost | None = None
    if given.bare:
        cost = asyncio.run(bare(json.loads(Path(given.bare[0]).read_text())))
    elif given.again:
        cost = asyncio.run(again(json.loads(Path(given.again[0]).read_text())))
    elif given.fetch:
        cost = asyncio.run(fetch(json.loads(Path(given.fetch[1]).read_text()), given.fetch[0]))
    elif given.first:
        base, folder, asked = given.first
        cost = asyncio.run(refresh(base, Path(folder), timedelta(), Path(asked)))
    elif given.second:
        cost = asyncio.run(refresh(given.second[0], Path(given.second[1]), AHEAD))
    if cost is None:
        return compare(given.articles, given.runs)
    return print(json.dumps(asdict(cost)))


if __name__ == "__main__":
    main()
