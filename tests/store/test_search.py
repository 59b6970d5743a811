"""Search on a real archive: what is found, in what order, with what marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eksread.model.enums import BlockType
from eksread.model.news import Block, Comment, Comments, Image, Teaser
from eksread.store import open_store
from eksread.store.search import results
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.store import Store


def names(store: Store, text: str, limit: int = 50) -> list[str]:
    """Give the last parts of the hits' addresses."""
    return [hit.headline.url.rsplit("/", 1)[1] for hit in store.queries.search(text, limit=limit)]


def test_all_words_must_occur_in_any_form(store: Store) -> None:
    save(store, "a", "Warga kebanjiran di Samarinda.")
    save(store, "b", "Banjir surut di Bontang.")
    assert names(store, "banjir samarinda ") == ["a"]
    assert set(names(store, "banjir ")) == {"a", "b"}


def test_a_word_as_typed_ranks_before_its_forms(store: Store) -> None:
    save(store, "form", "Pembangunan gedung dimulai.", at=NOW + timedelta(days=1))
    save(store, "exact", "Ia bangun pagi sekali.", at=NOW)
    for filler in range(8):
        save(store, f"x{filler}", "Berita lain saja.")
    assert names(store, "bangun ") == ["exact", "form"]


def test_a_headline_weighs_more_than_the_body(store: Store) -> None:
    save(store, "body", "Pasar ramai, kata pedagang.", at=NOW + timedelta(days=1))
    save(store, "head", "Isi tentang hal lain.", title="Pasar Pagi Ditutup")
    save(store, "none", "Tidak ada apa-apa.")
    assert names(store, "pasar ") == ["head", "body"]


def test_of_equal_hits_the_newest_comes_first(store: Store) -> None:
    for day in (2, 1, 3):
        save(store, f"d{day}", "Hujan lebat.", published=NOW - timedelta(days=day), title="Cuaca")
    assert names(store, "hujan ") == ["d1", "d2", "d3"]


def test_the_beginning_of_the_last_word_is_enough(store: Store) -> None:
    save(store, "a", "Pelabuhan Kariangau sibuk.")
    assert names(store, "kari") == ["a"]
    assert names(store, "kari ") == []


def test_phrases_and_negation(store: Store) -> None:
    save(store, "a", "Wali kota hadir.")
    save(store, "b", "Kota itu punya wali.")
    assert names(store, '"wali kota"') == ["a"]
    assert names(store, 'wali -"wali kota"') == ["b"]
    assert names(store, "-hadir ") == ["b"]


def test_either_word(store: Store) -> None:
    save(store, "a", "Gempa terasa.")
    save(store, "b", "Longsor menutup jalan.")
    save(store, "c", "Cuaca cerah.")
    assert set(names(store, "gempa OR longsor ")) == {"a", "b"}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("kukar ", "Warga Kutai Kartanegara bersiap."),
        ("kutai kartanegara ", "Warga Kukar bersiap."),
        ("dprd ", "Dewan Perwakilan Rakyat Daerah rapat."),
        ("pemerintah kabupaten ", "Pemkab setuju."),
        ("JUMAT ", "Sampai Jum'at malam."),
        ("cafe ", "Sebuah café baru."),
    ],
)
def test_other_names_and_spellings_find_it(store: Store, typed: str, text: str) -> None:
    save(store, "a", text)
    save(store, "b", "Tidak ada hubungan.")
    assert names(store, typed) == ["a"]


def test_caption_comments_names_and_notes_are_searched(store: Store) -> None:
    comments = Comments(1, None, (Comment("Ani", None, "Semoga lekas pulih"),))
    one = save(
        store, "a", comments=comments, reporter="Zulkarnain", lead_image=Image(None, "Jembatan gantung.")
    )
    save(store, "b", "Hal lain.")
    store.user_data.add_bookmark(one, NOW, note="untuk skripsi", labels=["riset"])
    for typed in ("gantung ", "lekas ", "zulkarnain ", "skripsi ", "riset "):
        assert names(store, typed) == ["a"], typed
    store.user_data.remove_bookmark(one, NOW)
    assert names(store, "skripsi ") == []


