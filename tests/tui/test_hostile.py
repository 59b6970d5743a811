"""Text of the portal is text: on every screen, whatever it looks like (docs/security: threats 1 to 3)."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.model.display_text import MARKS_PER_LETTER, clean
from eksread.model.enums import BlockType
from eksread.model.lists import Headline, Section
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction, RelatedLink, Span
from eksread.tui.render.lines import Run, matches, text_lines, wrap_title
from eksread.tui.widgets.line_widget import LineWidget
from tests.tui.fakes import NOW, FakeLibrary, article, headline, library
from tests.tui.rooms import Room, room

pytestmark = pytest.mark.slow

HOSTILE = (
    "[bold]tebal[/bold]",
    "[/]",
    "[/bold] [red",
    "[@click=app.quit()]klik[/]",
    "[@click=app.bell]bel",
    "[link=file:///etc/passwd]tautan[/link]",
    "$accent {nama} %s \\[x]",
    "\x1b[2J\x1b[31mmerah",
    "\x1b]0;judul\x07 \x1b]52;c;QQ==\x1b\\",
    "\x9b31m\x90q\x9c \x0e\x7f",
    "abc\u202edcb\u2066x\u2069",
    "nol\u200blebar\ufeff\u2060\u00ad",
    "z" + "\u0301" * 60 + "algo",
    "👨‍👩‍👧 keluarga ｆｕｌｌ 漢字",
    "a\r\nb\tc\u2028d\x85e",
)
ACTING = set(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) | set("\u202e\u2066\u2069\u200b\ufeff\u2060")


def poisoned(*texts: str, blocks: bool = True) -> FakeLibrary:
    """A library with one article for each text, which stands in every field that comes from the portal."""
    held = library(len(texts))
    for index, text in enumerate(texts):
        row = headline(
            index + 1,
            title=text,
            section=text,
            place=text,
            summary=text,
            comment_count=2,
            has_text=blocks,
        )
        held.memory.rows[index] = row
        held.memory.articles[row.id] = poisoned_article(row, text)
    if not blocks:
        held.memory.articles.clear()
    sections = tuple(Section(text.casefold(), text, "", rank, 1, 1) for rank, text in enumerate(texts))
    held.memory.sections = lambda: sections  # type: ignore[method-assign]
    return held


def poisoned_article(row: Headline, text: str) -> Article:
    kinds = [kind for kind in BlockType if kind is not BlockType.TABLE]
    body = [
        Block(kind, text, spans=(Span(text, bold=True),), url="https://portal.example/x") for kind in kinds
    ]
    body.append(Block(BlockType.TABLE, text, rows=((text, text), (text, text))))
    return replace(
        article(row),
        title=text,
        section=text,
        place=text,
        standfirst=text,
        reporter=text,
        editor=text,
        photographer=text,
        credit_source=text,
        tags=(text,),
        lead_image=Image("https://portal.example/a.jpg", text, text),
        blocks=tuple(body),
        related=(RelatedLink(text, None),),
        reactions=(Reaction(text, 50),),
        comments=Comments(5, None, (Comment(text, NOW, text, 0), Comment(text, NOW, text, 9))),
    )


def assert_harmless(reading: Room, *where: object) -> None:
    assert reading.app.is_running, where
    assert not ACTING & set(reading.text.replace("\n", "")), where


async def test_hostile_text_does_nothing_on_any_screen() -> None:
    held = poisoned(*HOSTILE)
    async with room(held, (120, 40)) as reading:
        assert_harmless(reading, "head of the list")
        await reading.press("end")
        assert_harmless(reading, "foot of the list")
        await reading.press("home")
        await reading.press("enter")
        for row, text in zip(held.memory.rows, HOSTILE, strict=True):
            shown = reading.article.headline
            assert shown is not None
            assert shown.id == row.id
            for keys in (("tab", "f"), ("c",), ("q", "u"), ("J",)):
                await reading.press(*keys)
                assert_harmless(reading, text, keys)
        await reading.press("q")
        held.memory.rows[:] = [replace(row, title=f"{row.title}qq") for row in held.memory.rows]
        await reading.press("slash", "q", "q")
        await reading.settle(0.05)
        assert len(reading.app.screen.choices.rows) == len(HOSTILE)  # type: ignore[attr-defined]
        assert_harmless(reading, "what was found")
        await reading.press("pagedown", "pagedown")
        assert_harmless(reading, "the rest of what was found")
        await reading.press("escape", "colon", "escape", "question_mark", "q")
        assert_harmless(reading, "help")


async def test_the_host_of_comments_elsewhere_does_nothing() -> None:
    held = poisoned(*HOSTILE)
    for row, text in zip(held.memory.rows, HOSTILE, strict=True):
        found = held.memory.articles[row.id]
        held.memory.articles[row.id] = replace(found, comments=Comments(5, text))
    async with room(held, (120, 40)) as reading:
        await reading.press("enter")
        for text in HOSTILE:
            await reading.press("G")
            assert "comments are on" in reading.text, text
            assert_harmless(reading, text)
            await reading.press("J")


async def test_what_nobody_cleaned_is_drawn_without_what_acts() -> None:
    async with room(library(3)) as reading:
        strip = reading.main.query(LineWidget).first().strip([Run(text) for text in HOSTILE], 500)
        drawn = "".join(segment.text for segment in strip)
        assert not ACTING & set(drawn)
        assert "merah" in drawn


async def test_hostile_headlines_without_text_and_notices_do_nothing() -> None:
    async with room(poisoned(*HOSTILE, blocks=False)) as reading:
        await reading.press("enter")
        for text in HOSTILE:
            await reading.press("f")
            assert_harmless(reading, text)
            reading.context.say(text, grave=True)
            await reading.press("J")
            assert_harmless(reading, text)


async def test_markup_is_shown_as_it_stands() -> None:
    async with room(poisoned("[bold]tebal[/bold]")) as reading:
        assert "[bold]tebal[/bold]" in reading.text
        await reading.press("enter")
        assert "[bold]tebal[/bold]" in reading.text


async def test_a_clickable_looking_title_is_not_clickable() -> None:
    async with room(poisoned("[@click=app.leave()]klik[/]")) as reading:
        await reading.press("enter")
        line = next(index for index, text in enumerate(reading.lines) if "klik" in text)
        await reading.pilot.click(offset=(reading.lines[line].index("klik"), line))
        await reading.settle()
        assert reading.app.is_running


async def test_a_very_long_title_and_word_stay_inside_the_screen() -> None:
    async with room(poisoned("x" * 5000), (60, 20)) as reading:
        assert all(len(line) == 60 for line in reading.lines)
        await reading.press("enter")
        assert all(len(line) == 60 for line in reading.lines)


# ---- the cleaning itself ----


@given(st.text())
def test_cleaning_leaves_nothing_that_acts_and_is_stable(text: str) -> None:
    once = clean(text)
    assert not ACTING & set(once)
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") for char in once)
    assert clean(once) == once


@given(st.text(alphabet="a\u0301\u0302b ", max_size=80))
def test_at_most_four_marks_stand_on_a_letter(text: str) -> None:
    run = most = 0
    for char in clean(text):
        run = run + 1 if unicodedata.combining(char) else 0
        most = max(most, run)
    assert most <= MARKS_PER_LETTER


@given(st.text(), st.integers(2, 80))
def test_titles_keep_to_two_lines_of_their_width(text: str, width: int) -> None:
    from rich.cells import cell_len

    lines = wrap_title(text, width, 2)
    assert 1 <= len(lines) <= 2
    assert all(cell_len(line) <= width for line in lines)


def test_titles_are_never_cut_in_a_word() -> None:
    title = "Perpustakaan Keliling Singgah di Sepuluh Kampung Pesisir Selama Libur Sekolah"
    for width in range(14, 60):
        words = set(title.split())
        shown = " ".join(wrap_title(title, width, 2)).removesuffix("…").split()
        assert set(shown) <= words, width


@pytest.mark.parametrize("letter", ["A", "語"])
def test_a_word_of_any_length_is_broken_in_linear_time(letter: str) -> None:
    def cost(letters: int) -> float:
        began = process_time()
        lines = [line.text for line in text_lines(letter * letters, "", 72)]
        assert sum(map(len, lines)) == letters
        return process_time() - began

    cost(1_000)
    assert min(cost(40_000) for _ in range(3)) < 8 * min(cost(10_000) for _ in range(3))


def test_matches_are_marked_and_their_marks_gone() -> None:
    runs = matches("air \ue000pasang\ue001 naik \ue000lagi", "dim", "match")
    assert [(run.text, run.style) for run in runs] == [
        ("air ", "dim"),
        ("pasang", "match"),
        (" naik ", "dim"),
        ("lagi", "match"),
    ]
