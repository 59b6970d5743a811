"""Every method of the store against a database that another holds: reads answer, writes say `StoreLocked`."""

from __future__ import annotations

import inspect
import sqlite3
from contextlib import closing, contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from eksread.errors import StoreFull, StoreLocked
from eksread.model.fetched import Page
from eksread.model.lists import HeadlineQuery
from eksread.model.news import SectionLink, Teaser
from eksread.model.stored import PageState
from tests.store.making import NOW, SITE, article, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from eksread.store import Store


def backed_up(store: Store, target: Path) -> int:
    """Make a backup and give the number of its articles."""
    store.upkeep.backup(target)
    with closing(sqlite3.connect(target)) as link:
        (count,) = link.execute("SELECT count(*) FROM article").fetchone()
        return int(count)


READS: dict[str, Any] = {
    "archive.page_state": lambda s, p: s.archive.page_state(SITE),
    "archive.page_states": lambda s, p: s.archive.page_states([SITE]),
    "archive.wanted": lambda s, p: s.archive.wanted(limit=3, at=NOW),
    "archive.stale": lambda s, p: s.archive.stale(limit=3, checked_before=NOW, published_after=NOW),
    "notes.fact": lambda s, p: s.notes.fact("x"),
    "shelf.headlines": lambda s, p: s.shelf.headlines(HeadlineQuery()),
    "shelf.article": lambda s, p: s.shelf.article(1),
    "shelf.headline": lambda s, p: s.shelf.headline(f"{SITE}/a"),
    "shelf.sections": lambda s, p: s.shelf.sections(),
    "shelf.counts": lambda s, p: s.shelf.counts(),
    "shelf.search": lambda s, p: s.shelf.search("isi is:unread", limit=3),
    "shelf.found": lambda s, p: s.shelf.found("isi", limit=3),
    "shelf.find_title": lambda s, p: s.shelf.find_title("Judul a"),
    "desk.bookmarks": lambda s, p: s.desk.bookmarks(),
    "desk.bookmark": lambda s, p: s.desk.bookmark(1),
    "desk.position": lambda s, p: s.desk.position(1),
    "reading.reading": lambda s, p: s.reading.reading(1),
    "reading.new_comments": lambda s, p: s.reading.new_comments(1),
    "reading.comment_counts": lambda s, p: s.reading.comment_counts(1),
    "searches.saved_searches": lambda s, p: s.searches.saved_searches(),
    "searches.matches": lambda s, p: s.searches.matches(1, "isi"),
    "searches.misread": lambda s, p: s.searches.misread("is:odd "),
    "history.revisions": lambda s, p: s.history.revisions(1),
    "history.headline_variants": lambda s, p: s.history.headline_variants(1),
    "history.reactions": lambda s, p: s.history.reactions(1),
    "history.comments": lambda s, p: s.history.comments(1),
    "history.front_pages": lambda s, p: s.history.front_pages(SITE),
    "history.front_page": lambda s, p: s.history.front_page(1),
    "history.relatives": lambda s, p: s.history.relatives(1, limit=3),
    "indexes.places": lambda s, p: s.indexes.places(),
    "indexes.place": lambda s, p: s.indexes.place("Bontang"),
    "indexes.people": lambda s, p: s.indexes.people(limit=3),
    "indexes.by_person": lambda s, p: s.indexes.by_person("Amr", limit=3),
    "state.export_lines": lambda s, p: list(s.state.export_lines()),
    "upkeep.stats": lambda s, p: s.upkeep.stats(),
    "upkeep.check": lambda s, p: s.upkeep.check(),
    "upkeep.raw_pages": lambda s, p: list(s.upkeep.raw_pages()),
    "upkeep.backup": lambda s, p: backed_up(s, p / "copy.db"),
}
WRITES: dict[str, Any] = {
    "archive.page_checked": lambda s, p: s.archive.page_checked(PageState(SITE)),
    "archive.save_sections": lambda s, p: s.archive.save_sections([SectionLink("A", SITE)], NOW),
    "archive.save_teasers": lambda s, p: s.archive.save_teasers([Teaser("J", f"{SITE}/b")], NOW),
    "archive.save_article": lambda s, p: s.archive.save_article(article("c"), NOW, url=f"{SITE}/c"),
    "archive.mark_gone": lambda s, p: s.archive.mark_gone(f"{SITE}/a", NOW),
    "archive.together": lambda s, p: s.archive.together().__enter__(),
    "archive.batch": lambda s, p: s.archive.batch().__enter__(),
    "notes.set_fact": lambda s, p: s.notes.set_fact("x", "y"),
    "desk.set_read": lambda s, p: s.desk.set_read([1], True, NOW),
    "desk.mark_all_read": lambda s, p: s.desk.mark_all_read(NOW),
    "desk.add_bookmark": lambda s, p: s.desk.add_bookmark(1, NOW, "lain"),
    "desk.remove_bookmark": lambda s, p: s.desk.remove_bookmark(1, NOW),
    "desk.set_position": lambda s, p: s.desk.set_position(1, 0, NOW),
    "reading.set_position": lambda s, p: s.reading.set_position(1, 0, NOW),
    "reading.set_finished": lambda s, p: s.reading.set_finished(1, NOW),
    "reading.set_comments_seen": lambda s, p: s.reading.set_comments_seen(1, NOW),
    "reading.restore_bookmark": lambda s, p: s.reading.restore_bookmark(s.desk.bookmarks()[0], NOW),
    "searches.save_search": lambda s, p: s.searches.save_search("n", "q", NOW),
    "searches.remove_search": lambda s, p: s.searches.remove_search("n", NOW),
    "state.import_lines": lambda s, p: s.state.import_lines([]),
    "upkeep.repair": lambda s, p: s.upkeep.repair(),
    "upkeep.rebuild_index": lambda s, p: s.upkeep.rebuild_index(),
    "upkeep.vacuum": lambda s, p: s.upkeep.vacuum(),
    "upkeep.prune": lambda s, p: s.upkeep.prune(NOW, at=NOW),
    "upkeep.keep_raw": lambda s, p: s.upkeep.keep_raw(Page(SITE, b"x", NOW)),
}
DOORS = ("archive", "notes", "shelf", "desk", "reading", "searches", "history", "indexes", "state", "upkeep")


