"""Whatever eksread does, killing it at any moment loses nothing. `make torture` does it 1,000 times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture import torture

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    killed = torture(12, tmp_path, seed=7)
    assert killed.total() == 12
    assert len(killed) > 4
