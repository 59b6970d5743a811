"""What fetch gives: one answered request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "has it changed?" with (RFC 9110 §8.8); both may be missing."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answered request: bytes as they came (decompressed), not yet understood.

    `url` is the final address after redirects. `fetched_at` is the parser's "now".
    `status` is 304 only when the caller sent validators; `body` is empty then.
    """

    url: str
    body: bytes
    fetched_at: datetime
    requested_url: str = ""
    status: int = 200
    content_type: str = ""
    validators: Validators = Validators()
    wire_bytes: int = 0

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed (304)."""
        return self.status == 304


class Expected(StrEnum):
    """What a page was asked for: evidence for its kind, not a command. A login page stays a login page."""

    ARTICLE = "article"
    LIST = "list"