@pytest.fixture
def filled(store: Store) -> Store:
    store.desk.add_bookmark(save(store, "a"), NOW)
    return store


@contextmanager
def another_writes(tmp_path: Path) -> Iterator[None]:
    """Another connection holds the database for itself."""
    with closing(sqlite3.connect(tmp_path / "data" / "eksread.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_no_method_is_left_out(store: Store) -> None:
    names = {
        f"{door}.{name}"
        for door in DOORS
        for name, _ in inspect.getmembers(type(getattr(store, door)), inspect.isfunction)
        if not name.startswith("_")
    }
    assert names == set(READS) | set(WRITES)


@pytest.mark.parametrize("name", READS)
def test_reading_answers_the_same_while_another_writes(filled: Store, tmp_path: Path, name: str) -> None:
    before = READS[name](filled, tmp_path)
    with another_writes(tmp_path):
        assert READS[name](filled, tmp_path) == before


@pytest.mark.parametrize("name", WRITES)
def test_writing_says_that_another_one_writes(filled: Store, tmp_path: Path, name: str) -> None:
    with another_writes(tmp_path), pytest.raises(StoreLocked):
        WRITES[name](filled, tmp_path)


@pytest.mark.parametrize(
    "name", [name for name in WRITES if name not in ("archive.batch", "archive.together")]
)
def test_after_the_lock_is_gone_writing_goes_on(filled: Store, tmp_path: Path, name: str) -> None:
    with another_writes(tmp_path), pytest.raises(StoreLocked):
        WRITES[name](filled, tmp_path)
    WRITES[name](filled, tmp_path)
    assert filled.check() == ()


def fill_up(store: Store, call: Callable[[], object]) -> None:
    for number in range(400):
        store.upkeep.keep_raw(Page(f"{SITE}/{number}", Random(number).randbytes(9000), NOW))
        call()


@pytest.mark.parametrize(
    "name",
    ["archive.save_article", "archive.save_teasers", "desk.add_bookmark", "desk.set_read", "upkeep.keep_raw"],
)
def test_a_full_disk_is_said_and_reading_goes_on(filled: Store, tmp_path: Path, name: str) -> None:
    with filled._db.read() as link:
        (pages,) = link.execute("PRAGMA page_count").fetchone()
        link.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with pytest.raises(StoreFull):
                fill_up(filled, lambda: WRITES[name](filled, tmp_path))
            assert filled.shelf.counts().total >= 1
            assert filled.check() == ()
        finally:
            link.execute("PRAGMA max_page_count = 1000000")
