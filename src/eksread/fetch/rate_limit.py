"""How often: a gap between the requests to a host, and the pauses it asks for."""

from __future__ import annotations

import asyncio
import math
import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Final

LONG_PAUSE: Final = 30.0
"""Seconds that a host is left alone after `MANY` refusals in a row (429, 503), if it didn't ask for more."""
MANY: Final = 3
"""One page is asked twice at most, so three refusals in a row mean the host, not one page."""


@dataclass(slots=True)
class RateLimit:
    """The rate limit of one host. `gap` is the least time between the starts of two requests, in seconds (monotonic)."""

    gap: float
    _next: float = 0.0
    _paused_until: float = 0.0
    _refusals: int = 0

    def accept(self) -> None:
        """Note a response that is no refusal."""
        self._refusals = 0

    def refuse(self, retry_after: float | None) -> None:
        """Note that the host asked to come back later, in `retry_after` seconds if it said so."""
        self._refusals += 1
        if retry_after is not None:
            self.pause(retry_after)
        if self._refusals >= MANY:
            self.pause(LONG_PAUSE)

    def pause(self, seconds: float) -> None:
        """Leave the host alone for `seconds` from now; never shortens a pause."""
        self._paused_until = max(self._paused_until, monotonic() + seconds)

    @property
    def pause_left(self) -> float:
        """Seconds that the pause still lasts, 0 when there is none."""
        return max(0.0, self._paused_until - monotonic())

    def reserve(self, now: float) -> float:
        """Reserve the next free moment; give the seconds from `now` until then."""
        start = max(now, self._next)
        self._next = start + self.gap
        return start - now

    async def wait(self) -> None:
        """Wait for this request's turn."""
        delay = self.reserve(monotonic())
        if delay > 0:
            await asyncio.sleep(delay)


# When to ask again: `Retry-After` in both its forms (RFC 9110 §10.2.3), clamped, and backoff with jitter.

LONGEST_WAIT: Final = 24 * 3600.0
"""Seconds. A server that says "in a year" by mistake must not silence the reader for longer than a day."""
_SECONDS: Final = re.compile(r"[0-9]{1,18}(\.[0-9]{1,6})?", re.ASCII)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Give the seconds to wait, between 0 and a day; None when the header is missing or makes no sense."""
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else None


def backoff(base: float) -> float:
    """Give `base` seconds with jitter of half either way, so that many readers don't come back as one."""
    return base * (0.5 + random.random())  # noqa: S311 - spreads load, guards nothing
