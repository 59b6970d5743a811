"""An article as lines of one column: what a newspaper's compositor does, with cells instead of points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from eksread.formatting import number, published, reading_minutes
from eksread.i18n import _, ngettext
from eksread.model.enums import BlockType, Source
from eksread.model.news import Block, RelatedLink
from eksread.tui.keys import key_of
from eksread.tui.render.headline_lines import NOTE, SAVED
from eksread.tui.render.lines import BLANK, Line, Run, balanced, clean, fit, run, wrap
from eksread.tui.render.table_lines import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model.lists import Headline
    from eksread.model.news import Article, Reaction
    from eksread.model.stored import StoredArticle


# The pieces that an article is set from: paragraphs, text behind a marker, `Baca juga` links.

RULE: Final = "─"
SIDE: Final = "▏"


def paragraph(runs: Sequence[Run], width: int) -> Iterator[Line]:
    """Set runs as lines of at most `width` cells."""
    return (Line(line) for line in wrap(runs, width))


def marked_lines(
    runs: Sequence[Run], width: int, first: tuple[Run, ...], other: tuple[Run, ...], *, link: int = -1
) -> Iterator[Line]:
    """Set runs behind a marker: `first` before the first line, `other` (of the same width) before the others."""
    indent = sum(cell_len(piece.text) for piece in first)
    for index, line in enumerate(wrap(runs, width - indent)):
        yield Line((*(other if index else first), *line), link=link)


def related_lines(title: str, index: int, width: int) -> Iterator[Line]:
    """Set a `Baca juga` link apart, with its number."""
    side = Run(f"{SIDE} ", "side")
    yield Line((side, Run(_("Read also"), "related-label")), link=index)
    label = f"{index + 1} "
    yield from marked_lines(
        (run(title, "related"),),
        width,
        (side, Run(label, "number")),
        (side, Run(" " * len(label))),
        link=index,
    )


# A picture and its caption as lines: the words below the picture, or in a frame in its place.


def shown_lines(caption: str | None, credit: str | None, width: int, rows: int) -> Iterator[Line]:
    """Leave room for a picture of `rows` lines and set its caption below."""
    yield from (Line(picture=row) for row in range(rows))
    yield from paragraph((Run(_words(caption, credit), "caption"),), width)


def framed_lines(caption: str | None, credit: str | None, width: int) -> Iterator[Line]:
    """Set a picture that is not shown as a framed caption: a corner, the words, a corner."""
    label = _("Picture")
    rest = max(0, width - cell_len(label) - 4)
    yield Line(
        (Run("┌ ", "frame"), Run(label, "caption"), Run(" " + RULE * rest, "frame"), Run("┐", "frame"))
    )
    text = _words(caption, credit) or _("without a caption")
    for line in wrap((Run(text, "caption"),), max(8, width - 4)):
        fill = width - 4 - sum(cell_len(piece.text) for piece in line)
        yield Line((Run("│ ", "frame"), *line, Run(" " * max(0, fill)), Run(" │", "frame")))
    yield Line((Run("└" + RULE * max(0, width - 2) + "┘", "frame"),))


def _words(caption: str | None, credit: str | None) -> str:
    """Give caption and credit as sentences; a credit that the caption has is not said twice."""
    parts = (caption, None if credit and credit in (caption or "") else credit)
    return ". ".join(clean(part).rstrip(".") for part in parts if part)


# Readers' reactions as small bars with their names, and what changed since the reader's last visit.

FULL_BAR: Final = 24
"""Cells of a full bar: a hundred per cent."""
BESIDE_BAR: Final = 24
"""Cells that stand beside a bar: the name and the number."""
CHANGE_CELLS: Final = 6
"""Cells of a change behind the number: ` ▲ 100`."""
NAME_CELLS: Final = 14
MORE: Final = "▲"
LESS: Final = "▼"


def reaction_lines(
    reactions: Sequence[Reaction], width: int, *, before: Sequence[Reaction] = ()
) -> Iterator[Line]:
    """Set reactions as small bars, the strongest first; silence is said once. `before`: as the reader last saw them."""
    now, then = _named(reactions), _named(before)
    changes = {name: now.get(name, 0) - then.get(name, 0) for name in {*now, *then}} if before else {}
    shown = [name for name in {**now, **then} if now.get(name, 0) > 0 or changes.get(name)]
    if not shown:
        yield Line((Run(_("No reactions yet."), "dim"),))
        return
    yield Line((Run(_("Readers' reactions"), "label"),))
    beside = BESIDE_BAR + (CHANGE_CELLS if any(changes.values()) else 0)
    room = min(FULL_BAR, max(4, width - beside))
    cells = min(NAME_CELLS, max(map(cell_len, shown)))
    for name in sorted(shown, key=lambda name: -now.get(name, 0)):
        yield _line(fit(name, cells), cells, now.get(name, 0), changes.get(name, 0), room)
    if any(changes.values()):
        yield Line((Run(f"{MORE} {LESS} " + _("since you were here"), "dim"),))


def _line(name: str, cells: int, percent: int, change: int, room: int) -> Line:
    filled = min(room, max(1, round(room * min(100, percent) / 100))) if percent else 0
    runs = (
        Run(name + " " * (cells - cell_len(name)) + "  ", "dim"),
        Run("█" * filled, "bar"),
        Run("░" * (room - filled), "rule"),
        Run(f" {percent:>3} %", "dim"),
    )
    sign = MORE if change > 0 else LESS
    return Line((*runs, Run(f" {sign} {abs(change)}", "mark")) if change else runs)


def _named(reactions: Sequence[Reaction]) -> dict[str, int]:
    """Give per cents by name; one without a name has its place for a name, which pages keep."""
    return {
        clean(reaction.name) if reaction.name else _("Reaction {n}").format(n=place): reaction.percent
        for place, reaction in enumerate(reactions, 1)
    }


QUOTE_SIDE: Final = "▎"
BULLET: Final = "•"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Lines ready to show, and the links among them in order."""

    lines: tuple[Line, ...]
    links: tuple[RelatedLink, ...] = ()


