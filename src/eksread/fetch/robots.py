"""robots.txt (RFC 9309): asked once a day per host, obeyed for what the user did not ask for."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from protego import Protego

from eksread.errors import FetchError, HttpError, Offline, TlsFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LIFETIME: Final = timedelta(days=1)
"""RFC 9309 §2.4: not longer than 24 hours."""
RETRY: Final = timedelta(minutes=10)
"""When to ask again after the server failed to give one."""
SIZE_CAP: Final = 500 * 1024
"""RFC 9309 §2.5: at least 500 KiB are read; the rest is ignored."""
CAREFUL_DELAY: Final = 2.0
"""Seconds between requests while robots.txt answers with a server error: its rules are unknown, so go slowly."""
OUR_NAME: Final = "eksread"
"""The name that a robots.txt may address."""
_FACT: Final = "robots:"


class Memory(Protocol):
    """Named values that outlive a run: the part of the store that is needed here, which must not be imported."""

    def get(self, name: str) -> str | None:
        """Give a value."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host, valid until `until`; `careful` after a server error."""

    text: str
    until: datetime
    careful: bool = False
    _parsed: Protego = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_parsed", Protego.parse(self.text))

    def allow(self, url: str) -> bool:
        """Whether a program may fetch `url` on its own."""
        return self._parsed.can_fetch(url, OUR_NAME)

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for."""
        if self.careful:
            return CAREFUL_DELAY
        return self._parsed.crawl_delay(OUR_NAME) or 0.0


class Robots:
    """The rules of the hosts met so far. `ask` gives the text of a robots.txt or raises `FetchError`.

    `memory` keeps them between runs; its calls block and are made in a thread.
    """

    def __init__(self, ask: Callable[[str], Awaitable[str]], memory: Memory | None = None) -> None:
        self._ask = ask
        self._memory = memory
        self._known: dict[str, Rules] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def rules(self, place: str) -> Rules:
        """Give the rules of a place (`https://host`, or a folder there), asking for them when they are not known or too old.

        Raises `Offline` or `TlsFailed` when the host can't be reached at all: then its pages can't be either.
        """
        async with self._locks[place]:
            now = datetime.now(UTC)
            rules = self._known.get(place) or await self._remembered(place, now)
            if rules is None or not now < rules.until <= now + LIFETIME:  # or the clock was set back
                rules = await self._fetch(place, now)
            self._known[place] = rules
            return rules

    async def _fetch(self, place: str, now: datetime) -> Rules:
        """RFC 9309 §2.3.1: no robots.txt allows all; after a server error go slowly."""
        try:
            text = await self._ask(f"{place}/robots.txt")
        except (Offline, TlsFailed):
            raise
        except HttpError as error:
            missing = str(error.values.get("status", "")).startswith("4")
            return Rules("", now + (LIFETIME if missing else RETRY), careful=not missing)
        except FetchError as error:
            return Rules("", now + (RETRY if error.transient else LIFETIME), careful=error.code == "busy")
        if text.lstrip().startswith("<"):
            return Rules("", now + RETRY)  # a page in place of rules: a network's login, or a sloppy server
        # a large one takes a quarter of a second to read, in which nothing else could be drawn
        rules = await asyncio.to_thread(Rules, text, now + LIFETIME)
        if self._memory is not None:
            value = json.dumps({"until": rules.until.isoformat(), "text": text})
            await asyncio.to_thread(self._memory.set, _FACT + place, value)
        return rules

    async def _remembered(self, place: str, now: datetime) -> Rules | None:
        if self._memory is None:
            return None
        value = await asyncio.to_thread(self._memory.get, _FACT + place)
        if value is None:
            return None
        try:
            kept = json.loads(value)
            return Rules(str(kept["text"]), datetime.fromisoformat(kept["until"]))
        except (ValueError, KeyError, TypeError):
            return None  # written by another version: asked again
