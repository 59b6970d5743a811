"""Whether the article that is read has changed: asked with `r`, and behind the reading; the text never moves by it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from eksread.demo import load_edition
from tests.edited_portal import EditedPortal
from tests.helpers import Clock, library_on, refreshed, small_edition
from tests.tui.rooms import room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from eksread.library import Library
    from tests.tui.rooms import Room

pytestmark = pytest.mark.slow

SOURCES = load_edition().articles[:12]
"""Fewer headlines are not told from the other links of a page."""
ARTICLE = SOURCES[0].id
LINE = "Ralat: satu kalimat berdiri di depan."


@asynccontextmanager
async def saved(folder: Path) -> AsyncIterator[tuple[EditedPortal, Library, Clock]]:
    """The newest articles, saved from a portal that goes on running."""
    clock = Clock()
    with (
        EditedPortal(edition=small_edition(*(source.id for source in SOURCES))) as portal,
        library_on(portal.url, folder, clock=clock) as library,
    ):
        await refreshed(library)
        yield portal, library, clock
        await library.disconnect()


def edit(portal: EditedPortal) -> None:
    old = portal.edition.article(ARTICLE)
    assert old is not None
    portal.revise(ARTICLE, body=f"{LINE}\n\n{old.body}")


def text(reading: Room) -> list[str]:
    return reading.lines[1:-2]


async def test_r_in_an_article_asks_for_it_alone_and_d_then_shows_what_changed(tmp_path: Path) -> None:
    async with saved(tmp_path) as (portal, library, _clock), room(library, (100, 40)) as reading:
        await reading.press("enter")
        seen = len(portal.asked)
        await reading.press("r")
        await reading.finish()
        assert "The text is unchanged." in reading.status
        assert len(portal.asked) == seen + 1
        edit(portal)
        before = text(reading)
        await reading.press("r")
        await reading.finish()
        assert "Changed: d shows what." in reading.status
        assert text(reading) == before
        await reading.press("d")
        assert "Ralat:" in reading.text
        await reading.press("d")
        assert LINE in reading.text
        assert "changed" not in reading.status


@pytest.mark.parametrize(("hours", "asked"), [(2, True), (0.5, False)])
async def test_an_article_not_checked_for_an_hour_is_checked_behind_the_reading(
    hours: float, asked: bool, tmp_path: Path
) -> None:
    async with saved(tmp_path) as (portal, library, clock):
        edit(portal)
        clock.forward(hours=hours)
        async with room(library, (100, 40)) as reading:
            await reading.press("enter")
            before = text(reading)
            await reading.finish()
            assert ("changed since you opened it: d" in reading.status) == asked
            assert text(reading) == before
            assert LINE not in reading.text
            await reading.press("j")
            assert ("changed since you opened it: d" in reading.status) == asked, "until it is looked at"
            await reading.press("h", "enter")
            assert (LINE in reading.text) == asked
            assert "changed" not in reading.status


async def test_the_new_text_is_shown_at_the_paragraph_that_was_read(tmp_path: Path) -> None:
    async with saved(tmp_path) as (portal, library, _clock), room(library, (60, 16)) as reading:
        await reading.press("enter", *["j"] * 14)
        top = reading.article.stored.article.blocks[reading.article.top_block].text  # type: ignore[union-attr]
        edit(portal)
        await reading.press("r")
        await reading.finish()
        await reading.press("d", "d")
        article = reading.article.stored.article  # type: ignore[union-attr]
        assert article.blocks[0].text == LINE
        assert article.blocks[reading.article.top_block].text == top


async def test_an_article_that_is_gone_says_so_and_stays(tmp_path: Path) -> None:
    async with saved(tmp_path) as (portal, library, _clock), room(library, (100, 40)) as reading:
        await reading.press("enter")
        portal.withdraw(ARTICLE)
        await reading.press("r")
        await reading.finish()
        assert "no longer has this page" in reading.status
        assert library.headline(reading.article.stored.headline.id).gone  # type: ignore[union-attr]
