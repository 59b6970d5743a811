"""One headline or one article into the tables: what is new, what may replace what, and what is only kept as history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.model import Change, Source
from eksread.store import history_in, identity, index
from eksread.store.codec import content_hash, decode, encode, text_size
from eksread.store.index import DAY
from eksread.store.values import name_key, place_key, title_key, to_us, zone_minutes

if TYPE_CHECKING:
    from datetime import datetime

    from eksread.model import Article, Teaser
    from eksread.store.connect import Link

AHEAD: Final = 2 * DAY
"""A date further ahead of the moment it was first seen is a mistake of the page or of a clock: it must not hold the
top of every list for years. Two days leave room for zones and for portals that announce."""

WORSE: Final = 0.25
"""A text that comes back with less than this part of its characters is a cut page, not an edit: it is kept as a
revision but not shown in place of the whole one."""

_PAGE, _PRINTED, _FEED, _LIST, _GUESS = 5, 4, 3, 2, 1
_ARTICLE_TRUST: Final = {
    Source.JSON_LD: _PAGE,
    Source.META: _PAGE,
    Source.MARKUP: _PAGE,
    Source.LANDMARK: _PRINTED,
    Source.FEED: _FEED,
    Source.LIST: _LIST,
    Source.INFERRED: _GUESS,
}
_TEASER_TRUST: Final = {Source.FEED: _FEED, Source.INFERRED: _GUESS}
"""The order of trust for the publication date (docs: the portal): the page's own metadata, a date printed on it,
the feed, a list, an estimate."""

_SECTION_OF_PAGE, _SECTION_OF_LIST = 2, 1


def teaser(link: Link, item: Teaser, at: int) -> tuple[int, bool]:
    """Take a headline in; give the article's id and whether it was unknown until now."""
    trust = _TEASER_TRUST.get(item.published_source or Source.LIST, _LIST)
    article_id = identity.find(link, item.url)
    if article_id is None:
        return _add_headline(link, item, at, trust), True
    (title, fetched, section, section_trust, summary, image) = link.execute(
        "SELECT title, fetched_at, section, section_trust, summary, image FROM article WHERE id = ?",
        (article_id,),
    ).fetchone()
    changes: dict[str, object] = {}
    if item.title and item.title != title:
        history_in.variant(link, article_id, title if fetched is None else item.title, at)
        if fetched is None:
            changes |= {"title": item.title, "title_key": title_key(item.title)}
    if item.section and section_trust < _SECTION_OF_LIST and section != item.section:
        changes |= _section(item.section, _SECTION_OF_LIST)
    if item.summary and not summary:
        changes["summary"] = item.summary
    if item.image and not image:
        changes["image"] = item.image
    changes |= _date(link, article_id, item.published, item.published_source, trust)
    if changes:
        with index.kept_in_step(link, article_id):
            _update(link, article_id, changes)
    return article_id, False


def _add_headline(link: Link, item: Teaser, at: int, trust: int) -> int:
    values: dict[str, object] = {
        "url": item.url,
        "title": item.title,
        "title_key": title_key(item.title),
        "summary": item.summary,
        "image": item.image,
        "first_seen": at,
        "sort_at": _sort_at(item.published, at),
    }
    if item.section:
        values |= _section(item.section, _SECTION_OF_LIST)
    if item.published:
        values |= _date_values(item.published, item.published_source or Source.LIST, trust)
    return _insert(link, values, None)


def article(link: Link, item: Article, at: int, url: str) -> Change:
    """Take an article in, known by the address `url`; give what became of it."""
    article_id = identity.find(link, url)
    if article_id is None:
        article_id = identity.find_canonical(link, item.url, url, item.title)
    if article_id is None:
        article_id = _add_article(link, item, at, url)
        if item.url != url:
            identity.unite(link, article_id, item.url, item.title)
        return Change.NEW
    identity.know(link, article_id, url, "")
    identity.unite(link, article_id, item.url, item.title)
    with index.kept_in_step(link, article_id) as step:
        change, step.shown = _revise(link, article_id, item, at)
        history_in.surroundings(link, article_id, item, at)
    return change


def _add_article(link: Link, item: Article, at: int, url: str) -> int:
    """Add an article of which not even the headline was known."""
    values = _fields(item) | {
        "url": url,
        "title": item.title or url,
        "title_key": title_key(item.title or url),
        "first_seen": at,
        "sort_at": _sort_at(item.published, at),
    }
    if item.published:
        source = item.published_source or Source.MARKUP
        values |= _date_values(item.published, source, _ARTICLE_TRUST[source])
    if _has_text(item):
        values |= {"fetched_at": at, "revisions": 1}
    article_id = _insert(link, values, item)
    history_in.first_surroundings(link, article_id, item, at, int(str(values["sort_at"])))
    return article_id


