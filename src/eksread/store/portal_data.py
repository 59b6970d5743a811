"""What the portal gave goes in here: headlines, texts, visits."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from eksread.model.enums import Source
from eksread.model.fetched import Validators
from eksread.model.news import Teaser
from eksread.model.stored import Change, PageState
from eksread.store import identity
from eksread.store.article_codec import content_hash, decode, encode, text_size
from eksread.store.rows import (
    key_of,
    maybe_from_us,
    maybe_us,
    name_key,
    place_key,
    section_name,
    title_key,
    to_us,
    zone_minutes,
)
from eksread.store.search import index
from eksread.store.search.index import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from eksread.model.news import Article, Comments, SectionLink
    from eksread.store.database.connection import Connection, Connections


VANISHED_RANK: Final = 10_000
"""Rank of sections that the navigation no longer has: after any that it has."""


class PortalData:
    """What a refresh writes, and what it asks of earlier visits. Each call is one transaction, durable on return."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the calls inside, and those of the store's other parts, one transaction of this thread: all or none."""
        with self._connections.write():
            yield

    # ---- visits ----

    def page_state(self, url: str) -> PageState | None:
        """What is known of the last visit of `url`."""
        return self.page_states((url,)).get(url)

    def page_states(self, urls: Sequence[str]) -> dict[str, PageState]:
        """The same for many addresses; those never visited are left out."""
        with self._connections.read() as db:
            rows = db.execute(
                """SELECT url, etag, last_modified, checked_at, changed_at, failures, retry_at, error
                   FROM page_state WHERE url IN (SELECT value FROM json_each(?))""",
                (json.dumps(urls),),
            )
            return {
                url: PageState(
                    url=url,
                    validators=Validators(etag, modified),
                    checked_at=maybe_from_us(checked),
                    changed_at=maybe_from_us(changed),
                    failures=failures,
                    retry_at=maybe_from_us(retry),
                    error=error,
                )
                for url, etag, modified, checked, changed, failures, retry, error in rows
            }

    def page_checked(self, *states: PageState) -> None:
        """Remember visits: their validators, or their failure and when to try again."""
        with self._connections.write() as db:
            db.executemany(
                "INSERT OR REPLACE INTO page_state VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        state.url,
                        state.validators.etag,
                        state.validators.last_modified,
                        maybe_us(state.checked_at),
                        maybe_us(state.changed_at),
                        state.failures,
                        maybe_us(state.retry_at),
                        state.error,
                    )
                    for state in states
                ],
            )

    # ---- lists ----

    def save_sections(self, links: Sequence[SectionLink], at: datetime) -> None:
        """Take the navigation as last seen; sections that vanished stay, ranked last."""
        if not links:
            return
        with self._connections.write() as db:
            db.execute("UPDATE section SET rank = ? WHERE rank < ?", (VANISHED_RANK, VANISHED_RANK))
            db.executemany(
                """INSERT INTO section VALUES (?, ?, ?, ?, ?)
                   ON CONFLICT (key) DO UPDATE SET name = excluded.name, url = excluded.url,
                     rank = min(rank, excluded.rank), seen_at = excluded.seen_at""",
                [
                    (name_key(item.name), section_name(item.name), item.url, rank, to_us(at))
                    for rank, item in enumerate(links)
                ],
            )

    def save_teasers(self, items: Sequence[Teaser], at: datetime, *, front_of: str | None = None) -> int:
        """Add headlines not yet known, fill gaps of known ones; give how many were new.

        With `front_of` (the address of a front page or section) the order is kept as a front page seen at `at`.
        """

        with self._connections.write() as db:
            ids: dict[int, int] = {}
            new = 0
            # From the last to the first: of two headlines without a date the upper one then counts as newer.
            for place in range(len(items) - 1, -1, -1):
                ids[place], added = write_teaser(db, items[place], to_us(at))
                new += added
            if front_of is not None and items:
                order = [ids[place] for place in sorted(ids, key=lambda place: (items[place].rank, place))]
                _save_front(db, front_of, list(dict.fromkeys(order)), to_us(at))
            return new

    # ---- articles ----

    def save_article(self, article: Article, at: datetime, *, url: str) -> Change:
        """Add an article or its new revision, with comments, reactions and edges; `url` is the address it was known by."""

        with self._connections.write() as db:
            return write_article(db, article, to_us(at), url)

    def mark_gone(self, url: str, at: datetime) -> None:
        """Note that the portal no longer has this article; what is held stays."""
        with self._connections.write() as db:
            article_id = identity.find(db, url)
            if article_id is not None:
                db.execute(
                    "UPDATE article SET gone_at = ? WHERE id = ? AND gone_at IS NULL", (to_us(at), article_id)
                )

    # ---- what to fetch ----

    def wanted(self, *, limit: int, at: datetime, section: str | None = None) -> tuple[str, ...]:
        """Addresses of headlines whose text is not held and may be tried at `at`, newest first."""
        with self._connections.read() as db:
            rows = db.execute(
                f"""SELECT a.url FROM listing l INDEXED BY listing_wanted JOIN article a ON a.id = l.article_id
                   LEFT JOIN page_state s ON s.url = a.url
                   WHERE l.has_text = 0 AND a.gone_at IS NULL AND a.pruned_at IS NULL
                     AND {_MAY_TRY}
                     AND (:section IS NULL OR l.section_key = :section)
                   ORDER BY l.sort_at DESC, l.article_id DESC LIMIT :limit""",
                {"at": to_us(at), "section": section, "limit": limit},
            )
            return tuple(url for (url,) in rows)

    def stale(self, *, limit: int, checked_before: datetime, published_after: datetime) -> tuple[str, ...]:
        """Addresses of held articles worth asking again (recent ones not checked since), newest first."""
        return self._checkable(
            f"l.sort_at >= :after AND {_NOT_SINCE} ORDER BY l.sort_at DESC, l.article_id DESC",
            {"after": to_us(published_after), "before": to_us(checked_before), "limit": limit},
        )

    def renamed(self, *, limit: int, at: datetime, since: datetime) -> tuple[str, ...]:
        """Addresses of held articles that a list gave a new headline `since` then, and after they were last asked for."""
        return self._checkable(
            f"""l.article_id IN (SELECT article_id FROM headline_variant WHERE first_seen >= :since)
                AND EXISTS (SELECT 1 FROM headline_variant v WHERE v.article_id = a.id AND v.first_seen > {_CHECKED})
                AND {_MAY_TRY} ORDER BY l.sort_at DESC, l.article_id DESC""",
            {"at": to_us(at), "since": to_us(since), "limit": limit},
        )

    def bookmarked(self, *, limit: int, at: datetime, checked_before: datetime) -> tuple[str, ...]:
        """Addresses of held articles that are bookmarked and were not checked since, the longest unchecked first."""
        return self._checkable(
            f"l.saved = 1 AND {_NOT_SINCE} AND {_MAY_TRY} ORDER BY {_CHECKED}, l.article_id",
            {"at": to_us(at), "before": to_us(checked_before), "limit": limit},
        )

    def _checkable(self, condition: str, values: dict[str, int]) -> tuple[str, ...]:
        """Addresses of held articles that the portal may still have."""
        with self._connections.read() as db:
            rows = db.execute(
                f"""SELECT a.url FROM listing l JOIN article a ON a.id = l.article_id
                    LEFT JOIN page_state s ON s.url = a.url
                    WHERE l.has_text = 1 AND a.gone_at IS NULL AND {condition} LIMIT :limit""",
                values,
            )
            return tuple(url for (url,) in rows)


