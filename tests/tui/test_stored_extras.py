"""What a row tells at a glance: new comments, and what is held without a line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.news import Comment, Comments, Image
from eksread.store.picture_files import PictureFolder
from tests.tui.archive import archive, news, take
from tests.tui.fakes import NOW, library
from tests.tui.rooms import room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article

PICTURE = "https://portal.example/foto-feri.jpg"
BEFORE = Comment("rahma", NOW - timedelta(days=1), "Mantap, lanjutkan.", 0)
SINCE = Comment("siti", NOW, "Kapan selesai?", 0)


def told(*comments: Comment) -> Article:
    return news(1, comments=Comments(len(comments), items=comments), lead_image=Image(PICTURE, None))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=str)
async def test_new_comments_stand_out_until_they_are_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    with archive(tmp_path, told(BEFORE), at=NOW - timedelta(days=1)) as library:
        library.user_data.set_comments_seen(1, NOW - timedelta(hours=2))
        take(library, told(BEFORE, SINCE), at=NOW - timedelta(hours=1))
        async with room(library, size) as reading:
            assert "❞ 2 comments +1" in reading.text or "❞2 +1" in reading.text
            await reading.press("c", "q")
            assert "❞ 2 comments" in reading.text or "❞2" in reading.text
            assert "+1" not in reading.text


async def test_before_the_first_look_no_comment_is_new(tmp_path: Path) -> None:
    with archive(tmp_path, told(BEFORE)) as library:
        async with room(library) as reading:
            assert "1 comment" in reading.text
            assert "+1" not in reading.text


async def test_what_is_held_has_signs(tmp_path: Path) -> None:
    with archive(tmp_path, told(BEFORE), news(2, comments=Comments(4, items=()))) as library:
        library.pictures = PictureFolder(tmp_path / "pictures")
        library.pictures.keep(PICTURE, b"GIF89a")
        async with room(library, (40, 20)) as reading:
            signs = [line for line in reading.lines if "ago" in line or "Jul" in line]
            assert sum("▣" in line and "❞" in line for line in reading.lines) == 1
            assert any("4 comments" in line and "❞" not in line for line in signs)


async def test_of_the_saved_articles_only_the_notes_on_the_screen_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = library(200)
    for number in range(1, 201):
        held.memory.add_bookmark(number, NOW, "catatan saya")
    asked: list[int] = []
    bookmark = held.memory.bookmark
    monkeypatch.setattr(held.memory, "bookmark", lambda number: asked.append(number) or bookmark(number))
    monkeypatch.setattr(held.memory, "bookmarks", lambda: pytest.fail("all bookmarks were read"))
    async with room(held) as reading:
        assert not asked
        await reading.press("F")
        assert "✎ catatan saya" in reading.text
        assert len(asked) < 24, "at most one for each line"


async def test_a_note_is_shown_as_soon_as_it_is_written() -> None:
    async with room(library()) as reading:
        await reading.press("f", "F", "e", *"ingat", "enter")
        assert "✎ ingat" in reading.text
        await reading.press("u")
        assert "✎" not in reading.text
