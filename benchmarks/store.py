"""Time the archive in a folder, side by side with plain SQLite doing the least possible work for the same answer.

    python benchmarks/make_archive.py --articles 100000 --data-dir DIR
    python benchmarks/store.py --data-dir DIR

The plain column reads a copy that it makes beside the archive (`plain.db`, once): one table, one index per filter,
FTS5 with external content. Times are milliseconds, p50 and p99 over `--rounds` calls, with warm caches: of the
processor for what reads (so that other work on the machine doesn't count), of the clock on the wall for what waits
for the disk. "Open" is a fresh connection each time. What writes, writes to a copy. `--alone` leaves the plain column
out (making the copy of a million articles takes as long as making the archive).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from eksread.model.lists import HeadlineQuery
from eksread.store import Store, open_store

Call = Callable[[], object]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ROW = "SELECT id, title, section, place, at, unread, saved, adv FROM a"


def percentiles(call: Call, rounds: int, clock: Callable[[], float]) -> tuple[float, float]:
    """Give p50 and p99 of a call in milliseconds."""
    call()
    times = []
    for _ in range(rounds):
        started = clock()
        call()
        times.append((clock() - started) * 1000)
    times.sort()
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


def report(
    name: str,
    ours: Call,
    plain: Call | None,
    limit: str,
    rounds: int,
    clock: Callable[[], float] = time.thread_time,
) -> None:
    """Measure one after the other and print a line."""
    first = percentiles(ours, rounds, clock)
    second = percentiles(plain, rounds, clock) if plain else None
    beside = f"{second[0]:9.3f} {second[1]:9.3f}" if second else " " * 19
    print(f"{name:44} {first[0]:9.3f} {first[1]:9.3f}   {beside}   {limit}", flush=True)


def make_plain(store: Store, path: Path) -> sqlite3.Connection:
    """Make, or open, the plain copy."""
    fresh = not path.exists()
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("PRAGMA journal_mode = WAL")
    if not fresh:
        return link
    print("making the plain copy …", flush=True)
    link.executescript(
        """CREATE TABLE a (id INTEGER PRIMARY KEY, title, body, section, place, at, unread, saved, adv);
           CREATE VIRTUAL TABLE f USING fts5 (title, body, content='a', content_rowid='id');
           CREATE TABLE mark (id INTEGER PRIMARY KEY, at);
           BEGIN"""
    )
    spent = 0.0
    count = 0
    for item in everything(store):
        held = store.queries.article(item.id)
        body = "\n".join(block.text for block in held.article.blocks) if held else ""
        at = (item.published or item.first_seen).timestamp()
        row = (
            item.id,
            item.title,
            body,
            item.section,
            item.place,
            at,
            not item.read,
            item.saved,
            item.advertorial,
        )
        started = time.process_time()
        link.execute("INSERT INTO a VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        link.execute("INSERT INTO f (rowid, title, body) VALUES (?, ?, ?)", row[:3])
        count += 1
        if count % 250 == 0:
            link.execute("COMMIT")
            link.execute("BEGIN")
        spent += time.process_time() - started
    started = time.process_time()
    link.execute("COMMIT")
    for column in ("section", "place", "unread", "saved", "adv"):
        link.execute(f"CREATE INDEX a_{column} ON a ({column}, at)")
    link.execute("CREATE INDEX a_at ON a (at)")
    spent += time.process_time() - started
    print(
        f"plain SQLite: {count / spent:.0f} inserts with index per second; {path.stat().st_size / 1e6:.1f} MB"
    )
    return link


def everything(store: Store) -> Iterator[object]:
    """Give every headline, newest first."""
    after = None
    while True:
        page = store.queries.headlines(HeadlineQuery(limit=1000, after=after))
        yield from page.items
        if page.next is None:
            return
        after = page.next


def lists(store: Store, plain: sqlite3.Connection | None, rounds: int) -> None:
    """The windows of lists, the first and a deep one."""
    filters: dict[str, tuple[dict[str, object], str]] = {
        "all": ({}, "1"),
        "section": ({"section": "hukum"}, "section = 'Hukum'"),
        "place": ({"place": "Kutim"}, "place = 'Kutim'"),
        "unread": ({"unread": True}, "unread = 1"),
        "saved": ({"saved": True}, "saved = 1"),
        "adv": ({"advertorial": True}, "adv = 1"),
        "section, unread": ({"section": "hukum", "unread": True}, "section = 'Hukum' AND unread = 1"),
        "place, unread, adv": (
            {"place": "Kutim", "unread": True, "advertorial": True},
            "place = 'Kutim' AND unread = 1 AND adv = 1",
        ),
    }
    for name, (values, where) in filters.items():
        query = HeadlineQuery(**values)  # type: ignore[arg-type]
        report(
            f"newest 100: {name}",
            lambda query=query: store.queries.headlines(query),
            plain
            and (
                lambda where=where: plain.execute(
                    f"{ROW} WHERE {where} ORDER BY at DESC LIMIT 100"
                ).fetchall()
            ),
            "2 ms p99",
            rounds,
        )
        page = store.queries.headlines(HeadlineQuery(**values, limit=1000))  # type: ignore[arg-type]
        for _ in range(20):
            if page.next:
                page = store.queries.headlines(HeadlineQuery(**values, limit=1000, after=page.next))  # type: ignore[arg-type]
        last = page.items[-1]
        at = (last.published or last.first_seen).timestamp() + 1e7
        deep = HeadlineQuery(**values, after=f"{int(at * 1e6)}.0")  # type: ignore[arg-type]
        report(
            f"newest 100: {name}, deep",
            lambda deep=deep: store.queries.headlines(deep),
            plain
            and (
                lambda where=where, at=at: plain.execute(
                    f"{ROW} WHERE {where} AND at < {at} ORDER BY at DESC LIMIT 100"
                ).fetchall()
            ),
            "2 ms p99",
            rounds,
        )


def searches(store: Store, plain: sqlite3.Connection | None, rounds: int) -> None:
    """Words of middling frequency, and what is typed on the way to them."""
    total = store.queries.counts().total
    with sqlite3.connect(store_path(store)) as link:
        found = link.execute(
            "SELECT word FROM word WHERE docs * 16 BETWEEN ? AND ? ORDER BY word",
            (total * 0.01, total * 0.04),
        )
        middling = [word for (word,) in found if word.isalpha()]
    source = random.Random(3)
    words = source.sample(middling, min(len(middling), 40))

    def ranked(word: str) -> object:
        return plain.execute(
            """SELECT rowid, snippet(f, -1, '[', ']', '…', 24) FROM f WHERE f MATCH ?
               ORDER BY bm25(f, 10, 1) LIMIT 50""",
            (f'"{word}"',),
        ).fetchall()

    cycle = [iter(()), iter(())]

    def next_of(index: int) -> str:
        for word in cycle[index]:
            return word  # type: ignore[no-any-return]
        cycle[index] = iter(words)
        return next(cycle[index])  # type: ignore[call-overload,no-any-return]

    report(
        "search: a word of middling frequency, exact",
        lambda: store.queries.search(f'"{next_of(0)}"', limit=50),
        plain and (lambda: ranked(next_of(1))),
        "30 ms p99",
        rounds,
    )
    report(
        "search: the same in all its forms",
        lambda: store.queries.search(f"{next_of(0)} ", limit=50),
        None,
        "30 ms p99",
        rounds,
    )
    typed = [
        "y",
        "ya",
        "yan",
        "yang",
        "me",
        "pe",
        "ka",
        "di ke",
        "yang dan ",
        "-yang",
        "banjir sama",
        '"yang dan"',
    ]
    typed += [word[:length] for word in words[:10] for length in (1, 2, 3, len(word))]
    for index in range(2):
        cycle[index] = iter(())
    words[:] = typed
    report(
        "search as you type: anything",
        lambda: store.queries.search(next_of(0), limit=50),
        None,
        "50 ms p99",
        max(rounds, 2 * len(typed)),
    )
    prefix = '"me"*'
    report(
        "search as you type: me",
        lambda: store.queries.search("me", limit=50),
        plain
        and (
            lambda: plain.execute(
                "SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f) LIMIT 50", (prefix,)
            ).fetchall()
        ),
        "50 ms p99",
        max(5, rounds // 20),
    )


def store_path(store: Store) -> Path:
    """The file of a store."""
    return store.queries._connections.path


def writes(folder: Path, rounds: int) -> None:
    """Marks and bookmarks, durable, on a copy."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        copy = Path(name)
        shutil.copy(folder / "eksread.db", copy)
        os.sync()  # else the first mark waits until the whole copy is on the disk
        store = open_store(copy)
        plain = sqlite3.connect(copy / "plain.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, at)")
        ids = iter(random.Random(4).sample(range(1, store.queries.counts().total), rounds * 4 + 8))
        numbers = iter(range(rounds * 4 + 8))

        def plain_mark() -> object:
            return plain.execute("INSERT INTO mark VALUES (?, 1)", (next(numbers),))

        def toggle() -> object:
            number = next(ids)
            headline = store.queries.headline(number)
            return store.user_data.set_read([number], not (headline and headline.read), NOW)

        report("mark read (durable)", toggle, plain_mark, "5 ms p99", rounds, time.perf_counter)
        report(
            "bookmark (durable)",
            lambda: store.user_data.add_bookmark(next(ids), NOW, "catatan"),
            plain_mark,
            "5 ms p99",
            rounds,
            time.perf_counter,
        )
        store.close()
        plain.close()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    folder, rounds = options.data_dir, options.rounds
    store = open_store(folder)
    plain = None if options.alone else make_plain(store, folder / "plain.db")
    stats = store.maintenance.stats()
    text = float(store.facts.get("benchmark_text_bytes") or 0)
    print(f"{stats.articles} articles, {stats.revisions} revisions, {stats.comments} comments")
    if text:
        print(f"file: {stats.file_bytes / text:.2f} x text (at most 2.5)")
    if text and plain:
        print(f"plain: {(folder / 'plain.db').stat().st_size / text:.2f} x text")
    print(f"{'ms':44} {'p50':>9} {'p99':>9}   {'plain p50':>9} {'p99':>9}   at most")

    def open_and_list() -> None:
        opened = open_store(folder)
        opened.queries.headlines(HeadlineQuery())
        opened.close()

    def plain_open() -> None:
        link = sqlite3.connect(folder / "plain.db")
        link.execute(f"{ROW} ORDER BY at DESC LIMIT 100").fetchall()
        link.close()

    report("open and read the first screen", open_and_list, plain and plain_open, "5 ms", rounds)
    lists(store, plain, rounds)

    def counts() -> None:
        store.queries.counts()
        store.queries.sections()

    report(
        "counts of the side bar",
        counts,
        plain and (lambda: plain.execute("SELECT section, sum(unread) FROM a GROUP BY section").fetchall()),
        "2 ms p99",
        max(5, rounds // 20),
    )
    report("counts of the places", store.history.places, None, "2 ms p99", rounds)
    chosen = random.Random(2).sample(range(1, stats.articles), min(stats.articles - 1, 2 * rounds + 2))
    ours, theirs = iter(chosen * 2), iter(chosen * 2)
    report(
        "open one article",
        lambda: store.queries.article(next(ours)),
        plain and (lambda: plain.execute("SELECT * FROM a WHERE id = ?", (next(theirs),)).fetchall()),
        "1 ms p99",
        rounds,
    )
    searches(store, plain, rounds)
    store.close()
    if plain:
        plain.close()
    writes(folder, rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
