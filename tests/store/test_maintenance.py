"""The archive as a file: numbers, health, pruning, copies, raw pages; people and places; similar articles."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.errors import StoreError
from eksread.model.fetched import Page
from eksread.model.lists import HeadlineQuery
from eksread.model.news import Comment, Comments, Image, Reaction, RelatedLink
from eksread.model.stored import NamedCount
from eksread.store import open_store
from eksread.store.maintenance import RAW_PAGES
from tests.store.making import NOW, SITE, save

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.store import Store

YEAR = timedelta(days=365)
ALL = {"comments": Comments(1, None, (Comment("Ani", None, "Halo"),)), "reactions": (Reaction(None, 5),)}


def test_stats_count_what_there_is(store: Store) -> None:
    one = save(store, "a", "Lama.", published=NOW - YEAR, related=(RelatedLink("x", None),), **ALL)
    save(store, "a", "Baru.", published=NOW - YEAR, **ALL)
    save(store, "b", published=NOW)
    store.user_data.set_read([one], True, NOW)
    store.user_data.add_bookmark(one, NOW)
    found = store.maintenance.stats()
    assert (found.articles, found.texts, found.revisions, found.comments, found.links) == (2, 2, 3, 1, 1)
    assert (found.read, found.bookmarks, found.oldest, found.newest) == (1, 1, NOW - YEAR, NOW)
    assert found.file_bytes > found.text_bytes + found.index_bytes > 0


def test_pruning_takes_old_texts_and_never_bookmarked_ones(store: Store) -> None:
    old = save(store, "old", "Teks tua.", published=NOW - 3 * YEAR, **ALL)
    save(store, "old", "Teks tua sekali.", published=NOW - 3 * YEAR, **ALL)
    kept = save(store, "kept", "Teks tersimpan.", published=NOW - 3 * YEAR, **ALL)
    new = save(store, "new", "Teks baru.", published=NOW - YEAR)
    store.user_data.add_bookmark(kept, NOW)
    store.user_data.set_read([old], True, NOW)
    would = store.maintenance.prune(NOW - 2 * YEAR, at=NOW, dry_run=True)
    assert (would.articles, would.revisions, would.comments) == (1, 2, 0)
    assert store.queries.article(old) is not None
    assert store.maintenance.prune(NOW - 2 * YEAR, at=NOW) == would
    assert store.maintenance.prune(NOW - 2 * YEAR, at=NOW).articles == 0
    assert [store.queries.article(number) is None for number in (old, kept, new)] == [True, False, False]
    headline = store.queries.headline(old)
    assert headline is not None
    assert (headline.title, headline.read, headline.has_text) == ("Judul old", True, False)
    assert [len(store.history.comments(old)), len(store.history.reactions(old))] == [1, 1]
    assert [hit.headline.id for hit in store.queries.search("tua ", limit=3)] == []
    assert store.portal_data.wanted(limit=9, at=NOW) == ()
    assert store.maintenance.check() == ()
    save(store, "old", "Dibaca lagi.", at=NOW)
    assert store.queries.article(old) is not None


def test_comments_are_pruned_where_asked_also_those_of_texts_pruned_before(store: Store) -> None:
    old = save(store, "old", published=NOW - 3 * YEAR, **ALL)
    store.maintenance.prune(NOW - 2 * YEAR, at=NOW)
    would = store.maintenance.prune(NOW - 2 * YEAR, at=NOW, comments=True, dry_run=True)
    assert (would.articles, would.comments) == (0, 3)  # a comment, the number of comments, the reactions
    assert store.maintenance.prune(NOW - 2 * YEAR, at=NOW, comments=True) == would
    assert (store.history.comments(old), store.history.reactions(old)) == ((), ())
    assert store.maintenance.prune(NOW - 2 * YEAR, at=NOW, comments=True).comments == 0
    assert store.maintenance.check() == ()


def test_pages_of_pruned_texts_go_and_are_not_read_again(store: Store) -> None:
    save(store, "old", published=NOW - 3 * YEAR)
    for name in ("old", "new"):
        store.maintenance.keep_raw(Page(f"{SITE}/{name}", b"x", NOW, f"{SITE}/{name}?utm_source=x"))
    assert store.maintenance.prune(NOW - 2 * YEAR, at=NOW).raw_pages == 1
    assert store.maintenance.stats().raw_pages == 1
    store.maintenance.keep_raw(Page(f"{SITE}/old", b"x", NOW))  # as an eksread left it that did not take them
    assert [page.url for page in store.maintenance.raw_pages()] == [f"{SITE}/new"]


def test_pictures_that_only_pruned_articles_show_are_named(store: Store) -> None:
    picture = {name: Image(f"{SITE}/{name}.jpg", None, None) for name in "ab"}
    save(store, "one", published=NOW - 3 * YEAR, lead_image=picture["a"])
    save(store, "two", published=NOW - 3 * YEAR, lead_image=picture["b"])
    save(store, "new", published=NOW, lead_image=picture["b"])
    assert store.maintenance.prune(NOW - 2 * YEAR, at=NOW).pictures == (f"{SITE}/a.jpg",)


def test_vacuum_gives_room_back(store: Store) -> None:
    with store.portal_data.transaction():
        for number in range(300):
            save(store, f"a{number}", f"Kalimat nomor {number} yang panjang. " * 40, published=NOW - YEAR)
    store.maintenance.prune(NOW, at=NOW)
    assert store.maintenance.vacuum() > 0
    assert store.maintenance.check() == ()


def test_check_finds_what_does_not_agree(store: Store) -> None:
    save(store, "a", "Banjir di kota.")
    store.user_data.set_read([save(store, "b", place="Kutim", section="Hukum")], True, NOW)
    with store._connections.write() as db:
        db.execute("UPDATE tally SET unread = 7 WHERE kind = 'all'")
        db.execute("DELETE FROM listing WHERE article_id = 1")
        db.execute("INSERT INTO search (search) VALUES ('delete-all')")
        db.execute("DELETE FROM word")
    assert [problem.split(":")[0] for problem in store.maintenance.check()] == ["listing", "tally", "search"]


@pytest.mark.parametrize("table", ["revision", "bookmark"])
def test_a_text_that_is_none_is_found_and_taken_out_at_the_next_start(tmp_path: Path, table: str) -> None:
    """Imports took such data in once: opening it says that the archive is damaged."""
    store = open_store(tmp_path)
    number = save(store, "a", "Satu.")
    save(store, "b", "Dua.")
    store.user_data.add_bookmark(number, NOW, "catatan")
    odd = zlib.compress(json.dumps({"u": "x", "t": "t", "b": [[0, 5]]}).encode())
    with closing(sqlite3.connect(tmp_path / "eksread.db")) as db, db:
        db.execute(f"UPDATE {table} SET content = ? WHERE article_id = ?", (odd, number))
    assert store.maintenance.check() == (f"{table}: 1 rows can't be used",)
    store.close()
    store = open_store(tmp_path)
    assert store.maintenance.check() == ()
    assert [mark.note for mark in store.user_data.bookmarks()] == ["catatan"]
    store.close()


def test_an_index_of_another_version_is_made_anew_when_opened(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    save(store, "a", "Banjir di kota.")
    store.facts.set("index_version", "0")
    with store._connections.write() as db:
        db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    store.close()
    store = open_store(tmp_path)
    assert len(store.queries.search("banjir ", limit=3)) == 1
    assert store.maintenance.check() == ()
    store.close()


def test_a_backup_is_an_archive(store: Store, tmp_path: Path) -> None:
    store.user_data.add_bookmark(save(store, "a"), NOW, "catatan")
    target = tmp_path / "copy" / "eksread.db"
    target.parent.mkdir()
    target.write_text("old")
    store.maintenance.backup(target)
    save(store, "b")
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(target.parent.glob(".*")) == []
    copy = open_store(target.parent)
    assert copy.queries.counts().total == 1
    assert [mark.note for mark in copy.user_data.bookmarks()] == ["catatan"]
    assert copy.maintenance.check() == ()
    copy.close()


def test_a_backup_to_nowhere_is_an_error_of_ours(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        store.maintenance.backup(tmp_path / "missing" / "copy.db")


def test_only_the_last_raw_pages_are_kept(store: Store) -> None:
    for number in range(RAW_PAGES + 3):
        store.maintenance.keep_raw(
            Page(f"{SITE}/{number}", b"<p>", NOW, f"{SITE}/q", content_type="text/html")
        )
    store.maintenance.keep_raw(Page(f"{SITE}/5", b"newer", NOW))
    pages = list(store.maintenance.raw_pages())
    assert len(pages) <= RAW_PAGES
    assert pages[-1] == Page(f"{SITE}/5", b"newer", NOW)
    assert pages[0].content_type == "text/html"


def test_places_and_people_are_listed_with_their_articles(store: Store) -> None:
    save(store, "a", place="Sangatta", reporter="Amr", editor="Abdullah", published=NOW - YEAR)
    read = save(store, "b", place="Kutai Timur", reporter="AMR", published=NOW)
    save(store, "c", place="Berau", reporter="Rina", editor="amr")
    store.user_data.set_read([read], True, NOW)
    assert [(item.key, item.name, item.total, item.unread) for item in store.history.places()] == [
        ("kutim", "Kutai Timur", 2, 1),
        ("berau", "Berau", 1, 1),
    ]
    assert {store.history.place(name) for name in ("Kutim", "Sangatta", "kutai  timur")} == {
        NamedCount("kutim", "Kutai Timur", 2, 1)
    }
    assert store.history.place("Atlantis") is None
    assert [(item.key, item.total) for item in store.history.people(limit=2)] == [("amr", 3), ("abdullah", 1)]
    page = store.history.by_person("Amr", limit=2)
    assert [item.title for item in page.items] == ["Judul c", "Judul b"]
    rest = store.history.by_person("Amr", limit=2, after=page.next)
    assert ([item.title for item in rest.items], rest.next) == (["Judul a"], None)


def test_a_person_of_two_roles_is_listed_once(store: Store) -> None:
    save(store, "a", reporter="Amr", editor="Amr")
    assert len(store.history.by_person("amr", limit=5).items) == 1
    assert store.history.people(limit=5)[0].total == 1


def test_similar_articles_share_rare_words(store: Store) -> None:
    one = save(store, "a", "Buaya muara muncul di Sungai Sangatta.", title="Buaya Muncul")
    save(store, "b", "Warga melihat buaya muara lagi.", title="Buaya Muara Lagi")
    for number in range(6):
        save(store, f"x{number}", f"Harga cabai naik {number}.", title=f"Pasar {number}")
    found = store.history.relatives(one, limit=3)
    assert [(item.headline.title, item.kinship) for item in found] == [("Buaya Muara Lagi", "similar")]


@pytest.mark.parametrize(("others", "alike"), [(2, 2), (3, 0)])
def test_common_words_make_nothing_similar_in_a_small_archive(store: Store, others: int, alike: int) -> None:
    """In twenty articles, words that three have still tell of what; words that four have are everybody's."""
    one = save(store, "one", "Buaya muara.", title="Satu")
    for number in range(others):
        save(store, f"b{number}", f"Buaya muara terlihat{number}.", title=f"Dua{number}")
    for number in range(19 - others):
        save(store, f"x{number}", f"Harga{number}.", title=f"Pasar{number}")
    assert len(store.history.relatives(one, limit=5)) == alike


def test_words_that_only_one_article_has_do_not_hide_what_it_shares(store: Store) -> None:
    own = " ".join(f"kata{letter}" for letter in "abcdefghijklmnopqrst")
    one = save(store, "a", f"Buaya muara muncul. {own}", title="Satwa")
    save(store, "b", "Ada buaya muara.", title="Lain")
    for number in range(6):
        save(store, f"x{number}", f"Harga cabai naik {number}.", title=f"Pasar {number}")
    assert [item.headline.title for item in store.history.relatives(one, limit=3)] == ["Lain"]


def test_the_first_articles_are_not_alike_by_chance(store: Store) -> None:
    one = save(store, "a", "Warga kota datang.", title="Hal Satu")
    save(store, "b", "Warga kota pulang.", title="Hal Dua")
    assert store.history.relatives(one, limit=3) == ()


def test_the_counts_of_places_follow_a_dateline_that_changes(store: Store) -> None:
    save(store, "a", place="Kutim")
    save(store, "a", place="Berau")
    assert [(item.key, item.total) for item in store.history.places()] == [("berau", 1)]
    assert store.queries.headlines(HeadlineQuery(place="kutim")).items == ()
