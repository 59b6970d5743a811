"""The doctor on a healthy portal, on one that is away, and on one that can't be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eksread.demo import DemoPortal, load_edition
from eksread.demo.addresses import article as article_path
from eksread.diagnosis import State, fields
from eksread.model.enums import Source
from eksread.model.news import Article
from eksread.store.maintenance import Maintenance
from tests.cli.shell import Shell
from tests.demo.layouts.amp import AMP
from tests.demo.layouts.klasik import KLASIK
from tests.faults import FaultServer, page
from tests.helpers import library_on

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.demo.layout import Layout
    from eksread.diagnosis import Finding

pytestmark = pytest.mark.slow


def test_a_healthy_portal_is_examined_to_the_fields_of_an_article(tmp_path: Path) -> None:
    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path)
        findings = {item["name"]: item for item in shell.json("doctor")}
        text = shell("doctor").stdout
    assert {item["state"] for name, item in findings.items() if name not in ("TLS", "terminal")} == {"ok"}
    assert findings["sections"]["detail"] == ", ".join(section.name for section in load_edition().sections)
    assert findings["feed"]["data"]["url"] == f"{portal.url}/rss.xml"
    assert "berita-" in findings["address of an article"]["detail"]
    assert findings["its fields"]["data"]["published"] == "json-ld"
    assert "20 headlines" in findings["feed"]["detail"]
    assert "without encryption" in text


def test_a_portal_that_is_away_is_said_once_and_nothing_is_invented(tmp_path: Path) -> None:
    done = Shell("http://127.0.0.1:9/", tmp_path)("doctor", "--json")
    findings = json.loads(done.stdout)
    assert done.returncode == 1
    (broken,) = [item for item in findings if item["state"] == "fail"]
    assert (broken["name"], broken["data"]["code"]) == ("front page", "offline")
    assert findings[-1]["state"] == "skip"


def test_offline_looks_at_what_is_here(tmp_path: Path) -> None:
    findings = {
        item["name"]: item["state"]
        for item in Shell("http://127.0.0.1:9/", tmp_path).json("--offline", "doctor")
    }
    assert findings["network"] == "skip"
    assert findings["data folder"] == "ok"


def test_the_report_speaks_indonesian_to_its_fields_and_its_json_names_stay(tmp_path: Path) -> None:
    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path)
        text = shell("--lang", "id", "doctor").stdout
        names = [[item["name"] for item in shell.json("--lang", one, "doctor")] for one in ("id", "en")]
    assert names[0] == names[1]
    fields_line = next(line for line in text.splitlines() if "bagian-bagiannya: " in line)
    assert "judul ← letaknya di halaman, tanggal ← data untuk mesin pencari (JSON-LD)" in fields_line
    for english in (
        "title",
        "lead_image",
        "published",
        "landmark",
        "markup",
        "Article",
        "Listing",
        "read as",
    ):
        assert english not in text, english


def test_every_problem_of_the_settings_and_of_the_keys_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "pink"\nwidht = 60\n[keys]\nfind = "/"\nserch = "v"\n', "utf-8")
    shell = Shell("http://127.0.0.1:9/", tmp_path)
    found = shell.json("--config", str(file), "--offline", "doctor")
    reported = [item["detail"] for item in found if item["name"] == "settings"]
    assert {item["state"] for item in found if item["name"] == "settings"} == {"warn"}
    for words in (
        '“theme” is "pink", and must be one of',
        "“width”?",
        "Unknown command “serch” among the keys. Did you mean “search”?",
        "/ is the key of both “find” and “search”: it does “find”.",
        "“search” has no key now.",
    ):
        assert sum(words in detail for detail in reported) == 1, words
    assert len(reported) == 5
    text = shell("--config", str(file), "--offline", "doctor").stdout
    assert text.count(f"Put the settings right in {file}.") == 1
    assert "Everything is fine." not in text


@pytest.mark.parametrize("layout", [KLASIK, AMP])
def test_a_page_is_saved_with_what_was_read_in_it_and_never_over_another(
    layout: Layout, tmp_path: Path
) -> None:
    source = load_edition().article(4009)
    with DemoPortal([layout]) as portal:
        shell = Shell(portal.url, tmp_path / "data")
        url = portal.url + article_path(source)
        done = shell("doctor", "--save-page", url, str(tmp_path / "report"))
        again = shell("doctor", "--save-page", url, str(tmp_path / "report"))
    assert done.returncode == 0, done.stderr
    (saved_page,) = (tmp_path / "report").glob("*.html")
    made = (saved_page.parent, saved_page, saved_page.with_suffix(".json"))
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o600, 0o600]
    assert source.title.encode() in saved_page.read_bytes()
    saved = json.loads(saved_page.with_suffix(".json").read_text("utf-8"))
    assert saved["parse"]["title"] == source.title
    assert again.returncode == 1
    assert "can't be read" in again.stderr or "exists" in again.stderr


async def examined(url: str, folder: Path) -> dict[str, Finding]:
    with library_on(url, folder) as library:
        findings = {finding.name: finding async for finding in library.examine()}
        await library.disconnect()
    return findings


async def test_a_poor_portal_is_told_apart_from_one_that_was_not_understood(tmp_path: Path) -> None:
    links = "".join(f"<h3><a href='/baca/{n}'>Judul Berita Nomor {n} yang Panjang</a></h3>" for n in range(3))
    with FaultServer() as server:
        url = server.on("/", page(links.encode()))
        server.on("/baca/0", page(b"<p>Tak ada apa-apa di sini."))
        findings = await examined(url, tmp_path)
    said = {name: (finding.state, finding.detail) for name, finding in findings.items()}
    assert said["headlines of the front page"][0] is State.WARN
    assert said["headlines of the front page"][1].startswith("3 headlines (date: 0")
    assert said["robots.txt"] == (State.OK, "none: everything may be fetched")
    assert said["sections"] == (State.WARN, "none found in the navigation")
    assert said["feed"] == (State.WARN, "none found at the usual addresses")
    assert said["address of an article"] == (State.SKIP, "not learned: there is no feed")
    assert said["an article"][0] is State.FAIL
    assert "--save-page" in findings["an article"].advice
    assert said["its fields"][0] is State.WARN


async def test_a_page_that_is_no_list_and_a_feed_without_a_pattern_are_said(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>Judul {name}</title><link>/{name}</link></item>" for name in ("a", "b", "c", "d")
    )
    with FaultServer() as server:
        url = server.on("/", page(b"<p>Kosong."))
        server.on("/robots.txt", page(b"x", "500 Oops"))
        server.on(
            "/rss.xml",
            page(
                f"<?xml version='1.0'?><rss><channel><title>K</title>{items}</channel></rss>".encode(),
                content_type="application/rss+xml",
            ),
        )
        findings = await examined(url, tmp_path)
    assert findings["front page"].state is State.FAIL
    assert findings["headlines of the front page"].detail == "0 headlines"
    assert findings["robots.txt"].state is State.WARN
    assert findings["feed"].detail.endswith("; 4 headlines")
    assert findings["address of an article"].detail == "the feed's links have nothing in common"


async def test_a_store_that_is_not_in_order_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Maintenance, "check", lambda _self: ("row 7 missing from index",))
    findings = await examined("http://127.0.0.1:9/", tmp_path)
    assert (findings["saved news"].state, findings["saved news"].detail) == (
        State.FAIL,
        "row 7 missing from index",
    )
    assert "copy" in findings["saved news"].advice


def test_an_article_without_a_date_is_worth_a_look() -> None:
    found = fields(Article("https://portal.example/a", "Judul", provenance={"title": Source.META}))
    assert found.state is State.WARN
    assert found.detail.startswith("title ← metadata; not found: date, place")


def test_a_terminal_without_utf_8_is_pointed_out(tmp_path: Path) -> None:
    shell = Shell("http://127.0.0.1:9/", tmp_path)
    text = shell(
        "--offline",
        "doctor",
        LC_ALL="POSIX",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
        NO_COLOR="1",
    ).stdout
    assert "NO_COLOR; no full-screen terminal here" in text
    assert "Use a UTF-8 locale." in text
    refused = shell("--offline", "doctor", "--save-page", "http://127.0.0.1:9/", str(tmp_path / "x"))
    assert refused.returncode == 1
    assert "--offline" in refused.stderr
    assert not (tmp_path / "x").exists()
