"""The reader's own: marks, bookmarks, places in a text; each can be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.errors import NotFound
from eksread.model.lists import HeadlineQuery, SavedSearch
from eksread.model.news import Comment, Comments, Teaser
from eksread.model.stored import ReadingState
from tests.store.making import NOW, SITE, save

if TYPE_CHECKING:
    from eksread.store import Store

LATER = NOW + timedelta(hours=1)


def read_ids(store: Store) -> set[int]:
    return {item.id for item in store.queries.headlines(HeadlineQuery(unread=False)).items}


def test_marking_gives_what_changed_so_that_it_can_be_undone(store: Store) -> None:
    one, two = save(store, "a"), save(store, "b")
    assert store.user_data.set_read([one], True, NOW) == (one,)
    assert store.user_data.set_read([one, two, 999], True, LATER) == (two,)
    assert read_ids(store) == {one, two}
    assert store.user_data.set_read([two], False, LATER) == (two,)
    assert read_ids(store) == {one}
    assert store.user_data.reading(one).read_at == NOW
    assert store.user_data.reading(two).read_at is None


def test_all_of_a_section_are_marked_and_undone(store: Store) -> None:
    save(store, "a", section="Hukum")
    others = [save(store, name, section="Ekonomi") for name in "bc"]
    changed = store.user_data.mark_all_read(NOW, "ekonomi")
    assert set(changed) == set(others) == read_ids(store)
    store.user_data.set_read(changed, False, NOW)
    assert read_ids(store) == set()
    assert len(store.user_data.mark_all_read(NOW)) == 3
    assert store.user_data.mark_all_read(NOW) == ()


def test_a_mark_survives_a_new_revision(store: Store) -> None:
    number = save(store, "a", "Lama.")
    store.user_data.set_read([number], True, NOW)
    store.user_data.add_bookmark(number, NOW, "catatan")
    save(store, "a", "Baru.", at=LATER)
    assert read_ids(store) == {number}
    assert [mark.note for mark in store.user_data.bookmarks()] == ["catatan"]


def test_a_bookmark_keeps_note_and_labels_unless_told(store: Store) -> None:
    number = save(store, "a")
    assert store.user_data.add_bookmark(number, NOW, "satu", ["x", " y  z ", "x", ""]) is True
    assert store.user_data.add_bookmark(number, LATER) is False
    assert store.user_data.add_bookmark(number, LATER, labels=["w"]) is False
    (mark,) = store.user_data.bookmarks()
    assert (mark.note, mark.labels, mark.saved_at) == ("satu", ("w",), NOW)


def test_removing_a_bookmark_gives_all_of_it_for_undo(store: Store) -> None:
    number = save(store, "a")
    store.user_data.add_bookmark(number, NOW, "satu", ["x"])
    (before,) = store.user_data.bookmarks()
    removed = store.user_data.remove_bookmark(number, LATER)
    assert store.user_data.bookmarks() == ()
    assert store.user_data.remove_bookmark(number, LATER) is None
    assert removed == before


def test_a_bookmark_of_what_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        store.user_data.add_bookmark(5, NOW)


def test_bookmarks_come_newest_first(store: Store) -> None:
    for hours, name in enumerate("abc"):
        store.user_data.add_bookmark(save(store, name), NOW + timedelta(hours=hours))
    assert [mark.headline.title for mark in store.user_data.bookmarks()] == ["Judul c", "Judul b", "Judul a"]


def test_a_bookmark_made_from_a_headline_keeps_the_text_when_it_comes(store: Store) -> None:
    store.portal_data.save_teasers([Teaser("Judul a", f"{SITE}/a")], NOW)
    headline = store.queries.headline(f"{SITE}/a")
    assert headline is not None
    store.user_data.add_bookmark(headline.id, NOW)
    save(store, "a", "Teks lengkap.")
    records = [line for line in store.user_data.export_lines() if '"bookmark"' in line]
    assert "Teks lengkap." in records[0]


def test_a_position_is_found_again_after_an_edit_above_it(store: Store) -> None:
    number = save(store, "a", "Satu.\nDua.\nTiga.")
    assert store.user_data.reading(number).block == 0
    store.user_data.set_position(number, 2, NOW)
    save(store, "a", "Nol.\nSatu.\nDua.\nTiga.\nEmpat.", at=LATER)
    assert store.user_data.reading(number).block == 3


def test_a_position_whose_paragraph_is_gone_stays_near(store: Store) -> None:
    number = save(store, "a", "Satu.\nDua.\nTiga.")
    store.user_data.set_position(number, 2, NOW)
    save(store, "a", "Lain.\nSekali.", at=LATER)
    assert store.user_data.reading(number).block == 1


def test_of_equal_paragraphs_the_nearest_is_the_position(store: Store) -> None:
    number = save(store, "a", "***\nSatu.\n***\nDua.\n***")
    store.user_data.set_position(number, 4, NOW)
    save(store, "a", "***\nSatu.\n***\nDua.\nTiga.\n***", at=LATER)
    assert store.user_data.reading(number).block == 5


def test_a_position_marks_nothing_read(store: Store) -> None:
    number = save(store, "a")
    store.user_data.set_position(number, 0, NOW)
    assert read_ids(store) == set()


def test_comments_that_came_since_they_were_seen_are_counted(store: Store) -> None:
    number = save(store, "a", comments=Comments(1, None, (Comment("Ani", None, "Halo"),)))
    assert store.user_data.reading(number) == ReadingState()
    assert store.queries.comment_counts(number) == (1, 0)
    store.user_data.set_comments_seen(number, NOW)
    assert store.queries.comment_counts(number) == (1, 0)
    two = (Comment("Ani", None, "Halo"), Comment("Budi", None, "Juga"))
    save(store, "a", at=LATER, comments=Comments(2, None, two))
    assert store.queries.comment_counts(number) == (2, 1)
    assert store.user_data.reading(number) == ReadingState(comments_seen_at=NOW)


def test_searches_are_kept_replaced_and_removed(store: Store) -> None:
    store.user_data.save_search("Banjir", "banjir place:kutim", NOW)
    store.user_data.save_search("Banjir", "banjir", LATER)
    store.user_data.save_search("Adat", "budaya adat", NOW)
    assert store.queries.saved_searches() == (
        SavedSearch("Adat", "budaya adat"),
        SavedSearch("Banjir", "banjir"),
    )
    assert store.user_data.remove_search("Banjir", LATER) == SavedSearch("Banjir", "banjir")
    assert store.user_data.remove_search("Banjir", LATER) is None
    assert [item.name for item in store.queries.saved_searches()] == ["Adat"]


def test_one_bookmark_is_that_of_the_list(store: Store) -> None:
    first, second = save(store, "a"), save(store, "b")
    store.user_data.add_bookmark(first, NOW, note="besok", labels=["satu"])
    assert store.user_data.bookmark(first) == store.user_data.bookmarks()[0]
    assert store.user_data.bookmark(second) is None
    store.user_data.remove_bookmark(first, NOW)
    assert store.user_data.bookmark(first) is None


def test_a_change_wins_over_an_export_made_when_the_clock_was_years_ahead(store: Store) -> None:
    number = save(store, "a", "Satu.\nDua.\nTiga.")
    other = save(store, "b")
    ahead = NOW + timedelta(days=3650)
    for article_id in (number, other):
        store.user_data.add_bookmark(article_id, ahead, "lama")
    store.user_data.set_read([number], True, ahead)
    store.user_data.set_position(number, 2, ahead)
    store.user_data.save_search("Uji", "uji", ahead)
    exported = list(store.user_data.export_lines())

    store.user_data.add_bookmark(number, NOW, "baru")
    store.user_data.remove_bookmark(other, NOW)
    store.user_data.set_read([number], False, NOW)
    store.user_data.set_position(number, 1, NOW)
    store.user_data.remove_search("Uji", NOW)
    store.user_data.import_lines(exported)
    assert [mark.note for mark in store.user_data.bookmarks()] == ["baru"]
    assert read_ids(store) == set()
    assert store.user_data.reading(number).block == 1
    assert store.queries.saved_searches() == ()
