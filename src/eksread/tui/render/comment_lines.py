"""Comments as lines: threaded by depth, new ones marked, threads foldable, the answered one quoted where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eksread.formatting import number, relative
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.word_diff import diff, shortened
from eksread.tui.key_names import key_of
from eksread.tui.render.article_lines import comments_state
from eksread.tui.render.change_lines import piece_runs
from eksread.tui.render.lines import BLANK, Line, Run, fit, paragraph, run, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set
    from datetime import datetime

    from eksread.model.news import Comment
    from eksread.model.stored import StoredArticle

STEP: Final = 3
"""Cells that a reply is set in further than what it answers."""
MAX_DEPTH: Final = 6
"""Depth up to which the indent grows; deeper replies say their depth by a number."""
LEAST: Final = 24
"""Cells that a comment keeps at any depth."""
NEW: Final = "●"
OPEN: Final = "▾"
FOLDED: Final = "▸"
CHOSEN: Final = "▌ "
"""Stands before the chosen comment: a background alone is no sign where there are no colours."""
UNCHOSEN: Final = " " * len(CHOSEN)
"""Stands before the others, so that nothing moves when one is chosen."""


@dataclass(frozen=True, slots=True)
class Item:
    """A comment; `new` since the reader's last visit, `gone` from the page since, `earlier` its text before it was edited.

    `replies` are all below it, `parent` is -1 at the top.
    """

    comment: Comment
    new: bool = False
    gone: bool = False
    earlier: str | None = None
    parent: int = -1
    replies: tuple[int, ...] = ()


def threaded(found: Sequence[Item]) -> tuple[Item, ...]:
    """Give comments in their order, each with what it answers and what answers it, by depth."""
    parents: list[int] = []
    above: list[int] = []
    for index, item in enumerate(found):
        while above and found[above[-1]].comment.depth >= item.comment.depth:
            above.pop()
        parents.append(above[-1] if above else -1)
        above.append(index)
    below: list[list[int]] = [[] for _item in found]
    for index in range(len(found)):
        parent = parents[index]
        while parent >= 0:
            below[parent].append(index)
            parent = parents[parent]
    return tuple(
        replace(item, parent=parent, replies=tuple(replies))
        for item, parent, replies in zip(found, parents, below, strict=True)
    )


def hidden(items: Sequence[Item], folded: Set[int]) -> frozenset[int]:
    """Give the comments that folded threads hide."""
    return frozenset(reply for index in folded for reply in items[index].replies)


def comment_lines(
    stored: StoredArticle,
    items: Sequence[Item],
    folded: Set[int],
    chosen: int,
    width: int,
    now: datetime,
    *,
    signs: bool = False,
) -> Iterator[Line]:
    """Give the comments' lines, below how many the page counts and how many are stored; `signs` as of `change_lines`."""
    title = stored.article.title or stored.headline.title
    yield from text_lines(title, "kicker", width)
    yield BLANK
    yield Line((Run(_("Comments"), "title"),))
    yield BLANK
    for text in (comments_state(stored.article, asked=True), *_further(items)):
        yield from text_lines(text, "dim", width)
    yield BLANK
    away = hidden(items, folded)
    for index, item in enumerate(items):
        if index not in away:
            quoted = items[item.parent].comment if index == chosen and item.parent >= 0 else None
            lines = _comment(
                items,
                item,
                width,
                now,
                folded=index in folded,
                quoted=quoted,
                chosen=index == chosen,
                signs=signs,
            )
            for row, line in enumerate(lines):
                yield line._replace(block=index, link=-1 if row else index)
            yield Line(block=index)


def _further(items: Sequence[Item]) -> Iterator[str]:
    """Say what the page's own number leaves out."""
    new, gone = sum(item.new for item in items), sum(item.gone for item in items)
    if new:
        text = ngettext(
            "{n} new since your last visit: {key} goes there.",
            "{n} new since your last visit: {key} goes there.",
            new,
        )
        yield text.format(n=number(new), key=key_of("next-mark"))
    if gone:
        text = ngettext("{n} is no longer on the page.", "{n} are no longer on the page.", gone)
        yield text.format(n=number(gone))


def _comment(
    items: Sequence[Item],
    item: Item,
    width: int,
    now: datetime,
    *,
    folded: bool,
    quoted: Comment | None,
    chosen: bool,
    signs: bool,
) -> Iterator[Line]:
    comment = item.comment
    depth = max(0, comment.depth)
    steps = min(depth, MAX_DEPTH, max(0, (width - LEAST) // STEP))
    thread = tuple(Run("│" + " " * (STEP - 1), "thread") for _step in range(steps))
    lead = (*thread, Run(UNCHOSEN))
    room = width - STEP * steps - len(CHOSEN)
    when = f"  {relative(comment.posted, now)}" if comment.posted else ""
    head = [
        run(comment.author or _("without a name"), "author"),
        Run(when + (f"  ↳{depth}" if depth > steps else ""), "dim"),
    ]
    if item.new:
        head[:0] = [Run(f"{NEW} ", "mark")]
        head.append(Run("  " + _("new"), "mark"))
    if item.gone:
        head.append(Run("  " + _("no longer on the page"), "note"))
    if item.earlier is not None:
        head.append(Run("  " + _("edited"), "note"))
    if item.replies:
        head.append(Run("  " + _replies(items, item, folded=folded), "dim"))
    first = (*thread, Run(CHOSEN, "bar")) if chosen else lead
    yield from paragraph(head, width, first, lead)
    if quoted is not None:
        quote = f"↳ {clean(quoted.author or _('without a name'))}: “{clean(' '.join(quoted.text.split()))}”"
        yield Line((*lead, Run(fit(quote, room), "quote")))
    if item.earlier is not None:
        for line in shortened(diff(item.earlier, comment.text)):
            yield from paragraph(piece_runs(line, signs=signs) or [Run("⋯", "dim")], width, lead, lead)
        return
    for text in comment.text.splitlines():
        yield from paragraph((run(text, "body"),), width, lead, lead)


def _replies(items: Sequence[Item], item: Item, *, folded: bool) -> str:
    count = len(item.replies)
    text = ngettext("{n} reply", "{n} replies", count).format(n=number(count))
    new = sum(items[reply].new for reply in item.replies)
    if folded and new:
        text += ", " + _("{n} new").format(n=number(new))
    return f"{FOLDED if folded else OPEN} {text}"
