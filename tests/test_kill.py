"""A refresh that is killed at any moment loses nothing. `make torture` does it 200 times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture import torture

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_killed_refresh_loses_nothing(tmp_path: Path) -> None:
    killed, held = torture(8, tmp_path / "data", seed=7)
    assert killed > 0
    assert sorted(note for _, note in held.bookmarks) == [f"catatan {number}" for number in range(4)]
    assert len(held.read) == 6
