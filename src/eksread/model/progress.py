"""What a refresh takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Literal

    from eksread.model.enums import Stage


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh shall bring. `section` is a section's key; None is everything.

    `days` reaches back that far, in every section; None takes what the lists show. `max_bytes` on the wire end it
    early, the newest texts first. `images` adds lead pictures, after all texts.
    """

    section: str | None = None
    days: int | None = None
    max_bytes: int | None = None
    images: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is. `done` of `total` (0: not known yet) in this stage; `note` is an address or title."""

    stage: Stage
    done: int = 0
    total: int = 0
    note: str = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """One page that could not be had: `message` is for a person, in the interface's language."""

    url: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a refresh, counted in articles. `stopped` says that someone stopped it; nothing was lost.

    `wanted` texts were missing when it came to them, `left` of them were not asked for: `reason` says why. `reached` is
    the date of the newest of these: what is newer is there. With a `reason` the lists, too, may not be whole.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    gone: int = 0
    headlines: int = 0
    pages: int = 0
    pictures: int = 0
    not_modified: int = 0
    bytes: int = 0
    seconds: float = 0.0
    stopped: bool = False
    wanted: int = 0
    left: int = 0
    reached: datetime | None = None
    reason: Literal["budget", "limit"] | None = None
    failures: tuple[Failure, ...] = ()
