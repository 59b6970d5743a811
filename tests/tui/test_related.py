"""What stands around an article: labelled, opened inside, with the trail back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block, RelatedLink
from tests.tui.archive import archive, news
from tests.tui.fakes import NOW
from tests.tui.rooms import Room, room

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.model.news import Article

pytestmark = pytest.mark.slow


def told(number: int, title: str, text: str, *links: Article | RelatedLink) -> Article:
    return news(
        number,
        title=title,
        blocks=(Block(BlockType.PARAGRAPH, text),),
        related=tuple(
            link if isinstance(link, RelatedLink) else RelatedLink(link.title or "", link.url)
            for link in links
        ),
    )


PICKED = told(2, "Dermaga Loktuan Dibuka", "Dermaga itu dibuka pagi ini.")
UNKNOWN = RelatedLink("Kabar yang Belum Tersimpan", "https://portal.example/berita-77-kabar.html")
BARE = RelatedLink("Hanya Judul", None)
FIRST = told(1, "Feri Malahing Berlayar Lagi", "Feri Malahing tertambat seminggu.", PICKED, UNKNOWN, BARE)
REFERRING = told(3, "Pasar Ramai Kembali", "Pedagang menunggu muatan.", FIRST)
SIMILAR = told(4, "Nakhoda Malahing Bercerita", "Nakhoda feri Malahing sudah tua.")
OTHERS = [told(number, f"Judul Lain {number}", f"Kalimat urutan {number}.") for number in range(10, 22)]


async def test_each_is_labelled_by_why_it_stands_there(tmp_path: Path) -> None:
    with archive(tmp_path, FIRST, PICKED, REFERRING, SIMILAR, *OTHERS) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "a")
            found = [line.strip(" ▌│") for line in reading.lines]
            order = [
                "Read also, by the editor",
                PICKED.title,
                UNKNOWN.title,
                BARE.title,
                "Referred to by",
                REFERRING.title,
                "Similar by its words",
                SIMILAR.title,
            ]
            assert [line for line in found if line in order] == order


async def test_it_opens_inside_and_the_trail_leads_back(tmp_path: Path) -> None:
    with archive(tmp_path, FIRST, PICKED, REFERRING, SIMILAR) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "a", "slash", *"pasar", "enter")
            assert "Pedagang menunggu muatan." in reading.text
            await reading.press("a", "slash", *"nakhoda")
            await reading.press("escape", "q")
            await reading.press("q")
            assert "Feri Malahing tertambat seminggu." in reading.text
            await reading.press("q")
            assert reading.pane == "headlines"


async def test_what_is_not_held_is_left_for_the_next_connection_and_that_is_said(tmp_path: Path) -> None:
    with archive(tmp_path, FIRST, PICKED) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "a", "slash", *"belum", "enter")
            assert "it comes with the next connection: Kabar yang Belum" in reading.status
            assert reading.article.headline.url == FIRST.url
        wanted = library.portal_data.wanted(limit=5, at=NOW + timedelta(minutes=1))
        assert wanted == (UNKNOWN.url,)


async def test_a_title_without_an_address_is_said_to_be_one(tmp_path: Path) -> None:
    with archive(tmp_path, FIRST) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "a", "slash", *"hanya", "enter")
            assert "no address" in reading.status


async def test_nothing_related_is_said(tmp_path: Path) -> None:
    with archive(tmp_path, PICKED) as library:
        async with room(library) as reading:
            await reading.press("enter", "a")
            assert "No related article" in reading.status
            await reading.press("j", "down", "k")
            assert reading.app.is_running


def panel_keys(reading: Room) -> str:
    """Give the line of keys of the panel over the page."""
    return reading.lines[reading.app.screen.state.region.y]


async def test_the_list_has_the_keys_and_its_heading_stays(tmp_path: Path) -> None:
    with archive(tmp_path, FIRST, PICKED, REFERRING) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "a")
            heading = f"Related articles: {FIRST.title}"
            assert heading in reading.text
            assert "q back" in panel_keys(reading)
            await reading.press("slash", *"pasar")
            assert heading in reading.text
            assert PICKED.title not in reading.text
            assert "Esc back" in panel_keys(reading)
            await reading.press("escape")
            assert PICKED.title in reading.text, "the whole list again"
            await reading.press("q")
            assert reading.app.screen is reading.main
            assert reading.pane == "article"
            await reading.press("a", "j", "l")
            assert reading.context.state.trail.stops == [], "the second one is not held and is not gone to"
            await reading.press("a", "enter")
            assert "Dermaga itu dibuka" in reading.text


async def test_the_bar_covers_the_chosen_row_without_its_heading(tmp_path: Path) -> None:
    with archive(tmp_path, FIRST, PICKED, REFERRING) as library:
        async with room(library, (100, 40)) as reading:
            await reading.press("enter", "a")
            barred = [
                line[line.index("▌") :].rstrip(" │")
                for line in reading.lines
                if "▌" in line and "│ ▌" in line
            ]
            assert barred[0] == f"▌ {PICKED.title}"
            await reading.press("j", "j", "j")
            (title, _facts) = [
                line[line.index("▌") :].rstrip(" │")
                for line in reading.lines
                if "▌" in line and "│ ▌" in line
            ]
            assert title == f"▌ {REFERRING.title}"


async def test_from_the_list_it_opens_as_well_and_a_link_twice_or_to_itself_stands_once(
    tmp_path: Path,
) -> None:
    itself = RelatedLink("Tiga Desa", "https://portal.example/berita-1-kabar.html")
    with archive(tmp_path, told(1, "Tiga Desa", "Isi.", PICKED, PICKED, itself), PICKED) as library:
        async with room(library) as reading:
            await reading.press("a")
            assert reading.text.count("Dermaga Loktuan Dibuka") == 1
            await reading.press("enter")
            assert "Dermaga itu dibuka pagi ini." in reading.text
