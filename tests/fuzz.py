"""Mutated pages and feeds through the parser: `python -m tests.fuzz --pages 100000`.

Every page is made from a fixture by a generator seeded with the run's seed and the page's number, so that a finding is
repeated by `--seed S --only N`, and a run that was stopped goes on by `--first N`. A finding is an exception, a page over
`MAX_SECONDS` of CPU time, a process over `MAX_MEGABYTES` (both with the process for doubtful pages), or a string in the
result that could deceive a reader or a terminal.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

from eksread.model.fetched import Page
from eksread.parse import parse
from eksread.parse.text import clean
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGES: Final = Path(__file__).parent / "pages"
NOW: Final = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
ARTICLE: Final = "https://portal.example/berita-1-judul.html"
FRONT: Final = "https://portal.example/"
FEED: Final = "application/rss+xml"
BLOCK: Final = 500  # pages that a process is given at a time
MAX_SECONDS: Final = 1.0
MAX_MEGABYTES: Final = 150
MAX_BYTES: Final = 2_000_000  # of a mutated page
MUTATIONS: Final = 6  # at most, of one page
TOKENS: Final = (
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b"&#x202e;", b"&#0;", b"&#xd800;", b"&nbsp;", b"\x00", b"\x1b[2J",
    b"\x9b31m", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xcc\x81" * 9, b"<div>", b"</div>", b"<p>", b"<br><br>",
    b"<table><tr><td>", b"<b id=1>", b"<a href='javascript:x'>", b"<a href='//'>", b"<a href='http://[::1'>", b"<script>", b"</script>", b"<style>", b"<svg>",
    b"<template>", b"<title>", b"<h1>", b"<article>", b"<time datetime='9999-12-31T23:59:59-14:00'>", b"Rabu (17/7)", b"31 Februari 2019", b"99/99/9999",
    b"Baca juga: ", b"Reporter : ", b"(adv)", b"Komentar: 99999999999999999999", b"0%" * 50, b'<script type="application/ld+json">', b'{"@graph":[', b'"datePublished":',
    b"[[[[[[[[", b"<meta charset=utf-16>", b"<base href='http://x@y/'>", b"<item>", b"<entry>", b"<link>", b"<pubDate>", b"[bold]", b"[@click=app.quit()]",
)  # fmt: skip


def fixtures(kind: str = "") -> list[bytes]:
    """Give the bytes of every page in tests/pages, or in one folder of it."""
    paths = sorted(path for path in (PAGES / kind).rglob("*") if path.suffix in (".html", ".xml", ".txt"))
    return [path.read_bytes() for path in paths]


def mutate(rng: random.Random, pages: Sequence[bytes]) -> bytes:
    """Give one page, damaged."""
    body = rng.choice(pages)
    for _ in range(rng.randint(1, MUTATIONS)):
        body = _damage(rng, body, pages)[:MAX_BYTES]
    return body


def _damage(rng: random.Random, body: bytes, pages: Sequence[bytes]) -> bytes:
    start, end = sorted((rng.randint(0, len(body)), rng.randint(0, len(body))))
    short = min(end, start + rng.randint(0, 200))
    kind = rng.randrange(10)
    if kind == 0:
        return body[:start]
    if kind == 1:
        return body[:start] + body[short:]
    if kind == 2:
        return body[:start] + body[start:end] + body[start:]
    if kind == 3:
        return body[:start] + body[start:short] * rng.randint(2, 400) + body[short:]
    if kind == 4:
        other = rng.choice(pages)
        cut = rng.randint(0, len(other))
        return body[:start] + other[cut:]
    if kind == 5:
        return body[:start] + rng.randbytes(rng.randint(1, 20)) + body[short:]
    if kind == 6:
        return body.replace(
            rng.choice((b"</p>", b"</div>", b'"', b">", b"<p", b"class", b" ", b"</a>")), rng.choice(TOKENS)
        )
    if kind == 7:
        return body.decode("utf-8", "replace").encode(
            rng.choice(("utf-16", "cp1252", "utf-8-sig", "latin-1")), "replace"
        )
    tokens = b"".join(rng.choices(TOKENS, k=rng.randint(1, 4)))
    return body[:start] + tokens * (rng.randint(1, 500) if kind == 8 else 1) + body[start:]


def strings(value: object) -> Iterator[str]:
    """Give every string in a value of the model."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from strings(item)