def _revise(link: Link, article_id: int, item: Article, at: int) -> tuple[Change, Article | None]:
    """Let the text take the place of what is held, unless it is worse; give what became of it, and itself if it did."""
    url, title, revision_id = link.execute(
        "SELECT url, title, revision_id FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    changes: dict[str, object] = {"gone_at": None, "pruned_at": None}
    source = item.published_source
    if source:
        changes |= _date(link, article_id, item.published, source, _ARTICLE_TRUST[source])
    change, shown = Change.UNCHANGED, False
    if _has_text(item):
        changes["fetched_at"] = at
        hashed, content = content_hash(item), encode(item)
        held = link.execute("SELECT hash, content FROM revision WHERE id = ?", (revision_id,)).fetchone()
        shown = held is None or not _worse(item, decode(held[1]))
        if shown:
            changes |= _fields(item)
            if item.title and item.title != title:
                history_in.variant(link, article_id, title, at)
                changes |= {"title": item.title, "title_key": title_key(item.title)}
        if shown or text_size(item):
            number = history_in.revision(link, article_id, hashed, content, at)
            changes |= {"revision_id": number} if shown else {}
        if held is None:
            change = Change.NEW
        elif shown and held[0] != hashed:
            change = Change.CHANGED
        changes["revisions"] = history_in.revision_count(link, article_id)
    _update(link, article_id, changes)
    identity.resolve_links(link, article_id, url, item.title or title)
    if change is Change.NEW:
        history_in.keep_for_bookmark(link, article_id)
    return change, item if shown else None


def _has_text(item: Article) -> bool:
    """Whether there is anything to read: a photo with its caption counts."""
    return bool(item.blocks or item.lead_image or item.standfirst)


def _worse(new: Article, held: Article) -> bool:
    return text_size(new) < WORSE * text_size(held)


def _fields(item: Article) -> dict[str, object]:
    """The columns that the article's page has the last word on; what the page doesn't say is left as it is."""
    values: dict[str, object] = {"advertorial": item.advertorial}
    if item.section:
        values |= _section(item.section, _SECTION_OF_PAGE)
    if item.place:
        values |= {"place": item.place, "place_key": place_key(item.place)}
    if item.lead_image and item.lead_image.url:
        values["image"] = item.lead_image.url
    if item.standfirst:
        values["summary"] = item.standfirst
    return values


def _section(name: str, trust: int) -> dict[str, object]:
    return {"section": name, "section_key": name_key(name), "section_trust": trust}


def _date(
    link: Link, article_id: int, published: datetime | None, source: Source | None, trust: int
) -> dict[str, object]:
    """The changes that a date brings: only a better source may replace one, or the page itself when it corrects it."""
    if published is None:
        return {}
    held, first_seen, sort_at = link.execute(
        "SELECT published_trust, first_seen, sort_at FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    if trust < held or (trust == held and trust < _PRINTED):
        return {}
    values = _date_values(published, source or Source.LIST, trust)
    moved = _sort_at(published, first_seen)
    return values if moved == sort_at else values | {"sort_at": moved}


def _date_values(published: datetime, source: Source, trust: int) -> dict[str, object]:
    return {
        "published": to_us(published),
        "published_zone": zone_minutes(published),
        "published_source": source.value,
        "published_trust": trust,
    }


def _sort_at(published: datetime | None, first_seen: int) -> int:
    if published is None or to_us(published) > first_seen + AHEAD:
        return first_seen
    return to_us(published)


# ---- rows -------------------------------------------------------------------------------------------


def _insert(link: Link, values: dict[str, object], item: Article | None) -> int:
    """Add an article's row with its first revision, its address and its words; give its id."""
    (article_id,) = link.execute("SELECT coalesce(max(id), 0) + 1 FROM article").fetchone()
    url, title = str(values["url"]), str(values["title"])
    values |= {"id": article_id, "slot": index.new_slot(link, int(str(values["sort_at"])))}
    if item is not None and "fetched_at" in values:
        at = int(str(values["fetched_at"]))
        values["revision_id"] = history_in.first_revision(
            link, article_id, content_hash(item), encode(item), at
        )
    if item is not None:
        count = history_in.stated_count(item.comments)
        values |= {"comment_count": count, "comments_external": item.comments.external}
        if history_in.shown(item.comments):
            values["comments_at"] = values["first_seen"]
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    link.execute(f"INSERT INTO article ({names}) VALUES ({marks})", tuple(values.values()))
    identity.know(link, article_id, url, url)
    identity.resolve_links(link, article_id, url, title)
    comments = item.comments if item else None
    facts = index.facets(
        section_key=_text(values, "section_key"),
        place_key=_text(values, "place_key"),
        advertorial=bool(values.get("advertorial")),
        comments=bool(comments and (comments.items or comments.count)),
        image=bool(values.get("image")),
        changed=False,
    )
    held = item if "revision_id" in values else None
    texts = [comment.text for comment in comments.items] if comments else []
    words = index.document(title, _text(values, "summary"), held, texts, "", facts)
    index.add(link, int(str(values["slot"])), words)
    return int(article_id)


def _text(values: dict[str, object], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _update(link: Link, article_id: int, changes: dict[str, object]) -> None:
    names = ", ".join(f"{name} = ?" for name in changes)
    link.execute(f"UPDATE article SET {names} WHERE id = ?", (*changes.values(), article_id))
    if "sort_at" in changes:
        link.execute("UPDATE credit SET sort_at = ? WHERE article_id = ?", (changes["sort_at"], article_id))
