"""Taking an article elsewhere: as Markdown, into the pager; and a note from the editor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from eksread.export.markdown import article_markdown, escaped, quotation
from eksread.model.enums import BlockType
from eksread.model.news import Block, Span
from eksread.tui.actions.external import first_program
from tests.tui.archive import archive, news
from tests.tui.fakes import headline
from tests.tui.rooms import room
from tests.tui.terminals import Terminal, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.library import Library
    from eksread.model.news import Article

pytestmark = pytest.mark.slow


def told() -> Article:
    return news(
        1,
        title="Harga *Cabai* Naik",
        related=(),
        reactions=(),
        lead_image=None,
        blocks=(
            Block(BlockType.PARAGRAPH, "1. Bukan daftar."),
            Block(
                BlockType.PARAGRAPH,
                "Kata tebal dan miring.",
                spans=(
                    Span("Kata "),
                    Span("tebal ", bold=True),
                    Span("dan "),
                    Span("miring", italic=True),
                    Span("."),
                ),
            ),
            Block(BlockType.HEADING, "Antara", level=2),
            Block(BlockType.QUOTE, "Naik terus."),
            Block(BlockType.LIST_ITEM, "satu", ordinal=1),
            Block(BlockType.LIST_ITEM, "dua", ordinal=2),
            Block(BlockType.TABLE, "", rows=(("Hari", "Harga"), ("Senin", "5|6"))),
            Block(BlockType.RELATED, "Panen Raya", url="https://portal.example/x.html"),
        ),
    )


def test_an_article_as_markdown(tmp_path: Path) -> None:
    with archive(tmp_path, told()) as library:
        held = library.queries.article(1)
        assert held is not None
        assert article_markdown(held) == (
            "# Harga \\*Cabai\\* Naik\n\n"
            "By Rahma · Editor Idris · Kutim · Wednesday, 15 July 2026, 11:20 WITA\n\n"
            "1\\. Bukan daftar.\n\n"
            "Kata **tebal** dan *miring*.\n\n"
            "## Antara\n\n"
            "> Naik terus.\n\n"
            "1. satu\n2. dua\n\n"
            "| Hari | Harga |\n|---|---|\n| Senin | 5\\|6 |\n\n"
            "Read also: [Panen Raya](<https://portal.example/x.html>)\n\n"
            "<https://portal.example/berita-1-kabar.html>\n"
        )


@pytest.mark.parametrize(
    ("text", "safe"),
    [("# a", "\\# a"), ("12) a", "12\\) a"), ("<b>", "\\<b\\>"), ("a_b", "a\\_b"), ("- a", "\\- a")],
)
def test_nothing_in_a_text_means_anything_to_markdown(text: str, safe: str) -> None:
    assert escaped(text) == safe


def test_a_quotation_joins_the_lines_of_the_screen_and_names_its_source() -> None:
    row = headline(1, title="Panen")
    text = quotation("Warga berkumpul\nsejak pagi.\n\nMereka pulang.", row)
    assert text == f"> Warga berkumpul sejak pagi.\n>\n> Mereka pulang.\n>\n> — [Panen](<{row.url}>)\n"


async def test_capital_y_copies_the_article(tmp_path: Path) -> None:
    with archive(tmp_path, told()) as library:
        async with room(library) as reading:
            await reading.press("enter", "Y")
            assert reading.app.clipboard.startswith("# Harga")
            assert "copied as Markdown" in reading.status


def test_the_program_is_the_first_that_exists() -> None:
    assert first_program(("cat -u", "less")) == ("cat", "-u")
    assert first_program(("no-such-program-here", "cat")) == ("cat",)
    assert first_program(("", "'unclosed")) == ()


def mark_of(library: Library) -> tuple[str, tuple[str, ...]] | None:
    marks = library.user_data.bookmarks()
    return (marks[0].note, marks[0].labels) if marks else None


async def test_notes_and_labels_are_undone_step_by_step(tmp_path: Path) -> None:
    with archive(tmp_path, told()) as library:
        async with room(library) as reading:
            await reading.press("e", *"besok", "enter", "L", *"air", "enter", "e", "!", "enter")
            assert mark_of(library) == ("besok!", ("air",))
            await reading.press("u")
            assert mark_of(library) == ("besok", ("air",))
            await reading.press("u")
            assert mark_of(library) == ("besok", ())
            await reading.press("u")
            assert mark_of(library) is None
            assert not library.headline(1).saved


def test_pager_and_editor_get_the_terminal_and_give_it_back(tmp_path: Path) -> None:
    data, paged = tmp_path / "data", tmp_path / "paged.txt"
    editor = tmp_path / "editor"
    editor.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'w').write('dari penyunting\\n')\n")
    editor.chmod(0o700)
    with archive(data, told()):
        pass
    argv = [sys.executable, "-m", "eksread", "--offline", "--data-dir", str(data)]
    env = surroundings(PAGER=f"dd of={paged} status=none", VISUAL=str(editor))
    terminal = Terminal(argv, env, (100, 30))
    try:
        terminal.until("Harga")
        terminal.press("\r")
        terminal.until("Kata tebal")
        terminal.press("p")
        terminal.press("N")
        terminal.until("Bookmarked with its note")
        assert "Kata tebal dan miring." in paged.read_text("utf-8")
        terminal.press("qq")
        assert terminal.ended() == 0
        assert terminal.is_restored
    finally:
        terminal.close()
    with archive(data) as library:
        assert mark_of(library) == ("dari penyunting", ())


async def test_capital_s_exports_the_article_or_its_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads = tmp_path / "Unduhan"
    downloads.mkdir()
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(downloads))
    with archive(tmp_path / "data", told(), news(2)) as held:
        async with room(held, (100, 30)) as reading:
            await reading.press("S")
            assert "Export: Harga *Cabai* Naik" in reading.text
            assert "All news: 2 articles" in reading.text
            await reading.press("enter")
            await reading.finish()
            first = downloads / "harga-cabai-naik.md"
            assert first.read_text("utf-8").startswith("# Harga")
            assert str(first) in "".join(reading.text.split())
            await reading.press("S", "enter")
            await reading.finish()
            assert (downloads / "harga-cabai-naik-2.md").exists()
            await reading.press("S", "slash", *"news", "space", *"web", "enter")
            await reading.press("enter")
            await reading.finish()
    assert sorted(path.suffix for path in downloads.iterdir()) == [".html", ".md", ".md"]
