from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from eksread import decide
from eksread.errors import Busy, Gone, TimedOut
from eksread.model.enums import BlockType
from eksread.model.fetched import Page, Validators
from eksread.model.news import Article, Block, Comment, Comments, Listing, RelatedLink, SectionLink, Teaser
from eksread.model.progress import Plan
from eksread.model.stored import PageState

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BASE = "https://portal.example/"


def paragraph(text: str) -> Block:
    return Block(BlockType.PARAGRAPH, text)


def test_feed_is_looked_for_where_it_was_then_where_the_page_says_then_at_the_usual_places() -> None:
    front = Listing(BASE, (), feeds=("https://elsewhere.example/rss", f"{BASE}umpan.xml"))
    assert decide.feed_candidates(front, BASE, f"{BASE}old.xml", ("rss.xml", "feed")) == (
        f"{BASE}old.xml",
        f"{BASE}umpan.xml",
        f"{BASE}rss.xml",
        f"{BASE}feed",
    )


def test_feed_of_a_portal_below_a_path_stays_below_it() -> None:
    assert decide.feed_candidates(None, "http://127.0.0.1:8/ok/", None, ("rss.xml",)) == (
        "http://127.0.0.1:8/ok/rss.xml",
    )


def test_sections_are_the_portal_s_own_lists_once_each() -> None:
    links = [
        SectionLink("Beranda", BASE),
        SectionLink("Bontang", f"{BASE}bontang"),
        SectionLink("Bontang lagi", f"{BASE}bontang"),
        SectionLink("Toko", "https://toko.example/"),
        SectionLink("Kutim", "https://www.portal.example/kutim"),
    ]
    assert [link.name for link in decide.sections_to_read(links, BASE)] == ["Bontang", "Kutim"]


def test_a_list_is_read_on_only_while_half_of_it_is_unknown() -> None:
    six = [Teaser(str(number), f"u{number}") for number in range(6)]
    usual = decide.Reach()
    assert decide.wants_more(six, new=6, reach=usual)
    assert decide.wants_more(six, new=3, reach=usual)
    assert not decide.wants_more(six, new=2, reach=usual)
    assert not decide.wants_more([], new=0, reach=usual)


def test_a_plan_of_days_reads_on_until_the_page_is_older() -> None:
    reach = decide.Reach.of(Plan(days=3), NOW)
    fresh = [Teaser("a", "a", NOW - timedelta(days=5)), Teaser("b", "b", NOW - timedelta(days=2))]
    old = [Teaser("a", "a", NOW - timedelta(days=5)), Teaser("b", "b")]
    assert decide.wants_more(fresh, new=0, reach=reach)
    assert not decide.wants_more(old, new=2, reach=reach)
    assert decide.wants_more([Teaser("b", "b")], new=0, reach=reach)


def test_a_section_s_name_is_given_only_where_the_list_names_none() -> None:
    items = (Teaser("a", "u1"), Teaser("b", "u2", section="Ragam"))
    assert [item.section for item in decide.in_section(items, "Kutim")] == ["Kutim", "Ragam"]


def test_failures_are_tried_again_with_growing_distance_up_to_a_day() -> None:
    state: PageState | None = None
    waits = []
    for _ in range(8):
        state = decide.state_after_failure("u", TimedOut(), state, NOW, None)
        assert state.retry_at is not None
        waits.append(state.retry_at - NOW)
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=1)


def test_the_server_s_wish_is_honoured_but_not_for_ever() -> None:
    polite = decide.state_after_failure("u", Busy(), None, NOW, 1200)
    absurd = decide.state_after_failure("u", Busy(), None, NOW, 10**9)
    assert polite.retry_at == NOW + timedelta(seconds=1200)
    assert absurd.retry_at == NOW + timedelta(days=1)


def test_what_cannot_heal_soon_is_left_alone_for_a_day() -> None:
    assert decide.state_after_failure("u", Gone(), None, NOW, None).retry_at == NOW + timedelta(days=1)


def test_a_failure_keeps_the_validators_of_the_good_answer_before_it() -> None:
    old = PageState("u", Validators('"v1"'), NOW)
    assert decide.state_after_failure("u", TimedOut(), old, NOW, None).validators == Validators('"v1"')


def test_a_clock_set_back_does_not_lock_a_page_for_years() -> None:
    waiting = PageState("u", retry_at=NOW + timedelta(hours=1))
    skewed = PageState("u", retry_at=NOW + timedelta(days=3650))
    assert not decide.may_try(waiting, NOW)
    assert decide.may_try(waiting, NOW + timedelta(hours=1))
    assert decide.may_try(skewed, NOW)
    assert decide.may_try(None, NOW)


