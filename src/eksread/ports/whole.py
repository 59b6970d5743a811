"""The store as a whole, as `library` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from eksread.errors import StoreError
    from eksread.ports.keeping import History, Indexes, ReaderState, Reading, Searches, Upkeep
    from eksread.ports.stages import Archive, Desk, Notes, Shelf


class Store(Protocol):
    """A store: all doors to one database, and an end."""

    @property
    def archive(self) -> Archive:
        """What refresh writes."""
        ...

    @property
    def shelf(self) -> Shelf:
        """What screens read."""
        ...

    @property
    def desk(self) -> Desk:
        """The reader's own."""
        ...

    @property
    def notes(self) -> Notes:
        """Facts kept between refreshes."""
        ...

    @property
    def reading(self) -> Reading:
        """What the reader did with an article."""
        ...

    @property
    def searches(self) -> Searches:
        """Searches that stand among the sections."""
        ...

    @property
    def history(self) -> History:
        """What the portal changed."""
        ...

    @property
    def indexes(self) -> Indexes:
        """Places and people."""
        ...

    @property
    def state(self) -> ReaderState:
        """The reader's own, as lines that merge."""
        ...

    @property
    def upkeep(self) -> Upkeep:
        """The archive as a file."""
        ...

    @property
    def trouble(self) -> StoreError | None:
        """What a person should be told of the file: damaged and set aside, or not writable."""
        ...

    def check(self) -> tuple[str, ...]:
        """Look the whole file over; give what is wrong with it."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
