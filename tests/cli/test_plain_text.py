"""Headlines, articles and comments as plain text: what stands where, from the model alone."""

from __future__ import annotations

from datetime import UTC, datetime

from eksread.cli import plain_text
from eksread.export import article_text
from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction
from tests.tui.fakes import NOW, headline

PUBLISHED = datetime(2026, 7, 12, 4, 0, tzinfo=UTC)


def test_a_headline_says_all_that_is_particular_about_it() -> None:
    item = headline(
        3, advertorial=True, revisions=2, comment_count=1, saved=True, gone=True, has_text=False, read=True
    )
    _title, facts = plain_text.headline(item, NOW, None).split("\n")
    assert facts.endswith(
        "ADV · updated · 1 comment · bookmarked · no longer on the portal · text not saved yet"
    )
    assert plain_text.badges(headline(4, comment_count=0)) == []


def test_an_estimated_date_is_marked_and_an_unknown_one_is_said() -> None:
    estimated = headline(1, published=PUBLISHED, published_source=Source.INFERRED)
    assert "≈ 12 Jul 2026" in plain_text.headline(estimated, NOW, None)
    assert "date unknown" in plain_text.headline(headline(1, published=None), NOW, None)


def test_an_article_has_each_kind_of_block_in_a_form_of_its_own() -> None:
    blocks = (
        Block(BlockType.HEADING, "Jadwal", level=2),
        Block(BlockType.LIST_ITEM, "Senin", ordinal=1),
        Block(BlockType.LIST_ITEM, "pagi", level=1),
        Block(BlockType.QUOTE, "Kami datang."),
        Block(BlockType.IMAGE, "", url="https://portal.example/a.jpg"),
        Block(BlockType.EMBED, "", url="https://video.example/1"),
        Block(BlockType.TABLE, "a b c", rows=(("Kapal", "Jam"), ("Feri", "7", "pagi"))),
        Block(BlockType.LIST_ITEM, "terakhir"),
    )
    item = Article(
        url="https://portal.example/a",
        title=None,
        published=PUBLISHED,
        published_source=Source.INFERRED,
        section="Kutim",
        place="Kutim",
        lead_image=Image("https://portal.example/b.jpg"),
        standfirst="Ringkasnya begini.",
        blocks=blocks,
        advertorial=True,
        reactions=(Reaction(None, 0), Reaction(None, 40), Reaction("Senang", 60)),
    )
    assert article_text.article(item, 40, headline(1, gone=True)).split("\n\n") == [
        "(no title)",
        "Kutim · ≈ 12 Jul 2026 · 1 min read\n≈ The date is an estimate from a weekday\nin the text.\nhttps://portal.example/a",
        "ADVERTORIAL: this article was paid for.",
        "The portal no longer has this article;\nthis is the saved text.",
        "Ringkasnya begini.",
        "[Picture: no caption]",
        "## Jadwal",
        "1. Senin\n  - pagi",
        "> Kami datang.",
        "[Picture: no caption]",
        "[Embedded: https://video.example/1]",
        "Kapal  Jam\nFeri   7    pagi",
        "- terakhir",
        "Reactions: #2 40% · Senang 60%",
    ]
    assert "Kapal | Jam\nFeri | 7 | pagi" in article_text.article(item, None)


def test_comments_are_indented_and_what_is_not_here_is_said() -> None:
    found = Comments(
        5, "facebook", (Comment("Ucok", PUBLISHED, "Mantap\nsekali"), Comment(None, None, "Setuju", 1))
    )
    assert article_text.comments(found, None).split("\n") == [
        "The comments stand on Facebook and can't be read here.",
        "5 comments",
        "(2 of them are saved here)",
        "",
        "Ucok · Sunday, 12 July 2026, 12:00 WITA",
        "  Mantap",
        "  sekali",
        "",
        "  anonymous",
        "    Setuju",
    ]
    assert article_text.comments(Comments(), None) == ""
