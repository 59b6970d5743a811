"""Getting ready for days offline, and the walk back through the years."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.demo import load_edition
from eksread.model.enums import Stage
from eksread.model.lists import HeadlineQuery
from eksread.model.progress import Plan, Progress, Summary
from eksread.portal import WITA
from eksread.store.picture_files import PictureFolder
from tests.edited_portal import EditedPortal, including
from tests.helpers import Clock, library_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from eksread.demo import Edition
    from eksread.library import Library

pytestmark = pytest.mark.slow

EDITION_NOON = datetime(2026, 11, 20, 20, 0, tzinfo=WITA)


async def taken(
    library: Library, events: AsyncGenerator[Progress | Summary, None]
) -> tuple[Summary, list[Progress]]:
    progress: list[Progress] = []
    try:
        async for event in events:
            if isinstance(event, Summary):
                return event, progress
            progress.append(event)
    finally:
        await library.disconnect()
    raise AssertionError("no summary")


LARGEST_PAGE = 9_000
"""Bytes of the demo's largest page as it is sent."""


def edition_clock() -> Clock:
    clock = Clock()
    clock.moment = EDITION_NOON
    return clock


def held(library: Library) -> set[str]:
    return {item.title for item in library.queries.headlines(HeadlineQuery(limit=500)).items if item.has_text}


async def test_a_plan_of_days_brings_these_days_and_no_more(tmp_path: Path) -> None:
    with EditedPortal() as portal, library_on(portal.url, tmp_path, clock=edition_clock()) as library:
        await taken(library, library.refresh(plan=Plan(days=7)))
        since = EDITION_NOON - timedelta(days=7)
        assert held(library) == {item.title for item in load_edition().articles if item.published >= since}


@pytest.mark.parametrize("budget", [30_000, 60_000, 120_000])
async def test_a_budget_of_bytes_is_kept_within_a_page_and_ends_with_the_newest_texts_held(
    tmp_path: Path, budget: int
) -> None:
    with EditedPortal() as portal, library_on(portal.url, tmp_path, clock=edition_clock()) as library:
        summary, _ = await taken(library, library.refresh(plan=Plan(days=300, max_bytes=budget)))
        assert summary.bytes < budget + LARGEST_PAGE
        rows = library.queries.headlines(HeadlineQuery(limit=500)).items
        count = sum(item.has_text for item in rows)
        assert 0 < count < len(load_edition().articles)
        assert summary.reason == "budget"
        assert (summary.wanted, summary.left) == (len(rows), len(rows) - count)
        assert summary.reached == max(item.published for item in rows if item.published and not item.has_text)
        again, _ = await taken(library, library.refresh(plan=Plan(days=300)))
        assert len(held(library)) == len(load_edition().articles)
        assert again.new == len(load_edition().articles) - count
        assert again.reason is None


async def test_pictures_come_after_all_texts_and_only_once(tmp_path: Path) -> None:
    with EditedPortal() as portal, library_on(portal.url, tmp_path, clock=edition_clock()) as library:
        plan = Plan(days=4, images=True)
        summary, progress = await taken(library, library.refresh(plan=plan))
        stages = [event.stage for event in progress]
        assert stages.index(Stage.PICTURES) > max(
            at for at, stage in enumerate(stages) if stage is Stage.BODIES
        )
        since = EDITION_NOON - timedelta(days=4)
        wanted = {
            item.image
            for item in library.queries.headlines(HeadlineQuery(limit=500)).items
            if item.image and item.published and item.published >= since
        }
        folder = PictureFolder(tmp_path / "pictures")
        assert wanted
        assert summary.pictures == len(wanted)
        assert all(folder.held(url) for url in wanted)
        assert folder.path(next(iter(wanted))).read_bytes()[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")
        again, _ = await taken(library, library.refresh(plan=plan))
        assert again.pictures == 0


def test_a_picture_s_address_never_chooses_a_path(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "pictures")
    for url in (
        "https://x.example/../../etc/passwd",
        "https://x.example/%2e%2e/a",
        "/absolute",
        "\udce4",
        "a" * 5000,
    ):
        folder.keep(url, b"data")
        assert folder.held(url)
        assert folder.path(url).is_relative_to(tmp_path / "pictures")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 5
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


async def test_the_walk_goes_back_to_the_day_and_resumes_on_its_page(tmp_path: Path) -> None:
    since = EDITION_NOON - timedelta(days=60)
    with EditedPortal() as portal, library_on(portal.url, tmp_path, clock=edition_clock()) as library:
        await taken(library, library.refresh())
        edition = portal.edition
    # What a first refresh leaves out: a section with more pages than it reads.
    many = [
        replace(
            edition.article(1001),
            id=100 + number,
            title=f"Kabar lama nomor {number}",
            published=EDITION_NOON - timedelta(days=20 + number),
        )
        for number in range(60)
    ]
    for article in many:
        edition = including(edition, article)
    with (
        EditedPortal(edition=edition) as portal,
        library_on(portal.url, tmp_path / "walk", clock=edition_clock()) as library,
    ):
        await taken(library, library.refresh())
        first = held(library)
        assert len(first) < len(edition.articles)
        async with aclosing(library.walk(since)) as events:
            async for event in events:
                if isinstance(event, Progress) and "nomor" in event.note:
                    break
        await library.disconnect()
        asked = len(portal.asked)
        await taken(library, library.walk(since))
        resumed = [path for path in portal.asked[asked:] if "kanal/kaltim" in path]
        assert resumed[0] != "/kanal/kaltim"
        wanted = {item.title for item in edition.articles if item.published >= since}
        assert wanted <= held(library)


def busy_edition(at: datetime, count: int = 40) -> Edition:
    """Give the demo edition with so many more articles of one section, one a quarter of an hour."""
    edition = load_edition()
    source = edition.articles[0]
    for number in range(count):
        clone = replace(
            source,
            id=100_000 + number,
            title=f"{source.title} ({number})",
            published=at - timedelta(minutes=15 * number),
        )
        edition = including(edition, clone)
    return edition


async def test_a_plan_of_days_reaches_back_also_in_lists_that_have_not_changed(tmp_path: Path) -> None:
    clock = edition_clock()
    edition = busy_edition(EDITION_NOON)
    with EditedPortal(edition=edition) as portal, library_on(portal.url, tmp_path, clock=clock) as library:
        await taken(library, library.refresh())
        today = {
            item.title for item in edition.articles if item.published >= EDITION_NOON - timedelta(days=1)
        }
        assert not today <= held(library)
        clock.forward(minutes=5)
        await taken(library, library.refresh(plan=Plan(days=1)))
        assert today <= held(library)
        clock.forward(minutes=5)
        again, _ = await taken(library, library.refresh(plan=Plan(days=1)))
        assert again.not_modified == again.pages


async def test_a_plan_of_days_closes_the_gap_that_a_refresh_has_left(tmp_path: Path) -> None:
    clock = edition_clock()
    with EditedPortal() as portal, library_on(portal.url, tmp_path, clock=clock) as library:
        await taken(library, library.refresh(plan=Plan(days=2)))
        clock.forward(hours=12)
        for item in busy_edition(clock()).articles:
            if item.id >= 100_000:
                portal.publish(item)
        await taken(library, library.refresh())
        clock.forward(minutes=5)
        await taken(library, library.refresh(plan=Plan(days=1)))
        assert {f"{load_edition().articles[0].title} ({number})" for number in range(40)} <= held(library)
