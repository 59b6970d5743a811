"""`--format`: lines of the user's own, from documented fields alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from eksread import i18n
from eksread.cli.line_format import FIELDS, PLAIN, LineFormat
from eksread.errors import UsageError
from eksread.export.json_form import HEADLINE
from tests.tui.fakes import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

ITEM = headline(
    7,
    title="Kapal\tbaru\ndatang",
    published=datetime(2026, 8, 12, 20, 0, tzinfo=UTC),
    place=None,
    section="Kutim",
    read=True,
    url="https://portal.example/7",
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def line(text: str) -> str:
    return LineFormat(text).line(lambda name: getattr(ITEM, name))


def test_the_fields_are_those_of_the_json() -> None:
    assert HEADLINE.split() == list(FIELDS) or set(HEADLINE.split()) == set(FIELDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"{id}\t{published:%d %b %Y}\t{section}", "7\t13 Aug 2026\tKutim"),
        ("{id:>4}|{section:<8}|{title:.5}", "   7|Kutim   |Kapal"),
        (r"{title}\n{{{place}}} \\ \x", "Kapal baru datang\n{-} \\ \\x"),
        ("{read} {saved} {gone}", "read - -"),
        (PLAIN, "7\t2026-08-13T04:00+08:00\t-\tKutim\tKapal baru datang\thttps://portal.example/7\tread\t-"),
        ("only words", "only words"),
    ],
)
def test_a_line_is_what_the_text_says(text: str, expected: str) -> None:
    assert line(text) == expected


def test_names_of_days_and_months_are_in_the_language() -> None:
    i18n.use("id")
    assert line("{published:%A %d %B, %a %b %%}") == "Kamis 13 Agustus, Kam Agu %"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{titel}", "There is no field “titel”. Did you mean title?"),
        ("{id.__class__}", "There is no field “id.__class__”."),
        ("{0}", "There is no field “0”."),
        ("{}", "There is no field “”."),
        ("{id[0]}", "There is no field “id[0]”."),
        ("{title!r}", "“!r” can't follow title"),
        ("{title:>999999999}", "“>999999999” can't follow title"),
        ("{title:{id}}", "“{id}” can't follow title"),
        ("{published:{id}}", "“{id}” can't follow published"),
        ("{title", "has a brace too many or too few"),
        ("title}", "has a brace too many or too few"),
    ],
)
def test_anything_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        LineFormat(text)
    assert said in raised.value.message
