"""The tables as a fresh archive has them. Three kinds, kept apart:

- *portal data* can be fetched again; nothing in it is the reader's.
- *reader data* is the reader's own: no statement that takes portal data in deletes or overwrites it. It has no
  foreign keys to portal data, so no cascade can reach it.
- *derived data* is made from the two, by triggers or by `index.py`, and can be dropped and made anew.

Moments are microseconds since 1970, UTC. A `…_key` of text is folded, a `…_key` that is an integer is `rows.key_of`.
"""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x456B7372
"""Says in the file's header (bytes 68 to 71) whose it is: "Eksr"."""

VERSION: Final = 5
"""The file's `user_version`: how many of the steps in `migrations.py` it has seen."""

PAGE_BYTES: Final = 8192
"""Of the file's pages (a file keeps those it was made with). A compressed text takes about 2 kB, and of pages of 4096, SQLite's
own choice, one or two texts leave a quarter empty: the file has 2.3 x the text's bytes with them, 1.9 with these, 1.8 with larger
ones. The price is that a mark writes 88 kB to the log, not 46."""

PORTAL: Final = """
-- portal data: the navigation as last seen
CREATE TABLE section (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, rank INTEGER NOT NULL, seen_at INTEGER NOT NULL
) WITHOUT ROWID;
-- portal data: one row per article; the text stands in revision
CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,               -- as the portal gave it: this is what is fetched
  title TEXT NOT NULL,
  title_key INTEGER NOT NULL,
  published INTEGER, published_zone INTEGER, published_source TEXT, published_trust INTEGER NOT NULL DEFAULT 0,
  section TEXT, section_key TEXT, section_trust INTEGER NOT NULL DEFAULT 0,
  place TEXT, place_key TEXT,
  summary TEXT, image TEXT,
  advertorial INTEGER NOT NULL DEFAULT 0,
  comment_count INTEGER, comments_external TEXT, comments_at INTEGER,
  first_seen INTEGER NOT NULL,
  sort_at INTEGER NOT NULL,        -- published, or first_seen where that is unknown or lies ahead of it
  fetched_at INTEGER,              -- when the text was last fetched; NULL: only the headline is held
  revision_id INTEGER,             -- the revision that is shown
  revisions INTEGER NOT NULL DEFAULT 0,
  gone_at INTEGER,
  pruned_at INTEGER,               -- the text was let go to save space; it is not fetched again by itself
  slot INTEGER NOT NULL            -- row of search that indexes it, in the order of days
);
CREATE UNIQUE INDEX article_slot ON article (slot);
CREATE INDEX article_title ON article (title_key);
-- portal data: every address that an article is known by, normalised; url is NULL where it is the article's own
CREATE TABLE address (key INTEGER PRIMARY KEY, article_id INTEGER NOT NULL, url TEXT);
CREATE INDEX address_article ON address (article_id);
-- portal data: every distinct headline and text seen of an article (content: see article_codec.py)
CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL, hash INTEGER NOT NULL,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX revision_article ON revision (article_id);
-- portal data: headlines of lists and feeds that differ from the article's own
CREATE TABLE headline_variant (
  article_id INTEGER NOT NULL, title TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (article_id, title)
) WITHOUT ROWID;
-- portal data: the order of a front page, kept where it differs from the one before; items: article ids as JSON
CREATE TABLE front_page (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  items TEXT NOT NULL
);
CREATE INDEX front_page_url ON front_page (url, first_seen);
-- portal data: reactions, kept where they differ from the ones before; items: [[name, percent], …] as JSON
CREATE TABLE reaction_sample (
  article_id INTEGER NOT NULL, at INTEGER NOT NULL, items TEXT NOT NULL, PRIMARY KEY (article_id, at)
) WITHOUT ROWID;
-- portal data: each distinct comment; it is still there when last_seen is the article's comments_at
CREATE TABLE comment (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL, key INTEGER NOT NULL,
  author TEXT, posted INTEGER, posted_zone INTEGER, text TEXT NOT NULL, depth INTEGER NOT NULL, rank INTEGER NOT NULL,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL
);
CREATE UNIQUE INDEX comment_article ON comment (article_id, key);
-- portal data: the number of comments that a page stated, kept where it changed
CREATE TABLE comment_sample (
  article_id INTEGER NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (article_id, at)
) WITHOUT ROWID;
-- portal data: `Baca juga`, by the target's address and title; target_id is found when the target appears
CREATE TABLE link (
  article_id INTEGER NOT NULL, rank INTEGER NOT NULL, url_key INTEGER, title_key INTEGER NOT NULL,
  target_id INTEGER, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (article_id, title_key)
) WITHOUT ROWID;
CREATE INDEX link_target ON link (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX link_open_url ON link (url_key) WHERE target_id IS NULL AND url_key IS NOT NULL;
CREATE INDEX link_open_title ON link (title_key) WHERE target_id IS NULL;
-- portal data: reporters, editors, photographers
CREATE TABLE credit (
  person_key TEXT NOT NULL, sort_at INTEGER NOT NULL, article_id INTEGER NOT NULL, role TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (person_key, sort_at, article_id, role)
) WITHOUT ROWID;
CREATE INDEX credit_article ON credit (article_id);
-- portal data: the last visit of an address
CREATE TABLE page_state (
  url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, checked_at INTEGER, changed_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0, retry_at INTEGER, error TEXT
) WITHOUT ROWID;
-- portal data: the last pages as they came, compressed, for a better parser
CREATE TABLE raw_page (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, requested_url TEXT NOT NULL, fetched_at INTEGER NOT NULL,
  content_type TEXT NOT NULL, body BLOB NOT NULL
);
-- portal data: small facts that a refresh keeps
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

READER: Final = """
-- reader data: what was read, and where reading stopped
CREATE TABLE reading (
  article_id INTEGER PRIMARY KEY,
  read_at INTEGER,                 -- NULL: unread
  marked_at INTEGER,               -- when read or unread was last set: the later one wins in a merge
  finished_at INTEGER,
  comments_seen_at INTEGER,
  block INTEGER NOT NULL DEFAULT 0, anchor INTEGER, placed_at INTEGER
);
-- reader data: bookmarks with their own copy of the text; removed_at set: a tombstone
CREATE TABLE bookmark (
  article_id INTEGER PRIMARY KEY,
  saved_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, removed_at INTEGER,
  note TEXT NOT NULL DEFAULT '', labels TEXT NOT NULL DEFAULT '[]',
  content BLOB
);
-- reader data: searches that stand among the sections
CREATE TABLE saved_search (
  name TEXT PRIMARY KEY, query TEXT NOT NULL, changed_at INTEGER NOT NULL, removed_at INTEGER
) WITHOUT ROWID;
-- reader data: small facts about the reader's files
CREATE TABLE reader_fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

