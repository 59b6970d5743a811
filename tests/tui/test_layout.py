"""Fits every terminal, keeps the place, tells nothing by colour alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.geometry import Size

from eksread.tui.render.colours import PALETTES, STYLES
from tests.tui.fakes import library
from tests.tui.rooms import SIZES, room

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_path_through_the_panes_fits_every_size(size: tuple[int, int]) -> None:
    async with room(library(), size) as reading:
        assert len(reading.lines) == size[1]
        assert all(len(line) == size[0] for line in reading.lines)
        assert "Panen" in reading.text
        await reading.press("enter")
        assert "Panen" in reading.text
        await reading.press("c")
        assert "tetangga" in reading.text or size[1] < 14
        await reading.press("q", "q", "s")
        assert "Bontang" in reading.text
        assert all(len(line) == size[0] for line in reading.lines)


@pytest.mark.parametrize(
    ("width", "panes"),
    [(60, {"headlines"}), (80, {"sections", "headlines"}), (120, {"sections", "headlines", "article"})],
)
async def test_as_many_panes_as_fit(width: int, panes: set[str]) -> None:
    async with room(library(), (width, 30)) as reading:
        shown = {widget.id for widget in reading.main.query("#panes > *") if widget.display}
        assert shown == panes


async def test_the_reading_column_is_between_59_and_76_cells_from_80_columns_on() -> None:
    for width in (80, 104, 120, 140, 200):
        async with room(library(), (width, 30)) as reading:
            await reading.press("enter")
            assert 59 <= reading.article.text_width <= 76, width
            bar = max(map(len, reading.lines)) - 1
            assert all(line[bar - 1] == " " for line in reading.lines[3:-1]), (
                "words keep away from the scrollbar"
            )


async def test_resizing_keeps_the_headline_and_the_place_in_the_text() -> None:
    async with room(library(300, paragraphs=60)) as reading:
        await reading.press("G", "k", "k")
        chosen = reading.headlines.current.id
        for size in ((200, 50), (40, 12), (120, 36)):
            await reading.pilot.resize_terminal(*size)
            await reading.settle(0.05)
            assert reading.headlines.current.id == chosen
            assert f"({chosen})" in reading.text
        await reading.press("enter", "space", "space", "space")
        block = reading.article.top_block
        assert block > 0
        for size in ((60, 20), (200, 50), (120, 36)):
            await reading.pilot.resize_terminal(*size)
            await reading.settle(0.05)
            assert abs(reading.article.top_block - block) <= 1


async def test_unread_chosen_saved_and_advertorial_have_signs_beside_colours() -> None:
    async with room(library()) as reading:
        await reading.press("f")
        assert "▌●" in reading.text
        assert "★" in reading.text
        assert "ADV" in reading.text
        await reading.press("m")
        assert "▌ " in reading.text


async def test_the_chosen_row_tells_its_time_as_fully_as_pushes_nothing_out() -> None:
    for width, told in (
        (100, "Wednesday, 15 July 2026, 11:20 WITA · Kutim · Bontang · 1 comment"),
        (80, "Wed 15 Jul, 11:20 WITA · Kutim · Bontang · 1 comment"),
        (50, "11:20 · Kutim · Bontang · 1 comment"),
    ):
        async with room(library(), (width, 24)) as reading:
            assert told in reading.text
            await reading.press("j", "k")
            assert told in reading.text


async def test_the_list_beside_an_article_keeps_titles_comments_and_a_column_to_read() -> None:
    held = library()
    title = "Perpustakaan Keliling Singgah di Sepuluh Kampung Pesisir Selama Libur Sekolah Ini"
    held.memory.rows[1] = replace(held.memory.rows[1], title=title, comment_count=12)
    async with room(held, (120, 36)) as reading:
        assert reading.headlines.size.width >= 40
        assert reading.article.text_width >= 59
        rows = "".join(line[17:57] for line in reading.lines)
        assert " ".join(title.split()) in " ".join(rows.replace("▌", " ").replace("│", " ").split())
    async with room(held, (150, 36)) as reading:
        assert "12 comments" in reading.text
    async with room(held, (200, 50)) as reading:
        assert reading.headlines.size.width >= 55


async def test_the_sidebar_goes_and_comes_back_with_one_key_and_at_the_next_start() -> None:
    held = library()
    async with room(held, (120, 36)) as reading:
        before = reading.article.text_width
        await reading.press("B")
        assert not reading.context.panes.sidebar.display
        assert reading.article.text_width > before
    async with room(held, (120, 36)) as reading:
        assert not reading.context.panes.sidebar.display
        await reading.press("s")
        assert reading.context.panes.sidebar.display
        await reading.press("B", "q")
        assert reading.context.panes.sidebar.display
        await reading.press("s", "B")
        assert (reading.pane, reading.context.panes.sidebar.display) == ("headlines", False)
        await reading.press("B")
    async with room(held, (120, 36)) as reading:
        assert reading.context.panes.sidebar.display


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids=str)
async def test_one_line_a_headline_with_its_marks_and_time_at_the_right(size: tuple[int, int]) -> None:
    held = library()
    async with room(held, size) as reading:
        await reading.press("T")
        rows = {index for index, _line in reading.headlines.window.frame()}
        assert len(rows) >= size[1] - 8  # the bars, and the headings of a few days
        chosen = next(line for line in reading.lines if "▌" in line)
        assert chosen[: chosen.find("│", 30)].rstrip().endswith("❞1 11:20") or "1 11:20" in chosen
        await reading.press("f")
        assert "★" in next(line for line in reading.lines if "▌" in line)
    async with room(held, size) as reading:
        assert reading.headlines.compact
    async with room(library(), size, density="compact") as reading:
        assert reading.headlines.compact


def test_every_palette_names_every_colour() -> None:
    attributes = {"bold", "italic", "underline", "reverse", "strike", "on"}
    names = {word for style in STYLES.values() for word in style.split()} - attributes
    for theme, palette in PALETTES.items():
        assert names <= set(palette), theme


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_text_has_contrast_enough(theme: str) -> None:
    """WCAG 2.2: 4.5 to 1 for text (7 in the contrast theme)."""
    from textual.color import Color

    def luminance(value: str) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in Color.parse(value).normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    palette = PALETTES[theme]
    least = 7.0 if theme == "contrast" else 4.5
    for ground in ("background", "chosen", "panel"):
        for ink in ("ink", "strong", "dim", "primary", "secondary", "warning", "error"):
            high, low = sorted((luminance(palette[ink]), luminance(palette[ground])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= least, (ink, ground)


async def test_the_article_beside_the_list_is_the_chosen_one_after_widening() -> None:
    async with room(library(), (100, 30)) as reading:
        await reading.press("enter", "q", "j")
        await reading.pilot.resize_terminal(160, 45)
        await reading.settle(0.1)
        assert reading.article.headline.id == reading.headlines.current.id


def test_a_number_beside_a_section_is_shortened_and_never_vanishes() -> None:
    from eksread.tui.state.sidebar_items import SidebarItem
    from eksread.tui.widgets.sidebar import Sidebar

    class Narrow(Sidebar):
        size = Size(17, 20)

    sidebar = Narrow(pane_id="sections")
    sidebar.rows = tuple(SidebarItem(f"section:{n}", "Penajam Paser Utara", n, n) for n in (7, 40_000))
    assert [sidebar.lines_of(index)[-1].text for index in (0, 1)] == ["▌Penajam…      7", " Penajam…    40k"]
