"""Every method of the store against a database that another holds: reads answer, writes say `StoreLocked`."""

from __future__ import annotations

import inspect
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from eksread.errors import StoreError, StoreFull, StoreLocked
from eksread.model.fetched import Page
from eksread.model.lists import HeadlineQuery
from eksread.model.news import SectionLink, Teaser
from eksread.model.stored import PageState
from eksread.store.database.locks import FolderLock, RefreshLock
from tests.store.making import NOW, SITE, article, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from eksread.store import Store


def backed_up(store: Store, target: Path) -> int:
    """Make a backup and give the number of its articles."""
    store.maintenance.backup(target)
    with closing(sqlite3.connect(target)) as db:
        (count,) = db.execute("SELECT count(*) FROM article").fetchone()
        return int(count)


READS: dict[str, Any] = {
    "portal_data.page_state": lambda s, p: s.portal_data.page_state(SITE),
    "portal_data.page_states": lambda s, p: s.portal_data.page_states([SITE]),
    "portal_data.wanted": lambda s, p: s.portal_data.wanted(limit=3, at=NOW),
    "portal_data.stale": lambda s, p: s.portal_data.stale(limit=3, checked_before=NOW, published_after=NOW),
    "portal_data.renamed": lambda s, p: s.portal_data.renamed(limit=3, at=NOW, since=NOW),
    "portal_data.bookmarked": lambda s, p: s.portal_data.bookmarked(limit=3, at=NOW, checked_before=NOW),
    "facts.get": lambda s, p: s.facts.get("x"),
    "facts.moment": lambda s, p: s.facts.moment("x"),
    "queries.headlines": lambda s, p: s.queries.headlines(HeadlineQuery()),
    "queries.article": lambda s, p: s.queries.article(1),
    "queries.headline": lambda s, p: s.queries.headline(f"{SITE}/a"),
    "queries.sections": lambda s, p: s.queries.sections(),
    "queries.counts": lambda s, p: s.queries.counts(),
    "queries.search": lambda s, p: s.queries.search("isi is:unread", limit=3),
    "queries.found": lambda s, p: s.queries.found("isi", limit=3),
    "queries.nearest": lambda s, p: s.queries.nearest("isu"),
    "queries.find_title": lambda s, p: s.queries.find_title("Judul a"),
    "user_data.bookmarks": lambda s, p: s.user_data.bookmarks(),
    "user_data.bookmark": lambda s, p: s.user_data.bookmark(1),
    "user_data.reading": lambda s, p: s.user_data.reading(1),
    "queries.comment_counts": lambda s, p: s.queries.comment_counts(1),
    "queries.saved_searches": lambda s, p: s.queries.saved_searches(),
    "queries.misread": lambda s, p: s.queries.misread("is:odd "),
    "history.revisions": lambda s, p: s.history.revisions(1),
    "history.headline_variants": lambda s, p: s.history.headline_variants(1),
    "history.reactions": lambda s, p: s.history.reactions(1),
    "history.comments": lambda s, p: s.history.comments(1),
    "history.relatives": lambda s, p: s.history.relatives(1, limit=3),
    "history.places": lambda s, p: s.history.places(),
    "history.place": lambda s, p: s.history.place("Bontang"),
    "history.people": lambda s, p: s.history.people(limit=3),
    "history.person": lambda s, p: s.history.person("Amr"),
    "history.by_person": lambda s, p: s.history.by_person("Amr", limit=3),
    "user_data.export_lines": lambda s, p: list(s.user_data.export_lines()),
    "maintenance.stats": lambda s, p: s.maintenance.stats(),
    "maintenance.check": lambda s, p: s.maintenance.check(),
    "maintenance.raw_pages": lambda s, p: list(s.maintenance.raw_pages()),
    "maintenance.backup": lambda s, p: backed_up(s, p / "copy.db"),
}
WRITES: dict[str, Any] = {
    "portal_data.page_checked": lambda s, p: s.portal_data.page_checked(PageState(SITE)),
    "portal_data.save_sections": lambda s, p: s.portal_data.save_sections([SectionLink("A", SITE)], NOW),
    "portal_data.save_teasers": lambda s, p: s.portal_data.save_teasers([Teaser("J", f"{SITE}/b")], NOW),
    "portal_data.save_article": lambda s, p: s.portal_data.save_article(article("c"), NOW, url=f"{SITE}/c"),
    "portal_data.mark_gone": lambda s, p: s.portal_data.mark_gone(f"{SITE}/a", NOW),
    "portal_data.transaction": lambda s, p: s.portal_data.transaction().__enter__(),
    "facts.set": lambda s, p: s.facts.set("x", "y"),
    "user_data.set_read": lambda s, p: s.user_data.set_read([1], True, NOW),
    "user_data.mark_all_read": lambda s, p: s.user_data.mark_all_read(NOW),
    "user_data.add_bookmark": lambda s, p: s.user_data.add_bookmark(1, NOW, "lain"),
    "user_data.remove_bookmark": lambda s, p: s.user_data.remove_bookmark(1, NOW),
    "user_data.set_position": lambda s, p: s.user_data.set_position(1, 0, NOW),
    "user_data.set_comments_seen": lambda s, p: s.user_data.set_comments_seen(1, NOW),
    "user_data.save_search": lambda s, p: s.user_data.save_search("n", "q", NOW),
    "user_data.remove_search": lambda s, p: s.user_data.remove_search("n", NOW),
    "user_data.import_lines": lambda s, p: s.user_data.import_lines([]),
    "maintenance.vacuum": lambda s, p: s.maintenance.vacuum(),
    "maintenance.prune": lambda s, p: s.maintenance.prune(NOW, at=NOW),
    "maintenance.keep_raw": lambda s, p: s.maintenance.keep_raw(Page(SITE, b"x", NOW)),
}
PARTS = ("queries", "facts", "portal_data", "user_data", "history", "maintenance")


