"""What a refresh costs: the demo portal with 500 articles, from loopback, pauses between requests lifted.

    python benchmarks/refresh.py [--articles 500] [--runs 3]

The portal runs in a process of its own. Then, each in a fresh process:

- `first`: a whole refresh into a new archive: fetching, parsing, deciding, storing (at most 15 ms of CPU a page);
- `second`: the same again an hour later, with nothing changed.

Times are of the processor, of the measured process (its imports left out) and its parser's (imports included); the wall
clock is shown beside. Memory is of both.
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

AHEAD = timedelta(hours=1)
"""How much later the second refresh comes: held articles are asked again after half an hour."""


@dataclass(frozen=True)
class Cost:
    """What one measured process did: seconds, MiB, pages, bytes on the wire."""

    cpu: float
    wall: float
    rss_mib: float
    pages: int
    not_modified: int
    bytes: int


def serve(articles: int) -> None:
    """Run the portal until the standard input ends; print its address on the first line."""
    from eksread.demo import DemoPortal, load_edition
    from eksread.demo.edition import newest_first

    edition = load_edition()
    short = [article for article in edition.articles if len(article.body) < 6000]
    newest = max(article.published for article in short)
    more = []
    for number in range(articles - len(edition.articles)):
        source = short[number % len(short)]
        clone = replace(
            source,
            id=100_000 + number,
            title=f"{source.title} ({number})",
            published=newest - timedelta(minutes=number),
        )
        more.append(clone)
    with DemoPortal(edition=replace(edition, articles=newest_first((*edition.articles, *more)))) as portal:
        print(portal.url, flush=True)
        sys.stdin.read()


async def refresh(base: str, folder: Path, ahead: timedelta) -> Cost:
    """Refresh through the library, from `base` into the archive in `folder`."""
    from eksread.fetch import FetchOptions, make_fetcher
    from eksread.library import Library
    from eksread.model.progress import Plan, Summary
    from eksread.refresh import pipeline
    from eksread.refresh.parser_process import shared_parser
    from eksread.store import maintenance, open_store, portal_data  # noqa: F401 - else loaded on first use

    pipeline.MAX_RECHECKS = 10_000  # how much one refresh takes on is not what is measured
    pipeline.RECHECK_AGE = timedelta(days=36_500)
    fetcher = make_fetcher(base, FetchOptions(gap=0.0))
    library = Library(
        open_store(folder),
        lambda: fetcher,
        base,
        clock=lambda: datetime.now(UTC) + ahead,
    )
    cpu, wall = time.process_time(), time.perf_counter()
    summary = None
    try:
        async with aclosing(library.refresh(plan=Plan(days=36_500))) as events:
            async for event in events:
                if isinstance(event, Summary):
                    summary = event
    finally:
        await fetcher.aclose()
        library.close()
        shared_parser().close()
    assert summary is not None
    apart = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, wall = time.process_time() - cpu + apart.ru_utime + apart.ru_stime, time.perf_counter() - wall
    rss = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + apart.ru_maxrss) / 1024
    return Cost(cpu, wall, rss, summary.pages, summary.not_modified, summary.bytes)


def in_new_process(step: str, base: str, folder: Path) -> Cost:
    """Run one measurement in a fresh process."""
    command = [sys.executable, __file__, step, base, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def compare(articles: int, runs: int) -> None:
    """Measure both refreshes and print the medians."""
    portal = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(articles)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert portal.stdout is not None
    base = portal.stdout.readline().strip() + "/"
    costs: dict[str, list[Cost]] = {"--first": [], "--second": []}
    with tempfile.TemporaryDirectory() as scratch:
        for run in range(runs + 1):
            folder = Path(scratch, f"archive-{run}")
            for step, rows in costs.items():
                cost = in_new_process(step, base, folder)
                if run:  # the first round only warms the portal's cache of rendered pages
                    rows.append(cost)
    portal.kill()
    portal.wait()
    print(f"{'':8}{'cpu s':>8}{'wall s':>8}{'MiB':>6}{'pages':>7}{'304':>6}{'kB':>7}{'ms/page':>9}")
    middle = {step: sorted(rows, key=lambda row: row.cpu)[len(rows) // 2] for step, rows in costs.items()}
    for step, cost in middle.items():
        print(
            f"{step[2:]:8}{cost.cpu:8.2f}{cost.wall:8.2f}{cost.rss_mib:6.0f}{cost.pages:7}{cost.not_modified:6}"
            f"{cost.bytes // 1000:7}{1000 * cost.cpu / cost.pages:9.1f}"
        )
    pairs = zip(costs["--second"], costs["--first"], strict=True)
    print(f"second / first: {median(one.cpu / other.cpu for one, other in pairs):.3f}")
    second = middle["--second"]
    print(f"304 in the second: {100 * second.not_modified / second.pages:.1f} % (at least 95)")


def main() -> None:
    """Compare, or be one of the processes of the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--first", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--second", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve(given.serve)
    if given.first or given.second:
        base, folder = given.first or given.second
        cost = asyncio.run(refresh(base, Path(folder), AHEAD if given.second else timedelta()))
        return print(json.dumps(asdict(cost)))
    return compare(given.articles, given.runs)


if __name__ == "__main__":
    main()
