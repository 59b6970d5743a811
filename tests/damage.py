"""Damage archives in every way that files are damaged, and look what eksread makes of them.

    python -m tests.damage [--files 1000] [--seed N] [--only NUMBER]

Each file is made from a sound archive by a generator seeded with the run's seed and its number: flipped bytes, missing ends, zeroed
pages, stray and swapped side files, foreign and newer schemas, odd values in rows, files that can't be written or are another
user's. Then eksread lists, does one thing more, looks the file over, and lists again. A finding is a crash, a command that
does not end, an exit code but 0 and 1, a control character, a bookmark lost that SQLite could still read, a foreign file that was
changed, or news that is gone without a word.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

import eksread
from eksread.paths import BOOKMARKS_NAME, DATABASE_NAME
from eksread.store import open_store
from eksread.store.database import schema
from tests.forked import Forked
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLES: Final = 80
SECONDS: Final = 60.0  # a command on such a small archive takes a fifth of one
NOBODY: Final = 65534  # a user that owns nothing
SIDES: Final = ("-wal", "-shm", "-journal")
BOOKMARKS: Final = "SELECT CAST(a.url AS TEXT) FROM bookmark b JOIN article a ON a.id = b.article_id WHERE b.removed_at IS NULL"
MIDDLE: Final = (
    ("bookmark", "list"),
    ("search", "berita"),
    ("marks", "export"),
    ("show", "1"),
    ("store", "stats"),
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def make_sound(folder: Path) -> None:
    """Make `folder`/closed, an archive that was closed, and `folder`/open, copied while it was in use: with a write-ahead log."""
    store = open_store(folder / "closed")
    with store.portal_data.transaction():
        ids = [save(store, f"a{n}", f"Isi berita nomor {n}.\n" * 20, place="Kutim") for n in range(ARTICLES)]
    store.user_data.set_read(ids[::2], True, NOW)
    for number in ids[::8]:
        store.user_data.add_bookmark(number, NOW, f"catatan {number}")
    store.close()
    shutil.copytree(folder / "closed", folder / "used")
    store = open_store(folder / "used")
    for number in ids[4::8]:
        store.user_data.add_bookmark(number, NOW, f"catatan {number}")
    shutil.copytree(folder / "used", folder / "open")
    store.close()


# Ways to damage: each gets the archive's path and the folder of the sound ones.


def flip(chance: random.Random, path: Path, _sound: Path) -> None:
    overwrite(chance, path)


def overwrite(chance: random.Random, path: Path, first: int = 0, last: int | None = None) -> None:
    """Write random bytes over some of a file's, between two offsets."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 20, 400))):
        content[chance.randrange(first, min(last or len(content), len(content)))] = chance.randrange(256)
    path.write_bytes(content)


def flip_header(chance: random.Random, path: Path, _sound: Path) -> None:
    overwrite(chance, path, 0, 100)


def cut(chance: random.Random, path: Path, _sound: Path) -> None:
    os.truncate(path, chance.choice((0, 1, 99, 100, chance.randrange(path.stat().st_size))))


