"""Kill eksread at random moments, again and again, and look whether anything was lost.

    python -m tests.torture [--kills 1000] [--seed N] [--only refresh,import]

Real processes refresh, bookmark, start for the first time, migrate, prune, import and restore. Each is killed with SIGKILL at a
moment drawn from the time that an undisturbed one takes. After each kill the next start must find the archive whole and writable,
nothing that was acknowledged may be gone, and what the process had ended before it was killed must be there.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eksread.demo import load_edition
from eksread.model.lists import HeadlineQuery
from eksread.paths import DATABASE_NAME
from eksread.store.database import schema
from tests.edited_portal import EditedPortal
from tests.forked import Forked
from tests.helpers import library_on
from tests.store.test_opening import MORE_OF_THE_READERS, SCHEMAS, readers_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.library import Library

NEW_EACH_ROUND = 2


@dataclass(frozen=True)
class Held:
    """What must not get lost: addresses with a text, bookmarks with their notes, marks of having been read."""

    texts: frozenset[str] = frozenset()
    bookmarks: frozenset[tuple[str, str]] = frozenset()
    read: frozenset[str] = frozenset()

    def lost(self, later: Held) -> list[object]:
        """Name what `later` misses of this."""
        return [*(self.texts - later.texts), *(self.bookmarks - later.bookmarks), *(self.read - later.read)]


def held(library: Library) -> Held:
    """Read what a library holds."""
    items = library.queries.headlines(HeadlineQuery(limit=5000)).items
    return Held(
        frozenset(item.url for item in items if item.has_text),
        frozenset((mark.headline.url, mark.note) for mark in library.user_data.bookmarks()),
        frozenset(item.url for item in items if item.read),
    )


def mark(library: Library) -> None:
    """Bookmark four articles, and mark six as read."""
    items = library.queries.headlines(HeadlineQuery(limit=20)).items
    for number, item in enumerate(items[:4]):
        library.add_bookmark(item.id, f"catatan {number}")
    library.mark_read([item.id for item in items[4:10]])


class Scene:
    """Something that eksread does in `folder`; `words` are the command, and `span` the seconds that it takes."""

    words: Sequence[str] = ()

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.span = 0.0

    def prepare(self) -> None:
        """Put the archive there as it is before."""

    def look(self, ended: bool) -> Held:
        """See that the next start finds all that must be there. Raises `AssertionError`."""
        with library_on(self.url, self.folder, offline=True) as library:
            assert library.trouble is None, library.trouble
            assert library.maintenance.check() == ()
            found = held(library)
            library.user_data.save_search("Uji", "uji", library.clock())
        return found

    def begin(self, forked: Forked, *options: str) -> None:
        forked.begin(("--portal", self.url, "--data-dir", str(self.folder), *self.words, *options))

    def measure(self, forked: Forked) -> None:
        """Let it run undisturbed."""
        self.prepare()
        started = time.monotonic()
        self.begin(forked)
        assert forked.finish() == 0
        self.span = time.monotonic() - started
        self.look(ended=True)

    def round(self, forked: Forked, chance: random.Random) -> bool:
        """Begin it, kill it, look; give whether it was killed before it ended."""
        self.prepare()
        self.begin(forked)
        time.sleep(chance.uniform(0, self.span))
        forked.kill()
        killed = forked.finish() == -signal.SIGKILL
        self.span *= 1.02 if killed else 0.95  # the machine may be busier or quieter now
        self.look(ended=not killed)
        return killed


class Refresh(Scene):
    """Refreshes of one archive from a portal that publishes between them: `held` is what was seen at the last look."""

    words = ("refresh",)

    def __init__(self, portal: EditedPortal, folder: Path, chance: random.Random) -> None:
        super().__init__(portal.url, folder)
        self._portal = portal
        self._random = chance
        self._published = 0
        self._caught_up = False
        self.held = Held()

    def measure(self, forked: Forked) -> None:
        super().measure(forked)
        with library_on(self.url, self.folder, offline=True) as library:
            mark(library)
        self.look(ended=False)
        assert (len(self.held.bookmarks), len(self.held.read)) == (4, 6)

    def prepare(self) -> None:
        """Publish some, unless earlier ones are still to be fetched: the lists show the newest alone."""
        if not self._caught_up:
            return
        articles = [article for article in self._portal.edition.articles if article.id < 100_000]
        for source in self._random.sample(articles, NEW_EACH_ROUND):
            self._published += 1
            self._portal.publish(
                replace(
                    source,
                    id=100_000 + self._published,
                    title=f"{source.title} ({self._published})",
                    published=self._portal.now(),
                ),
            )

    def look(self, ended: bool) -> Held:
        found = super().look(ended)
        assert self.held.lost(found) == []
        self.held = found
        with library_on(self.url, self.folder, offline=True) as library:
            titles = {article.title for article in self._portal.edition.articles}
            items = library.queries.headlines(HeadlineQuery(limit=5000)).items
            self._caught_up = titles <= {item.title for item in items if item.has_text}
        return found

    def finish(self, forked: Forked) -> None:
        """Let one refresh come to its end; it must hold all that was published.

        It is planned for as many days as can be: those killed may have got so little done that more is new than an ordinary one reads,
        and the portal's clock is the one of its edition.
        """
        self.begin(forked, "--days", "366")
        assert forked.finish() == 0
        self.look(ended=True)
        assert self._caught_up


class OnCopy(Scene):
    """A command on a copy of a filled archive, a new one each time; `before` is what is in it."""

    def __init__(self, url: str, folder: Path, filled: Path) -> None:
        super().__init__(url, folder)
        self.filled = filled
        with library_on(url, filled, offline=True) as library:
            self.before = held(library)
            self.ids = [item.id for item in library.queries.headlines(HeadlineQuery(limit=5000)).items]

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.filled, self.folder)

    def look(self, ended: bool) -> Held:
        found = super().look(ended)
        assert self.before.lost(found) == []
        return found


class Bookmark(OnCopy):
    @property
    def words(self) -> Sequence[str]:  # type: ignore[override]
        return ("bookmark", "add", str(self.ids[-1]), "--note", "catatan baru")

    def look(self, ended: bool) -> Held:
        found = super().look(ended)
        assert not ended or "catatan baru" in {note for _, note in found.bookmarks}
        return found


class Import(OnCopy):
    """Marks of every article, made elsewhere."""

    def __init__(self, url: str, folder: Path, filled: Path) -> None:
        super().__init__(url, folder, filled)
        self.lines = folder.with_name("lines.jsonl")
        elsewhere = folder.with_name("elsewhere")
        shutil.copytree(filled, elsewhere)
        with library_on(url, elsewhere, offline=True) as library:
            for number in self.ids[4:]:
                library.add_bookmark(number, f"dari luar {number}")
            library.mark_read(self.ids)
            self.lines.write_text("\n".join(library.user_data.export_lines()), "utf-8")
            self.marked = held(library)
        self.words = ("marks", "import", str(self.lines))

    def look(self, ended: bool) -> Held:
        found = super().look(ended)
        assert not ended or self.marked.lost(found) == []
        return found


class Prune(OnCopy):
    """Old texts go, but never those of bookmarks."""

    words = ("store", "prune", "--older-than", "1d", "--yes")

    def look(self, ended: bool) -> Held:
        found = Scene.look(self, ended)
        kept = replace(self.before, texts=frozenset(url for url, _ in self.before.bookmarks))
        assert kept.lost(found) == []
        assert not ended or found.texts < self.before.texts
        return found


class Restore(OnCopy):
    """The copy of an archive takes the place of another: there is one or the other, whole."""

    def __init__(self, url: str, folder: Path, filled: Path) -> None:
        super().__init__(url, folder, filled)
        self.words = ("restore", str(folder.with_name("other.db")))
        with library_on(url, filled, offline=True) as library:
            library.maintenance.backup(folder.with_name("other.db"))


class FirstStart(Scene):
    """Nothing is there yet."""

    words = ("--offline", "list")

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def look(self, ended: bool) -> Held:
        found = super().look(ended)
        with library_on(self.url, self.folder, offline=True) as library:
            assert [search.name for search in library.queries.saved_searches()] == ["Uji"]
        return found


class Migration(Scene):
    """The archive is of an earlier version, a random one."""

    words = ("--offline", "list")

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        path = self.folder / DATABASE_NAME
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript((SCHEMAS / f"v{random.randrange(1, schema.VERSION)}.sql").read_text("utf-8"))
            db.executescript(MORE_OF_THE_READERS)
        self.before = readers_own(path)

    def look(self, ended: bool) -> Held:
        with library_on(self.url, self.folder, offline=True) as library:
            assert library.trouble is None, library.trouble
        assert readers_own(self.folder / DATABASE_NAME) == self.before
        return super().look(ended)


def scenes(
    portal: EditedPortal, forked: Forked, folder: Path, chance: random.Random, only: Sequence[str]
) -> list[Scene]:
    """Give the scenes, each measured; `only` are names, all where it is empty."""
    filled = folder / "filled"
    found: list[Scene] = []
    wanted = only or ("refresh", "bookmark", "import", "prune", "restore", "firststart", "migration")
    source = Refresh(portal, filled, chance)
    source.measure(forked)
    if "refresh" in wanted:
        found.append(Refresh(portal, folder / "refresh", chance))
    for scene in (Bookmark, Import, Prune, Restore):
        if scene.__name__.lower() in wanted:
            (folder / scene.__name__).mkdir()
            found.append(scene(portal.url, folder / scene.__name__ / "data", filled))
    for plain in (FirstStart, Migration):
        if plain.__name__.lower() in wanted:
            found.append(plain(portal.url, folder / plain.__name__))
    for each in found:
        each.measure(forked)
    return found


def torture(kills: int, folder: Path, seed: int, only: Sequence[str] = ()) -> Counter[str]:
    """Kill `kills` processes that did not end before, half of them refreshes; give how many of each scene.

    Raises `AssertionError` when one of them lost something; its archive is then still in `folder`.
    """
    chance = random.Random(seed)
    random.seed(seed)
    killed: Counter[str] = Counter()
    with EditedPortal(edition=load_edition()) as portal, Forked() as forked:
        found = scenes(portal, forked, folder, chance, only)
        begun = 0
        while killed.total() < kills:
            scene = found[0] if begun % 2 else found[begun // 2 % len(found)]
            begun += 1
            try:
                killed[type(scene).__name__] += scene.round(forked, chance)
            except Exception as error:
                error.add_note(f"{type(scene).__name__}, process {begun}, in {scene.folder}")
                raise
            if begun % 50 == 0:
                print(dict(killed), flush=True)
        for scene in found:
            if isinstance(scene, Refresh):
                scene.finish(forked)
    return killed


def main() -> None:
    """Read the command line and torture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--only", default="", help="names of scenes")
    given = parser.parse_args()
    print(f"{given.kills} kills, seed {given.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    killed = torture(given.kills, folder, given.seed, [name for name in given.only.split(",") if name])
    shutil.rmtree(folder)
    print(f"killed before their end: {dict(killed)}; nothing lost")


if __name__ == "__main__":
    main()
