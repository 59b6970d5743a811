"""When to ask again: `Retry-After` in both its forms (RFC 9110 §10.2.3), clamped, and backoff with jitter."""

from __future__ import annotations

import math
import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

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
