"""What the portal gave, told apart, joined and kept: identity, dates, revisions, comments, links."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from eksread.model.enums import BlockType, Source
from eksread.model.fetched import Validators
from eksread.model.lists import Headline, HeadlineQuery
from eksread.model.news import Block, Comment, Comments, Image, Reaction, RelatedLink, SectionLink, Teaser
from eksread.model.stored import Change, PageState
from eksread.portal import WITA
from eksread.store.rows import from_us
from tests.store.making import NOW, SITE, article, save

if TYPE_CHECKING:
    from eksread.store import Store

HOUR = timedelta(hours=1)


def held(store: Store, name: str) -> Headline:
    headline = store.queries.headline(f"{SITE}/{name}")
    assert headline is not None
    return headline


def teaser(store: Store, name: str, at: datetime = NOW, **fields: object) -> int:
    item = Teaser(str(fields.pop("title", f"Judul {name}")), f"{SITE}/{name}", **fields)  # type: ignore[arg-type]
    return store.portal_data.save_teasers([item], at)


# ---- identity ----


@pytest.mark.parametrize(
    "other",
    [
        f"{SITE}/a/",
        f"{SITE}/a#komentar",
        f"{SITE}/a?utm_source=x&utm_medium=y",
        "HTTPS://NEWS.invalid:443/a",
        f"{SITE}/a?fbclid=1",
    ],
)
def test_spellings_of_an_address_are_one_article(store: Store, other: str) -> None:
    save(store, "a")
    assert store.portal_data.save_teasers([Teaser("Judul lain", other)], NOW) == 0
    assert store.queries.counts().total == 1
    assert store.queries.headline(other) == store.queries.headline(f"{SITE}/a")


def test_other_queries_and_paths_are_other_articles(store: Store) -> None:
    for url in (f"{SITE}/a", f"{SITE}/a?id=2", f"{SITE}/a?id=3", f"{SITE}/A", "http://news.invalid:81/a"):
        assert store.portal_data.save_teasers([Teaser("Judul", url)], NOW) == 1
    assert store.queries.counts().total == 5


def test_an_article_is_found_by_the_address_asked_and_the_one_it_calls_its_own(store: Store) -> None:
    item = article("canonical")
    assert store.portal_data.save_article(item, NOW, url=f"{SITE}/asked") is Change.NEW
    assert store.portal_data.save_article(item, NOW, url=f"{SITE}/asked") is Change.UNCHANGED
    assert store.queries.headline(f"{SITE}/canonical") == store.queries.headline(f"{SITE}/asked")
    assert store.queries.counts().total == 1


def test_two_headlines_that_turn_out_to_be_one_keep_the_readers_marks(store: Store) -> None:
    teaser(store, "asked", published=NOW - HOUR, published_source=Source.FEED)
    teaser(store, "canonical", summary="Ringkasan")
    dropped = held(store, "canonical").id
    store.user_data.set_read([dropped], True, NOW)
    store.user_data.add_bookmark(dropped, NOW, note="catatan", labels=["x"])
    store.portal_data.save_article(article("canonical"), NOW, url=f"{SITE}/asked")
    one = held(store, "canonical")
    assert one == held(store, "asked")
    assert (one.read, one.saved, one.summary, one.published) == (True, True, "Ringkasan", NOW - HOUR)
    (mark,) = store.user_data.bookmarks()
    assert (mark.headline.id, mark.note, mark.labels) == (one.id, "catatan", ("x",))
    assert store.queries.counts().total == 1
    assert [hit.headline.id for hit in store.queries.search("catatan ", limit=5)] == [one.id]
    assert store.maintenance.check() == ()


def test_a_front_page_or_a_foreign_site_as_canonical_is_not_believed(store: Store) -> None:
    for name, canonical in (("a", f"{SITE}/"), ("b", f"{SITE}/"), ("c", "https://other.invalid/x")):
        item = article(name)
        item = type(item)(**{**{k: getattr(item, k) for k in item.__slots__}, "url": canonical})
        assert store.portal_data.save_article(item, NOW, url=f"{SITE}/{name}") is Change.NEW
    assert store.queries.counts().total == 3
    assert store.queries.headline(f"{SITE}/") is None


def test_a_canonical_that_names_another_held_article_joins_nothing(store: Store) -> None:
    save(store, "a", "Satu.")
    item = article("a", "Dua.", title="Lain sekali")
    store.portal_data.save_article(item, NOW, url=f"{SITE}/b")
    assert held(store, "a").id != held(store, "b").id


# ---- fields and their trust ----

TRUE, FEED, LIST, GUESS = (NOW - HOUR * n for n in (1, 2, 3, 4))


def test_a_date_is_replaced_by_a_better_source_alone(store: Store) -> None:
    def seen() -> tuple[datetime | None, Source | None]:
        return held(store, "a").published, held(store, "a").published_source

    teaser(store, "a")
    assert seen() == (None, None)
    save(store, "a", published=GUESS, published_source=Source.INFERRED)
    assert seen() == (GUESS, Source.INFERRED)
    teaser(store, "a", published=LIST, published_source=Source.MARKUP)
    assert seen() == (LIST, Source.MARKUP)
    teaser(store, "a", published=FEED, published_source=Source.FEED)
    teaser(store, "a", published=LIST, published_source=Source.LIST)
    assert seen() == (FEED, Source.FEED)
    save(store, "a", published=GUESS, published_source=Source.INFERRED)
    assert seen() == (FEED, Source.FEED)
    save(store, "a", published=TRUE, published_source=Source.LANDMARK)
    teaser(store, "a", published=FEED, published_source=Source.FEED)
    assert seen() == (TRUE, Source.LANDMARK)
    save(store, "a", published=TRUE + HOUR, published_source=Source.META)
    save(store, "a", published=TRUE, published_source=Source.META)
    assert seen() == (TRUE, Source.META)


def test_the_article_shows_the_date_that_is_trusted(store: Store) -> None:
    teaser(store, "a", published=FEED, published_source=Source.FEED)
    number = save(store, "a", published=GUESS, published_source=Source.INFERRED)
    stored = store.queries.article(number)
    assert stored is not None
    assert (stored.article.published, stored.article.published_source) == (FEED, Source.FEED)


def test_a_date_keeps_its_zone(store: Store) -> None:
    save(store, "a", published=datetime(2024, 5, 2, 19, 3, tzinfo=WITA))
    published = held(store, "a").published
    assert published is not None
    assert published.isoformat() == "2024-05-02T19:03:00+08:00"


def test_a_date_years_ahead_does_not_hold_the_top(store: Store) -> None:
    save(store, "odd", published=NOW + timedelta(days=3650))
    save(store, "new", at=NOW + HOUR, published=NOW + HOUR)
    titles = [item.title for item in store.queries.headlines(HeadlineQuery()).items]
    assert titles == ["Judul new", "Judul odd"]
    assert held(store, "odd").published == NOW + timedelta(days=3650)


def test_the_section_of_the_page_wins_over_that_of_a_list(store: Store) -> None:
    teaser(store, "a", section="Terbaru")
    teaser(store, "a", section="Indeks")
    assert held(store, "a").section == "Terbaru"
    save(store, "a", section="Ekonomi")
    teaser(store, "a", section="Terbaru")
    assert held(store, "a").section == "Ekonomi"


def test_a_list_fills_what_is_missing_and_replaces_nothing(store: Store) -> None:
    save(store, "a", standfirst="Pengantar", lead_image=Image(f"{SITE}/1.jpg"))
    teaser(store, "a", title="Judul pendek", summary="Lain", image=f"{SITE}/2.jpg")
    one = held(store, "a")
    assert (one.title, one.summary, one.image) == ("Judul a", "Pengantar", f"{SITE}/1.jpg")
    assert [item.title for item in store.history.headline_variants(one.id)] == ["Judul pendek"]


# ---- revisions ----


def test_an_edit_is_a_revision_and_a_return_is_none(store: Store) -> None:
    number = save(store, "a", "Satu.\nDua.")
    assert (
        store.portal_data.save_article(article("a", "Satu.\nTiga."), NOW + HOUR, url=f"{SITE}/a")
        is Change.CHANGED
    )
    back = article("a", "Satu.\nDua.")
    assert store.portal_data.save_article(back, NOW + 2 * HOUR, url=f"{SITE}/a") is Change.CHANGED
    assert store.portal_data.save_article(back, NOW + 3 * HOUR, url=f"{SITE}/a") is Change.UNCHANGED
    first, second = store.history.revisions(number)
    assert [block.text for block in first.article.blocks] == ["Satu.", "Dua."]
    assert [block.text for block in second.article.blocks] == ["Satu.", "Tiga."]
    assert (first.first_seen, first.last_seen, first.shown) == (NOW, NOW + 3 * HOUR, True)
    assert (second.first_seen, second.last_seen, second.shown) == (NOW + HOUR, NOW + HOUR, False)
    assert held(store, "a").revisions == 2


def test_a_new_headline_alone_is_a_revision(store: Store) -> None:
    number = save(store, "a", title="Lama")
    save(store, "a", title="Baru", at=NOW + HOUR)
    assert held(store, "a").title == "Baru"
    assert [item.article.title for item in store.history.revisions(number)] == ["Lama", "Baru"]
    assert [item.title for item in store.history.headline_variants(number)] == ["Lama"]


def test_what_changes_at_each_visit_is_no_revision(store: Store) -> None:
    picked = Block(BlockType.RELATED, "Pilihan satu", url=f"{SITE}/1")
    item = article("a", blocks=(Block(BlockType.PARAGRAPH, "Isi  berita."), picked), page_date=NOW.date())
    store.portal_data.save_article(item, NOW, url=f"{SITE}/a")
    other = Block(BlockType.RELATED, "Pilihan dua", url=f"{SITE}/2")
    again = article(
        "a",
        blocks=(other, Block(BlockType.PARAGRAPH, "Isi berita.")),
        page_date=(NOW + 24 * HOUR).date(),
        reactions=(Reaction(None, 50),),
        comments=Comments(7),
    )
    assert store.portal_data.save_article(again, NOW + HOUR, url=f"{SITE}/a") is Change.UNCHANGED
    one = held(store, "a")
    assert (one.revisions, one.comment_count) == (1, 7)
    stored = store.queries.article(one.id)
    assert stored is not None
    assert [block.text for block in stored.article.blocks] == ["Pilihan dua", "Isi berita."]


@pytest.mark.parametrize("text", ["", "Sisa."])
def test_a_cut_text_never_replaces_a_whole_one(store: Store, text: str) -> None:
    whole = "\n".join(f"Paragraf nomor {n} dengan isi yang cukup panjang." for n in range(9))
    number = save(store, "a", whole)
    cut = article("a", text, lead_image=Image(f"{SITE}/1.jpg"))
    assert store.portal_data.save_article(cut, NOW + HOUR, url=f"{SITE}/a") is Change.UNCHANGED
    stored = store.queries.article(number)
    assert stored is not None
    assert len(stored.article.blocks) == 9
    assert len(store.history.revisions(number)) == (2 if text else 1)


def test_an_article_without_text_stays_a_headline(store: Store) -> None:
    number = save(store, "a", "")
    assert store.queries.article(number) is None
    assert not held(store, "a").has_text
    assert store.portal_data.save_article(article("a"), NOW, url=f"{SITE}/a") is Change.NEW


# ---- what stands around ----


def test_comments_that_came_and_went_are_known(store: Store) -> None:
    ani, budi = Comment("Ani", NOW, "Halo"), Comment("Budi", None, "Ya", depth=1)
    number = save(store, "a", comments=Comments(2, None, (ani, budi)))
    moved = Comment("Ani", NOW + HOUR, "Halo")  # "2 jam lalu" comes out differently
    save(store, "a", at=NOW + HOUR, comments=Comments(1, None, (moved,)))
    seen = store.history.comments(number)
    assert [(item.comment, item.gone) for item in seen] == [(ani, False), (budi, True)]
    assert (seen[0].first_seen, seen[0].last_seen) == (NOW, NOW + HOUR)
    stored = store.queries.article(number)
    assert stored is not None
    assert stored.article.comments == Comments(1, None, (ani,))


def test_a_hidden_comments_box_takes_no_comment_away(store: Store) -> None:
    ani = Comment("Ani", None, "Halo")
    number = save(store, "a", comments=Comments(1, None, (ani,)))
    save(store, "a", at=NOW + HOUR, comments=Comments(1, "facebook"))
    save(store, "a", at=NOW + 2 * HOUR, comments=Comments())
    assert [item.gone for item in store.history.comments(number)] == [False]
    save(store, "a", at=NOW + 3 * HOUR, comments=Comments(0))
    assert [item.gone for item in store.history.comments(number)] == [True]


def test_equal_comments_are_counted_each(store: Store) -> None:
    twice = (Comment("Ani", None, "Setuju"), Comment("Ani", None, "Setuju"))
    number = save(store, "a", comments=Comments(2, None, twice))
    assert len(store.history.comments(number)) == 2


def test_reactions_are_sampled_where_they_changed(store: Store) -> None:
    samples = [((Reaction(None, 0),), 0), ((Reaction(None, 0),), 1), ((Reaction(None, 9),), 2), ((), 3)]
    for reactions, hours in samples:
        number = save(store, "a", at=NOW + hours * HOUR, reactions=reactions)
    kept = store.history.reactions(number)
    assert [(sample.at, sample.items[0].percent) for sample in kept] == [(NOW, 0), (NOW + 2 * HOUR, 9)]


def test_front_pages_are_kept_where_their_order_changed(store: Store) -> None:
    items = [Teaser(f"J{n}", f"{SITE}/{n}", rank=n) for n in range(3)]
    turned = [Teaser(item.title, item.url, rank=2 - item.rank) for item in items]
    for hours, shown in enumerate((items, items, turned)):
        store.portal_data.save_teasers(shown, NOW + hours * HOUR, front_of=f"{SITE}/")
    store.portal_data.save_teasers(items, NOW, front_of=f"{SITE}/ekonomi")
    with store._connections.read() as db:
        kept = db.execute(
            "SELECT items, first_seen, last_seen FROM front_page WHERE url = ? ORDER BY id", (f"{SITE}/",)
        ).fetchall()
    numbers = [held.id for n in (2, 1, 0) if (held := store.queries.headline(f"{SITE}/{n}"))]
    assert [json.loads(items) for items, _, _ in kept] == [numbers[::-1], numbers]
    assert [(from_us(first), from_us(last)) for _, first, last in kept] == [
        (NOW, NOW + HOUR),
        (NOW + 2 * HOUR, NOW + 2 * HOUR),
    ]


def test_related_links_find_their_target_by_address_or_title_whenever_it_comes(store: Store) -> None:
    links = (RelatedLink("Lewat alamat", f"{SITE}/x?utm_source=a"), RelatedLink("Judul Y!", None))
    source = save(store, "a", related=links)
    assert store.history.relatives(source, limit=5) == ()
    save(store, "x", "Teks x.")
    save(store, "y", "Teks y.", title="judul y")
    titles = [(item.headline.title, item.kinship) for item in store.history.relatives(source, limit=5)]
    assert titles == [("Judul x", "picked"), ("judul y", "picked")]
    back = store.history.relatives(held(store, "x").id, limit=5)
    assert (back[0].headline.id, back[0].kinship) == (source, "referring")


# ---- what to fetch ----


def test_wanted_are_the_newest_headlines_without_text_that_may_be_tried(store: Store) -> None:
    for n in range(4):
        teaser(store, f"w{n}", published=NOW - n * HOUR, published_source=Source.FEED, section=f"S{n % 2}")
    save(store, "held")
    store.portal_data.mark_gone(f"{SITE}/w3", NOW)
    store.portal_data.page_checked(PageState(f"{SITE}/w0", failures=1, retry_at=NOW + HOUR, error="busy"))
    assert store.portal_data.wanted(limit=9, at=NOW) == (f"{SITE}/w1", f"{SITE}/w2")
    assert store.portal_data.wanted(limit=9, at=NOW + HOUR)[0] == f"{SITE}/w0"
    assert store.portal_data.wanted(limit=9, at=NOW, section="s1") == (f"{SITE}/w1",)
    assert store.portal_data.wanted(limit=1, at=NOW) == (f"{SITE}/w1",)
    assert held(store, "w3").gone


def test_stale_are_recent_articles_not_checked_since(store: Store) -> None:
    save(store, "old", published=NOW - 48 * HOUR)
    save(store, "a", published=NOW - HOUR)
    save(store, "b", published=NOW - 2 * HOUR)
    store.portal_data.page_checked(PageState(f"{SITE}/b", checked_at=NOW + HOUR))
    found = store.portal_data.stale(limit=9, checked_before=NOW + HOUR, published_after=NOW - 24 * HOUR)
    assert found == (f"{SITE}/a",)


def test_a_page_state_comes_back_as_it_was(store: Store) -> None:
    state = PageState(f"{SITE}/rss", Validators('"x"', "Fri"), NOW, NOW - HOUR, 2, NOW + HOUR, "busy")
    assert store.portal_data.page_state(state.url) is None
    store.portal_data.page_checked(state)
    assert store.portal_data.page_state(state.url) == state
    later = PageState(f"{SITE}/rss", checked_at=NOW + HOUR)
    store.portal_data.page_checked(later)
    assert store.portal_data.page_state(state.url) == later


def test_sections_keep_the_portals_order_and_those_that_vanished_come_last(store: Store) -> None:
    links = [SectionLink(name, f"{SITE}/{name}") for name in ("Politik", "Hukum", "Olahraga")]
    store.portal_data.save_sections(links, NOW)
    store.portal_data.save_sections([links[2], links[0]], NOW + HOUR)
    store.portal_data.save_sections([], NOW + 2 * HOUR)
    save(store, "a", section="OLAHRAGA")
    found = store.queries.sections()
    assert [item.name for item in found] == ["Olahraga", "Politik", "Hukum"]
    assert (found[0].key, found[0].total, found[0].unread) == ("olahraga", 1, 1)


def test_facts_are_kept(store: Store) -> None:
    assert store.facts.get("x") is None
    store.facts.set("x", "1")
    store.facts.set("x", "2")
    assert store.facts.get("x") == "2"


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError), store.portal_data.transaction():  # noqa: PT012
        save(store, "a")
        raise RuntimeError
    assert store.queries.counts().total == 0
    with store.portal_data.transaction():
        save(store, "a")
        save(store, "b")
    assert store.queries.counts().total == 2
    assert store.maintenance.check() == ()


def test_an_aware_moment_of_any_zone_is_kept(store: Store) -> None:
    at = datetime(2024, 5, 3, 18, 0, 0, 999_999, tzinfo=WITA)
    save(store, "a", at=at)
    assert held(store, "a").first_seen == at.astimezone(UTC)
