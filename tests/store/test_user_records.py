"""The reader's state as lines that merge: in any order, any number of times, to the same."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eksread.model.stored import Merged, OddLine
from eksread.store import Store, open_store
from tests.store.making import NOW, SITE, save

URL = st.sampled_from([f"{SITE}/{name}" for name in "abc"])
MOMENT = st.integers(0, 3).map(lambda hours: (NOW + timedelta(hours=hours)).isoformat())
MAYBE = st.none() | MOMENT
RECORD = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("reading"),
            "url": URL,
            "read_at": MAYBE,
            "marked_at": MAYBE,
            "finished_at": MAYBE,
            "comments_seen_at": MAYBE,
            "block": st.integers(0, 3),
            "anchor": st.none() | st.integers(1, 3),
            "placed_at": MAYBE,
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("bookmark"),
            "url": URL,
            "saved_at": MOMENT,
            "changed_at": MOMENT,
            "removed_at": MAYBE,
            "note": st.sampled_from(["", "satu", "dua"]),
            "labels": st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True),
            "article": st.none()
            | st.fixed_dictionaries({"u": URL, "t": st.just("T"), "b": st.just([[0, "Isi"]])}),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("search"),
            "name": st.sampled_from(["a", "b"]),
            "query": st.sampled_from(["x", "y"]),
            "changed_at": MOMENT,
            "removed_at": MAYBE,
        }
    ),
)


def lines(records: list[dict[str, object]]) -> list[str]:
    return [json.dumps(record) for record in records]


def state_after(*imports: list[str]) -> list[str]:
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        for part in imports:
            assert store.user_data.import_lines(part).unreadable == 0
        assert store.maintenance.check() == ()
        found = list(store.user_data.export_lines())
        store.close()
        return found


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(RECORD, max_size=6), st.lists(RECORD, max_size=6))
def test_either_order_gives_the_same(one: list[dict[str, object]], other: list[dict[str, object]]) -> None:
    first, second = lines(one), lines(other)
    assert state_after(first, second) == state_after(second, first)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(RECORD, max_size=6))
def test_what_was_exported_imports_to_the_same_and_again_changes_nothing(
    records: list[dict[str, object]],
) -> None:
    exported = state_after(lines(records))
    assert state_after(exported) == exported
    assert state_after(exported, exported) == exported


def test_all_of_the_readers_own_moves_to_another_archive(tmp_path: Path) -> None:
    here, there = open_store(tmp_path / "here"), open_store(tmp_path / "there")
    number = save(here, "a", "Satu.\nDua.")
    here.user_data.set_read([number], True, NOW)
    here.user_data.set_position(number, 1, NOW)
    here.user_data.add_bookmark(number, NOW, "catatan", ["x"])
    here.user_data.save_search("Adat", "adat", NOW)
    exported = list(here.user_data.export_lines())
    assert there.user_data.import_lines(exported) == Merged(3, 0)
    assert there.user_data.import_lines(exported) == Merged(0, 0)
    assert list(there.user_data.export_lines()) == exported
    (mark,) = there.user_data.bookmarks()
    stored = there.queries.article(mark.headline.id)
    assert stored is not None
    assert [block.text for block in stored.article.blocks] == ["Satu.", "Dua."]
    assert there.user_data.reading(mark.headline.id).block == 1
    assert mark.headline.read
    here.close()
    there.close()


def test_lines_that_are_none_are_counted_and_passed_over(store: Store) -> None:
    bad = ["", "kein json", "[]", "5", "{}", '{"kind": "odd", "url": "x"}', '{"kind": "bookmark", "url": "x"}',
           '{"kind": "reading", "url": "x", "read_at": "gestern"}', '{"kind": "search"}']  # fmt: skip
    good = json.dumps({"kind": "search", "name": "n", "query": "q", "changed_at": NOW.isoformat()})
    merged = store.user_data.import_lines([*bad, good])
    assert (merged.changed, merged.unreadable) == (1, 8)
    assert [odd.line for odd in merged.odd] == [2, 3, 4, 5, 6]
    assert store.maintenance.check() == ()


def test_a_search_without_a_moment_does_not_refuse_the_lines_beside_it(store: Store) -> None:
    sound = {"kind": "search", "name": "baik", "query": "banjir", "changed_at": "2024-01-01T00:00:00+00:00"}
    lines = [json.dumps(sound), json.dumps({"kind": "search", "name": "x", "query": "y"})]
    assert store.user_data.import_lines(lines) == Merged(1, 1, (OddLine(2, "changed_at"),))


@pytest.mark.parametrize("kind", ["reading", "bookmark"])
def test_an_article_of_wrong_types_does_not_refuse_the_lines_beside_it(store: Store, kind: str) -> None:
    moments = {"changed_at": NOW.isoformat(), "read_at": NOW.isoformat(), "marked_at": NOW.isoformat()}
    text = {"u": "x", "t": "t", "b": []}
    odd = {"image": [["a"]]}, {"b": [[5, "teks", [], None, 0, None, [[5]]]]}
    records = [{"kind": kind, "url": f"{SITE}/odd", **moments, "article": text | change} for change in odd]
    records.append({"kind": kind, "url": f"{SITE}/baik", **moments, "article": text})
    named = (OddLine(1, "article"), OddLine(2, "article"))
    assert store.user_data.import_lines(lines(records)) == Merged(1, 2, named)


def test_null_is_as_good_as_nothing(store: Store) -> None:
    nothing = dict.fromkeys(
        ("title", "note", "labels", "saved_at", "removed_at", "article", "published_source")
    )
    record = {"kind": "bookmark", "url": f"{SITE}/x", "changed_at": NOW.isoformat()} | nothing
    assert store.user_data.import_lines(lines([record])) == Merged(1, 0)
    (mark,) = store.user_data.bookmarks()
    assert (mark.headline.title, mark.note, mark.labels) == (f"{SITE}/x", "", ())


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ("url", 5), ("title", ["a"]), ("note", 5), ("note", {"a": 1}), ("labels", "satu"), ("labels", [1]),
        ("labels", [None]), ("labels", {"a": 1}), ("article", "teks"), ("article", {"u": "x", "t": "t", "b": [], "place": 5}),
        ("article", {"u": "x", "t": "t", "b": [], "section": ["a"]}), ("saved_at", 5), ("changed_at", "kemarin"),
        ("published", []), ("published_source", 5),
    ],
)  # fmt: skip
def test_an_odd_field_of_a_line_is_named_and_the_other_lines_are_kept(
    store: Store, field: str, odd: object
) -> None:
    sound = {"kind": "bookmark", "url": f"{SITE}/baik", "note": "baik", "changed_at": NOW.isoformat()}
    merged = store.user_data.import_lines(["", *lines([sound | {"url": f"{SITE}/x", field: odd}, sound])])
    assert merged == Merged(1, 1, (OddLine(2, field),))
    assert [mark.note for mark in store.user_data.bookmarks()] == ["baik"]
    assert store.maintenance.check() == ()
