"""What the portal changed, word by word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block, Teaser
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article


def told(*paragraphs: str) -> Article:
    return news(1, blocks=tuple(Block(BlockType.PARAGRAPH, text) for text in paragraphs))


@pytest.mark.parametrize("colours", [True, False])
async def test_d_shows_words_added_and_removed_with_signs_where_there_are_no_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, colours: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    same = [f"Alinea yang tetap nomor {n}." for n in range(6)]
    with archive(tmp_path, told(*same, "Tujuh perahu rusak parah."), at=NOW - timedelta(hours=5)) as library:
        take(library, told(*same, "Sembilan perahu rusak.", "Polisi datang."), at=NOW)
        async with room(library, (80, 40)) as reading:
            assert "updated" in reading.text
            await reading.press("d")
            if colours:
                assert "Tujuh Sembilan perahu rusak parah. rusak." in reading.text
                assert "{+" not in reading.text
                assert "[-" not in reading.text
            else:
                assert "[-Tujuh-] {+Sembilan+} perahu [-rusak parah.-] {+rusak.+}" in reading.text
                assert "{+Polisi datang.+}" in reading.text
            assert "tetap nomor 5" in reading.text
            assert "tetap nomor 1" not in reading.text
            assert "1 change saved" in reading.text
            assert "Wednesday, 15 July 2026, 14:20 WITA" in reading.text
            await reading.press("d")
            assert reading.app.screen is reading.main


async def test_an_article_that_never_changed_says_so(tmp_path: Path) -> None:
    with archive(tmp_path, told("Satu.")) as library:
        async with room(library) as reading:
            await reading.press("d")
            assert "has not changed" in reading.status


async def test_another_headline_alone_is_not_called_no_change(tmp_path: Path) -> None:
    with archive(tmp_path, told("Satu.")) as library:
        library.portal_data.save_teasers([Teaser("Judul lain", told().url)], NOW)
        async with room(library) as reading:
            await reading.press("d")
            assert "Judul lain" in reading.text
            assert "0 changes" not in reading.text
