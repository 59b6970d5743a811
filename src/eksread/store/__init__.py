"""The archive: one SQLite file that holds what the portal gave and, apart from it, what is the reader's own."""

from eksread.store.store import Store, open_store, restore_store

__all__ = ["Store", "open_store", "restore_store"]
