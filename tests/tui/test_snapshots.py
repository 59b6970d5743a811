"""The screens as they were looked at and found good, line by line: sizes, themes, languages, states.

When one differs on purpose: `python tools/pictures.py --text tests/tui/snapshots`, and look at the difference.
"""

from __future__ import annotations

import asyncio
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tools.pictures import SHOTS, Shot, filled, taken

from eksread.demo import DemoPortal

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(__file__).parent / "snapshots"
pytestmark = pytest.mark.slow


class Edition(NamedTuple):
    """The demo's portal, and an archive that holds its whole edition."""

    url: str
    archive: Path


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    with DemoPortal() as portal:
        made = Edition(f"{portal.url}/", tmp_path_factory.mktemp("edition"))
        asyncio.run(filled(made.archive, made.url))
        yield made


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
async def test_a_state_looks_as_it_was_found_good(edition: Edition, shot: Shot) -> None:
    kept = (KEPT / f"{shot.name}.txt").read_text("utf-8").splitlines()
    now = (await taken(shot, edition.archive, edition.url, plain=True)).splitlines()
    assert "\n".join(unified_diff(kept, now, "kept", "now", n=1, lineterm="")) == ""


def test_each_snapshot_is_of_a_state() -> None:
    assert {file.stem for file in KEPT.glob("*.txt")} == {shot.name for shot in SHOTS}
