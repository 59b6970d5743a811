"""The small closed sets: whence a field, what kind of block, which step of a refresh."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Where a field's value came from; the order is not the order of trust (that differs by field)."""

    JSON_LD = "json-ld"
    META = "meta"
    MARKUP = "markup"
    LANDMARK = "landmark"
    FEED = "feed"
    LIST = "list"
    INFERRED = "inferred"


class BlockType(StrEnum):
    """The kinds of blocks that a body is made of."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    IMAGE = "image"
    TABLE = "table"
    RELATED = "related"
    EMBED = "embed"


class Stage(StrEnum):
    """The steps of a refresh, in order."""

    FRONT = "front"
    FEED = "feed"
    SECTIONS = "sections"
    BODIES = "bodies"
    PICTURES = "pictures"
    DONE = "done"
