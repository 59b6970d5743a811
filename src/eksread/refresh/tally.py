"""The running counts of one refresh."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eksread.model.progress import Failure, Summary
from eksread.model.stored import Change

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.errors import FetchError
    from eksread.model.fetched import Page
    from eksread.model.stored import PageState

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What one refresh, which began `at`, has done so far. `bytes` are those on the wire.

    `shapes` are those learned from the feed, None until a page needs them. `states` is what is known of addresses that
    will be asked for (None: never visited), read ahead; `unchanged` are visits not yet noted, see `Visitor.unchanged`.
    """

    at: datetime
    changes: Counter[Change] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    errors: list[FetchError] = field(default_factory=list)
    pages: int = 0
    not_modified: int = 0
    bytes: int = 0
    headlines: int = 0
    pictures: int = 0
    gone: int = 0
    shapes: tuple[str, ...] | None = None
    states: dict[str, PageState | None] = field(default_factory=dict)
    unchanged: list[PageState] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def answered(self, page: Page) -> None:
        """Count an answer."""
        self.pages += 1
        self.not_modified += page.not_modified
        self.bytes += page.wire_bytes

    def failed(self, url: str, error: FetchError) -> None:
        """Count a page that could not be had."""
        log.warning("%s: %s %s", url, error.code, error.detail)
        self.failures.append(Failure(url, error.code, error.message))
        self.errors.append(error)

    def summary(self) -> Summary:
        """Give the end of the refresh."""
        return Summary(
            new=self.changes[Change.NEW],
            changed=self.changes[Change.CHANGED],
            unchanged=self.changes[Change.UNCHANGED],
            failed=len(self.failures),
            gone=self.gone,
            headlines=self.headlines,
            pages=self.pages,
            pictures=self.pictures,
            not_modified=self.not_modified,
            bytes=self.bytes,
            seconds=time.monotonic() - self.started,
            failures=tuple(self.failures),
        )
