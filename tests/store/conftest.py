"""A store on a real file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data", patience=0.2)
    yield opened
    opened.close()