def test_not_modified_keeps_the_validators_and_ends_a_row_of_failures() -> None:
    old = PageState(
        "u", Validators('"v1"'), None, NOW - timedelta(days=1), failures=3, retry_at=NOW, error="timeout"
    )
    state = decide.state_after_visit("u", Page("u", b"", NOW, status=304), old)
    assert state == PageState("u", Validators('"v1"'), NOW, NOW - timedelta(days=1))


def test_pages_of_one_article_are_joined_in_order_without_repeats() -> None:
    lead = paragraph("lead")
    first = Article(
        "u", "T", blocks=(lead, paragraph("one")), related=(RelatedLink("r", None),), next_page="u?2"
    )
    second = Article(
        "u?2",
        "T",
        blocks=(lead, paragraph("two")),
        related=(RelatedLink("r", None), RelatedLink("s", "v")),
        reporter="Rahma",
        advertorial=True,
        comments=Comments(1, items=(Comment("a", None, "x"),)),
    )
    whole = decide.join_pages([first, second])
    assert [block.text for block in whole.blocks] == ["lead", "one", "two"]
    assert whole.related == (RelatedLink("r", None), RelatedLink("s", "v"))
    assert (whole.url, whole.reporter, whole.advertorial, whole.next_page) == ("u", "Rahma", True, None)
    assert len(whole.comments.items) == 1


def test_a_photo_page_is_an_article_and_an_empty_frame_is_none() -> None:
    from eksread.model.news import Image

    assert decide.article_is_whole(Article("u", "T", lead_image=Image("p.png")))
    assert not decide.article_is_whole(Article("u", "T"))
    assert not decide.article_is_whole(Article("u", None, blocks=(paragraph("x"),)))


def test_of_pages_that_failed_before_only_some_are_tried_again_in_one_refresh() -> None:
    due = [f"failed-{n}" for n in range(decide.MAX_RETRIES + 5)]
    states: dict[str, PageState | None] = {url: PageState(url, failures=2) for url in due}
    states |= {"visited": PageState("visited"), "new": None}
    chosen = decide.limit_retries(["new", *due, "visited"], states)
    assert chosen == ("new", *due[: decide.MAX_RETRIES], "visited")


HEADLINE = "Jembatan Muara Bontang Dibuka Setelah Diperbaiki"
STORY = (
    "Jembatan di Muara Bontang kembali dibuka, Senin pagi. Kepala dinas pekerjaan umum, Rahmat Hidayat, mengatakan"
    " perbaikan memakan waktu dua bulan dan menghabiskan anggaran tiga miliar rupiah. Warga Loktuan menyambut baik."
)
NOTICE = "Kami memakai kuki untuk layanan yang lebih baik. Dengan menekan tombol setuju Anda menerima ketentuan kami."


def text_page(title: str, *paragraphs: str) -> Article:
    return Article("u", title, blocks=tuple(paragraph(text) for text in paragraphs))


def test_a_page_that_has_nothing_of_an_article_is_foreign() -> None:
    notice = text_page("Kami menghargai privasi Anda", NOTICE)
    assert decide.is_unrelated(notice, HEADLINE, None)
    assert decide.is_unrelated(notice, HEADLINE, text_page(HEADLINE, STORY))
    assert decide.is_unrelated(text_page("Ketentuan", *[NOTICE] * 30), HEADLINE, text_page(HEADLINE, STORY))
    assert decide.is_unrelated(text_page("Masuk"), "", text_page(HEADLINE, STORY))


def test_an_article_stays_one_however_it_is_rewritten() -> None:
    held = text_page(HEADLINE, STORY)
    other_words = (
        "Rahmat Hidayat menyebut pekerjaan di Loktuan memakan dua bulan; anggaran mencapai tiga miliar."
    )
    assert not decide.is_unrelated(text_page("Lalu Lintas Lancar Lagi", other_words), HEADLINE, held)
    assert not decide.is_unrelated(
        text_page("Jembatan Bontang Dibuka", "Dicabut oleh redaksi."), HEADLINE, held
    )
    assert not decide.is_unrelated(text_page("Warga Loktuan Lega", STORY), HEADLINE, None)


def test_a_page_is_believed_where_too_little_is_known_or_it_bears_signs_of_news() -> None:
    other = text_page("Panen Raya di Kutai", "Petani memanen padi.")
    assert not decide.is_unrelated(other, "Baca selengkapnya", None)
    assert not decide.is_unrelated(text_page("Panen Raya", *["Petani memanen padi."] * 80), HEADLINE, None)
    signed = replace(other, published=NOW, place="Sangatta")
    assert not decide.is_unrelated(signed, HEADLINE, text_page(HEADLINE, STORY))