_CHECKED: Final = "max(coalesce(s.checked_at, 0), coalesce(a.fetched_at, 0))"
AHEAD: Final = 2 * DAY
"""A date further ahead is a mistake of the page or of a clock: it must not hold the top of every list for years, nor keep
a page from being asked for. Two days leave room for zones, for portals that announce, and for the longest wait."""
_NOT_SINCE: Final = f"{_CHECKED} NOT BETWEEN :before AND :before + {AHEAD}"
_MAY_TRY: Final = f"(s.retry_at IS NULL OR s.retry_at NOT BETWEEN :at + 1 AND :at + {AHEAD})"


def _save_front(db: Connection, url: str, ids: Sequence[int], at: int) -> None:
    """Keep the order of a front page where it differs from the last one of this address."""
    items = json.dumps(ids, separators=(",", ":"))
    last = db.execute(
        "SELECT id, items FROM front_page WHERE url = ? ORDER BY first_seen DESC, id DESC LIMIT 1", (url,)
    ).fetchone()
    if last and last[1] == items:
        db.execute("UPDATE front_page SET last_seen = ? WHERE id = ?", (at, last[0]))
        return
    db.execute(
        "INSERT INTO front_page (url, first_seen, last_seen, items) VALUES (?, ?, ?, ?)", (url, at, at, items)
    )


