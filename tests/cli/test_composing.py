"""Commands in a pipe: as many rows as are asked for, in any order and form, several articles at once, and how it all ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from eksread.model.enums import Source
from eksread.model.news import Teaser
from eksread.store import open_store
from tests.cli.shell import ROOT, Shell

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

MANY = 2105
"""Headlines, more than the store gives at a time."""
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """An archive of many headlines, the first one the oldest, without a portal."""
    folder = tmp_path_factory.mktemp("many")
    store = open_store(folder)
    store.portal_data.save_teasers(
        tuple(
            Teaser(
                f"Kapal nomor {n}",
                f"https://portal.example/kapal-{n}",
                BEGIN + timedelta(minutes=n),
                Source.FEED,
            )
            for n in range(MANY)
        ),
        BEGIN + timedelta(days=9),
    )
    store.close()
    return Shell("https://portal.example/", folder)


@pytest.fixture(scope="module")
def filled(fetched: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return fetched.copy(tmp_path_factory.mktemp("data"))


def ids(shell: Shell, *words: str) -> list[int]:
    done = shell("--offline", *words, "--format", "{id}")
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


def test_a_list_is_as_long_as_it_is_asked_for(many: Shell) -> None:
    whole = ids(many, "list", "--limit", "all")
    assert len(whole) == MANY
    assert ids(many, "list", "--limit", "1500") == whole[:1500]
    assert ids(many, "list", "--limit", "1500", "--offset", "1000") == whole[1000:]
    assert ids(many, "list", "--limit", "3", "--offset", "0", "--sort", "oldest") == whole[:-4:-1]
    assert len(many.json("--offline", "list", "--limit", "1001")) == 1001
    assert many("--offline", "list", "--limit", "all", "--offset", str(MANY), "--json").stdout == "[]\n"


def test_a_search_is_as_long_as_it_is_asked_for(many: Shell) -> None:
    newest = ids(many, "list", "--limit", "all")
    assert ids(many, "search", "kapal", "--limit", "all", "--sort", "newest") == newest
    assert len(ids(many, "search", "kapal", "--limit", "all")) == MANY
    assert ids(many, "search", "kapal", "--limit", "2", "--offset", "3") == ids(many, "search", "kapal")[3:5]


def test_a_search_has_an_order_of_choice(filled: Shell) -> None:
    found = [row["published"] for row in filled.json("search", "kapal", "--limit", "all", "--sort", "oldest")]
    assert len(found) > 3
    assert found == sorted(found)
    newest = filled.json("search", "kapal", "--limit", "2", "--sort", "newest")
    assert [row["published"] for row in newest] == found[:-3:-1]


def test_a_list_has_an_order_of_choice(filled: Shell) -> None:
    rows = filled.json("list", "--limit", "all")
    by_title = filled.json("list", "--limit", "5", "--sort", "title", "--offset", "2")
    assert [row["title"] for row in by_title] == sorted((row["title"] for row in rows), key=str.casefold)[2:7]
    (most,) = filled.json("list", "--sort", "comments", "--limit", "1")
    assert most["comment_count"] == max(row["comment_count"] or 0 for row in rows)


def test_plain_has_address_read_and_saved(filled: Shell) -> None:
    row = filled.json("list", "--limit", "1")[0]
    cells = filled("list", "--limit", "1", "--plain").stdout.rstrip("\n").split("\t")
    assert cells == [
        str(row["id"]), row["published"][:16] + "+08:00", row["place"] or "-", row["section"] or "-", row["title"],
        row["url"], "unread", "-",
    ]  # fmt: skip
    assert filled("search", row["title"], "--plain", "--limit", "1").stdout.split("\t")[0] == cells[0]
    assert filled("list", "--plain", "--json").returncode == 2


def test_what_is_empty_says_why(filled: Shell, tmp_path: Path) -> None:
    empty = Shell("http://127.0.0.1:9/", tmp_path)
    assert "Nothing is saved yet that could be searched. 'eksread refresh'" in empty("search", "kapal").stderr
    assert (
        "No headlines are saved here yet. 'eksread refresh'" in empty("list", "--saved", "--offline").stderr
    )
    assert "There are no bookmarks yet. 'eksread bookmark add NUMBER'" in filled("list", "--saved").stderr
    assert "No saved headline is like that." in filled("list", "--place", "Mars").stderr


def test_several_articles_are_shown_those_that_come_in_too(filled: Shell) -> None:
    one, two, three = filled.json("list", "--limit", "3", "--offset", "20")
    both = filled.json("show", str(one["id"]), two["url"])
    assert [row["title"] for row in both] == [one["title"], two["title"]]
    piped = filled("list", "--limit", "3", "--offset", "20", "--plain").stdout
    done = filled("show", "-", "--plain", stdin=f"\n{piped}")
    assert done.returncode == 0
    assert [done.stdout.count(f"{row['title']}\n\n") for row in (one, two, three)] == [1, 1, 1]
    assert done.stdout.count("* * *") == 2
    assert json.loads(filled("show", "-", "--json", stdin=str(one["id"])).stdout)[0]["id"] == one["id"]
    assert filled("show", "-", "--json").stdout == "[]\n"


def test_of_several_articles_those_that_are_not_there_are_named(filled: Shell) -> None:
    (row,) = filled.json("list", "--limit", "1")
    done = filled("show", "999999", str(row["id"]), "--json")
    assert done.returncode == 1
    assert [item["id"] for item in json.loads(done.stdout)] == [row["id"]]
    assert "There is no article 999999" in done.stderr
    alone = filled("show", "999999", "--json")
    assert (alone.returncode, alone.stdout) == (1, "")


def test_several_bookmarks_are_added_and_removed_at_once(filled: Shell) -> None:
    wanted = ids(filled, "list", "--limit", "3", "--section", "Bontang")
    text = "\n".join(map(str, wanted))
    added = filled("bookmark", "add", "-", "--label", "kerja", "--json", stdin=text)
    assert [item["changed"] for item in json.loads(added.stdout)] == [True] * 3
    kept = filled("bookmark", "list", "--format", "{id} {labels} {note}").stdout.splitlines()
    assert sorted(kept) == sorted(f"{number} kerja -" for number in wanted)
    quiet = filled("-q", "bookmark", "remove", *map(str, wanted))
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert filled.json("bookmark", "list") == []


def test_a_diff_of_several_names_each(filled: Shell) -> None:
    first, second = ids(filled, "list", "--limit", "2")
    assert filled.json("diff", str(first)) == []
    several = filled.json("diff", str(first), str(second))
    assert [(item["id"], item["changes"]) for item in several] == [(first, []), (second, [])]


def test_open_gives_the_address_to_the_browser(filled: Shell, tmp_path: Path) -> None:
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\necho "$@" >>{seen}\n')
    browser.chmod(0o700)
    rows = filled.json("list", "--limit", "2")
    done = filled("open", *(str(row["id"]) for row in rows), BROWSER=f"{browser} %s")
    assert done.returncode == 0
    assert done.stderr == "Opened in the browser: 127.0.0.1\n" * 2
    deadline = time.monotonic() + 10
    while not (seen.exists() and len(seen.read_text().split()) == 2) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert sorted(seen.read_text().split()) == sorted(row["url"] for row in rows)
    none = filled("open", str(rows[0]["id"]), BROWSER="", PATH=str(tmp_path), DISPLAY="", WAYLAND_DISPLAY="")
    assert none.returncode == 1
    assert "Set BROWSER." in none.stderr


def test_quiet_and_verbose(tmp_path: Path, filled: Shell) -> None:
    from eksread.demo import DemoPortal

    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path)
        loud = shell("refresh", "-v")
        assert "200 http://127.0.0.1" in loud.stderr
        quiet = shell("refresh", "-q")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert "can't be reached" in filled("-q", "refresh").stderr
    assert filled("list", "--limit", "1", EKSREAD_QUIET="1").stdout


def test_pictures_come_without_a_plan_too(tmp_path: Path) -> None:
    from eksread.demo import DemoPortal

    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path)
        done = shell("refresh", "--images")
        assert "New pictures: 0" not in done.stderr
        assert "New pictures: " in done.stderr
        assert "New pictures: 0" in shell("refresh", "--images").stderr


def test_vacuum_gives_what_the_file_lost(tmp_path: Path, many: Shell) -> None:
    shell = many.copy(tmp_path)
    files = [tmp_path / "eksread.db", tmp_path / "eksread.db-wal"]
    before = sum(file.stat().st_size for file in files if file.exists())
    freed = shell.json("store", "vacuum")["freed"]
    after = sum(file.stat().st_size for file in files if file.exists())
    assert freed == max(0, before - after)


def test_moments_of_eksread_s_own_clock_are_in_the_portal_s_zone(filled: Shell) -> None:
    stats = filled.json("store", "stats")
    row = filled.json("list", "--limit", "1")[0]
    shown = filled.json("show", str(row["id"]))
    assert {
        text[-6:] for text in (stats["oldest"], stats["newest"], row["first_seen"], shown["fetched_at"])
    } == {"+08:00"}


def started(shell: Shell, *words: str, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "eksread", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=shell.environ,
        cwd=ROOT,
        **more,
    )


@pytest.mark.parametrize("form", ["--plain", "--json"])
def test_a_reader_that_closes_the_pipe_early_ends_a_long_list_quietly(many: Shell, form: str) -> None:
    process = started(many, "--offline", "list", "--limit", "all", form)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(30) == 0


def test_ctrl_c_ends_a_refresh_with_130_and_without_a_word(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, and never answers
        process = started(Shell(f"http://127.0.0.1:{silent.getsockname()[1]}/", tmp_path), "refresh")
        silent.settimeout(30)
        connection, _address = silent.accept()
        os.kill(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=30)
        connection.close()
    assert (process.returncode, output, errors) == (130, "", "")
