"""Texts far longer than any article: opened in time that grows with them, not faster."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Block
from eksread.model.stored import StoredArticle
from eksread.tui.render.article_lines import article_lines
from tests.tui.fakes import NOW, article, headline, library
from tests.tui.rooms import room

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("shape", ["paragraphs", "one paragraph", "one word"])
def test_the_cost_of_opening_grows_with_the_text_alone(shape: str) -> None:
    def cost(words: int) -> float:
        row = headline(1)
        texts = {
            "paragraphs": ("Warga desa menanam pohon di tepi sungai. ",) * (words // 7),
            "one paragraph": ("warga " * words,),
            "one word": ("w" * 6 * words,),
        }[shape]
        blocks = tuple(Block(BlockType.PARAGRAPH, text) for text in texts)
        held = StoredArticle(row, replace(article(row), blocks=blocks), NOW)
        began = process_time()
        lines = list(article_lines(held, 72))
        assert len(lines) > words * 6 // 80
        return process_time() - began

    cost(1_000)
    assert min(cost(40_000) for _ in range(2)) < 8 * min(cost(10_000) for _ in range(3))


async def test_a_text_of_a_hundred_thousand_words_opens_and_is_left() -> None:
    held = library(3)
    blocks = tuple(
        Block(BlockType.PARAGRAPH, f"Alinea {n}. " + "warga menanam pohon " * 300) for n in range(110)
    )
    held.memory.articles[1] = replace(held.memory.articles[1], blocks=blocks)
    async with room(held) as reading:
        await reading.press("enter")
        assert "Alinea 0." in reading.text
        await reading.press("G")
        await reading.press("q")
        assert reading.pane == "headlines"
