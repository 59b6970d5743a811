"""Where each field of an article came from: shown with a key beside or below it, and hidden with the same key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from eksread import i18n
from eksread.model.enums import Source
from eksread.model.news import Image
from eksread.tui.render.provenance import FIELDS, SURE, WORDS, sources_of
from tests.tui.archive import archive, news
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article

SOURCES = {
    "title": Source.META,
    "published": Source.JSON_LD,
    "reporter": Source.LANDMARK,
    "editor": Source.LANDMARK,
    "section": Source.MARKUP,
    "place": Source.LANDMARK,
    "standfirst": Source.MARKUP,
    "lead_image": Source.MARKUP,
    "blocks": Source.MARKUP,
    "tags": Source.MARKUP,
}


def known() -> Article:
    """Give an article of whose fields it is known where they came from."""
    return news(
        1,
        section="Kutim",
        place="Sangatta",
        standfirst="Ringkasan dalam satu kalimat.",
        reporter="Hasbi",
        editor="Idris",
        lead_image=Image("https://portal.example/a.jpg", "Dermaga di pagi hari"),
        tags=("dermaga",),
        provenance=SOURCES,
        published_source=Source.JSON_LD,
    )


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_notes_stand_below_each_field_on_a_narrow_screen_and_go_with_the_same_key(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with archive(tmp_path, known()) as library:
        async with room(library, size) as running:
            await running.press("enter")
            before = [line.text for line in running.article.laid.lines]
            await running.press("I")
            lines = [line.text for line in running.article.laid.lines]
            title = next(y for y, line in enumerate(lines) if "Headline: " in line)
            assert lines[title] == "↳ Headline: from the page's metadata, certain"
            assert lines[title - 1] in before
            assert sum(line.startswith("↳ ") for line in lines) == len(SOURCES)
            await running.press("I")
            assert [line.text for line in running.article.laid.lines] == before


async def test_notes_stand_beside_each_field_on_a_wide_screen(tmp_path: Path) -> None:
    with archive(tmp_path, known()) as library:
        async with room(library, (200, 50)) as running:
            await running.press("enter", "I")
            lines = running.article.laid.lines
            beside = next(line.text for line in lines if "│ Headline: " in line.text)
            assert beside.startswith(library.queries.headline(1).title[:20])  # type: ignore[union-attr]
            assert "↳" not in running.text
            assert sum("│ " in one.text and ": " in one.text for one in lines) >= len(SOURCES)
            assert max(len(one.text) for one in lines) <= running.article.size.width


async def test_what_is_read_stays_when_the_notes_come_and_go(tmp_path: Path) -> None:
    with archive(tmp_path, known()) as library:
        async with room(library, (60, 20)) as running:
            await running.press("enter", "space", "space")
            place, seen = running.article.place, running.lines[4]
            for _time in range(2):
                await running.press("I")
                assert running.article.place == place
                assert running.lines[4] == seen


async def test_the_next_article_has_its_notes_too_until_they_are_hidden(tmp_path: Path) -> None:
    with archive(tmp_path, known(), replace(news(2), provenance={"title": Source.META})) as library:
        async with room(library) as running:
            await running.press("enter", "I", "J")
            assert "↳ Headline: " in running.text


async def test_without_a_text_the_key_says_so(tmp_path: Path) -> None:
    with archive(tmp_path, known()) as library:
        async with room(library, (80, 24)) as running:
            await running.press("I")
            assert "text is saved" in running.status


async def test_in_indonesian_the_words_are_indonesian(tmp_path: Path) -> None:
    i18n.use("id")
    try:
        with archive(tmp_path, known()) as library:
            async with room(library) as running:
                await running.press("enter", "I")
                assert "↳ Judul: dari metadata halaman, pasti" in running.text
    finally:
        i18n.use("en")


def test_every_source_has_its_words() -> None:
    assert set(WORDS) == set(SURE) == set(Source)


async def test_what_the_page_did_not_give_comes_from_the_list(tmp_path: Path) -> None:
    bare = news(1, section=None, published=None, published_source=None, provenance={"page_date": Source.META})
    with archive(tmp_path, bare) as library:
        stored = library.queries.article(1)
        assert stored is not None
        found = sources_of(replace(stored, headline=replace(stored.headline, section="Kutim")))
        assert found == {"section": Source.LIST}
        assert set(found) <= set(FIELDS)