# One headline or one article into the tables: what is new, what may replace what, and what is only kept as
# history.

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


def write_teaser(db: Connection, item: Teaser, at: int) -> tuple[int, bool]:
    """Take a headline in; give the article's id and whether it was unknown until now."""
    trust = _TEASER_TRUST.get(item.published_source or Source.LIST, _LIST)
    article_id = identity.find(db, item.url)
    if article_id is None:
        section = _section(item.section, _SECTION_OF_LIST) if item.section else {}
        article_id = _add_headline(db, item, at, trust, section)
        index.add(db, article_id)
        return article_id, True
    (title, fetched, section, section_trust, summary, image) = db.execute(
        "SELECT title, fetched_at, section, section_trust, summary, image FROM article WHERE id = ?",
        (article_id,),
    ).fetchone()
    changes: dict[str, object] = {}
    if item.title and item.title != title:
        _save_variant(db, article_id, title if fetched is None else item.title, at)
        if fetched is None:
            changes |= {"title": item.title, "title_key": title_key(item.title)}
    if item.section and section_trust < _SECTION_OF_LIST and section != section_name(item.section):
        changes |= _section(item.section, _SECTION_OF_LIST)
    if item.summary and not summary:
        changes["summary"] = item.summary
    if item.image and not image:
        changes["image"] = item.image
    changes |= _date(db, article_id, item.published, item.published_source, trust, at)
    if changes:
        with index.kept_in_step(db, article_id):
            _update(db, article_id, changes)
    return article_id, False


