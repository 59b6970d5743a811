"""Lines of tables, heads of articles and facts of headlines, from values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from eksread.model.enums import Source
from eksread.model.stored import StoredArticle
from eksread.tui.render.article_lines import article_lines, missing_text_lines
from eksread.tui.render.headline_lines import facts
from eksread.tui.render.table_lines import table_lines
from tests.tui.fakes import NOW, article, headline

ESTIMATED = {"published": NOW - timedelta(days=20), "published_source": Source.INFERRED}


def test_a_narrow_column_keeps_its_width_and_the_wide_ones_share_the_rest() -> None:
    wide = "kapal kayu berangkat dari dermaga lama"
    lines = [line.text.rstrip() for line in table_lines([("No", "Kapal", "Jadwal"), ("1", wide, wide)], 40)]
    assert lines[0] == "No  Kapal              Jadwal"
    assert lines[2] == "1   kapal kayu         kapal kayu"
    assert max(map(len, lines)) <= 40


def test_a_table_without_cells_is_no_line() -> None:
    assert list(table_lines([(), ()], 40)) == []


def test_an_estimated_date_says_so_in_the_list_and_in_the_article() -> None:
    row = headline(1, **ESTIMATED)
    text = "\n".join(line.text for line in article_lines(StoredArticle(row, article(row), NOW), 72))
    assert "≈ 25 Jun 2026 (estimated)" in text
    for chosen in (True, False):
        assert "".join(run.text for run in facts(row, NOW, 72, chosen=chosen)).startswith("≈ 25 Jun")


def test_what_is_gone_from_the_portal_says_so_in_the_list_and_in_the_article() -> None:
    row = headline(1, gone=True)
    text = "\n".join(line.text for line in article_lines(StoredArticle(row, article(row), NOW), 72))
    assert "No longer on the portal; this is the saved copy." in text
    assert "gone from the portal" in "".join(run.text for run in facts(row, NOW, 72, chosen=False))


def test_a_head_leaves_out_what_is_not_known() -> None:
    row = headline(3, summary=None, section=None, place=None, advertorial=False)
    bare = replace(article(row), reporter=None, editor=None, blocks=(), related=(), section=None, place=None)
    title, blank, date = (line.text for line in list(article_lines(StoredArticle(row, bare, NOW), 80))[:3])
    assert (title, blank) == (row.title, "")
    assert date.endswith("WITA"), "no byline, and no minutes of reading"
    lines = [line.text for line in missing_text_lines(row, 80, "Belum ada.")]
    assert lines == [row.title, "", date, "", "Belum ada."]
