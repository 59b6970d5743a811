"""Decisions of a refresh, as pure functions: no dependency, nothing but data in and out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from eksread.model.fetched import Validators
from eksread.model.stored import PageState
from eksread.portal import same_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from eksread.errors import FetchError
    from eksread.model.fetched import Page
    from eksread.model.news import Article, Listing, SectionLink, Teaser
    from eksread.model.progress import Plan

FIRST_RETRY: Final = timedelta(minutes=5)
"""A failed page is left alone this long; most faults of a poor connection are over by then."""
RETRY_GROWTH: Final = 3
LAST_RETRY: Final = timedelta(days=1)
"""Distances grow to this and no further: a page that is down for a week is asked once a day."""

MAX_LIST_PAGES: Final = 3
"""Pages of one section read in a refresh: enough to close a gap of some days; older ones are `archive`'s work."""
MAX_PLANNED_PAGES: Final = 60
"""Pages of one section for a plan of days; a busy section fills two pages a day."""
MAX_SECTIONS: Final = 40
"""Navigation entries followed; a portal has 5 to 25 sections, more is a tag cloud."""
MAX_RETRIES: Final = 30
"""Pages that failed before and are tried again in one refresh."""
MAX_ARTICLE_PAGES: Final = 12
"""Pages joined into one article; a longer chain is a slide show or a loop."""

SHORT_TEXT: Final = 1500
"""Characters below which a page may be a notice: a login, a consent, a greeting of a rebuilt portal."""
MIN_HEADLINE_WORDS: Final = 3
"""Words that a headline must have to be looked for: one or two are found, or missing, by chance."""
HEADLINE_SHARE: Final = 1 / 3
"""Part of a headline's words that its article bears in title and text; a rewritten one keeps names and places."""
TEXT_SHARE: Final = 1 / 4
"""Part of the shorter text's words that two versions of one article have in common; strangers have under a tenth."""
MIN_SIGNS: Final = 2
"""Signs of news (date, place, byline) that make up for a text in which nothing is familiar."""
_WORD: Final = re.compile(r"\w{3,}")
_COMMON: Final = frozenset(
    "ada adalah agar akan anda atas atau bagi bahwa baru bisa dalam dan dapat dari dengan hari hingga ini itu jadi juga"
    " kami karena kata kembali kita lagi lalu lebih mereka oleh pada para saat saja sampai sebagai secara sejak semua"
    " serta setelah sudah tahun tak telah tentang tidak untuk yakni yang yaitu".split()
)
"""Words that any two Indonesian texts share."""


def article_is_whole(article: Article) -> bool:
    """Whether this is worth keeping as an article: a title, and a text or (photo pages) a picture."""
    return bool(article.title) and bool(article.blocks or article.lead_image)


def has_signs_of_news(article: Article) -> bool:
    """Whether a page has enough signs of news to be believed whatever its text is."""
    signs = (article.published, article.place, article.reporter or article.editor)
    return sum(sign is not None for sign in signs) >= MIN_SIGNS


def is_unrelated(article: Article, headline: str, held: Article | None) -> bool:
    """Whether a page that answered at an article's address is none of that article: a notice, a login, a greeting.

    `headline` is the one known of the address, `held` is its text in the store. A page is foreign when it bears no
    signs of news, nothing of these two is found in it, and (where no text is held) it is short. A rewritten article
    keeps names and places; where no text is held and the headline is too short to be looked for, it is believed.
    """
    text = _text(article)
    if has_signs_of_news(article) or (held is None and len(text) >= SHORT_TEXT):
        return False
    share = _share_of(headline, article)
    if share is not None and share >= HEADLINE_SHARE:
        return False
    known = _words(_text(held)) if held is not None else set()
    if known:
        found = _words(f"{article.title} {text}")
        return len(known & found) < TEXT_SHARE * max(1, min(len(known), len(found)))
    return share is not None


def is_other_article(article: Article, headline: str) -> bool:
    """Whether the page that an article's address leads to, and that is known as another's, is none of `headline`.

    An article that moved keeps words of its headline. A portal that sends all its articles to one for a while must not
    make all of them that one, whatever signs of news it bears.
    """
    share = _share_of(headline, article)
    return share is not None and share < HEADLINE_SHARE


def _share_of(headline: str, article: Article) -> float | None:
    """Give the part of a headline's words that an article has; None where the headline is too short to be looked for."""
    words = _words(headline)
    if len(words) < MIN_HEADLINE_WORDS:
        return None
    return len(words & _words(f"{article.title} {_text(article)}")) / len(words)


def _text(article: Article) -> str:
    return " ".join([article.standfirst or "", *(block.text for block in article.blocks)]).strip()


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _COMMON


def feed_candidates(
    front: Listing | None, base_url: str, known: str | None, paths: Iterable[str]
) -> tuple[str, ...]:
    """Give the addresses at which a feed may be, the likeliest first, each once."""
    linked = front.feeds if front else ()
    usual = (urljoin(base_url, path) for path in paths)
    found = ([known] if known else []) + [url for url in linked if same_site(url, base_url)] + list(usual)
    return tuple(dict.fromkeys(found))