class Since(NamedTuple):
    """What is new since the reader's last visit: how many comments, and the `reactions` as they were then."""

    comments: int = 0
    reactions: tuple[Reaction, ...] = ()


FIRST_VISIT: Final = Since()
"""Nothing is new at a first visit: all is."""


def links_of(article: Article) -> tuple[RelatedLink, ...]:
    """Give the links in the order of their numbers: the body's own, then related ones that the body does not hold."""
    inline = [
        RelatedLink(block.text, block.url) for block in article.blocks if block.type is BlockType.RELATED
    ]
    seen = {(link.url or link.title) for link in inline}
    rest = [link for link in article.related if (link.url or link.title) not in seen]
    return (*inline, *rest)


def article_lines(
    held: StoredArticle, width: int, since: Since = FIRST_VISIT, own: str = "", picture: int = 0
) -> ArticleText:
    """Set an article: about 0.03 ms a paragraph, so that even a very long one needs no setting in parts.

    `own` is what the reader wrote on it, shown where it is saved; `picture` how many lines its lead picture takes
    (0: it is not shown).
    """
    article = held.article
    links = links_of(article)
    lines = list(head_lines(article, held.headline, width, own, picture))
    lines += body_lines(article.blocks, width)
    lines += foot_lines(article, held.headline, width, links, since)
    return ArticleText(tuple(lines), links)