def test_filters_narrow_the_hits(store: Store) -> None:
    image = Image("https://news.invalid/1.jpg")
    old, new = datetime(2019, 6, 30, 10, tzinfo=UTC), datetime(2019, 7, 2, 10, tzinfo=UTC)
    one = save(
        store, "a", place="Kutai Timur", section="Ekonomi", reporter="Amr", published=old, lead_image=image
    )
    save(
        store,
        "b",
        place="Berau",
        section="Ekonomi Daerah",
        editor="Amr Diab",
        published=new,
        advertorial=True,
    )
    store.user_data.set_read([one], True, NOW)
    store.user_data.add_bookmark(one, NOW, labels=["Penting sekali"])
    expected = {
        "place:sangatta": ["a"],
        "place:ber": ["b"],
        "-place:kutim": ["b"],
        "section:ekonomi": ["a"],
        'section:"ekonomi daerah"': ["b"],
        "by:amr": ["b", "a"],
        'by:"amr diab"': ["b"],
        "editor:diab": ["b"],
        "penulis:amr": ["b", "a"],
        "tempat:berau": ["b"],
        "after:2019-07": ["b"],
        "before:2019-07": ["a"],
        "before:2019-07 after:2019-06": ["a"],
        "is:unread": ["b"],
        "is:read": ["a"],
        "is:saved": ["a"],
        "-is:saved": ["b"],
        "is:adv": ["b"],
        "-is:adv": ["a"],
        "has:image": ["a"],
        'label:"penting sekali"': ["a"],
        "label:lain": [],
        '-label:"Penting sekali"': ["b"],
        '-label:lain -label:"penting sekali"': ["b"],
        "-label:lain": ["b", "a"],
        'isi -label:"penting sekali"': ["b"],
        '-isi -label:"penting sekali"': [],
        'is:saved -label:"penting sekali"': [],
        "is:saved -label:lain": ["a"],
        'label:"penting sekali" -label:lain': ["a"],
        'is:unread -label:"penting sekali"': ["b"],
        "-place:nowhere": ["b", "a"],
        "isi place:kutim": ["a"],
        "isi is:saved": ["a"],
        "place:nowhere": [],
    }
    assert {typed: names(store, typed) for typed in expected} == expected
    store.user_data.remove_bookmark(one, NOW + timedelta(days=1))
    assert names(store, '-label:"penting sekali"') == ["b", "a"]


def test_has_comments_and_is_changed_follow_what_happens(store: Store) -> None:
    save(store, "a", "Isi lama.")
    assert names(store, "is:changed") == names(store, "has:comments") == []
    save(store, "a", "Isi baru.", comments=Comments(3))
    assert names(store, "is:changed") == names(store, "has:comments") == ["a"]
    assert names(store, "lama ") == []
    assert names(store, "baru ") == ["a"]


def test_the_day_of_a_filter_is_the_portals(store: Store) -> None:
    save(store, "a", published=datetime(2019, 6, 30, 17, 0, tzinfo=UTC))  # 01:00 on 1 July in WITA
    assert names(store, "after:2019-07-01") == ["a"]
    assert names(store, "before:2019-07-01") == []


def test_snippets_mark_the_match_where_it_stands(store: Store) -> None:
    filler = "kata lain " * 40
    save(store, "a", f"Pembuka saja.\n{filler} lalu Jum'at membangun rumah {filler}")
    (hit,) = store.queries.search("bangun ", limit=5)
    assert "\ue000membangun\ue001 rumah" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet.split()) <= 30


def test_headlines_without_text_are_found(store: Store) -> None:
    store.portal_data.save_teasers(
        [Teaser("Feri Berhenti", "https://news.invalid/t", summary="Cuaca buruk")], NOW
    )
    assert names(store, "feri ") == names(store, "cuaca ") == ["t"]


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            ["banjir", "-", '"', "OR", "NOT", "AND", "NEAR(", ")", "*", "^", ":", "title:", "place:", "{", "}", "is:",
             "unread", "before:", "2020", "\0", "'", ";", "\ud800", "isi", "zall", "+"]
        ),
        max_size=8,
    ).map(" ".join)
)  # fmt: skip
def test_any_typing_is_a_query(store: Store, text: str) -> None:
    if store.queries.counts().total == 0:
        save(store, "a", "Isi banjir.")
    assert [hit.headline.title for hit in store.queries.search(text, limit=3)] in ([], ["Judul a"])