@pytest.fixture
def filled(store: Store) -> Store:
    store.user_data.add_bookmark(save(store, "a"), NOW)
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
        f"{part}.{name}"
        for part in PARTS
        for name, _ in inspect.getmembers(type(getattr(store, part)), inspect.isfunction)
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


@pytest.mark.parametrize("name", [name for name in WRITES if name != "portal_data.transaction"])
def test_after_the_lock_is_gone_writing_goes_on(filled: Store, tmp_path: Path, name: str) -> None:
    with another_writes(tmp_path), pytest.raises(StoreLocked):
        WRITES[name](filled, tmp_path)
    WRITES[name](filled, tmp_path)
    assert filled.maintenance.check() == ()


def fill_up(store: Store, call: Callable[[], object]) -> None:
    for number in range(400):
        store.maintenance.keep_raw(Page(f"{SITE}/{number}", Random(number).randbytes(9000), NOW))
        call()


@pytest.mark.parametrize(
    "name",
    [
        "portal_data.save_article",
        "portal_data.save_teasers",
        "user_data.add_bookmark",
        "user_data.set_read",
        "maintenance.keep_raw",
    ],
)
def test_a_full_disk_is_said_and_reading_goes_on(filled: Store, tmp_path: Path, name: str) -> None:
    with filled._connections.read() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with pytest.raises(StoreFull):
                fill_up(filled, lambda: WRITES[name](filled, tmp_path))
            assert filled.queries.counts().total >= 1
            assert filled.maintenance.check() == ()
        finally:
            db.execute("PRAGMA max_page_count = 1000000")


def test_one_refresh_at_a_time_has_the_right_to_it(tmp_path: Path) -> None:
    first, second = RefreshLock(tmp_path), RefreshLock(tmp_path)
    assert first.acquire()
    assert not first.acquire(), "the screens and a worker of theirs are one process"
    assert not second.acquire()
    first.release()
    assert second.acquire()


def test_a_folder_whose_database_is_being_moved_is_waited_for_and_then_said_to_be_locked(
    tmp_path: Path,
) -> None:
    mover = FolderLock(tmp_path, patience=0)
    with mover.exclusive(), pytest.raises(StoreLocked):
        FolderLock(tmp_path, patience=0)
    FolderLock(tmp_path, patience=0).release()


def test_a_store_that_is_closed_says_so_in_a_thread_that_comes_late(store: Store) -> None:
    store.close()
    with ThreadPoolExecutor(1) as threads, pytest.raises(StoreError, match="closed"):
        threads.submit(store.queries.counts).result()