def headline_lines(headline: Headline, width: int, note: str, own: str = "") -> ArticleText:
    """Set what is known of an article whose text is not held: its head, summary and a note on why."""
    lines = [*_kicker(headline.section, headline.place, advertorial=headline.advertorial)]
    lines += [Line((Run(text, "title"),)) for text in balanced(headline.title, width)]
    lines.append(BLANK)
    lines.append(Line((Run(published(headline.published, headline.published_source), "dim"),)))
    lines += _saved(headline, own, width)
    lines.append(BLANK)
    if headline.summary:
        lines += paragraph((run(headline.summary, "standfirst"),), width)
        lines.append(BLANK)
    lines += paragraph((Run(note, "note"),), width)
    return ArticleText(tuple(lines))


# ---- head -------------------------------------------------------------------------------------------


def _kicker(section: str | None, place: str | None, *, advertorial: bool) -> Iterator[Line]:
    parts = [clean(text).upper() for text in (section, place) if text]
    if len(parts) == 2 and parts[0] == parts[1]:
        parts.pop()
    if parts:
        yield Line((Run(" · ".join(parts), "kicker"),))
        yield BLANK
    if advertorial:
        yield Line((Run(f" {_('ADVERTORIAL')} ", "adv"), Run(" "), Run(_("paid for by its subject"), "dim")))
        yield BLANK


def head_lines(
    article: Article, headline: Headline, width: int, own: str = "", picture: int = 0
) -> Iterator[Line]:
    """Set kicker, headline, standfirst, byline, date line, the reader's mark, the lead picture and its caption."""
    yield from _kicker(article.section or headline.section, article.place, advertorial=article.advertorial)
    for text in balanced(article.title or headline.title, width):
        yield Line((Run(text, "title"),))
    yield BLANK
    if article.standfirst:
        yield from paragraph((run(article.standfirst, "standfirst"),), width)
        yield BLANK
    names = byline(article)
    if names:
        yield from paragraph((Run(names, "byline"),), width)
    yield from paragraph((Run(_date_line(article, headline), "dim"),), width)
    yield from _saved(headline, own, width)
    yield BLANK
    lead = article.lead_image
    if lead is not None and (lead.caption or lead.url):
        if picture:
            yield from shown_lines(lead.caption, lead.credit, width, picture)
        else:
            yield from framed_lines(lead.caption, lead.credit, width)
        yield BLANK


def _saved(headline: Headline, own: str, width: int) -> Iterator[Line]:
    """Set the reader's own mark: that the article is saved, and the note and labels."""
    if not headline.saved:
        return
    runs = [Run(f"{SAVED} {_('Saved')}", "saved")]
    if own:
        runs.append(Run(f"  {NOTE} {clean(own)}", "own"))
    yield from paragraph(runs, width)


def byline(article: Article) -> str:
    """Give who made an article, in one line."""
    parts: list[str] = []
    if article.reporter:
        parts.append(_("By {name}").format(name=clean(article.reporter)))
    if article.editor:
        parts.append(_("Editor {name}").format(name=clean(article.editor)))
    if article.photographer:
        parts.append(_("Photos {name}").format(name=clean(article.photographer)))
    if article.credit_source:
        parts.append(_("Source {name}").format(name=clean(article.credit_source)))
    return " · ".join(parts)


def _date_line(article: Article, headline: Headline) -> str:
    moment = article.published or headline.published
    source = article.published_source if article.published else headline.published_source
    text = published(moment, source)
    if moment is not None and source is Source.INFERRED:
        text += " " + _("(estimated)")
    words = article.words
    if words:
        minutes = reading_minutes(words)
        text += " · " + ngettext("{n} min read", "{n} min read", minutes).format(n=minutes)
    return text


# ---- body -------------------------------------------------------------------------------------------


def body_lines(blocks: Sequence[Block], width: int) -> Iterator[Line]:
    """Set blocks with a blank line between, list items of one list without."""
    links = 0
    for index, block in enumerate(blocks):
        lines = list(_block(block, width, links))
        if block.type is BlockType.RELATED:
            links += 1
        if not lines:
            continue
        yield from (line._replace(block=index) for line in lines)
        following = blocks[index + 1].type if index + 1 < len(blocks) else None
        if not (block.type is following is BlockType.LIST_ITEM):
            yield Line(block=index)