def test_the_few_unread_ones_are_found_among_hits(store: Store) -> None:
    with store.portal_data.transaction():
        ids = [
            save(
                store, f"a{n}", "Warga pasar." if n % 2 else "Warga lain.", published=NOW - timedelta(days=n)
            )
            for n in range(60)
        ]
    store.user_data.mark_all_read(NOW)
    store.user_data.set_read([ids[3], ids[8], ids[51]], False, NOW)
    expected = {
        "is:unread": ["a3", "a8", "a51"],
        "is:unread warga ": ["a3", "a8", "a51"],
        "is:unread wa": ["a3", "a8", "a51"],
        "is:unread pasar ": ["a3", "a51"],
        "is:unread -pasar": ["a8"],
        "is:unread warga before:2024-04-20 ": ["a51"],
        "is:unread is:saved warga ": [],
    }
    assert {query: names(store, query) for query in expected} == expected


def test_headlines_alone_come_in_the_same_order(store: Store) -> None:
    for number in range(5):
        save(store, f"d{number}", "Sebuah jalan. " * number, published=NOW - timedelta(days=number % 3))
    for text in ("jalan ", "judul", "is:unread", ""):
        hits = store.queries.search(text, limit=3)
        assert store.queries.found(text, limit=3) == tuple(hit.headline for hit in hits)
    assert len(store.queries.found("jalan ", limit=3)) == 3


def test_the_title_of_another_article_is_the_last_excerpt(store: Store) -> None:
    link = Block(BlockType.RELATED, "Jembatan kayu dibuka", url="https://news.invalid/b")
    text = Block(BlockType.PARAGRAPH, "Warga melewati jembatan tiap pagi.")
    save(store, "a", blocks=(link, text))
    save(store, "b", blocks=(link,), title="Pasar pagi")
    found = {hit.headline.title: hit.snippet for hit in store.queries.search("jembatan ", limit=5)}
    assert "tiap pagi" in found["Judul a"]
    assert "kayu dibuka" in found["Pasar pagi"]


def test_a_search_answers_as_of_one_moment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = save(store, "a", "Jembatan dibuka.", published=NOW)
    look = results._slots

    def meanwhile(*values: Any) -> Any:
        found = look(*values)
        other = open_store(tmp_path / "data")
        save(
            other, "a", "Jembatan ditutup.", published=NOW - timedelta(days=400)
        )  # another day, another slot
        other.close()
        return found

    monkeypatch.setattr(results, "_slots", meanwhile)
    assert [hit.headline.id for hit in store.queries.search("jembatan ", limit=5)] == [number]
    monkeypatch.undo()
    assert "ditutup" in store.queries.search("jembatan ", limit=5)[0].snippet


@pytest.mark.parametrize(
    ("typed", "near", "finds"),
    [
        ("banjir Samarnda ", "banjir samarinda", ["a"]),
        ("banjr", "banjir", ["a", "b"]),
        ("jembatanku bontang ", "jembatan bontang", ["c"]),
        ("banjir xyzzyx ", "banjir", ["a", "b"]),
        ("jembatan samarinda ", "samarinda", ["a"]),
        ('"samarinda banjir" ', "samarinda banjir", ["a"]),
        ("banjr place:kutim ", None, []),
        ("xyzzyx ", None, []),
        ("", None, []),
    ],
)
def test_a_search_that_finds_nothing_is_tried_with_other_words(
    store: Store, typed: str, near: str | None, finds: list[str]
) -> None:
    save(store, "a", "Banjir di Samarinda.", at=NOW + timedelta(days=1))
    save(store, "b", "Banjir surut di Berau.")
    save(store, "c", "Jembatan di Bontang.")
    save(store, "d", "Jembatan di Paser.")
    assert names(store, typed) == []
    assert store.queries.nearest(typed) == near
    assert sorted(names(store, near or "")) == finds
