"""Damaged archives and full disks, a few of each. `make damage` tries 1,000 files, `make full` 200 moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.damage import damage
from tests.full_disk import fill

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_of_damaged_archives_nothing_is_lost_that_can_be_read(tmp_path: Path) -> None:
    kinds, findings = damage(range(141, 151), 12, tmp_path)
    assert findings == []
    assert len(kinds) > 4


def test_a_tree_of_pages_that_leads_back_into_itself_is_salvaged_in_bounded_time(tmp_path: Path) -> None:
    assert damage(range(517, 518), 14, tmp_path)[1] == []


def test_a_disk_that_is_full_at_any_moment_is_said_and_loses_nothing(tmp_path: Path) -> None:
    assert fill(8, tmp_path, 7, ("bookmark", "import", "firststart", "migration")) > 2
