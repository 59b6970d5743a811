"""Reading the article aloud, paragraph by paragraph, from what is on the screen on; the spoken one is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.errors import EksreadError
from eksread.i18n import _
from eksread.model.display_text import clean
from eksread.model.enums import BlockType
from eksread.tui.controllers.speech import Speech, say, speaker
from eksread.tui.state.screen_state import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.model.news import Article
    from eksread.model.stored import StoredArticle
    from eksread.tui.controllers.action_context import Context
    from eksread.tui.controllers.speech import Speaker

UNSPOKEN: Final = frozenset({BlockType.RELATED, BlockType.IMAGE, BlockType.EMBED})
"""Blocks that lead elsewhere or are to be looked at: a listener waits for the next sentence."""
COMMAND_SIGN: Final = "!-!"
"""What begins a command to `spd-say --pipe-mode`; it is in no news, and nothing that a page says may be one."""


def read_aloud(context: Context) -> None:
    """Begin to read the article aloud. Any key stops it, which is the screen's work. Raises `NoSpeaker`, `SpeakerFailed`."""
    article = context.panes.article
    if context.state.pane != "article" or article.stored is None:
        context.say(_("Only an open article with its text is read aloud."))
        return
    found = speaker(context.config.read_aloud)
    first = article.top_block if article.scroll_offset.y else HEAD
    context.speech = context.speech or Speech()
    context.speech.begin(_read(context, found, article.stored, first))
    context.status.keep_saying(_("Reading aloud. Any key stops."))


async def _read(context: Context, found: Speaker, stored: StoredArticle, first: int) -> None:
    """Have one paragraph after the other spoken. When it is stopped, `Context.silence` takes mark and notice away."""
    article, failed = context.panes.article, ""
    try:
        for block, text in paragraphs(stored.article, first):
            article.mark_spoken(block)
            await say(found, text)
    except EksreadError as error:
        failed = error.message
    article.mark_spoken(None)
    context.status.reader_acted()
    context.say(failed or _("Read to the end."), grave=bool(failed))


def paragraphs(article: Article, first: int) -> Iterator[tuple[int, str]]:
    """Give what is spoken from a block on (`HEAD`: with title and standfirst), each in one line with its block's index."""
    texts = [(HEAD, article.title or ""), (HEAD, article.standfirst or "")]
    for index, block in enumerate(article.blocks):
        if block.type is BlockType.TABLE:
            texts += [(index, ", ".join(row)) for row in block.rows]
        elif block.type not in UNSPOKEN:
            texts.append((index, block.text))
    for index, text in texts:
        line = " ".join(clean(text).replace(COMMAND_SIGN, " ").split())
        if index >= first and any(map(str.isalnum, line)):
            yield index, line