def _add_headline(db: Connection, item: Teaser, at: int, trust: int, fields: dict[str, object]) -> int:
    """Add a headline that was not known, with more of its columns; give the article's id.

    The caller adds its words to the index.
    """
    sort_at = _sort_at(maybe_us(item.published), at, at)
    (article_id,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM article").fetchone()
    values: dict[str, object] = {
        "id": article_id,
        "url": item.url,
        "title": item.title,
        "title_key": title_key(item.title),
        "summary": item.summary,
        "image": item.image,
        "first_seen": at,
        "sort_at": sort_at,
        "slot": index.new_slot(db, sort_at),
    }
    values |= fields
    if item.published:
        values |= _date_values(item.published, item.published_source or Source.LIST, trust)
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    db.execute(f"INSERT INTO article ({names}) VALUES ({marks})", tuple(values.values()))
    identity.know(db, article_id, item.url, item.url)
    identity.resolve_links(db, article_id, item.url, item.title)
    return int(article_id)


def write_article(db: Connection, item: Article, at: int, url: str) -> Change:
    """Take an article in, known by the address `url`; give what became of it."""
    article_id = identity.find(db, url)
    if article_id is None:
        article_id = identity.find_canonical(db, item.url, url, item.title)
    if article_id is None:
        source = item.published_source or Source.MARKUP
        headline = Teaser(item.title or url, url, item.published, source)
        article_id = _add_headline(db, headline, at, _ARTICLE_TRUST[source], _fields(item))
        identity.unite(db, article_id, item.url, item.title)
        _revise(db, article_id, item, at)
        _save_details(db, article_id, item, at)
        index.add(db, article_id, item if _has_text(item) else None)
        return Change.NEW
    identity.know(db, article_id, url, "")
    identity.unite(db, article_id, item.url, item.title)
    with index.kept_in_step(db, article_id):
        change = _revise(db, article_id, item, at)
        _save_details(db, article_id, item, at)
    return change


def _revise(db: Connection, article_id: int, item: Article, at: int) -> Change:
    """Let the text take the place of what is held, unless it is worse; give what became of it."""
    url, title, revision_id = db.execute(
        "SELECT url, title, revision_id FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    changes: dict[str, object] = {"gone_at": None, "pruned_at": None}
    source = item.published_source or Source.MARKUP
    changes |= _date(db, article_id, item.published, source, _ARTICLE_TRUST[source], at)
    change, shown = Change.UNCHANGED, False
    if _has_text(item):
        changes["fetched_at"] = at
        hashed, content = content_hash(item), encode(item)
        held = db.execute("SELECT hash, content FROM revision WHERE id = ?", (revision_id,)).fetchone()
        shown = held is None or not _worse(item, decode(held[1]))
        if shown:
            changes |= _fields(item)
            if item.title and item.title != title:
                _save_variant(db, article_id, title, at)
                changes |= {"title": item.title, "title_key": title_key(item.title)}
        if shown or text_size(item):
            number = _save_revision(db, article_id, hashed, content, at)
            changes |= {"revision_id": number} if shown else {}
        if held is None:
            change = Change.NEW
        elif shown and held[0] != hashed:
            change = Change.CHANGED
        (changes["revisions"],) = db.execute(
            "SELECT count(*) FROM revision WHERE article_id = ?", (article_id,)
        ).fetchone()
    _update(db, article_id, changes)
    identity.resolve_links(db, article_id, url, item.title or title)
    if change is Change.NEW:
        _copy_to_bookmark(db, article_id)
    return change


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
    return {"section": section_name(name), "section_key": name_key(name), "section_trust": trust}


def _date(
    db: Connection, article_id: int, published: datetime | None, source: Source | None, trust: int, at: int
) -> dict[str, object]:
    """The changes that a date brings: only a better source may replace one, or the page itself when it corrects it.

    Where an article stands in the lists is judged anew: it may have been first seen by a wrong clock.
    """
    held_trust, held, first_seen, sort_at = db.execute(
        "SELECT published_trust, published, first_seen, sort_at FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    values: dict[str, object] = {}
    if published is not None and (trust > held_trust or trust == held_trust >= _PRINTED):
        values, held = _date_values(published, source or Source.LIST, trust), to_us(published)
    moved = _sort_at(held, first_seen, at)
    return values if moved == sort_at else values | {"sort_at": moved}


def _date_values(published: datetime, source: Source, trust: int) -> dict[str, object]:
    return {
        "published": to_us(published),
        "published_zone": zone_minutes(published),
        "published_source": source.value,
        "published_trust": trust,
    }


def _sort_at(published: int | None, first_seen: int, at: int) -> int:
    if published is None or published > max(first_seen + AHEAD, at):
        return first_seen if first_seen <= at + AHEAD else at
    return published


def _update(db: Connection, article_id: int, changes: dict[str, object]) -> None:
    names = ", ".join(f"{name} = ?" for name in changes)
    db.execute(f"UPDATE article SET {names} WHERE id = ?", (*changes.values(), article_id))
    if "sort_at" in changes:
        db.execute("UPDATE credit SET sort_at = ? WHERE article_id = ?", (changes["sort_at"], article_id))


# What is kept because it can't be had again later: revisions, comments, reactions, links, names.

_ROLES: Final = ("reporter", "editor", "photographer")


def _save_revision(db: Connection, article_id: int, hashed: int, content: bytes, at: int) -> int:
    """Keep a text; give the number of the revision, an old one where this very text was seen before.

    What the hash leaves out (pictures, related links) is brought up to date in place.
    """
    row = db.execute(
        "SELECT id FROM revision WHERE article_id = ? AND hash = ?", (article_id, hashed)
    ).fetchone()
    if row:
        db.execute("UPDATE revision SET last_seen = ?, content = ? WHERE id = ?", (at, content, row[0]))
        return int(row[0])
    cursor = db.execute(
        "INSERT INTO revision (article_id, hash, first_seen, last_seen, content) VALUES (?, ?, ?, ?, ?)",
        (article_id, hashed, at, at, content),
    )
    return int(cursor.lastrowid or 0)


def _save_variant(db: Connection, article_id: int, title: str, at: int) -> None:
    """Keep a headline that is not, or no longer, the article's own."""
    db.execute(
        """INSERT INTO headline_variant VALUES (?, ?, ?, ?)
           ON CONFLICT (article_id, title) DO UPDATE SET last_seen = excluded.last_seen""",
        (article_id, title, at, at),
    )


def _copy_to_bookmark(db: Connection, article_id: int) -> None:
    """Give a bookmark that was made from the headline alone its copy of the text, now that it is held."""
    kept = db.execute(
        """UPDATE bookmark SET content =
             (SELECT r.content FROM article a JOIN revision r ON r.id = a.revision_id WHERE a.id = bookmark.article_id)
           WHERE article_id = ? AND content IS NULL""",
        (article_id,),
    )
    if kept.rowcount:
        db.bookmarks_changed = True


def _save_details(db: Connection, article_id: int, item: Article, at: int) -> None:
    """Keep what a page has beside the text: comments, reactions, related links, names."""
    held, sort_at = db.execute(
        "SELECT comment_count, sort_at FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    count = _stated_count(item.comments)
    if count is not None and count != (held or 0):  # none at first sight is no news
        db.execute(
            """INSERT INTO comment_sample VALUES (?, ?, ?)
               ON CONFLICT (article_id, at) DO UPDATE SET count = excluded.count""",
            (article_id, at, count),
        )
    db.execute(
        """UPDATE article SET comment_count = coalesce(?, comment_count), comments_external = ?,
             comments_at = coalesce(?, comments_at) WHERE id = ?""",
        (count, item.comments.external, at if _shown(item.comments) else None, article_id),
    )
    _save_comments(db, article_id, item.comments, at)
    last = db.execute(
        "SELECT items FROM reaction_sample WHERE article_id = ? ORDER BY at DESC LIMIT 1", (article_id,)
    ).fetchone()
    _save_reactions(db, article_id, item, at, last[0] if last else None)
    _save_links(db, article_id, item, at)
    db.execute("DELETE FROM credit WHERE article_id = ?", (article_id,))
    _save_credits(db, article_id, item, sort_at)


def _stated_count(comments: Comments) -> int | None:
    """Give the number that the page states, else of those it shows; None where it says nothing."""
    return comments.count if comments.count is not None else (len(comments.items) or None)


def _shown(comments: Comments) -> bool:
    """Whether the page shows its comments, be they none: a box that isn't shown says nothing about any."""
    return bool(comments.items) or (comments.count == 0 and not comments.external)


def _save_comments(db: Connection, article_id: int, comments: Comments, at: int) -> None:
    """Keep each comment with when it was first and last seen.

    Its time is no part of what tells it from others: "2 jam lalu" comes out differently at each visit.
    """
    if not comments.items:
        return
    seen: Counter[tuple[str | None, str, int]] = Counter()
    values = []
    for rank, item in enumerate(comments.items):
        same = (item.author, item.text, item.depth)
        seen[same] += 1
        key = key_of("\x1f".join((item.author or "", item.text, str(item.depth), str(seen[same]))))
        posted = (maybe_us(item.posted), zone_minutes(item.posted))
        values.append((article_id, key, item.author, *posted, item.text, item.depth, rank, at, at))
    db.executemany(
        """INSERT INTO comment (article_id, key, author, posted, posted_zone, text, depth, rank, first_seen, last_seen)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (article_id, key) DO UPDATE SET rank = excluded.rank, last_seen = excluded.last_seen""",
        values,
    )


def _save_reactions(db: Connection, article_id: int, item: Article, at: int, last: str | None) -> None:
    """Keep the reactions where they differ from the last ones kept."""
    if not item.reactions:
        return
    pairs = [[reaction.name, reaction.percent] for reaction in item.reactions]
    items = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    if items != last:
        db.execute(
            """INSERT INTO reaction_sample VALUES (?, ?, ?)
               ON CONFLICT (article_id, at) DO UPDATE SET items = excluded.items""",
            (article_id, at, items),
        )


def _save_links(db: Connection, article_id: int, item: Article, at: int) -> None:
    """Keep the `Baca juga` edges, the target's id where it is held; an edge that the page drops stays as history."""
    edges = [
        (
            article_id,
            rank,
            identity.url_key(related.url) if related.url else None,
            title_key(related.title),
            at,
        )
        for rank, related in enumerate(item.related)
    ]
    db.executemany(
        """INSERT INTO link VALUES (?1, ?2, ?3, ?4,
             nullif(coalesce((SELECT article_id FROM address WHERE key = ?3),
               (SELECT id FROM article WHERE title_key = ?4 AND id <> ?1 ORDER BY id LIMIT 1)), ?1), ?5, ?5)
           ON CONFLICT (article_id, title_key) DO UPDATE SET rank = excluded.rank, last_seen = excluded.last_seen,
             url_key = coalesce(excluded.url_key, url_key), target_id = coalesce(excluded.target_id, target_id)""",
        edges,
    )


def _save_credits(db: Connection, article_id: int, item: Article, sort_at: int) -> None:
    people = [(role, name) for role in _ROLES if (name := getattr(item, role))]
    db.executemany(
        "INSERT INTO credit VALUES (?, ?, ?, ?, ?)",
        [(name_key(name), sort_at, article_id, role, name) for role, name in people],
    )