def zero_page(chance: random.Random, path: Path, _sound: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(chance.randrange(path.stat().st_size // schema.PAGE_BYTES) * schema.PAGE_BYTES)
        stream.write(bytes(schema.PAGE_BYTES))


def stray_side(chance: random.Random, path: Path, sound: Path) -> None:
    """A side file that is nothing, or that belongs to another archive."""
    side = path.with_name(path.name + chance.choice(SIDES))
    other = sound / "open" / f"{DATABASE_NAME}-wal"
    side.write_bytes(chance.choice((other.read_bytes(), chance.randbytes(5000), b"", bytes(4096))))


def hot_journal(chance: random.Random, path: Path, _sound: Path) -> None:
    """A transaction that a kill ended, of this file or of another."""
    work = path.with_name("work.db")
    shutil.copy(path, work)
    with closing(sqlite3.connect(work, isolation_level=None)) as db:
        db.executescript(
            "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN; UPDATE article SET title = title || 'x'"
        )
        for source, target in (("work.db-journal", f"{DATABASE_NAME}-journal"), ("work.db", DATABASE_NAME)):
            if source.endswith("journal") or chance.random() < 0.7:
                shutil.copy(path.with_name(source), path.with_name(target))
    work.unlink()


def damaged_log(chance: random.Random, path: Path, sound: Path) -> None:
    """A write-ahead log that is damaged, cut, or missing."""
    for suffix in ("", "-wal", "-shm"):
        shutil.copy(sound / "open" / (DATABASE_NAME + suffix), path.with_name(path.name + suffix))
    log = path.with_name(f"{path.name}-wal")
    kind = chance.randrange(4)
    if kind == 0:
        os.truncate(log, chance.randrange(log.stat().st_size))
    elif kind == 1:
        overwrite(chance, log)
    elif kind == 2:
        log.unlink()
    else:
        path.with_name(f"{path.name}-shm").write_bytes(chance.randbytes(32768))


def other_schema(chance: random.Random, path: Path, _sound: Path) -> None:
    """Another program's tables, or ours with something more or less."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = chance.choice([name for name in tables if not name.startswith(("sqlite_", "search_"))])
        db.executescript(
            chance.choice(
                (
                    f"DROP TABLE {table}",
                    f"ALTER TABLE {table} RENAME TO other",
                    f"CREATE TRIGGER evil AFTER INSERT ON {table} BEGIN DELETE FROM bookmark; END"
                    if table != "search"
                    else "",
                    "CREATE VIEW evil AS SELECT * FROM bookmark",
                    "CREATE TABLE more (a, b); INSERT INTO more VALUES (1, 2)",
                    "PRAGMA application_id = 7",
                    "PRAGMA user_version = 0",
                    f"PRAGMA user_version = {schema.VERSION + chance.randrange(1, 50)}",
                    "PRAGMA user_version = -1",
                )
            )
        )


def odd_values(chance: random.Random, path: Path, _sound: Path) -> None:
    """Values in rows that eksread never writes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for table in ("article", "listing", "revision", "bookmark", "reading"):
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            value = chance.choice(
                (
                    None,
                    b"\xff\xfe",
                    "kata",
                    2**62,
                    -(2**62),
                    1e300,
                    "\x1b[2J",
                    "",
                    b"",
                )
            )
            name = chance.choice([name for name in names if name not in ("id", "article_id", "url")] or names)
            if name == "removed_at" and isinstance(value, int):
                continue  # that says of a bookmark that it was taken away
            with_some = f"UPDATE {table} SET {name} = ? WHERE rowid % {chance.choice((1, 7))} = 0"
            try:
                db.execute(with_some, (value,))
            except sqlite3.Error:
                continue  # a constraint holds that


def no_file(chance: random.Random, path: Path, _sound: Path) -> None:
    """Something in the archive's place that is no database."""
    path.unlink()
    kind = chance.randrange(4)
    if kind == 0:
        path.write_text("Ini bukan basis data. " * 300)
    elif kind == 1:
        path.mkdir()
    elif kind == 2:
        path.symlink_to("nowhere/eksread.db")
    else:
        path.write_bytes(chance.randbytes(8192))


def others_can_run() -> bool:
    """Whether another user can be played: by root, where that user can read eksread and what it needs."""
    needed = (Path(module.__file__ or "/") for module in (eksread, platformdirs))
    folders = (folder for path in needed for folder in path.parents)
    return os.geteuid() == 0 and all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)


def not_ours(chance: random.Random, path: Path, _sound: Path) -> None:
    """The files of another user, or ones that can't be written: `run` starts eksread as nobody."""
    path.chmod(chance.choice((0o600, 0o644, 0o444, 0o666)))
    path.parent.chmod(chance.choice((0o755, 0o700, 0o555, 0o777)))


WAYS: Final[tuple[Callable[[random.Random, Path, Path], None], ...]] = (
    flip,
    flip,
    flip_header,
    cut,
    zero_page,
    stray_side,
    hot_journal,
    damaged_log,
    other_schema,
    odd_values,
    no_file,
    not_ours,
)


def readable(folder: Path) -> set[str]:
    """Give the addresses of the bookmarks that SQLite can read in a copy of these files."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for path in folder.glob(f"{DATABASE_NAME}*"):
            if path.is_file():
                shutil.copy(path, copy)
        found: set[str] = set()
        for order in ("ASC", "DESC"):
            try:
                with closing(sqlite3.connect(copy / DATABASE_NAME)) as db:
                    for (url,) in db.execute(f"{BOOKMARKS} ORDER BY b.article_id {order}"):
                        found.add(url)
            except (sqlite3.Error, UnicodeDecodeError):
                continue
        return {url for url in found if isinstance(url, str)}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


class Case:
    """One damaged archive in `folder`."""

    def __init__(self, number: int, seed: int, sound: Path, folder: Path) -> None:
        self.chance = random.Random(f"{seed}:{number}")
        self.way = self.chance.choice(WAYS)
        if self.way is not_ours and not others_can_run():
            self.way = flip
        self.folder = folder
        self.path = folder / DATABASE_NAME
        shutil.copytree(sound / "closed", folder)
        self.mirrored = self.chance.random() < 0.3
        if not self.mirrored:
            (folder / BOOKMARKS_NAME).unlink()
        self.original = readable(folder)
        self.way(self.chance, self.path, sound)
        self.before = readable(folder) & self.original
        self.digest = digest(self.path)

    def look(self, forked: Forked) -> list[str]:
        """Let eksread read it; give what is wrong with how it did."""
        wrong: list[str] = []
        said, codes = "", []
        output = self.folder.with_name("output")
        log = self.folder.with_name("eksread.log")
        log.unlink(missing_ok=True)
        user = {"user": NOBODY} if self.way is not_ours else {}
        commands = [
            ("list",),
            self.chance.choice(MIDDLE),
            ("store", "check"),  # which meets damage that the others need not
            *[("list", "--json", "--limit", "999")] * 3,
        ]
        for at, command in enumerate(commands):
            if at >= 4 and codes[-1] == 0:  # damage that is met while reading is mended at the next start
                break
            words = (
                "--lang",
                "en",
                "--offline",
                "--portal",
                "http://127.0.0.1:9/",
                "--log-file",
                str(log),
                "--data-dir",
                str(self.folder),
            )
            forked.begin([*words, *command], output, **user)
            codes.append(forked.finish(SECONDS))
            err, out = (
                output.with_name(f"output.{end}").read_text("utf-8", "replace") for end in ("err", "out")
            )
            said += err
            if codes[-1] not in (0, 1) or (codes[-1] == 1 and not err):
                wrong.append(f"{command}: exit {codes[-1]}, {err[-600:]!r}")
            if "Traceback" in err or CONTROL.search(err + out):
                wrong.append(f"{command}: {err[-900:]}")
        if log.exists() and "unforeseen" in (text := log.read_text("utf-8")):
            wrong.append(text[-1500:])
        last = json.loads(out) if not codes[-1] else None
        if last is not None and len(_items(last)) < ARTICLES and not said:
            wrong.append(f"{len(_items(last))} of {ARTICLES} articles are left, and nothing was said")
        return wrong + self._kept(codes[-1])

    def _kept(self, code: int) -> list[str]:
        """See that the bookmarks are there, or the file untouched where it was refused."""
        if code:
            changed = digest(self.path) != self.digest
            return ["refused, but changed"] if changed else []
        lost = self.before - readable(self.folder)
        if self.mirrored and self.way is not not_ours:
            lost |= self.original - readable(self.folder)
        return [f"{len(lost)} bookmarks lost of {len(self.before)}: {sorted(lost)[:3]}"] if lost else []


def _items(form: object) -> list[object]:
    if isinstance(form, dict):
        return next((value for value in form.values() if isinstance(value, list)), [])
    return form if isinstance(form, list) else []


def damage(numbers: range, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Damage and look; give how many of each kind, and the findings."""
    kinds: Counter[str] = Counter()
    findings: list[str] = []
    folder.chmod(0o777)
    make_sound(folder / "sound")
    with Forked() as forked:
        for number in numbers:
            place = folder / "case" / "data"
            shutil.rmtree(place.parent, ignore_errors=True)
            place.parent.mkdir(mode=0o777)
            place.parent.chmod(0o777)
            case = Case(number, seed, folder / "sound", place)
            kinds[case.way.__name__] += 1
            wrong = case.look(forked)
            if wrong:
                findings.append(
                    f"file {number} ({case.way.__name__}, mirror {case.mirrored}): " + "\n  ".join(wrong)
                )
                print(findings[-1], flush=True)
            if number % 50 == 49:
                print(f"{number + 1} files, {len(findings)} findings", flush=True)
    return kinds, findings


def main() -> int:
    """Read the command line and damage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first, to go on with a run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one")
    given = parser.parse_args()
    numbers = range(given.first, given.files) if given.only is None else range(given.only, given.only + 1)
    folder = Path(tempfile.mkdtemp(prefix="damage-"))
    kinds, findings = damage(numbers, given.seed, folder)
    if given.only is None:
        shutil.rmtree(folder)
    else:
        print(f"left in {folder}")
    print(f"seed {given.seed}: {kinds.total()} files, {dict(kinds)}; {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
