"""Articles and comments as plain text, for the terminal, for pipes and files. No escape sequences."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from eksread import formatting
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.enums import BlockType, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model.lists import Headline
    from eksread.model.news import Article, Block, Comments, Reaction


def wrap(text: str, columns: int | None, indent: str = "", first: str | None = None) -> str:
    """Wrap one paragraph; `columns` None leaves it on one line."""
    text = clean(text)
    start = indent if first is None else first
    if columns is None:
        return start + text
    return textwrap.fill(
        text,
        columns,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def article(item: Article, columns: int | None, marks: Headline | None = None) -> str:
    """Give a whole article: head, body, related links with their addresses, reactions, comments."""
    parts = [wrap(item.title or _("(no title)"), columns), "\n".join(_head(item, columns))]
    if item.advertorial:
        parts.append(wrap(_("ADVERTORIAL: this article was paid for."), columns))
    if marks is not None and marks.gone:
        parts.append(wrap(_("The portal no longer has this article; this is the saved text."), columns))
    if item.standfirst:
        parts.append(wrap(item.standfirst, columns))
    if item.lead_image is not None:
        caption = formatting.caption_text(item.lead_image.caption or "", item.lead_image.credit or "") or _(
            "no caption"
        )
        parts.append(wrap(f"[{_('Picture')}: {caption}]", columns))
    parts += _body(item.blocks, columns)
    byline = _byline(item)
    if byline:
        parts.append(wrap(byline, columns))
    if item.related:
        lines = [_("Related:")]
        for number, link in enumerate(item.related, 1):
            lines.append(wrap(link.title, columns, "    ", f"{number:>2}. "))
            if link.url:
                lines.append(f"    {link.url}")
        parts.append("\n".join(lines))
    if any(reaction.percent for reaction in item.reactions):
        parts.append(wrap(f"{_('Reactions')}: {_reactions(item.reactions)}", columns))
    parts.append(comments(item.comments, columns))
    return "\n\n".join(part for part in parts if part)


def _head(item: Article, columns: int | None) -> Iterator[str]:
    words = sum(len(block.text.split()) for block in item.blocks)
    minutes = formatting.reading_minutes(words)
    facts = [
        item.place,
        None if item.section == item.place else item.section,
        formatting.published(item.published, item.published_source),
        ngettext("{n} min read", "{n} min read", minutes).format(n=minutes) if words else None,
    ]
    yield wrap(" · ".join(fact for fact in facts if fact), columns)
    if item.published_source is Source.INFERRED:
        yield wrap(_("≈ The date is an estimate from a weekday in the text."), columns)
    if item.url:
        yield item.url


def _byline(item: Article) -> str:
    pairs = (
        (_("Reporter"), item.reporter),
        (_("Editor"), item.editor),
        (_("Photo"), item.photographer),
        (_("Source"), item.credit_source),
    )
    return " · ".join(f"{name}: {value}" for name, value in pairs if value)


def _body(blocks: Sequence[Block], columns: int | None) -> Iterator[str]:
    """Give the blocks; the items of one list stay together."""
    items: list[str] = []
    for block in blocks:
        if block.type is BlockType.LIST_ITEM:
            lead = f"{block.ordinal}. " if block.ordinal is not None else "- "
            indent = "  " * block.level
            items.append(wrap(block.text, columns, indent + " " * len(lead), indent + lead))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _block(block, columns)
    if items:
        yield "\n".join(items)


def _block(block: Block, columns: int | None) -> str:
    match block.type:
        case BlockType.HEADING:
            return wrap(block.text, columns, "   ", "## ")
        case BlockType.QUOTE:
            return wrap(block.text, columns, "> ")
        case BlockType.IMAGE:
            return wrap(f"[{_('Picture')}: {block.text or _('no caption')}]", columns)
        case BlockType.RELATED:
            return wrap(f"{_('Read also')}: {block.text}", columns, "   ", "-> ")
        case BlockType.EMBED:
            return wrap(f"[{_('Embedded')}: {block.text or block.url or ''}]", columns)
        case BlockType.TABLE:
            cells = [[clean(cell) for cell in row] for row in block.rows]
            return table(cells) if columns is not None else "\n".join(" | ".join(row) for row in cells)
        case _:
            return wrap(block.text, columns)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Give a table with aligned columns."""
    count = max((len(row) for row in rows), default=0)
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(len(row[column]) for row in filled) for column in range(count)]
    return "\n".join(
        "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in filled
    )


def _reactions(reactions: Sequence[Reaction]) -> str:
    named = [(item.name or f"#{number}", item.percent) for number, item in enumerate(reactions, 1)]
    return " · ".join(f"{name} {percent}%" for name, percent in named if percent)


def comments(found: Comments, columns: int | None) -> str:
    """Give the comments, indented by depth, and how many are not stored."""
    lines = []
    stated = found.count if found.count is not None else len(found.items)
    if found.external:
        name = found.external.capitalize()
        lines.append(
            wrap(_("The comments stand on {name} and can't be read here.").format(name=name), columns)
        )
    if found.items or stated:
        lines.append(ngettext("{n} comment", "{n} comments", stated).format(n=stated))
        if stated > len(found.items):
            lines.append(_("({n} of them are saved here)").format(n=len(found.items)))
    for item in found.items:
        indent = "  " * min(item.depth, 6)
        who = item.author or _("anonymous")
        when = f" · {formatting.absolute(item.posted)}" if item.posted else ""
        lines.append("")
        lines.append(wrap(f"{who}{when}", columns, indent))
        lines += [wrap(line, columns, indent + "  ") for line in item.text.splitlines()]
    return "\n".join(lines)
