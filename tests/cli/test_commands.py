"""The commands as a person or a script runs them: real processes, the demo portal, no terminal."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from eksread.demo import DemoPortal, load_edition
from tests.cli.shell import ROOT, Shell

pytestmark = pytest.mark.slow

SAVED_TEXT = """20 November 2026
  • PORTAL BERITA ONLINE
  • BERANI BEDA..!!

Perpustakaan Terapung Singgah di Kutim


Perpustakaan Terapung Singgah di Kutim
Anak-anak memilih buku di atas kapal yang sandar.

EKSPOSKALTIM.com, Kutim - Sebuah kapal penuh buku singgah di dermaga, Rabu (17/7).

Baca juga: Jadwal Baru Kapal Penyeberangan

"Kami membawa seribu buku," kata penjaganya. (adv)

Reporter : Amat    Editor : Rahma

Apa Reaksi Anda ?

0%0%100%

Komentar: 0
"""


@pytest.fixture(scope="module")
def filled(fetched: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return fetched.copy(tmp_path_factory.mktemp("data"))


def test_list_gives_the_newest_first_in_text_and_json(filled: Shell) -> None:
    rows = filled.json("list", "--limit", "100")
    assert [row["title"] for row in rows] == [article.title for article in load_edition().articles]
    text = filled("list", "--limit", "3").stdout
    assert rows[0]["title"][:40] in text
    assert str(rows[0]["id"]) in text
    plain = filled("list", "--plain", "--limit", "2").stdout.splitlines()
    assert [line.split("\t")[4] for line in plain] == [row["title"] for row in rows[:2]]


def test_list_can_be_narrowed(filled: Shell) -> None:
    bontang = filled.json("list", "--section", "Bontang", "--limit", "100")
    assert {row["section"] for row in bontang} == {"Bontang"}
    assert len(bontang) == 9
    kutim = filled.json("list", "--place", "Kutim", "--limit", "100")
    assert {row["place"] for row in kutim} == {"Kutim"}
    sections = filled.json("list", "--sections")
    assert [row["name"] for row in sections] == [section.name for section in load_edition().sections]
    first = load_edition().sections[0].name
    assert filled("list", "--sections").stdout.startswith(first)
    assert "No saved headline is like that." in filled("list", "--place", "Mars").stderr
    wrong = filled("list", "--section", "Mars")
    assert wrong.returncode == 1
    assert "There is no section “Mars”." in wrong.stderr


def test_show_gives_the_whole_article_offline_and_marks_it_read(filled: Shell) -> None:
    source = load_edition().article(4009)
    row = next(row for row in filled.json("list", "--limit", "100") if row["title"] == source.title)
    assert not row["read"]
    text = filled("show", str(row["id"]), "--plain").stdout
    for part in (
        source.title,
        source.caption,
        "Reporter: Dayang · Editor: Idris",
        "Read also",
        "3 comments",
        row["url"],
    ):
        assert part in text
    stored = filled.json("show", row["url"])
    assert stored["read"]
    assert [link["title"] for link in stored["related"]] == [
        load_edition().article(number).title for number in (1009, 4008)
    ]


def test_search_finds_words_of_the_body_and_takes_any_text(filled: Shell) -> None:
    hits = filled.json("search", "onderdil")
    assert load_edition().article(4009).title in [hit["title"] for hit in hits]
    assert any("**" in hit["snippet"] for hit in hits)
    for odd in ('"', "AND OR NOT", "*", "a:b", "-", "(", "'; drop table article; --", "\u202e"):
        done = filled("search", "--", odd)
        assert done.returncode == 0, (odd, done.stderr)


def test_search_says_what_it_takes_for_words(filled: Shell) -> None:
    done = filled("search", "feri", "before:soon", "is:odd")
    assert done.returncode == 0
    assert "“before:soon” is searched for as words; a date is 2024, 2024-05 or 2024-05-17." in done.stderr
    assert "“is:odd” is searched for as words; known are: unread, read, saved, adv, changed." in done.stderr
    assert "searched for as words" not in filled("search", "feri", "before:2020", "is:unread").stderr


def test_search_tries_other_words_where_nothing_is_found(filled: Shell) -> None:
    done = filled("search", "onderdli")
    assert "Nothing for “onderdli”; this is for “onderdil”." in done.stderr
    assert load_edition().article(4009).title in " ".join(done.stdout.split())


def test_a_bookmark_outlives_the_process(filled: Shell) -> None:
    row = filled.json("list", "--limit", "5")[4]
    assert filled.json("bookmark", "add", str(row["id"]), "--note", "untuk rapat", "--label", "kerja")[
        "changed"
    ]
    assert not filled.json("bookmark", "add", row["url"])["changed"]
    (kept,) = filled.json("bookmark", "list")
    assert (kept["title"], kept["note"], kept["labels"]) == (row["title"], "untuk rapat", ["kerja"])
    assert "untuk rapat" in filled("bookmark", "list").stdout
    assert [item["id"] for item in filled.json("list", "--saved")] == [row["id"]]
    assert filled.json("bookmark", "remove", str(row["id"]))["changed"]
    assert filled.json("bookmark", "list") == []
    assert "There was no bookmark" in filled("bookmark", "remove", str(row["id"])).stderr
    assert "There are no bookmarks yet." in filled("bookmark", "list").stderr


def test_without_a_terminal_the_headlines_are_printed(filled: Shell) -> None:
    newest = load_edition().articles[0].title
    for environ in ({}, {"TERM": "dumb"}):
        done = filled("--offline", **environ)
        assert done.returncode == 0
        assert newest[:40] in done.stdout
        assert "\x1b" not in done.stdout + done.stderr


def test_a_refresh_without_a_line_fails_in_words(filled: Shell) -> None:
    done = filled("refresh", "--lang", "id")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Portal tidak dapat dihubungi." in done.stderr
    assert "Traceback" not in done.stderr
    offline = filled("--offline", "refresh")
    assert offline.returncode == 1


def test_first_look_without_a_terminal_fetches_the_news(tmp_path: Path) -> None:
    with DemoPortal() as portal:
        done = Shell(portal.url, tmp_path)("list", "--limit", "1", "--json")
    assert [row["title"] for row in json.loads(done.stdout)] == [load_edition().articles[0].title]


def test_first_look_without_a_line_says_so_and_that_nothing_is_saved(tmp_path: Path) -> None:
    done = Shell("http://127.0.0.1:9/", tmp_path)("list")
    assert done.returncode == 0
    assert "can't be reached" in done.stderr
    assert "No headlines are saved here yet." in done.stderr


def test_a_front_page_in_text_is_its_headlines(filled: Shell, tmp_path: Path) -> None:
    file = tmp_path / "front.html"
    file.write_text(
        "".join(f"<h3><a href='/baca/{n}'>Judul Berita Nomor {n} yang Panjang</a></h3>" for n in range(9))
    )
    words = ("parse", str(file), "--url", "https://portal.example/")
    lines = filled(*words).stdout.splitlines()
    assert lines[:2] == ["Judul Berita Nomor 0 yang Panjang", "    https://portal.example/baca/0"]
    found = json.loads(filled(*words, "--json").stdout)
    assert (found["kind"], len(found["items"])) == ("list", 9)


def test_demo_keeps_its_data_between_runs_and_offline(tmp_path: Path) -> None:
    environ = os.environ | {"EKSREAD_DEMO_PORT": "0", "XDG_DATA_HOME": str(tmp_path), "EKSREAD_LANG": "en"}

    def demo(*words: str) -> list[dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "eksread", "--demo", *words, "--json"],
            capture_output=True,
            text=True,
            env=environ,
            check=True,
        )
        return json.loads(done.stdout)  # type: ignore[no-any-return]

    (row,) = demo("list", "--limit", "1")
    assert (tmp_path / "eksread" / "demo" / "eksread.db").is_file()
    demo("bookmark", "add", str(row["id"]))
    assert [item["title"] for item in demo("--offline", "bookmark", "list")] == [row["title"]]


def test_the_saved_text_of_a_page_is_read(filled: Shell) -> None:
    done = filled("parse", "-", "--fetched", "2024-05-03T10:00:00+08:00", "--json", stdin=SAVED_TEXT)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert (found["kind"], found["title"], found["place"]) == (
        "article",
        "Perpustakaan Terapung Singgah di Kutim",
        "Kutim",
    )
    assert [block["type"] for block in found["blocks"]] == ["paragraph", "related", "paragraph"]
    assert found["lead_image"]["caption"] == "Anak-anak memilih buku di atas kapal yang sandar."
    assert found["related"] == [{"title": "Jadwal Baru Kapal Penyeberangan", "url": None}]
    assert (found["reporter"], found["editor"], found["advertorial"]) == ("Amat", "Rahma", True)
    assert [reaction["percent"] for reaction in found["reactions"]] == [0, 0, 100]
    assert found["comments"] == {"count": 0, "external": None, "items": []}
    assert (found["published"][:10], found["published_source"]) == ("2019-07-17", "inferred")


def test_parse_takes_any_bytes_and_fails_only_on_a_missing_file(filled: Shell, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.write_bytes(bytes(range(256)) * 40)
    assert filled("parse", str(odd), "--json").returncode == 0
    empty = tmp_path / "empty"
    empty.touch()
    assert json.loads(filled("parse", str(empty), "--json").stdout)["kind"] == "unknown"
    missing = filled("parse", str(tmp_path / "none"))
    assert missing.returncode == 1
    assert "can't be read" in missing.stderr


@pytest.mark.parametrize(
    ("words", "environ", "part"),
    [
        (["--nonsense"], {}, "--nonsense"),
        (["fly"], {}, "fly"),
        (["show"], {}, "NUMBER|URL"),
        (["--demo", "--portal", "https://x.example", "list"], {}, "exclude each other"),
        (["--portal", "ftp://x.example", "list"], {}, "ftp://x.example"),
        (["--lang", "fr", "list"], {}, "fr"),
        (["list"], {"EKSREAD_OFFLINE": "perhaps"}, "EKSREAD_OFFLINE"),
        (["parse", "-", "--fetched", "yesterday"], {}, "ISO 8601"),
        (["archive", "--since", "soon"], {}, "“soon” is no date such as 2019-01-01."),
    ],
)
def test_wrong_usage_is_said_in_a_sentence_and_ends_with_2(
    filled: Shell, words: list[str], environ: dict[str, str], part: str
) -> None:
    done = filled(*words, **environ)
    assert done.returncode == 2
    assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_version_and_help_speak_on_stdout(filled: Shell) -> None:
    assert filled("--version").stdout.startswith("eksread 0.")
    assert "mengambil berita baru" in filled("--lang", "id", "--help").stdout
    assert "fetch what is new" in filled("--help").stdout


def test_a_closed_pipe_is_no_error(filled: Shell) -> None:
    command = f"{sys.executable} -m eksread list --limit 68 | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        env=filled.environ,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == ""


def test_two_refreshes_at_once_do_not_get_in_each_other_s_way(tmp_path: Path) -> None:
    from eksread.store.database.locks import RefreshLock

    lease = RefreshLock(tmp_path)
    assert lease.acquire()
    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path)
        done = shell("refresh")
        assert done.returncode == 1
        assert "Another eksread is fetching the news right now." in done.stderr
        lease.release()
        assert shell("refresh", "--json").returncode == 0


def test_an_output_that_can_not_be_written_is_one_sentence(filled: Shell) -> None:
    for words, code, message in (
        ("list >/dev/full", 1, "The system refused: the disk is full"),
        ("list --help >/dev/full", 1, "The system refused: the disk is full"),
        ("--version >/dev/full", 1, "The system refused: the disk is full"),
        ("list >&-", 0, ""),
    ):
        line = f"exec {sys.executable} -m eksread {words}"
        done = subprocess.run(
            ["sh", "-c", line],
            capture_output=True,
            text=True,
            env=filled.environ,
            cwd=ROOT,
            check=False,
            timeout=60,
        )
        assert done.returncode == code
        assert message in done.stderr
        assert "Traceback" not in done.stderr


def test_a_named_log_or_settings_file_that_fails_is_said(filled: Shell, tmp_path: Path) -> None:
    log = tmp_path / "log" / "eksread.log"
    assert filled("--log-file", str(log), "refresh").returncode == 1
    assert "offline" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    unwritable = filled("--log-file", "/proc/none/x.log", "list")
    assert unwritable.returncode == 1
    assert "/proc/none/x.log" in unwritable.stderr
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with fifo.open("r+b", buffering=0) as reader:
        os.set_blocking(reader.fileno(), False)
        archives = (filled.folder / name for name in ("eksread.db", "eksread.db-wal", "bookmarks.toml"))
        for odd in (fifo, Path("/dev/ptmx"), *archives):
            refused = filled("--log-file", str(odd), "refresh")
            assert refused.returncode == 1
            assert refused.stderr.startswith(f"eksread: The log file {odd} can't be written: ")
            assert refused.stderr.count("\n") == 1
        assert reader.read() is None
    assert filled("--log-file", os.devnull, "list").returncode == 0
    missing = filled("list", EKSREAD_CONFIG=str(tmp_path / "none.toml"))
    assert missing.returncode == 0
    assert "none.toml" in missing.stderr


def test_a_data_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    done = Shell("http://127.0.0.1:9/", Path("/proc/none"))("list")
    assert done.returncode == 1
    assert "/proc/none" in done.stderr
    assert "can't be written" in done.stderr


def test_help_and_failures_of_the_command_line_speak_the_language(filled: Shell) -> None:
    text = filled("--lang", "id", "list", "--help").stdout
    assert text.startswith("pemakaian: eksread list")
    assert "show this help" not in text
    assert "bukan bilangan bulat" in filled("--lang", "id", "list", "--limit", "-3").stderr


def test_offline_asked_for_is_not_called_a_broken_line(filled: Shell) -> None:
    done = filled("--offline", "refresh")
    assert "--offline" in done.stderr
    assert "connection" not in done.stderr


def test_a_second_demo_goes_on_when_the_first_leaves() -> None:
    def answers(url: str) -> bool:
        with urllib.request.urlopen(f"{url}/robots.txt", timeout=5) as answer:
            return answer.status == 200

    with DemoPortal() as first:
        with DemoPortal(port=int(first.url.rsplit(":", 1)[1])) as second:
            assert second.url == first.url
            assert answers(first.url)
        assert answers(first.url)


def test_a_port_that_another_program_holds_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from eksread.cli import demo_portal

    monkeypatch.delenv(demo_portal.PORT_VARIABLE, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as other:
        (tmp_path / demo_portal.PORT_FILE).write_text(str(other.getsockname()[1]), "ascii")
        with demo_portal.serve(tmp_path) as url:
            assert url == demo_portal.front_page(tmp_path)
            assert url != f"http://127.0.0.1:{other.getsockname()[1]}/"


def test_a_plan_that_its_size_ends_says_what_is_left_out(tmp_path: Path) -> None:
    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path)
        done = shell("refresh", "--days", "300", "--max-size", "60KB")
        assert done.returncode == 1
        assert "Not complete: the given size was used up after" in done.stdout
        done = shell("refresh", "--days", "300", "--max-size", "10KB", "--json")
        summary = json.loads(done.stdout)
        assert (done.returncode, summary["complete"], summary["reason"]) == (1, False, "budget")
        assert summary["left"] > 0
        assert shell("refresh", "--days", "300").returncode == 0
        assert shell.json("refresh", "--days", "300", "--max-size", "60KB")["complete"] is True


def test_a_fifo_for_the_log_and_a_portal_of_odd_bytes_are_said(filled: Shell, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    done = filled("--log-file", str(tmp_path / "log"), "list")
    assert done.returncode == 1
    assert str(tmp_path / "log") in done.stderr.replace("\n", "")
    done = filled("--portal", "http://127.0.0.1/\udcff", "list")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_log_that_cannot_be_opened_stops_nothing_that_logs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    script = "import logging, pathlib, sys; from eksread.cli import logfile; logfile.start(pathlib.Path(sys.argv[1]))"
    script += "; logging.getLogger('eksread').warning('detail')"
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "log"], capture_output=True, check=False, timeout=20
    )
    assert (done.returncode, done.stderr) == (0, b"")
