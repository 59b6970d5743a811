"""An article as lines of one column: what a newspaper's compositor does, with cells instead of points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from eksread.i18n import _, ngettext
from eksread.model import Block, BlockType, RelatedLink, Source
from eksread.tui.render import BLANK, Line, Run, balanced, clean, run, wrap
from eksread.tui.typeset_reactions import reaction_lines
from eksread.tui.typeset_table import table_lines
from eksread.wording import number, published, reading_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model import Article, Headline, Reaction, StoredArticle

RULE: Final = "─"
SIDE: Final = "▏"
QUOTE_SIDE: Final = "▎"
BULLET: Final = "•"


@dataclass(frozen=True, slots=True)
class SetText:
    """Lines ready to show, and the links among them in order."""

    lines: tuple[Line, ...]
    links: tuple[RelatedLink, ...] = ()


class Since(NamedTuple):
    """What is new since the reader's last visit: how many comments, and the `reactions` as they were then."""

    comments: int = 0
    reactions: tuple[Reaction, ...] = ()


FIRST_VISIT: Final = Since()
"""Nothing is new at a first visit: all is."""


def words_in(article: Article) -> int:
    """Give the number of words of a body."""
    return sum(block.text.count(" ") + 1 for block in article.blocks if block.text)


def links_of(article: Article) -> tuple[RelatedLink, ...]:
    """Give the links in the order of their numbers: the body's own, then related ones that the body does not hold."""
    inline = [
        RelatedLink(block.text, block.url) for block in article.blocks if block.type is BlockType.RELATED
    ]
    seen = {(link.url or link.title) for link in inline}
    rest = [link for link in article.related if (link.url or link.title) not in seen]
    return (*inline, *rest)


def article_lines(held: StoredArticle, width: int, since: Since = FIRST_VISIT) -> SetText:
    """Set an article: about 0.03 ms a paragraph, so that even a very long one needs no setting in parts."""
    article = held.article
    links = links_of(article)
    lines = list(head_lines(article, held.headline, width))
    lines += body_lines(article.blocks, width)
    lines += foot_lines(article, held.headline, width, links, since)
    return SetText(tuple(lines), links)


def headline_lines(headline: Headline, width: int, note: str) -> SetText:
    """Set what is known of an article whose text is not held: its head, summary and a note."""
    lines = [*_kicker(headline.section, headline.place, advertorial=headline.advertorial)]
    lines += [Line((Run(text, "title"),)) for text in balanced(headline.title, width)]
    lines.append(BLANK)
    lines.append(Line((Run(published(headline.published, headline.published_source), "dim"),)))
    lines.append(BLANK)
    if headline.summary:
        lines += _paragraph((run(headline.summary, "standfirst"),), width)
        lines.append(BLANK)
    lines += _paragraph((Run(note, "note"),), width)
    return SetText(tuple(lines))


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


def head_lines(article: Article, headline: Headline, width: int) -> Iterator[Line]:
    """Set kicker, headline, standfirst, byline, date line and the lead picture's caption."""
    yield from _kicker(article.section or headline.section, article.place, advertorial=article.advertorial)
    for text in balanced(article.title or headline.title, width):
        yield Line((Run(text, "title"),))
    yield BLANK
    if article.standfirst:
        yield from _paragraph((run(article.standfirst, "standfirst"),), width)
        yield BLANK
    names = byline(article)
    if names:
        yield from _paragraph((Run(names, "byline"),), width)
    yield from _paragraph((Run(_date_line(article, headline), "dim"),), width)
    yield BLANK
    if article.lead_image is not None and (article.lead_image.caption or article.lead_image.url):
        yield from _picture(article.lead_image.caption, article.lead_image.credit, width)
        yield BLANK


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
    words = words_in(article)
    if words:
        minutes = reading_minutes(words)
        text += " · " + ngettext("{n} min read", "{n} min read", minutes).format(n=minutes)
    return text


