"""From any older schema to the present one: frozen steps that import nothing of ours.

Step N brings a file from `user_version` N to N + 1. A step is never edited once released: what it needs of the
schema stands here again, as it was then. Tests upgrade each old schema and compare the shape with a fresh one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

STEPS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {}
"""By the version they start from."""


def migrate(connection: sqlite3.Connection, start: int, end: int) -> None:
    """Bring the file from version `start` to `end`, within the caller's transaction."""
    for version in range(start, end):
        STEPS[version](connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")
