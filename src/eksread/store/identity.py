"""Which article is meant: by any address it is known by, and what happens when two turn out to be one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from eksread.portal import same_site
from eksread.store.rows import key_of, title_key
from eksread.store.search import index

if TYPE_CHECKING:
    from eksread.store.database.connection import Connection


# When two addresses are one: RFC 3986 §6 as far as it is safe, and the trackers that links collect.

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_TRACKERS: Final = ("utm_",)
_TRACKER_NAMES: Final = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid"})


def normalise(url: str) -> str:
    """Give the one spelling of an address: by it articles are told apart.

    Scheme and host lose their case, the host its default port, the path its trailing slash, the query its trackers
    (`utm_*`, `fbclid` …), and the fragment goes. What can't be read as an address stays as it is.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:
        return url
    if not parts.scheme or not host:
        return url
    path = parts.path.rstrip("/") or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    return f"{parts.scheme}://{host}{path}" + (f"?{query}" if query else "")


def _host(parts: SplitResult) -> str:
    """The host with its port, where that is not the scheme's own. Raises ValueError for a port that is none."""
    name = (parts.hostname or "").lower()
    if ":" in name:
        name = f"[{name}]"
    if parts.port is None or parts.port == _DEFAULT_PORTS.get(parts.scheme):
        return name
    return f"{name}:{parts.port}"


def _tracks(pair: str) -> bool:
    name = pair.split("=", 1)[0].lower()
    return name.startswith(_TRACKERS) or name in _TRACKER_NAMES


