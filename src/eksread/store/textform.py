"""An article's text as lines that a person can read, and back.

Blocks stand apart by an empty line. Headings begin with as many `#` as their level, quotes with `> `, list items with
`- ` or their number, indented by two spaces a level; `[baca juga] title <address>`, `[gambar] caption <address>`,
`[sisipan] <address>`; a table's rows begin with `| `. What looks like such a mark in a paragraph gets a backslash.
Inline looks (bold, links) are not kept: the archive has them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eksread.model import Article, Block, BlockType

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMED: Final = {BlockType.RELATED: "baca juga", BlockType.IMAGE: "gambar", BlockType.EMBED: "sisipan"}
_KINDS: Final = {name: kind for kind, name in _NAMED.items()}
_NAMED_LINE: Final = re.compile(r"\[(baca juga|gambar|sisipan)\](?: (.*?))?(?: <([^<>\s]+)>)?", re.DOTALL)
_HEADING: Final = re.compile(r"(#{2,6}) (.*)", re.DOTALL)
_ITEM: Final = re.compile(r"( *)(?:-|(\d+)\.) (.*)", re.DOTALL)
_MARK: Final = re.compile(r"\\|#{2,6} |> | *(?:-|\d+\.) |\[(?:baca juga|gambar|sisipan)\]|\| ")
_CELLS: Final = " | "


def to_text(blocks: Iterable[Block]) -> str:
    """Give the blocks as text."""
    return "\n\n".join(part for part in map(_line, blocks) if part)


def from_text(url: str, title: str, text: str) -> Article:
    """Give an article with the blocks that such a text has."""
    parts = (part for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    return Article(url=url, title=title, blocks=tuple(_block(part.strip("\n")) for part in parts))


def _line(block: Block) -> str:
    text = block.text.strip()
    if block.type is BlockType.HEADING:
        return f"{'#' * max(2, block.level)} {text}"
    if block.type is BlockType.QUOTE:
        return f"> {text}"
    if block.type is BlockType.LIST_ITEM:
        mark = "-" if block.ordinal is None else f"{block.ordinal}."
        return f"{'  ' * block.level}{mark} {text}"
    if block.type is BlockType.TABLE and block.rows:
        return "\n".join("| " + _CELLS.join(cell.replace("|", "/") for cell in row) for row in block.rows)
    if block.type in _NAMED:
        return f"[{_NAMED[block.type]}] {text}" + (f" <{block.url}>" if block.url else "")
    return "\\" + text if _MARK.match(text) else text


def _block(text: str) -> Block:
    if named := _NAMED_LINE.fullmatch(text):
        kind, words, url = named.groups()
        return Block(_KINDS[kind], words or "", url=url)
    if heading := _HEADING.fullmatch(text):
        return Block(BlockType.HEADING, heading[2], level=len(heading[1]))
    if text.startswith("> "):
        return Block(BlockType.QUOTE, text[2:])
    if text.startswith("| "):
        rows = tuple(tuple(row.removeprefix("| ").split(_CELLS)) for row in text.split("\n"))
        return Block(BlockType.TABLE, " ".join(" ".join(row) for row in rows), rows=rows)
    if item := _ITEM.fullmatch(text):
        ordinal = int(item[2]) if item[2] else None
        return Block(BlockType.LIST_ITEM, item[3], level=len(item[1]) // 2, ordinal=ordinal)
    return Block(BlockType.PARAGRAPH, text.removeprefix("\\"))