DERIVED: Final = """
-- derived data: what lists are filtered and ordered by
CREATE TABLE listing (
  article_id INTEGER PRIMARY KEY, sort_at INTEGER NOT NULL,
  section_key TEXT, place_key TEXT, advertorial INTEGER NOT NULL, has_text INTEGER NOT NULL,
  unread INTEGER NOT NULL, saved INTEGER NOT NULL
);
CREATE INDEX listing_all ON listing (sort_at);
CREATE INDEX listing_unread ON listing (unread, sort_at);
CREATE INDEX listing_section ON listing (section_key, sort_at);
CREATE INDEX listing_section_unread ON listing (section_key, unread, sort_at);
CREATE INDEX listing_place ON listing (place_key, sort_at);
CREATE INDEX listing_place_unread ON listing (place_key, unread, sort_at);
CREATE INDEX listing_section_place ON listing (section_key, place_key, sort_at);
CREATE INDEX listing_adv ON listing (sort_at) WHERE advertorial = 1;
CREATE INDEX listing_adv_unread ON listing (unread, sort_at) WHERE advertorial = 1;
CREATE INDEX listing_saved ON listing (sort_at) WHERE saved = 1;
CREATE INDEX listing_wanted ON listing (sort_at) WHERE has_text = 0;
-- derived data: the counts of the side bar; kind is "all", "section" or "place"
CREATE TABLE tally (
  kind TEXT NOT NULL, key TEXT NOT NULL,
  total INTEGER NOT NULL, unread INTEGER NOT NULL, saved INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
-- derived data: the words of everything; contentless, for the texts are held compressed in revision
CREATE VIRTUAL TABLE search USING fts5 (
  title, lead, body, comments, names, note, facets, content='', tokenize='ascii'
);
-- bytes that the index gathers before it writes: a batch of some thousand articles at once, not in five pieces
INSERT INTO search (search, rank) VALUES ('hashsize', 16000000);
-- derived data: every word, and in how many of a sample of the articles it occurs (see index.py)
CREATE TABLE word (word TEXT PRIMARY KEY, docs INTEGER NOT NULL) WITHOUT ROWID;
-- derived data: the words that have a root, itself aside (see stem.py)
CREATE TABLE root (root TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (root, word)) WITHOUT ROWID;
"""

