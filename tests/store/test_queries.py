"""Lists and counts against the same worked out the slow way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eksread.model.lists import Counts, Headline, HeadlineQuery
from eksread.model.news import SectionLink, Teaser
from tests.store.making import NOW, SITE, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from eksread.store import Store

MATTERS = ("section", "place", "unread", "saved", "advertorial")


def fill(store: Store, count: int = 60) -> None:
    """Articles with every mix of what lists are filtered by, some of the same moment."""
    source = Random(7)
    store.portal_data.save_sections(
        [SectionLink(name, f"{SITE}/{name}") for name in ("Ekonomi", "Hukum")], NOW
    )
    with store.portal_data.transaction():
        ids = [
            save(
                store,
                f"a{number}",
                section=source.choice(["Ekonomi", "Hukum", None]),
                place=source.choice(["Kutai Timur", "Sangatta", "Berau", None]),
                advertorial=source.random() < 0.3,
                published=NOW - timedelta(hours=source.randrange(20)) if source.random() < 0.9 else None,
            )
            for number in range(count)
        ]
    store.user_data.set_read([n for n in ids if source.random() < 0.5], True, NOW)
    for number in ids:
        if source.random() < 0.3:
            store.user_data.add_bookmark(number, NOW)


def matches(query: HeadlineQuery) -> Callable[[Headline], bool]:
    def check(item: Headline) -> bool:
        place = {"Kutai Timur": "kutim", "Sangatta": "kutim", "Berau": "berau", None: None}[item.place]
        return (
            query.section in (None, item.section and item.section.lower())
            and query.place in (None, place)
            and query.unread in (None, not item.read)
            and query.saved in (None, item.saved)
            and query.advertorial in (None, item.advertorial)
        )

    return check


def walked(store: Store, query: HeadlineQuery) -> list[Headline]:
    """All pages of a query, one after the other."""
    items: list[Headline] = []
    after = None
    while True:
        page = store.queries.headlines(
            HeadlineQuery(
                **{name: getattr(query, name) for name in (*MATTERS, "limit", "oldest_first")}, after=after
            )
        )
        items += page.items
        if page.next is None:
            return items
        after = page.next


def test_every_filter_and_its_pages_give_what_they_say(store: Store) -> None:
    fill(store)
    everything = walked(store, HeadlineQuery(limit=1000))
    assert len(everything) == 60
    order = [(item.published or item.first_seen, item.id) for item in everything]
    assert order == sorted(order, reverse=True)
    yes_no = (None, True, False)
    for values in product((None, "ekonomi"), (None, "kutim"), yes_no, yes_no, yes_no):
        query = HeadlineQuery(**dict(zip(MATTERS, values, strict=True)), limit=7)  # type: ignore[arg-type]
        expected = [item for item in everything if matches(query)(item)]
        assert walked(store, query) == expected, query
        assert walked(store, replace(query, oldest_first=True)) == expected[::-1], query


@pytest.mark.parametrize("place", ["Kutim", "kutai timur", "SANGATTA"])
def test_a_place_is_found_by_any_of_its_names(store: Store, place: str) -> None:
    fill(store)
    assert walked(store, HeadlineQuery(place=place)) == walked(store, HeadlineQuery(place="kutim"))


def test_a_section_is_found_by_its_name_too(store: Store) -> None:
    fill(store)
    assert walked(store, HeadlineQuery(section="Ekonomi")) == walked(store, HeadlineQuery(section="ekonomi"))


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.2.3", "9" * 40 + "." + "9" * 40, "-1.-1", "\x00"])
def test_a_cursor_that_is_none_is_no_error(store: Store, cursor: str) -> None:
    fill(store, 3)
    assert len(store.queries.headlines(HeadlineQuery(after=cursor)).items) in (0, 3)


def test_a_page_has_a_next_one_only_where_there_is_more(store: Store) -> None:
    fill(store, 10)
    assert store.queries.headlines(HeadlineQuery(limit=10)).next is None
    page = store.queries.headlines(HeadlineQuery(limit=9))
    assert page.next is not None
    rest = store.queries.headlines(HeadlineQuery(limit=9, after=page.next))
    assert (len(rest.items), rest.next) == (1, None)


def test_an_article_that_comes_meanwhile_shifts_no_page(store: Store) -> None:
    fill(store, 10)
    first = store.queries.headlines(HeadlineQuery(limit=4))
    expected = store.queries.headlines(HeadlineQuery(limit=4, after=first.next))
    save(store, "new", published=NOW + timedelta(hours=1))
    assert store.queries.headlines(HeadlineQuery(limit=4, after=first.next)) == expected


STEP = st.tuples(
    st.sampled_from(["save", "teaser", "read", "unread", "all", "bookmark", "unbookmark"]),
    st.integers(0, 5),
    st.sampled_from([None, "Ekonomi", "Hukum"]),
    st.sampled_from([None, "Kutim", "Berau"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=25))
def test_counts_index_and_lists_agree_with_the_tables_after_any_steps(
    store: Store, steps: list[tuple[str, int, str | None, str | None]]
) -> None:
    for kind, number, section, place in steps:
        found = store.queries.headline(f"{SITE}/n{number}")
        if kind == "save":
            save(store, f"n{number}", f"Isi {section} {place}.", section=section, place=place)
        elif kind == "teaser":
            store.portal_data.save_teasers(
                [Teaser(f"T{number} {place}", f"{SITE}/n{number}", section=section)], NOW
            )
        elif kind == "all":
            store.user_data.mark_all_read(NOW, section and section.lower())
        elif found is not None:
            if kind in ("read", "unread"):
                store.user_data.set_read([found.id], kind == "read", NOW)
            elif kind == "bookmark":
                store.user_data.add_bookmark(found.id, NOW, note=section)
            else:
                store.user_data.remove_bookmark(found.id, NOW)
    assert store.maintenance.check() == ()
    everything = walked(store, HeadlineQuery(limit=1000))
    unread = sum(not item.read for item in everything)
    saved = sum(item.saved for item in everything)
    assert store.queries.counts() == Counts(len(everything), unread, saved)


ODD_COLUMNS = {"title": b"\x00\xff\x1b", "url": b"\xff", "published": 1e300, "published_zone": 10**6, "published_source": "x",
               "section": b"", "place": b"\xff", "summary": b"\x1b", "image": b"\x00", "comment_count": b"\x01",
               "revisions": "x", "first_seen": -(2**63), "gone_at": b"\x00"}  # fmt: skip


@pytest.mark.parametrize("column", ODD_COLUMNS)
def test_a_value_of_another_kind_in_a_column_is_no_damage(store: Store, column: str) -> None:
    """SQLite's columns take anything; that costs neither the list nor the archive."""
    number = save(store, "a", "Isi berita.", published=NOW, place="Kutim", section="Ekonomi")
    store.user_data.add_bookmark(number, NOW, "catatan")
    with store._connections.write() as db:
        db.execute(f"UPDATE article SET {column} = ?", (ODD_COLUMNS[column],))
    (item,) = store.queries.headlines(HeadlineQuery()).items
    assert all(isinstance(text, str) for text in (item.title, item.url))
    assert store.queries.article(number) is not None
    assert [mark.note for mark in store.user_data.bookmarks()] == ["catatan"]
    assert "catatan" in "".join(store.user_data.export_lines())
    assert store.trouble is None
