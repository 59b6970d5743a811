"""The wire: validators, compression, keep-alive, the feed, and how the portal changes under a reader."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from eksread.demo import Edition, addresses
from tests.edited_portal import EditedPortal
from tests.helpers import unmeasured

if TYPE_CHECKING:
    from conftest import Ask


def test_unchanged_pages_answer_304(portal: EditedPortal, edition: Edition, ask: Ask) -> None:
    for target in (
        "/",
        "/rss.xml",
        "/kanal/kutim",
        addresses.article(edition.articles[0]),
        addresses.picture(edition.articles[0]),
    ):
        first = ask(portal.url + target)
        tag, date = first.headers["ETag"], first.headers["Last-Modified"]
        assert not tag.startswith("W/")
        for condition in (
            {"If_None_Match": tag},
            {"If_None_Match": f'"x", W/{tag}'},
            {"If_Modified_Since": date},
        ):
            again = ask(portal.url + target, **condition)
            assert again.status == 304
            assert again.body == b""
            assert again.headers["ETag"] == tag
        assert ask(portal.url + target, If_None_Match='"x"', If_Modified_Since=date).status == 200
        assert ask(portal.url + target, If_Modified_Since="gestern").status == 200


def test_text_is_compressed_where_accepted(portal: EditedPortal, edition: Edition, ask: Ask) -> None:
    plain = ask(portal.url + "/")
    packed = ask(portal.url + "/", Accept_Encoding="br, gzip;q=0.8")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert ask(portal.url + "/", Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"]).status == 304
    assert (
        ask(portal.url + addresses.picture(edition.articles[0]), Accept_Encoding="gzip").headers["Vary"]
        is None
    )


def test_media_types(portal: EditedPortal, ask: Ask) -> None:
    assert ask(portal.url + "/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert ask(portal.url + "/rss.xml").headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert ask(portal.url + "/robots.txt").headers["Content-Type"] == "text/plain; charset=utf-8"


def test_robots_file_keeps_search_and_desk_apart(portal: EditedPortal, ask: Ask) -> None:
    assert ask(portal.url + "/robots.txt").text.splitlines() == [
        "User-agent: *",
        "Disallow: /cari",
        "Disallow: /admin",
    ]


def test_feed_lists_the_newest(portal: EditedPortal, edition: Edition, ask: Ask) -> None:
    channel = ET.fromstring(ask(portal.url + "/rss.xml").body).find("channel")
    assert channel is not None
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == [article.title for article in edition.articles[:20]]
    for item, article in zip(items, edition.articles, strict=False):
        assert parsedate_to_datetime(item.findtext("pubDate", "")) == article.published
        assert item.findtext("pubDate", "").endswith("+0800")
        assert item.findtext("description") == article.summary
        assert item.findtext("category") == getattr(edition.section(article.section), "name", None)
        assert ask(item.findtext("link", "")).status == 200
        enclosure = item.find("enclosure")
        assert (enclosure is not None) == bool(article.caption)
        if enclosure is not None:
            assert len(ask(enclosure.attrib["url"]).body) == int(enclosure.attrib["length"])


def test_feed_escapes_its_text(awkward: Edition, ask: Ask) -> None:
    with EditedPortal(edition=awkward) as portal:
        item = ET.fromstring(ask(portal.url + "/rss.xml").body).find("channel/item")
    assert item is not None
    article = awkward.articles[0]
    assert item.findtext("title") == article.title
    assert item.findtext("description") == article.summary
    assert item.findtext("category") == "Ragam & Rupa"
    assert article.reporter in item.findtext("author", "")


def test_wrong_slug_moves_to_the_right_one(portal: EditedPortal, edition: Edition, ask: Ask) -> None:
    article = edition.articles[0]
    for target in (f"/berita-{article.id}-lama.html", f"/berita-{article.id}.html"):
        answer = ask(portal.url + target)
        assert answer.status == 301
        assert answer.headers["Location"] == addresses.article(article)


def test_revised_article_keeps_its_address_and_changes_its_validators(
    portal: EditedPortal, edition: Edition, ask: Ask
) -> None:
    old = edition.articles[5]
    url = portal.url + addresses.article(old)
    before, front = ask(url), ask(portal.url + "/")
    for round_ in ("satu", "dua"):
        new = portal.revise(old.id, title=f"Judul {round_}", body=f"Isi {round_}.")
        assert new.slug == old.slug
        after = ask(url, If_None_Match=before.headers["ETag"])
        assert after.status == 200
        assert f"Isi {round_}." in after.text
        assert ask(url, If_Modified_Since=before.headers["Last-Modified"]).status == 200
        assert ask(portal.url + "/", If_Modified_Since=front.headers["Last-Modified"]).status == 200
        before, front = after, ask(portal.url + "/")


def test_removed_article_is_gone_and_nowhere_linked(portal: EditedPortal, edition: Edition, ask: Ask) -> None:
    article = edition.articles[0]
    front = ask(portal.url + "/")
    portal.withdraw(article.id)
    answer = ask(portal.url + addresses.article(article))
    assert answer.status == 410
    assert addresses.article(article) not in ask(portal.url + "/").text
    assert ask(portal.url + "/", If_Modified_Since=front.headers["Last-Modified"]).status == 200
    portal.publish(article)
    assert ask(portal.url + addresses.article(article)).status == 200


def test_added_article_leads_the_feed(portal: EditedPortal, edition: Edition, ask: Ask) -> None:
    newest = edition.articles[0]
    later = newest.published + timedelta(minutes=9)
    portal.publish(replace(newest, id=90001, title="Baru Sekali", slug="baru-sekali", published=later))
    assert ask(portal.url + "/rss.xml").text.index("Baru Sekali") < 1200
    assert ask(portal.url + "/berita-90001-baru-sekali.html").status == 200


def test_empty_edition_still_has_a_front_page(awkward: Edition, ask: Ask) -> None:
    with EditedPortal(edition=replace(awkward, articles=())) as portal:
        assert [ask(portal.url + target).status for target in ("/", "/rss.xml", "/kanal/ragam")] == [200] * 3


def test_answers_are_dated_by_the_portal_clock(portal: EditedPortal, ask: Ask) -> None:
    dated = parsedate_to_datetime(ask(portal.url + "/").headers["Date"])
    assert abs(dated - portal.now()) < timedelta(seconds=5)
    assert parsedate_to_datetime(ask(portal.url + "/").headers["Last-Modified"]) <= dated


def test_head_and_body_come_in_one_packet(portal: EditedPortal) -> None:
    """Two packets would cost 40 ms per answer on a kept connection (Nagle against delayed ACK)."""
    host, _, port = portal.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        for _ in range(3):
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            assert length is not None
            assert len(body) == int(length[1]) > 0


def test_strange_requests_do_no_harm(portal: EditedPortal, ask: Ask) -> None:
    assert ask(portal.url + "/", "POST").status == 501
    nines = "9" * 5000
    for target in (
        "//[",
        "/kanal/../x",
        f"/berita-{nines}.html",
        f"/indeks/page/{nines}",
        f"/indeks?page={nines}",
    ):
        connection = http.client.HTTPConnection("127.0.0.1", int(portal.url.rpartition(":")[2]), timeout=5)
        connection.putrequest("GET", target)
        connection.endheaders()
        assert connection.getresponse().status == 404
        connection.close()


def test_closed_portal_cuts_its_connections(edition: Edition) -> None:
    portal = EditedPortal(edition=edition).start()
    connection = http.client.HTTPConnection(portal.url.removeprefix("http://"), timeout=5)
    connection.request("GET", "/")
    connection.getresponse().read()
    portal.close()
    portal.close()
    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        connection.request("GET", "/")


def test_demo_stands_alone() -> None:
    """Standard library only, and nothing else of eksread: it plays the other side of the wire."""
    script = (
        "import sys, eksread.demo; "
        "print([m for m in sys.modules if m.split('.')[0] in {'httpx', 'selectolax', 'textual', 'sqlite3'} "
        "or m.startswith('eksread.') and not m.startswith('eksread.demo')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=unmeasured()
    )
    assert done.stdout == "[]\n"
