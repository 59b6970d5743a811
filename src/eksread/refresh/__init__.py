"""The pipeline: front page | feed | section lists | what is missing | bodies | pictures | store.

    front page ────> sections ─┐
    feed ──────────> headlines ├─> decide what is missing ─> fetch ─> parse ─> join pages ─> store
    section lists ─> headlines ┘

Everything is stored as it comes, each answer in a transaction of its own: stopping at any point, by closing the
iterator or by a kill, loses nothing, and the next run goes on with what is still missing.
"""

from eksread.refresh.job import Job

__all__ = ["Job"]
