"""An article as lines of one column: head, lead picture or its caption, body, reactions, state of the comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from eksread.formatting import byline, number, published, reading_minutes
from eksread.i18n import _, ngettext
from eksread.model.display_text import clean
from eksread.model.enums import BlockType, Source
from eksread.model.news import RelatedLink
from eksread.tui.key_names import key_of
from eksread.tui.render.headline_lines import GONE, NOTE, SAVED
from eksread.tui.render.lines import BLANK, Line, Run, fit, paragraph, run, text_lines
from eksread.tui.render.pictures import ArticlePicture
from eksread.tui.render.provenance import PLAIN
from eksread.tui.render.table_lines import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eksread.model.lists import Headline
    from eksread.model.news import Article, Block, Reaction
    from eksread.model.stored import StoredArticle
    from eksread.tui.render.provenance import PlainLines


RULE: Final = "─"
SIDE: Final = "▏"
QUOTE_SIDE: Final = "▎"
BULLET: Final = "•"
FULL_BAR: Final = 24
"""Cells of a full bar: a hundred per cent."""
BESIDE_BAR: Final = 24
"""Cells beside a bar: the name and the number."""
CHANGE_CELLS: Final = 6
"""Cells of a change behind the number: ` ▲ 100`."""
NAME_CELLS: Final = 14
MORE: Final = "▲"
LESS: Final = "▼"


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
    stored: StoredArticle,
    width: int,
    since: Since = FIRST_VISIT,
    own: str = "",
    picture: int = 0,
    sourced: PlainLines = PLAIN,
) -> Iterator[Line]:
    """Give an article's lines: about 0.03 ms a paragraph, so that even a very long one is laid out as a whole.

    `own` is what the reader wrote on it, shown where it is saved; `picture` how many lines its lead picture takes
    (0: it is not shown); `sourced` adds where the fields came from.
    """
    article, headline = stored.article, stored.headline
    section = article.section or headline.section
    title = article.title or headline.title
    yield from _title(title, section, article.place, article.advertorial, width, sourced)
    if article.standfirst:
        yield from sourced(text_lines(article.standfirst, "standfirst", width), "standfirst")
        yield BLANK
    people = ("reporter", "editor", "photographer", "credit_source")
    yield from sourced(text_lines(byline(article), "byline", width), *people)
    yield from sourced(text_lines(_date_line(article, headline), "dim", width), "published")
    yield from _status_lines(headline, own, width)
    yield BLANK
    lead = article.lead_image
    if lead is not None and (lead.caption or lead.url):
        caption = ArticlePicture((), -1, lead.caption or "", lead.credit or "").text
        yield from (Line(picture=row) for row in range(picture))
        lines = text_lines(caption, "caption", width) if picture else _caption_alone(caption, width)
        yield from sourced(lines, "lead_image")
        yield BLANK
    yield from sourced((), "blocks")
    yield from _body(article.blocks, width)
    yield from _foot(article, headline, width, since, sourced)


def missing_text_lines(headline: Headline, width: int, note: str, own: str = "") -> Iterator[Line]:
    """Give what is known of an article whose text is not stored: its title, summary and a note on why."""
    yield from _title(headline.title, headline.section, headline.place, headline.advertorial, width)
    yield Line((Run(published(headline.published, headline.published_source), "dim"),))
    yield from _status_lines(headline, own, width)
    yield BLANK
    if headline.summary:
        yield from text_lines(headline.summary, "standfirst", width)
        yield BLANK
    yield from text_lines(note, "note", width)


def _title(
    title: str,
    section: str | None,
    place: str | None,
    advertorial: bool,
    width: int,
    sourced: PlainLines = PLAIN,
) -> Iterator[Line]:
    """Give section and place, whether it is an advertorial, and the title."""
    parts = dict.fromkeys(clean(text).upper() for text in (section, place) if text)
    if parts:
        yield from sourced((Line((Run(" · ".join(parts), "kicker"),)),), "section", "place")
        yield BLANK
    if advertorial:
        runs = (Run(f" {_('ADVERTORIAL')} ", "adv"), Run(" "), Run(_("paid for by its subject"), "dim"))
        yield from sourced((Line(runs),), "advertorial")
        yield BLANK
    yield from sourced(text_lines(title, "title", width), "title")
    yield BLANK


def _status_lines(headline: Headline, own: str, width: int) -> Iterator[Line]:
    """Give that the article has vanished from the portal; the reader's own mark, with the note and labels."""
    if headline.gone:
        text = f"{GONE} " + _("No longer on the portal; this is the saved copy.")
        yield from text_lines(text, "note", width)
    if headline.saved:
        note = (Run(f"  {NOTE} {clean(own)}", "own"),) if own else ()
        yield from paragraph((Run(f"{SAVED} {_('Bookmarked')}", "saved"), *note), width)


def _caption_alone(caption: str, width: int) -> Iterator[Line]:
    """Give the caption of a picture that is not shown."""
    text = _("Picture: {caption}").format(caption=caption) if caption else _("Picture without a caption")
    return text_lines(text, "caption", width)


def _date_line(article: Article, headline: Headline) -> str:
    moment = article.published or headline.published
    source = article.published_source if article.published else headline.published_source
    text = published(moment, source)
    if moment is not None and source is Source.INFERRED:
        text += " " + _("(estimated)")
    if article.words:
        minutes = reading_minutes(article.words)
        text += " · " + ngettext("{n} min read", "{n} min read", minutes).format(n=minutes)
    return text


