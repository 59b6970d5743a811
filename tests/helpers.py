"""Real parts put together for tests: the demo portal over HTTP, the real fetcher and parser, a SQLite file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from eksread import parse
from eksread.demo import load_edition
from eksread.fetch import FetchOptions, make_fetcher
from eksread.library import Library
from eksread.model.progress import Progress, Summary
from eksread.store import open_store
from eksread.store.picture_files import PictureFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from eksread.demo import Edition

NO_PACING = FetchOptions(gap=0.0)


def unmeasured() -> dict[str, str]:
    """Give the environment for a process that `make coverage` leaves out: a copy of the tree, or one whose imports count."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


class Clock:
    """A clock that tests move by hand; it starts at the present, where the fetcher's own clock stands."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


def small_edition(*ids: int) -> Edition:
    """Give the demo edition with these articles only."""
    edition = load_edition()
    return replace(edition, articles=tuple(article for article in edition.articles if article.id in ids))


@contextmanager
def library_on(
    url: str, folder: Path, *, offline: bool = False, clock: Clock | None = None
) -> Iterator[Library]:
    """Open a library on the portal at `url`, its store in `folder`."""
    base = url if url.endswith("/") else f"{url}/"
    library = Library(
        open_store(folder),
        None if offline else lambda: make_fetcher(base, NO_PACING),
        base,
        parser=parse,
        pictures=PictureFolder(folder / "pictures"),
        clock=clock or Clock(),
    )
    try:
        yield library
    finally:
        library.close()


async def refreshed(library: Library, section: str | None = None) -> tuple[Summary, list[Progress]]:
    """Run a refresh to its end."""
    progress: list[Progress] = []
    try:
        async for event in library.refresh(section):
            if isinstance(event, Summary):
                return event, progress
            progress.append(event)
    finally:
        await library.disconnect()
    raise AssertionError("no summary")


__all__ = [
    "NO_PACING",
    "Clock",
    "library_on",
    "refreshed",
    "replace",
    "small_edition",
    "unmeasured",
]
