"""Kill a refresh at random moments, again and again, and look whether anything was lost.

    python -m tests.torture [--kills 200] [--seed N]

A real process refreshes from the demo portal, which publishes and edits between the rounds. It is killed with SIGKILL
at a moment drawn from the time that an undisturbed refresh takes. After each kill the database must be whole, the
reader's bookmarks and marks must stand, and nothing that was held may be gone. At the end one refresh must complete
and hold everything.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eksread.demo import DemoPortal, load_edition
from eksread.model.lists import HeadlineQuery
from eksread.paths import DATABASE_NAME
from tests.helpers import library_on, publish

if TYPE_CHECKING:
    from eksread.library import Library

MAX_SECONDS = 60.0
"""For one undisturbed refresh of the demo portal; it takes about two."""
NEW_EACH_ROUND = 2


@dataclass(frozen=True)
class Held:
    """What must not get lost: addresses with a text, bookmarks with their notes, marks of having been read."""

    texts: frozenset[str]
    bookmarks: frozenset[tuple[str, str]]
    read: frozenset[str]

    def lost(self, later: Held) -> list[str]:
        """Name what `later` misses of this."""
        gone = sorted(self.texts - later.texts)
        if self.bookmarks != later.bookmarks:
            gone.append(f"bookmarks {self.bookmarks ^ later.bookmarks}")
        if not self.read <= later.read:
            gone.append(f"marks {self.read - later.read}")
        return gone


def held(library: Library) -> Held:
    """Read what a library holds."""
    items = library.queries.headlines(HeadlineQuery(limit=5000)).items
    return Held(
        frozenset(item.url for item in items if item.has_text),
        frozenset((mark.headline.url, mark.note) for mark in library.user_data.bookmarks()),
        frozenset(item.url for item in items if item.read),
    )


class Torture:
    """One data folder, one portal, and what was seen of them so far: `held` at the last look, and how many were `killed`."""

    def __init__(self, portal: DemoPortal, folder: Path, seed: int) -> None:
        self._portal = portal
        self._folder = folder
        self._random = random.Random(seed)
        self._published = 0
        self.killed = 0
        started = time.monotonic()
        self._start().wait(MAX_SECONDS)
        self._span = time.monotonic() - started
        with library_on(portal.url, folder, offline=True) as library:
            items = library.queries.headlines(HeadlineQuery(limit=20)).items
            for number, item in enumerate(items[:4]):
                library.add_bookmark(item.id, f"catatan {number}")
            library.mark_read([item.id for item in items[4:10]])
            self.held = held(library)
            self._caught_up = self._holds_all(library)
        assert len(self.held.bookmarks) == 4
        assert len(self.held.read) == 6

    def round(self) -> None:
        """Publish, refresh, kill, look. Raises `AssertionError` when something was lost."""
        self._publish()
        process = self._start()
        time.sleep(self._random.uniform(0, self._span))
        process.kill()
        self.killed += process.wait() == -signal.SIGKILL
        self._look()

    def finish(self) -> None:
        """Let one refresh come to its end; it must hold all that was published.

        It is planned for as many days as can be: those killed may have got so little done that more is new than an ordinary one reads,
        and the portal's clock is the one of its edition.
        """
        process = self._start("--days", "366")
        assert process.wait(MAX_SECONDS) == 0
        self._look()
        assert self._caught_up

    def _start(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "eksread", "--portal", self._portal.url]
        return subprocess.Popen(
            [*command, "--data-dir", str(self._folder), "refresh", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _publish(self) -> None:
        """Publish some, unless earlier ones are still to be fetched: the lists show the newest alone."""
        if not self._caught_up:
            return
        articles = [article for article in self._portal.edition.articles if article.id < 100_000]
        for source in self._random.sample(articles, NEW_EACH_ROUND):
            self._published += 1
            publish(
                self._portal,
                replace(
                    source,
                    id=100_000 + self._published,
                    title=f"{source.title} ({self._published})",
                    published=self._portal.now(),
                ),
            )

    def _look(self) -> None:
        link = sqlite3.connect(self._folder / DATABASE_NAME)
        try:
            assert link.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        finally:
            link.close()
        with library_on(self._portal.url, self._folder, offline=True) as library:
            now = held(library)
            self._caught_up = self._holds_all(library)
        assert self.held.lost(now) == []
        self.held = now

    def _holds_all(self, library: Library) -> bool:
        titles = {article.title for article in self._portal.edition.articles}
        items = library.queries.headlines(HeadlineQuery(limit=5000)).items
        return titles <= {item.title for item in items if item.has_text}


def torture(kills: int, folder: Path, seed: int) -> tuple[int, Held]:
    """Begin `kills` refreshes to kill them; give how many did not end before, and what is held at last.

    Raises `AssertionError` when one of them lost something.
    """
    with DemoPortal(edition=load_edition()) as portal:
        victim = Torture(portal, folder, seed)
        for _ in range(kills):
            victim.round()
        victim.finish()
        return victim.killed, victim.held


def main() -> None:
    """Read the command line and torture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    given = parser.parse_args()
    print(f"{given.kills} kills, seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        killed, _ = torture(given.kills, Path(folder), given.seed)
    print(f"{killed} killed before their end, nothing lost")


if __name__ == "__main__":
    main()
