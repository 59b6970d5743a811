"""The doctor on a healthy portal, on one that is away, and on one that can't be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eksread.demo import DemoPortal, load_edition
from eksread.demo.addresses import article as article_path
from tests.cli.shell import Shell
from tests.demo.layouts.amp import AMP
from tests.demo.layouts.klasik import KLASIK

if TYPE_CHECKING:
    from pathlib import Path

    from eksread.demo.layout import Layout

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


def test_every_problem_of_the_settings_and_of_the_keys_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "pink"\nwidht = 60\n[keys]\nfind = "/"\nserch = "v"\n', "utf-8")
    shell = Shell("http://127.0.0.1:9/", tmp_path)
    found = shell.json("--config", str(file), "--offline", "doctor")
    reported = [item["detail"] for item in found if item["name"] == "settings"]
    assert {item["state"] for item in found if item["name"] == "settings"} == {"warn"}
    for words in (
        "“theme” must be one of",
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
    (page,) = (tmp_path / "report").glob("*.html")
    made = (page.parent, page, page.with_suffix(".json"))
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o600, 0o600]
    assert source.title.encode() in page.read_bytes()
    saved = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert saved["parse"]["title"] == source.title
    assert again.returncode == 1
    assert "can't be read" in again.stderr or "exists" in again.stderr
