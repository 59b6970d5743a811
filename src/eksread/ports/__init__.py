"""The small doors between the stages, and those to what the store keeps."""

from eksread.ports.keeping import History, Indexes, ReaderState, Reading, Searches, Upkeep
from eksread.ports.stages import FRESH_FACT, Archive, Desk, Fetcher, Lease, Notes, PageParser, Pictures, Shelf
from eksread.ports.whole import Store

__all__ = [
    "FRESH_FACT",
    "Archive",
    "Desk",
    "Fetcher",
    "History",
    "Indexes",
    "Lease",
    "Notes",
    "PageParser",
    "Pictures",
    "ReaderState",
    "Reading",
    "Searches",
    "Shelf",
    "Store",
    "Upkeep",
]