_TALLY_KEYS: Final = (
    ("'all'", "''", "1"),
    ("'section'", "{row}.section_key", "{row}.section_key IS NOT NULL"),
    ("'place'", "{row}.place_key", "{row}.place_key IS NOT NULL"),
)


def _tally(row: str, sign: str) -> str:
    """Statements of a trigger that add (`+`) or take (`-`) a listing row to or from the counts."""
    return "\n".join(
        f"""  INSERT INTO tally SELECT {kind}, {key.format(row=row)}, {sign}1, {sign}{row}.unread, {sign}{row}.saved
    WHERE {where.format(row=row)}
    ON CONFLICT (kind, key) DO UPDATE SET total = total + excluded.total, unread = unread + excluded.unread,
      saved = saved + excluded.saved;"""
        for kind, key, where in _TALLY_KEYS
    )


_COUNT_BOOKMARKS: Final = """  INSERT INTO reader_fact VALUES ('bookmarks_generation', '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);"""

TRIGGERS: Final = f"""
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
  INSERT INTO listing VALUES (NEW.id, NEW.sort_at, NEW.section_key, NEW.place_key, NEW.advertorial,
    NEW.revision_id IS NOT NULL,
    NOT EXISTS (SELECT 1 FROM reading WHERE article_id = NEW.id AND read_at IS NOT NULL),
    EXISTS (SELECT 1 FROM bookmark WHERE article_id = NEW.id AND removed_at IS NULL));
END;
-- two of them, and only where something is another: each writes every index that has one of its columns
CREATE TRIGGER article_moved AFTER UPDATE OF sort_at, section_key, place_key, advertorial ON article
  WHEN OLD.sort_at <> NEW.sort_at OR OLD.section_key IS NOT NEW.section_key
    OR OLD.place_key IS NOT NEW.place_key OR OLD.advertorial <> NEW.advertorial BEGIN
  UPDATE listing SET sort_at = NEW.sort_at, section_key = NEW.section_key, place_key = NEW.place_key,
    advertorial = NEW.advertorial WHERE article_id = NEW.id;
END;
CREATE TRIGGER article_texted AFTER UPDATE OF revision_id ON article
  WHEN (OLD.revision_id IS NULL) <> (NEW.revision_id IS NULL) BEGIN
  UPDATE listing SET has_text = NEW.revision_id IS NOT NULL WHERE article_id = NEW.id;
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
  DELETE FROM listing WHERE article_id = OLD.id;
END;
CREATE TRIGGER reading_added AFTER INSERT ON reading BEGIN
  UPDATE listing SET unread = NEW.read_at IS NULL
    WHERE article_id = NEW.article_id AND unread <> (NEW.read_at IS NULL);
END;
CREATE TRIGGER reading_changed AFTER UPDATE OF read_at ON reading BEGIN
  UPDATE listing SET unread = NEW.read_at IS NULL
    WHERE article_id = NEW.article_id AND unread <> (NEW.read_at IS NULL);
END;
CREATE TRIGGER bookmark_added AFTER INSERT ON bookmark BEGIN
  UPDATE listing SET saved = NEW.removed_at IS NULL WHERE article_id = NEW.article_id;
END;
CREATE TRIGGER bookmark_changed AFTER UPDATE OF removed_at ON bookmark BEGIN
  UPDATE listing SET saved = NEW.removed_at IS NULL WHERE article_id = NEW.article_id;
END;
CREATE TRIGGER bookmark_counted_in AFTER INSERT ON bookmark BEGIN
{_COUNT_BOOKMARKS}
END;
CREATE TRIGGER bookmark_counted AFTER UPDATE ON bookmark BEGIN
{_COUNT_BOOKMARKS}
END;
CREATE TRIGGER bookmark_counted_out AFTER DELETE ON bookmark BEGIN
{_COUNT_BOOKMARKS}
END;
CREATE TRIGGER listing_added AFTER INSERT ON listing BEGIN
{_tally("NEW", "")}
END;
CREATE TRIGGER listing_removed AFTER DELETE ON listing BEGIN
{_tally("OLD", "-")}
END;
CREATE TRIGGER listing_changed AFTER UPDATE OF section_key, place_key, unread, saved ON listing
  WHEN OLD.unread <> NEW.unread OR OLD.saved <> NEW.saved
    OR OLD.section_key IS NOT NEW.section_key OR OLD.place_key IS NOT NEW.place_key BEGIN
{_tally("OLD", "-")}
{_tally("NEW", "")}
END;
"""

FRESH: Final = PORTAL + READER + DERIVED + TRIGGERS
"""Everything, in an order that can be run."""
