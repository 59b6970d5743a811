"""The pipeline: front page | feed | section lists | decide what is missing | articles | pictures, into the store.

    front page ────> sections ─┐
    feed ──────────> headlines ├─> decide what is missing ─> fetch ─> parse ─> join pages ─> store
    section lists ─> headlines ┘

Everything is stored as it comes, each page in a transaction of its own: stopping at any point, by closing the
iterator or by a kill, loses nothing, and the next run goes on with what is still missing.
"""