def _picture(caption: str | None, credit: str | None, width: int) -> Iterator[Line]:
    """Set a picture as a framed caption: a corner, the words, a corner."""
    label = _("Picture")
    rest = max(0, width - cell_len(label) - 4)
    yield Line(
        (Run("┌ ", "frame"), Run(label, "caption"), Run(" " + RULE * rest, "frame"), Run("┐", "frame"))
    )
    parts = (caption, None if credit and credit in (caption or "") else credit)
    text = ". ".join(clean(part).rstrip(".") for part in parts if part)
    for line in wrap((Run(text or _("without a caption"), "caption"),), max(8, width - 4)):
        fill = width - 4 - sum(cell_len(piece.text) for piece in line)
        yield Line((Run("│ ", "frame"), *line, Run(" " * max(0, fill)), Run(" │", "frame")))
    yield Line((Run("└" + RULE * max(0, width - 2) + "┘", "frame"),))


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


def _runs(block: Block, look: str) -> tuple[Run, ...]:
    if not block.spans:
        return (run(block.text, look),)
    runs: list[Run] = []
    for span in block.spans:
        looks = look + (" strong" if span.bold else "") + (" em" if span.italic else "")
        runs.append(run(span.text, looks + (" href" if span.url else "")))
    return tuple(runs)


def _block(block: Block, width: int, links: int) -> Iterator[Line]:
    match block.type:
        case BlockType.HEADING:
            yield from (Line((Run(text, "heading"),)) for text in balanced(block.text, width))
        case BlockType.QUOTE:
            side = (Run(f"{QUOTE_SIDE} ", "side"),)
            yield from _marked(_runs(block, "quote"), width, (Run("  "), *side), (Run("  "), *side))
        case BlockType.LIST_ITEM:
            marker = f"{block.ordinal}." if block.ordinal is not None else BULLET
            lead = " " * (2 * block.level) + f"{marker:>2} "
            yield from _marked(_runs(block, "body"), width, (Run(lead, "marker"),), (Run(" " * len(lead)),))
        case BlockType.IMAGE:
            yield from _picture(block.text, None, width)
        case BlockType.TABLE:
            yield from table_lines(block.rows, width)
        case BlockType.RELATED:
            yield from related_lines(block.text, links, width)
        case BlockType.EMBED:
            yield from _paragraph(
                (Run(_("Embedded: "), "dim"), run(block.text or block.url or "", "dim")), width
            )
        case _:
            yield from _paragraph(_runs(block, "body"), width)


def _paragraph(runs: Sequence[Run], width: int) -> Iterator[Line]:
    return (Line(line) for line in wrap(runs, width))


def _marked(
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
    yield from _marked(
        (run(title, "related"),),
        width,
        (side, Run(label, "number")),
        (side, Run(" " * len(label))),
        link=index,
    )


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
        yield from _paragraph((run(" · ".join(article.tags), "dim"),), width)
        yield BLANK
    if article.reactions:
        yield from reaction_lines(article.reactions, width, before=since.reactions)
        yield BLANK
    marked = Run("")
    if since.comments:
        marked = Run("  ● " + _("{n} new").format(n=number(since.comments)), "mark")
    yield from _paragraph((Run(comments_state(article), "dim"), marked), width)
    if headline.gone:
        yield from _paragraph((Run(_("The portal no longer has this article."), "note"),), width)


def comments_state(article: Article, *, asked: bool = False) -> str:
    """Say how many comments there are and how many are held; without `asked` also which key shows them."""
    comments = article.comments
    held = len(comments.items)
    if comments.external:
        return _("The comments stand on {where} and can't be shown here.").format(
            where=comments.external.capitalize()
        )
    stated = comments.count
    if stated is None and not held:
        return _("The page says nothing of comments.")
    if stated is not None and stated != held:
        text = ngettext(
            "The page counts {n} comment, {held} of them held.",
            "The page counts {n} comments, {held} of them held.",
            stated,
        )
        return text.format(n=number(stated), held=number(held)) + (
            " " + _("Press c.") if held and not asked else ""
        )
    if not held:
        return _("No comments.")
    if asked:
        return ngettext("{n} comment", "{n} comments", held).format(n=number(held))
    return ngettext("{n} comment: press c.", "{n} comments: press c.", held).format(n=number(held))