def sections_to_read(links: Sequence[SectionLink], base_url: str) -> tuple[SectionLink, ...]:
    """Give the sections of a navigation that are lists of this portal, each address once."""
    front = base_url.rstrip("/")
    seen: dict[str, SectionLink] = {}
    for link in links:
        if same_site(link.url, base_url) and link.url.rstrip("/") != front:
            seen.setdefault(link.url, link)
    return tuple(seen.values())[:MAX_SECTIONS]


def in_section(items: Sequence[Teaser], name: str) -> tuple[Teaser, ...]:
    """Give the teasers of a section's list; where the page names no section, this one is meant."""
    return tuple(item if item.section else replace(item, section=name) for item in items)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a section's list is read: at most `pages`, and with `since` down to that moment."""

    pages: int = MAX_LIST_PAGES
    since: datetime | None = None

    @classmethod
    def of(cls, plan: Plan, at: datetime) -> Reach:
        """Give the reach of a plan that begins `at`."""
        if plan.days is None:
            return cls()
        return cls(MAX_PLANNED_PAGES, at - timedelta(days=plan.days))


def wants_more(items: Sequence[Teaser], *, new: int, reach: Reach) -> bool:
    """Whether a list goes on with what a refresh is after; `new` of the items were unknown before it.

    A plan for days goes on until the page is older. Otherwise a page of which half or more was unknown has probably more
    behind it: not all need be, because boxes of popular and older news stand on the same page.
    """
    if not items:
        return False
    if reach.since is None:
        return 2 * new >= len(items)
    return not older_than(items, reach.since)


def older_than(items: Sequence[Teaser], since: datetime) -> bool:
    """Whether a page of a list is from before `since`: all its dates are. A page without dates is not."""
    dates = [item.published for item in items if item.published]
    return bool(dates) and max(dates) < since


def state_after_visit(url: str, page: Page, old: PageState | None) -> PageState:
    """Give the state of an address after an answer; a 304 keeps the validators that it confirmed."""
    if page.not_modified and old is not None:
        kept = page.validators if page.validators != Validators() else old.validators
        return PageState(url, kept, page.fetched_at, old.changed_at)
    return PageState(url, page.validators, page.fetched_at, page.fetched_at)


def state_after_failure(
    url: str, error: FetchError, old: PageState | None, at: datetime, retry_after: float | None
) -> PageState:
    """Give the state of an address after a failure: tried again later, with growing distance.

    `retry_after` (seconds) is what the server asked for; it is honoured up to `LAST_RETRY`.
    """
    failures = (old.failures if old else 0) + 1
    wait = min(FIRST_RETRY * RETRY_GROWTH ** min(failures - 1, 10), LAST_RETRY)
    if not error.transient:
        wait = LAST_RETRY
    if retry_after is not None:
        wait = min(max(wait, timedelta(seconds=retry_after)), LAST_RETRY)
    return PageState(
        url,
        old.validators if old else Validators(),
        old.checked_at if old else None,
        old.changed_at if old else None,
        failures,
        at + wait,
        error.code,
    )


def may_try(state: PageState | None, at: datetime) -> bool:
    """Whether an address may be asked now. A `retry_at` beyond the longest wait is a clock set back: then yes."""
    if state is None or state.retry_at is None:
        return True
    return not at < state.retry_at <= at + LAST_RETRY


def limit_retries(urls: Sequence[str], states: Mapping[str, PageState | None]) -> tuple[str, ...]:
    """Give the addresses to ask for now, of those that failed before only the first `MAX_RETRIES`.

    After a bad hour of the portal all its failed pages come due together; they are not asked for all at once.
    """
    allowed = iter(range(MAX_RETRIES))

    def fits(url: str) -> bool:
        state = states.get(url)
        return state is None or state.failures == 0 or next(allowed, None) is not None

    return tuple(url for url in urls if fits(url))


def join_pages(pages: Sequence[Article]) -> Article:
    """Join the pages of one article, in order; what only a later page has (byline, comments) is taken from there."""
    first, *rest = pages
    whole = first
    for page in rest:
        known = set(whole.blocks)
        whole = replace(
            whole,
            blocks=whole.blocks + tuple(block for block in page.blocks if block not in known),
            related=tuple(dict.fromkeys(whole.related + page.related)),
            reporter=whole.reporter or page.reporter,
            editor=whole.editor or page.editor,
            photographer=whole.photographer or page.photographer,
            credit_source=whole.credit_source or page.credit_source,
            advertorial=whole.advertorial or page.advertorial,
            tags=tuple(dict.fromkeys(whole.tags + page.tags)),
            reactions=whole.reactions or page.reactions,
            comments=max(whole.comments, page.comments, key=lambda found: len(found.items)),
            provenance={**page.provenance, **whole.provenance},
        )
    return replace(whole, next_page=None)
