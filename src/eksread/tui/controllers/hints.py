"""Which keys the status line names: those of the place, the most useful first where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.i18n import N_, _
from eksread.tui.commands import ARTICLE, BY_ID, COMMENTS, LIST, SECTIONS
from eksread.tui.key_names import NUMBERS, key_of, keys_of
from eksread.tui.render.lines import HINT_GAP, hint_runs, width_of
from eksread.tui.state.sidebar_items import ALL, EDITION, search_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eksread.tui.controllers.panes import Panes
    from eksread.tui.state.screen_state import ScreenState
    from eksread.tui.widgets.article_view import ArticleView
    from eksread.tui.widgets.comment_view import CommentsView

GAPS: Final = (HINT_GAP, 2)
"""Cells between two hints: the wide gap first; a narrow one rather than dropping a hint."""


class Hint(NamedTuple):
    """A command, its short word, and its rank: the highest is dropped first. No command: the digits of links."""

    command: str | None
    word: str
    rank: int

    @property
    def key(self) -> str:
        """The key as a person reads it."""
        return NUMBERS if self.command is None else key_of(self.command)


HINTS: Final[Mapping[str, Sequence[Hint]]] = {
    LIST: (
        Hint("open", N_("read"), 3),
        Hint("search", N_("search"), 0),
        Hint("sections", N_("sections"), 1),
        Hint("save", N_("bookmark"), 5),
        Hint("toggle-read", N_("mark read"), 6),
        Hint("find", N_("filter"), 7),
        Hint("close", N_("quit"), 4),
        Hint("help", N_("help"), 2),
    ),
    SECTIONS: (
        Hint("open", N_("open"), 0),
        Hint("search", N_("search"), 2),
        Hint("remove-search", N_("remove"), 3),
        Hint("edition", N_("edition"), 5),
        Hint("close", N_("back"), 4),
        Hint("help", N_("help"), 1),
    ),
    ARTICLE: (
        Hint("space", N_("next page"), 4),
        Hint("close", N_("back"), 0),
        Hint("next-mark", N_("next match"), 1),
        Hint("comments", N_("comments"), 3),
        Hint("picture", N_("picture"), 8),
        Hint("related", N_("related"), 5),
        Hint("note", N_("note"), 7),
        Hint("find", N_("find in article"), 10),
        Hint(None, N_("link"), 6),
        Hint("save", N_("bookmark"), 9),
        Hint("help", N_("help"), 2),
    ),
    COMMENTS: (
        Hint("next-link", N_("choose"), 2),
        Hint("open", N_("fold"), 3),
        Hint("next-mark", N_("next new"), 1),
        Hint("fold", N_("fold all"), 5),
        Hint("close", N_("back"), 0),
        Hint("help", N_("help"), 4),
    ),
}
"""What may be named in each place, in the order of the status line."""


def hints(state: ScreenState, panes: Panes) -> tuple[Hint, ...]:
    """Give the hints for what the screen shows at present."""
    words = _present_words(state, panes)
    # The settings may have given a command's keys away.
    return tuple(
        hint._replace(word=word)
        for hint in HINTS[state.pane]
        if (hint.command is None or keys_of(hint.command))
        and (word := words.get(hint.command, hint.word)) is not None
    )


def _present_words(state: ScreenState, panes: Panes) -> dict[str | None, str | None]:
    """Give the words of hints that say something else at present, None for commands that would do nothing."""
    subject = panes.subject
    words: dict[str | None, str | None] = {}
    if subject is None:
        words |= dict.fromkeys(("save", "toggle-read", "find", "note"))
    elif subject.saved:
        words["save"] = N_("remove bookmark")
    if subject is not None and subject.read:
        words["toggle-read"] = N_("mark unread")
    match state.pane:
        case "headlines":
            if subject is None:
                words["open"] = None
            if state.narrowed:
                words |= {"close": N_("whole list"), "find": N_("filter")}
            elif state.item.key != ALL:
                words["close"] = N_("all news")
        case "sections":
            if search_of(state.item.key) is None:
                words["remove-search"] = None
            if all(item.key != EDITION for item in state.items):
                words["edition"] = None
        case "article":
            words |= _article_words(panes.article)
        case "comments":
            words |= _comment_words(panes.comments)
    return words


MENUS: Final[Mapping[str, Sequence[str]]] = {
    LIST: (
        *("open", "save", "toggle-read", "note", "labels", "comments", "related", "changes"),
        *("browser", "copy-link", "copy-markdown", "find", "all-read", "refresh"),
    ),
    SECTIONS: ("open", "all-read", "refresh", "remove-search"),
    ARTICLE: (
        *("comments", "related", "picture", "find", "save", "toggle-read", "note", "labels"),
        *("changes", "browser", "copy-link", "copy-markdown", "pager", "refresh", "zen"),
    ),
    COMMENTS: ("open", "fold", "next-mark", "browser", "copy-link", "close"),
}
"""What the menu offers in each place: what is done with what is chosen or read there."""
MENU_WORDS: Final[Mapping[str, str]] = {
    "note": N_("Note"),
    "labels": N_("Labels"),
    "comments": N_("Comments"),
    "related": N_("Related articles"),
    "picture": N_("Pictures"),
    "changes": N_("What has changed"),
    "copy-link": N_("Copy the link"),
    "copy-markdown": N_("Copy as Markdown"),
    "pager": N_("Read in $PAGER"),
    "refresh": N_("Fetch this section"),
}
"""Shorter names than in the list of all commands, which must say where a command means something else."""
_OF_AN_ARTICLE: Final = frozenset(
    "note labels comments related changes browser copy-link copy-markdown".split()
)


def offered(state: ScreenState, panes: Panes) -> tuple[tuple[str, str], ...]:
    """Give the commands of the menu, each with its name; those that would do nothing at present are left out."""
    words: dict[str | None, str | None] = {hint.command: hint.word for hint in HINTS[state.pane]}
    words.update(MENU_WORDS.items())
    words |= _present_words(state, panes)
    if state.pane == ARTICLE:
        words["refresh"] = N_("Ask whether it has changed")
    return tuple(
        (command, _(word)[:1].upper() + _(word)[1:])
        for command in MENUS[state.pane]
        if (word := words.get(command, BY_ID[command].label)) is not None
        and (panes.subject is not None or command not in _OF_AN_ARTICLE)
    )


def _article_words(article: ArticleView) -> Iterator[tuple[str | None, str | None]]:
    if article.at_end:
        yield "space", N_("next unread")
    if not article.matches:
        yield "next-mark", None
    if not article.has_pictures:
        yield "picture", None
    if not article.links:
        yield None, None
    if article.stored is not None and not article.stored.article.comments.items:
        yield "comments", None


def _comment_words(comments: CommentsView) -> Iterator[tuple[str | None, str | None]]:
    if not any(item.new for item in comments.items):
        yield "next-mark", None
    if not comments.items:
        yield "next-link", None
    if not comments.has_thread:
        yield "open", None
    if not comments.foldable:
        yield "fold", None
    elif comments.folded:
        yield "fold", N_("unfold all")


def fitting(found: Sequence[Hint], room: int) -> tuple[list[Hint], int]:
    """Give the hints that fit whole into `room` cells, in their order, and the gap between them in cells."""
    kept = list(found)
    while kept:
        named = [(hint.key, _(hint.word)) for hint in kept]
        for gap in GAPS:
            if width_of(hint_runs(named, gap)) <= room:
                return kept, gap
        kept.remove(max(kept, key=lambda hint: hint.rank))
    return [], GAPS[0]
