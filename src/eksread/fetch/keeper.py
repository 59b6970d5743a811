"""Connections that are kept to be used again, one request at a time on each.

httpcore's pools look at every connection and every waiting request whenever a request comes or an answer ends, which
costs a third of a small answer. Here none ever waits for a connection: `pace.Slots` bounds what is under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpcore import AsyncConnectionInterface

    Way: TypeAlias = tuple[str, str | None]
    """Where a connection leads: an origin, and the proxy that it goes through."""


class Keeper:
    """Holds the connections of one fetcher, `most` of them at most, unless more are in use."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: list[tuple[Way, AsyncConnectionInterface]] = []
        self._busy: set[AsyncConnectionInterface] = set()

    async def take(self, way: Way, make: Callable[[], AsyncConnectionInterface]) -> AsyncConnectionInterface:
        """Give a connection that leads there, the one last used or a new one; it must be given back."""
        while (connection := self._last_used(way)) is not None and connection.has_expired():
            await connection.aclose()
        if connection is None:
            if self._idle and len(self._idle) + len(self._busy) >= self._most:
                _, unused = self._idle.pop(0)
                await unused.aclose()
            connection = make()
        self._busy.add(connection)
        return connection

    async def give_back(self, way: Way, connection: AsyncConnectionInterface) -> None:
        """Keep a connection whose answer was read to its end, close any other."""
        if connection not in self._busy:
            return  # closed meanwhile
        self._busy.remove(connection)
        if connection.is_available():
            self._idle.append((way, connection))
        elif not connection.is_closed():
            await connection.aclose()

    async def aclose(self) -> None:
        """Close all connections, those in use too."""
        connections = [*self._busy, *(connection for _, connection in self._idle)]
        self._busy.clear()
        self._idle.clear()
        for connection in connections:
            await connection.aclose()

    def _last_used(self, way: Way) -> AsyncConnectionInterface | None:
        """Take out the idle connection that was last used."""
        for place in reversed(range(len(self._idle))):
            if self._idle[place][0] == way:
                return self._idle.pop(place)[1]
        return None