def dirty(value: object, given: str) -> str | None:
    """Give the first string that cleaning would change in more than its outer spaces (spans keep theirs).

    A digit stands before each: what was cut from a clean text may start with a combining mark.
    """
    for text in strings(value):
        if text != given and "".join(clean("0" + text).split()) != "0" + "".join(text.split()):
            return text
    return None


def check(body: bytes, url: str = ARTICLE, content_type: str = "text/html") -> tuple[str, float]:
    """Parse one page; give the kind of its result and the CPU seconds. Raises what is a finding."""
    page = Page(url, body, NOW, content_type=content_type)
    start = process_time() + _apart()[0]
    parsed = parse(page, shapes=("/berita-{n}-{slug}.html",))
    seconds = max(0.0, process_time() + _apart()[0] - start)
    assert seconds <= MAX_SECONDS, f"{seconds:.2f} s of CPU time"
    found = dirty(parsed, url)
    assert found is None, f"not clean: {found!r}"
    return type(parsed).__name__, seconds


def _apart() -> tuple[float, float]:
    """Give the CPU seconds and the megabytes of the process for doubtful pages, zeros where there is none."""
    seconds = size = 0.0
    for child in active_children():
        with suppress(FileNotFoundError, ProcessLookupError):
            user, system = (
                Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
            )
            seconds += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
            size = max(size, megabytes(child.pid))
    return seconds, size


def megabytes(process: int | None = None) -> float:
    """Give the most memory that a process ever held since it began (`ru_maxrss` counts its parent's as well)."""
    status = Path(f"/proc/{process or 'self'}/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


@dataclasses.dataclass
class Outcome:
    """What some pages were like. `slowest` is CPU seconds and the page's number; `largest` is megabytes."""

    kinds: Counter[str] = dataclasses.field(default_factory=Counter)
    findings: list[str] = dataclasses.field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    largest: float = 0.0

    def add(self, other: Outcome) -> None:
        self.kinds += other.kinds
        self.findings += other.findings
        self.slowest = max(self.slowest, other.slowest)
        self.largest = max(self.largest, other.largest)


def run(numbers: Sequence[int], seed: int, keep: Path | None = None) -> Outcome:
    """Check pages by their numbers: every third is made from a feed."""
    pages, feeds = fixtures(), fixtures("feed")
    outcome = Outcome()
    for number in numbers:
        feed = number % 3 == 2
        body = mutate(random.Random(f"{seed}:{number}"), feeds if feed else pages)
        kind = FEED if feed and number % 2 else "text/html"  # a feed's type may be wrong
        try:
            read, seconds = check(body, FRONT if number % 2 else ARTICLE, kind)
            outcome.kinds[read] += 1
            outcome.slowest = max(outcome.slowest, (seconds, number))
            largest = max(megabytes(), _apart()[1])
            assert largest <= max(MAX_MEGABYTES, outcome.largest), f"{largest:.0f} MB"
            outcome.largest = largest
        except Exception:
            outcome.findings.append(f"page {number}: {traceback.format_exc(limit=-3)}")
            if keep is not None:
                (keep / f"fuzz-{seed}-{number}.html").write_bytes(body)
    return outcome


def run_all(numbers: range, seed: int, keep: Path | None, jobs: int) -> Outcome:
    """Check pages in several processes, and say from where to go on should this be stopped."""
    outcome = Outcome()
    blocks = [numbers[at : at + BLOCK] for at in range(0, len(numbers), BLOCK)]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for block, part in zip(blocks, pool.map(partial(run, seed=seed, keep=keep), blocks), strict=True):
            outcome.add(part)
            print("\n".join([*part.findings, f"go on with --first {block[-1] + 1}"]), flush=True)
    return outcome


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first page, to go on with a run"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one page")
    parser.add_argument("--keep", type=Path, help="a folder for the pages with findings")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args()
    numbers = range(options.first, options.pages)
    if options.only is not None:
        numbers = range(options.only, options.only + 1)
    if options.jobs == 1 or len(numbers) <= BLOCK:
        outcome = run(numbers, options.seed, options.keep)
        print("\n".join(outcome.findings))
    else:
        outcome = run_all(numbers, options.seed, options.keep, options.jobs)
    seconds, slowest = outcome.slowest
    print(
        f"seed {options.seed}: {len(numbers)} pages, {dict(outcome.kinds)}, slowest {seconds:.3f} s (page {slowest}),"
        f" {outcome.largest:.0f} MB\n{len(outcome.findings)} findings"
    )
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    sys.exit(main())
