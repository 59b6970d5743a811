"""The query language, read without a store."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eksread.store.search.query import Filters, Named, Query, Term, parse


def words(text: str) -> list[tuple[str, ...]]:
    return [term.words for group in parse(text).groups for term in group]


def test_words_are_folded_and_all_wanted() -> None:
    assert parse("Banjir di Samarinda ").groups == (
        (Term(("banjir",)),),
        (Term(("di",)),),
        (Term(("samarinda",)),),
    )


def test_the_last_word_may_go_on_unless_a_space_follows() -> None:
    assert [term.prefix for (term,) in parse("banjir sama").groups] == [False, True]
    assert [term.prefix for (term,) in parse("banjir sama ").groups] == [False, False]


def test_quoted_words_stay_together_even_while_the_quote_is_open() -> None:
    assert parse('"wali kota" "dewan per').groups == (
        (Term(("wali", "kota"), quoted=True),),
        (Term(("dewan", "per"), quoted=True),),
    )


def test_minus_takes_out_words_and_phrases() -> None:
    assert parse('banjir -iklan -"wali kota" ').groups[1:] == (
        (Term(("iklan",), negated=True),),
        (Term(("wali", "kota"), quoted=True, negated=True),),
    )


def test_or_joins_its_neighbours() -> None:
    assert parse("banjir OR longsor OR gempa kukar ").groups == (
        (Term(("banjir",)), Term(("longsor",)), Term(("gempa",))),
        (Term(("kukar",)),),
    )


@pytest.mark.parametrize("text", ["OR", "OR banjir ", "banjir OR", "-", '"', ":", "OR OR", "- OR -"])
def test_loose_operators_are_no_error(text: str) -> None:
    assert words(text) in ([], [("banjir",)])


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("place:kutim", Filters([Named("place", "kutim")])),
        ('place:"Kutai Timur"', Filters([Named("place", "kutai timur")])),
        ("tempat:Kutim", Filters([Named("place", "kutim")])),
        ("section:Ekonomi", Filters([Named("section", "ekonomi")])),
        ("by:Amr", Filters([Named("by", "amr")])),
        ("label:penting", Filters([Named("label", "penting")])),
        ("before:2020", Filters(before=date(2020, 1, 1))),
        ("after:2019-07", Filters(after=date(2019, 7, 1))),
        ("after:2019-07-17", Filters(after=date(2019, 7, 17))),
        ("is:unread", Filters(flags={"unread": True})),
        ("is:read", Filters(flags={"unread": False})),
        ("is:saved", Filters(flags={"saved": True})),
        ("is:adv", Filters(flags={"adv": True})),
        ("-is:adv", Filters(flags={"adv": False})),
        ("is:changed", Filters(flags={"changed": True})),
        ("has:comments", Filters(flags={"comments": True})),
        ("has:image", Filters(flags={"image": True})),
        ("-place:kutim", Filters([Named("place", "kutim", True)])),
        ("-section:Ekonomi", Filters([Named("section", "ekonomi", True)])),
        ("-by:Amr", Filters([Named("by", "amr", True)])),
        (
            '-label:"Penting sekali" -label:b',
            Filters([Named("label", "penting sekali", True), Named("label", "b", True)]),
        ),
        ("-label:", Filters()),
        ("rubrik:Ekonomi", Filters([Named("section", "ekonomi")])),
        ("oleh:Amr", Filters([Named("by", "amr")])),
        ("sebelum:2020", Filters(before=date(2020, 1, 1))),
        ("sejak:2019-07", Filters(after=date(2019, 7, 1))),
        ("-sejak:2019-07", Filters(before=date(2019, 7, 1))),
        ("adalah:belum-dibaca", Filters(flags={"unread": True})),
        ("adalah:dibaca", Filters(flags={"unread": False})),
        ("adalah:disimpan", Filters(flags={"saved": True})),
        ("-adalah:adv", Filters(flags={"adv": False})),
        ("ada:komentar", Filters(flags={"comments": True})),
        ("ada:gambar", Filters(flags={"image": True})),
        ("place:kutim place:berau", Filters([Named("place", "kutim"), Named("place", "berau")])),
    ],
)
def test_filters(text: str, filters: Filters) -> None:
    assert parse(text) == Query((), filters)


@pytest.mark.parametrize(
    ("text", "as_words"),
    [
        ("is:odd ", [("is", "odd")]),
        ("before:soon ", [("before", "soon")]),
        ("after:2020-13 ", [("after", "2020", "13")]),
        ("https://a.id/b ", [("https", "a", "id", "b")]),
    ],
)
def test_what_is_no_filter_is_searched_for(text: str, as_words: list[tuple[str, ...]]) -> None:
    assert words(text) == as_words
    assert parse(text).filters == Filters()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("banjir is:odd kukar", [("is:odd", "unread")]),
        ("-is:odd ", [("-is:odd", "unread")]),
        ("Has:video ", [("has:video", "comments")]),
        ("after:foo before:2020-13 ", [("after:foo", None), ("before:2020-13", None)]),
        ("before:2020-02-30", [("before:2020-02-30", None)]),
        ("is:unx", [("is:unx", "unread")]),
        ("after:20204", [("after:20204", None)]),
        ("is:\x1b[2J\u202ex", [("is:[2Jx", "unread")]),
        ("adalah:aneh ", [("adalah:aneh", "belum-dibaca")]),
        ("ada:video ", [("ada:video", "komentar")]),
        ("sejak:kemarin ", [("sejak:kemarin", None)]),
        ("plase:kutim banjir", [("plase:kutim", None)]),
    ],
)
def test_a_filter_that_is_none_is_told_with_what_would_be_one(
    text: str, told: list[tuple[str, str | None]]
) -> None:
    assert [(part.piece, next(iter(part.values), None)) for part in parse(text).misread] == told


def test_an_unknown_filter_is_told_as_one_and_an_address_is_none() -> None:
    (part,) = parse("plase:kutim ").misread
    assert part.unknown
    assert parse("https://contoh.id/a ").misread == ()


@pytest.mark.parametrize(
    "text",
    [
        "is:un",
        "sejak:20",
        "adalah:be",
        "has:",
        "has:i",
        "is:",
        "after:20",
        "before:2020-",
        "before:2020-0",
        "before:2020-1-0",
        "a:b ",
        "is:new ",
    ],
)
def test_nothing_is_told_of_what_may_become_a_filter_or_is_no_try_at_one(text: str) -> None:
    assert parse(text).misread == ()


def test_not_before_a_day_is_from_it_on() -> None:
    assert parse("-before:2020").filters == Filters(after=date(2020, 1, 1))
    assert parse("-after:2020").filters == Filters(before=date(2020, 1, 1))


def test_a_filter_still_being_typed_filters_nothing() -> None:
    assert parse("banjir place:") == Query(((Term(("banjir",)),),))


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert all(term.words for group in query.groups for term in group)
    assert all(len(group) == 1 for group in query.groups if group[0].negated)