def is_root(url: str) -> bool:
    """Whether an address is a site's front page; as a canonical address of an article it is a mistake of the page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query


REMEMBERED: Final = 4096
"""Addresses of which the key is remembered: taking an article in asks for its own four times."""

_PORTAL_CHILDREN: Final = (
    "revision",
    "headline_variant",
    "reaction_sample",
    "comment",
    "comment_sample",
    "credit",
)


@lru_cache(maxsize=REMEMBERED)
def url_key(url: str) -> int:
    """Give the key of an address, however it is spelled."""
    return key_of(normalise(url))


def find(db: Connection, url: str) -> int | None:
    """Give the id of the article at this address."""
    row = db.execute("SELECT article_id FROM address WHERE key = ?", (url_key(url),)).fetchone()
    return row[0] if row else None


def find_canonical(db: Connection, canonical: str, url: str, title: str | None) -> int | None:
    """Give the id of the article at the address that a page calls its own, where that may be believed."""
    if not _is_other_address(canonical, url):
        return None
    article_id = find(db, canonical)
    return article_id if article_id is not None and _same(db, article_id, title) else None


def _is_other_address(canonical: str, url: str) -> bool:
    """Whether what a page at `url` calls its own address is another one, and may be believed: of this site, no front page."""
    if not canonical or url_key(canonical) == url_key(url):
        return False
    return not is_root(canonical) and same_site(canonical, url)


def know(db: Connection, article_id: int, url: str, own_url: str) -> None:
    """Remember that the article, whose own address is `own_url`, is found at `url` as well.

    An address that is another's stays the other's.
    """
    db.execute(
        "INSERT INTO address VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (url_key(url), article_id, None if url == own_url else url),
    )


def resolve_links(db: Connection, article_id: int, url: str, title: str) -> None:
    """Let the open `Baca juga` links that mean this article, by address or by title, point at it."""
    keys = {"url": url_key(url), "title": title_key(title), "id": article_id}
    open_links = db.execute(
        """SELECT 1 FROM link WHERE url_key = :url AND target_id IS NULL
           UNION ALL SELECT 1 FROM link WHERE title_key = :title AND target_id IS NULL LIMIT 1""",
        keys,
    )
    if open_links.fetchone() is None:  # nearly always; it saves two statements that write
        return
    for column, key in (("url_key", ":url"), ("title_key", ":title")):
        db.execute(
            f"UPDATE link SET target_id = :id WHERE {column} = {key} AND target_id IS NULL AND article_id <> :id",
            keys,
        )


def unite(db: Connection, article_id: int, canonical: str, title: str | None) -> None:
    """Take in that the article calls `canonical` its own address.

    A page may be wrong about that (every page of a badly built portal naming the front page), so an address of
    another site or a front page is not believed, nor one under which another article's text is held.
    """
    (url,) = db.execute("SELECT url FROM article WHERE id = ?", (article_id,)).fetchone()
    if not _is_other_address(canonical, url):
        return
    other = find(db, canonical)
    if other is None:
        know(db, article_id, canonical, url)
        resolve_links(db, article_id, canonical, title or "")
    elif other != article_id and _same(db, other, title):
        _merge(db, article_id, other)


def _same(db: Connection, other: int, title: str | None) -> bool:
    """Whether what stands at the canonical address may be the same article: a bare headline, or the same title."""
    revision_id, held = db.execute(
        "SELECT revision_id, title_key FROM article WHERE id = ?", (other,)
    ).fetchone()
    return revision_id is None or held == title_key(title or "")


def _merge(db: Connection, kept: int, dropped: int) -> None:
    """Make two articles one: all that is known of `dropped`, and all that the reader did with it, goes to `kept`."""
    words = index.load(db, dropped)
    index.remove(db, words.slot, words.document)
    with index.kept_in_step(db, kept):
        db.execute("UPDATE address SET article_id = ? WHERE article_id = ?", (kept, dropped))
        db.execute("UPDATE link SET target_id = ? WHERE target_id = ?", (kept, dropped))
        db.execute("UPDATE OR IGNORE link SET article_id = ? WHERE article_id = ?", (kept, dropped))
        for table in _PORTAL_CHILDREN:
            db.execute(f"UPDATE OR IGNORE {table} SET article_id = ? WHERE article_id = ?", (kept, dropped))
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", (dropped,))
        db.execute("DELETE FROM link WHERE article_id = ? OR target_id = article_id", (dropped,))
        _merge_article(db, kept, dropped)
        _merge_reader(db, kept, dropped)


def _merge_article(db: Connection, kept: int, dropped: int) -> None:
    db.execute(
        """UPDATE article SET
             (published, published_zone, published_source, published_trust, sort_at) =
               (SELECT published, published_zone, published_source, published_trust, sort_at FROM article o
                WHERE o.id = :dropped)
           WHERE id = :kept
             AND published_trust < (SELECT published_trust FROM article o WHERE o.id = :dropped)""",
        {"kept": kept, "dropped": dropped},
    )
    db.execute(
        """UPDATE article SET
             first_seen = min(first_seen, (SELECT first_seen FROM article o WHERE o.id = :dropped)),
             summary = coalesce(summary, (SELECT summary FROM article o WHERE o.id = :dropped)),
             image = coalesce(image, (SELECT image FROM article o WHERE o.id = :dropped)),
             revision_id = coalesce(revision_id, (SELECT revision_id FROM article o WHERE o.id = :dropped)),
             fetched_at = coalesce(fetched_at, (SELECT fetched_at FROM article o WHERE o.id = :dropped)),
             revisions = (SELECT count(*) FROM revision WHERE article_id = :kept)
           WHERE id = :kept""",
        {"kept": kept, "dropped": dropped},
    )
    db.execute(
        "UPDATE credit SET sort_at = (SELECT sort_at FROM article WHERE id = :kept) WHERE article_id = :kept",
        {"kept": kept},
    )
    db.execute("DELETE FROM article WHERE id = ?", (dropped,))


def _merge_reader(db: Connection, kept: int, dropped: int) -> None:
    """Hand the reader's marks over; where both articles have some, the later change wins and nothing is lost."""
    db.execute(
        """INSERT INTO reading SELECT :kept, read_at, marked_at, finished_at, comments_seen_at, block, anchor, placed_at
             FROM reading WHERE article_id = :dropped
           ON CONFLICT (article_id) DO UPDATE SET
             read_at = coalesce(read_at, excluded.read_at),
             finished_at = coalesce(finished_at, excluded.finished_at),
             comments_seen_at = coalesce(comments_seen_at, excluded.comments_seen_at)""",
        {"kept": kept, "dropped": dropped},
    )
    db.execute("DELETE FROM reading WHERE article_id = ?", (dropped,))
    db.execute(
        """INSERT INTO bookmark SELECT :kept, saved_at, changed_at, removed_at, note, labels, content
             FROM bookmark WHERE article_id = :dropped
           ON CONFLICT (article_id) DO UPDATE SET
             removed_at = CASE WHEN excluded.removed_at IS NULL THEN NULL ELSE removed_at END,
             note = trim(note || char(10) || excluded.note, char(10)),
             content = coalesce(content, excluded.content)""",
        {"kept": kept, "dropped": dropped},
    )
    db.execute("DELETE FROM bookmark WHERE article_id = ?", (dropped,))
