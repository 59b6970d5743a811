"""What every test of the screens may rely on: the built-in keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.tui import key_names

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _built_in_keys() -> Iterator[None]:
    """A room that a test ran with other keys leaves none of them behind."""
    yield
    key_names.use(key_names.BUILT_IN)