def _body(blocks: Sequence[Block], width: int) -> Iterator[Line]:
    """Give the blocks with a blank line between, list items of one list without."""
    links = 0
    for index, block in enumerate(blocks):
        lines = list(_block(block, width, links))
        links += block.type is BlockType.RELATED
        yield from (line._replace(block=index) for line in lines)
        following = blocks[index + 1].type if index + 1 < len(blocks) else None
        if lines and not block.type is following is BlockType.LIST_ITEM:
            yield Line(block=index)


def _block(block: Block, width: int, links: int) -> Iterator[Line]:
    """Give a block's lines; `links` is the number of the next link."""
    match block.type:
        case BlockType.HEADING:
            return text_lines(block.text, "heading", width)
        case BlockType.QUOTE:
            side = (Run("  "), Run(f"{QUOTE_SIDE} ", "side"))
            return paragraph(_runs(block, "quote"), width, side, side)
        case BlockType.LIST_ITEM:
            marker = f"{block.ordinal}." if block.ordinal is not None else BULLET
            lead = " " * (2 * block.level) + f"{marker:>2} "
            return paragraph(_runs(block, "body"), width, (Run(lead, "marker"),))
        case BlockType.IMAGE:
            return _caption_alone(block.text.rstrip("."), width)
        case BlockType.TABLE:
            return table_lines(block.rows, width)
        case BlockType.RELATED:
            return _related(block.text, links, width)
        case BlockType.EMBED:
            return text_lines(_("Embedded: ") + (block.text or block.url or ""), "dim", width)
        case _:
            return paragraph(_runs(block, "body"), width)


def _runs(block: Block, style: str) -> tuple[Run, ...]:
    if not block.spans:
        return (run(block.text, style),)
    return tuple(
        run(
            span.text,
            style + " strong" * span.bold + " em" * span.italic + (" href" if span.url else ""),
        )
        for span in block.spans
    )


def _related(title: str, index: int, width: int) -> Iterator[Line]:
    """Give a `Baca juga` link with its number."""
    side = Run(f"{SIDE} ", "side")
    yield Line((side, Run(_("Read also"), "related-label")), link=index)
    label = f"{index + 1} "
    first, other = (side, Run(label, "number")), (side, Run(" " * len(label)))
    yield from paragraph((run(title, "related"),), width, first, other, link=index)


def _foot(
    article: Article, headline: Headline, width: int, since: Since, sourced: PlainLines
) -> Iterator[Line]:
    """Give what follows a body: further links, tags, reactions, the state of the comments."""
    inline = sum(block.type is BlockType.RELATED for block in article.blocks)
    for index, link in enumerate(links_of(article)):
        if index >= inline:
            yield from _related(link.title, index, width)
            yield BLANK
    notes = tuple(sourced((), "related"))
    yield from (*notes, BLANK) if notes else ()
    yield Line((Run(RULE * width, "rule"),))
    yield BLANK
    if article.tags:
        yield from sourced(text_lines(" · ".join(article.tags), "dim", width), "tags")
        yield BLANK
    if article.reactions:
        yield from sourced(reaction_lines(article.reactions, width, before=since.reactions), "reactions")
        yield BLANK
    new = "  ● " + _("{n} new").format(n=number(since.comments)) if since.comments else ""
    state = (Run(comments_state(article), "dim"), Run(new, "mark"))
    yield from sourced(paragraph(state, width), "comments")


def reaction_lines(
    reactions: Sequence[Reaction], width: int, *, before: Sequence[Reaction] = ()
) -> Iterator[Line]:
    """Give reactions as bars, the strongest first, and what changed since `before`, as the reader last saw them."""
    now, then = _named(reactions), _named(before)
    changes = {name: now.get(name, 0) - then.get(name, 0) for name in {*now, *then}} if before else {}
    shown = [name for name in {**now, **then} if now.get(name, 0) > 0 or changes.get(name)]
    if not shown:
        yield Line((Run(_("No reactions yet."), "dim"),))
        return
    if shown == [_("without a name")]:
        yield from text_lines(_("Readers have reacted; the page does not name how."), "dim", width)
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
    """Give per cents by name; those without a name say nothing one by one, and are shown as their sum."""
    named: dict[str, int] = {}
    for reaction in reactions:
        name = clean(reaction.name) if reaction.name else _("without a name")
        named[name] = named.get(name, 0) + reaction.percent
    return named


def comments_state(article: Article, *, asked: bool = False) -> str:
    """Say how many comments there are and how many are stored; without `asked` also which key shows them."""
    comments = article.comments
    stored = len(comments.items)
    if comments.external:
        return _("The comments are on {where} and can't be shown here.").format(
            where=clean(comments.external).capitalize()
        )
    stated = comments.count
    if stated is None and not stored:
        return _("The page says nothing of comments.")
    if stated is not None and stated != stored:
        text = ngettext(
            "The page counts {n} comment, {held} of them saved.",
            "The page counts {n} comments, {held} of them saved.",
            stated,
        )
        return text.format(n=number(stated), held=number(stored)) + (
            " " + _("Press {key}.").format(key=key_of("comments")) if stored and not asked else ""
        )
    if not stored:
        return _("No comments.")
    if asked:
        return ngettext("{n} comment", "{n} comments", stored).format(n=number(stored))
    return ngettext("{n} comment: press {key}.", "{n} comments: press {key}.", stored).format(
        n=number(stored), key=key_of("comments")
    )
