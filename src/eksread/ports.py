"""The few interfaces between stages that may not import each other.

`PageParser` has two implementations, `eksread.parse` itself and a process apart; `Facts` names a part of the store for `fetch`,
which must not import it. Methods that touch the disk block; callers run them in threads. All raise only
errors of `errors.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eksread.model.fetched import Expected, Page
    from eksread.model.news import Parsed

FRESH_FACT: Final = "refreshed_at"
"""Name of the fact that says when the portal last answered a refresh (ISO 8601, UTC)."""


class PageParser(Protocol):
    """Bytes to values, never raising. `shapes` are the URL shapes of articles learned so far (see `learn`)."""

    def parse(self, page: Page, *, shapes: Sequence[str] = (), expected: Expected | None = None) -> Parsed:
        """Read any page; `expected` is what it was asked for."""
        ...

    def learn(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Give the URL shapes that these article addresses have in common."""
        ...


class Facts(Protocol):
    """Small named values that outlive a run: `fetch` keeps robots.txt in them."""

    def get(self, name: str) -> str | None:
        """Give a value."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        ...