def _runs(block: Block, style: str) -> tuple[Run, ...]:
    if not block.spans:
        return (run(block.text, style),)
    runs: list[Run] = []
    for span in block.spans:
        styles = style + (" strong" if span.bold else "") + (" em" if span.italic else "")
        runs.append(run(span.text, styles + (" href" if span.url else "")))
    return tuple(runs)


def _block(block: Block, width: int, links: int) -> Iterator[Line]:
    match block.type:
        case BlockType.HEADING:
            yield from (Line((Run(text, "heading"),)) for text in balanced(block.text, width))
        case BlockType.QUOTE:
            side = (Run(f"{QUOTE_SIDE} ", "side"),)
            yield from marked_lines(_runs(block, "quote"), width, (Run("  "), *side), (Run("  "), *side))
        case BlockType.LIST_ITEM:
            marker = f"{block.ordinal}." if block.ordinal is not None else BULLET
            lead = " " * (2 * block.level) + f"{marker:>2} "
            yield from marked_lines(
                _runs(block, "body"), width, (Run(lead, "marker"),), (Run(" " * len(lead)),)
            )
        case BlockType.IMAGE:
            yield from framed_lines(block.text, None, width)
        case BlockType.TABLE:
            yield from table_lines(block.rows, width)
        case BlockType.RELATED:
            yield from related_lines(block.text, links, width)
        case BlockType.EMBED:
            yield from paragraph(
                (Run(_("Embedded: "), "dim"), run(block.text or block.url or "", "dim")), width
            )
        case _:
            yield from paragraph(_runs(block, "body"), width)


# ---- foot -------------------------------------------------------------------------------------------


def foot_lines(
    article: Article, headline: Headline, width: int, links: Sequence[RelatedLink], since: Since = FIRST_VISIT
) -> Iterator[Line]:
    """Set what stands below a body: further links, tags, reactions, the state of the comments."""
    inline = sum(block.type is BlockType.RELATED for block in article.blocks)
    for index in range(inline, len(links)):
        yield from related_lines(links[index].title, index, width)
        yield BLANK
    yield Line((Run(RULE * width, "rule"),))
    yield BLANK
    if article.tags:
        yield from paragraph((run(" · ".join(article.tags), "dim"),), width)
        yield BLANK
    if article.reactions:
        yield from reaction_lines(article.reactions, width, before=since.reactions)
        yield BLANK
    marked = Run("")
    if since.comments:
        marked = Run("  ● " + _("{n} new").format(n=number(since.comments)), "mark")
    yield from paragraph((Run(comments_state(article), "dim"), marked), width)
    if headline.gone:
        yield from paragraph((Run(_("The portal no longer has this article."), "note"),), width)


def comments_state(article: Article, *, asked: bool = False) -> str:
    """Say how many comments there are and how many are held; without `asked` also which key shows them."""
    comments = article.comments
    held = len(comments.items)
    if comments.external:
        return _("The comments are on {where} and can't be shown here.").format(
            where=comments.external.capitalize()
        )
    stated = comments.count
    if stated is None and not held:
        return _("The page says nothing of comments.")
    if stated is not None and stated != held:
        text = ngettext(
            "The page counts {n} comment, {held} of them stored.",
            "The page counts {n} comments, {held} of them stored.",
            stated,
        )
        return text.format(n=number(stated), held=number(held)) + (
            " " + _("Press {key}.").format(key=key_of("comments")) if held and not asked else ""
        )
    if not held:
        return _("No comments.")
    if asked:
        return ngettext("{n} comment", "{n} comments", held).format(n=number(held))
    return ngettext("{n} comment: press {key}.", "{n} comments: press {key}.", held).format(
        n=number(held), key=key_of("comments")
    )
