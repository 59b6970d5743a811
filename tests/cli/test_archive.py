"""The archive's own commands: history, upkeep, copies, and the reader's state on the move."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eksread.demo import load_edition
from eksread.errors import UsageError
from tests.cli.shell import Shell
from tests.edited_portal import EditedPortal
from tests.helpers import library_on, refreshed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def shell(fetched: Shell, tmp_path: Path) -> Shell:
    return fetched.copy(tmp_path / "data")


async def test_what_the_portal_changed_is_shown_word_by_word(tmp_path: Path) -> None:
    newest = load_edition().articles[0]
    folder = tmp_path / "data"
    with EditedPortal() as portal, library_on(portal.url, folder) as library:
        await refreshed(library)
        portal.revise(newest.id, body=newest.body.replace("bermotor", "bermesin roda empat", 1))
        item = next(item for item in library.queries.headlines().items if item.title == newest.title)
        await library.fetch_article(item.url)
        await library.disconnect()
    shell = Shell(portal.url, folder)
    text = shell("diff", str(item.id)).stdout
    assert "kendaraan [-bermotor-] {+bermesin roda empat+} pada" in text
    (step,) = shell.json("diff", str(item.id))
    assert [piece["text"].strip() for piece in step["pieces"] if piece["op"] != "same"] == [
        "bermotor",
        "bermesin roda empat",
    ]
    other = shell.json("list", "--limit", "2")[1]
    assert "has not changed" in shell("diff", str(other["id"])).stderr


def test_the_archive_in_numbers_and_in_order(shell: Shell) -> None:
    stats = shell.json("store", "stats")
    assert stats["articles"] == stats["texts"] == len(load_edition().articles)
    assert stats["raw_pages"] >= len(load_edition().articles)
    assert shell.json("store", "check") == []
    rows = dict(line.rsplit(maxsplit=1) for line in shell("store", "stats").stdout.splitlines())
    assert rows["articles"] == str(stats["articles"])
    assert rows["pages as they came"] == str(stats["raw_pages"])


def test_pruning_asks_and_never_takes_a_bookmark(shell: Shell) -> None:
    rows = shell.json("list", "--limit", "100")
    oldest = rows[-1]
    shell("bookmark", "add", str(oldest["id"]))
    asked = shell("store", "prune", "--older-than", "30d")
    assert asked.returncode == 1
    assert "--yes" in asked.stderr
    assert "pages as they came" in asked.stderr
    comments = shell.json("store", "stats")["comments"]
    ran = shell("store", "prune", "--older-than", "30d", "--yes", "--json")
    done = json.loads(ran.stdout)
    assert ran.stderr.startswith(f"Deleting the texts of {done['articles']} articles, ")
    assert done["articles"] > 10
    assert done["raw_pages"] >= done["articles"]
    assert (done["comments"], shell.json("store", "stats")["comments"]) == (0, comments)
    assert shell.json("store", "vacuum")["freed"] > 0
    assert shell.json("reparse")["pages"] > 0
    left = {row["id"]: row["has_text"] for row in shell.json("list", "--limit", "100")}
    assert len(left) == len(rows)
    assert left[oldest["id"]]
    assert left[rows[0]["id"]]
    assert not left[rows[-2]["id"]]


@pytest.mark.parametrize("text", ["", "2", "0d", "y", "2 years", "-1d", "9999y", "3000y", "٣y"])
def test_an_age_that_is_none_is_refused(text: str) -> None:
    from eksread.cli.commands.maintain import age

    with pytest.raises(UsageError):
        age(text)


def test_a_copy_brings_everything_back(shell: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    first, second = shell.json("list", "--limit", "2")
    shell("bookmark", "add", str(first["id"]), "--note", "sebelum")
    assert shell("backup", str(copy)).returncode == 0
    assert shell("backup", str(copy)).returncode == 1
    shell("bookmark", "remove", str(first["id"]))
    shell("bookmark", "add", str(second["id"]))
    done = shell("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert "is kept as" in done.stderr
    titles = {row["title"] for row in shell.json("bookmark", "list")}
    assert second["title"] in titles  # made after the copy: restoring takes nothing of the reader's away
    assert len(shell.json("list", "--limit", "100")) == len(load_edition().articles)
    assert shell("restore", str(tmp_path / "none")).returncode == 1


def test_the_reader_s_own_moves_as_lines(shell: Shell, tmp_path: Path) -> None:
    first, second = shell.json("list", "--limit", "2")
    shell("bookmark", "add", str(first["id"]), "--note", "pindah", "--label", "a")
    shell("show", str(second["id"]))
    lines = shell("marks", "export").stdout
    assert all(json.loads(line) for line in lines.splitlines())
    other = Shell(shell.environ["EKSREAD_PORTAL"], tmp_path / "other")
    merged = json.loads(other("--offline", "marks", "import", "-", "--json", stdin=lines).stdout)
    assert merged["changed"] >= 2
    assert merged["unreadable"] == 0
    (kept,) = json.loads(other("--offline", "bookmark", "list", "--json").stdout)
    assert (kept["title"], kept["note"], kept["labels"], kept["has_text"]) == (
        first["title"],
        "pindah",
        ["a"],
        True,
    )
    again = json.loads(other("--offline", "marks", "import", "-", "--json", stdin=lines).stdout)
    assert again == {"changed": 0, "unreadable": 0, "odd": []}
    assert json.loads(other("marks", "import", "-", "--json", stdin="no json\n").stdout)["unreadable"] == 1


def test_an_exported_file_is_new_private_and_whole(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "milik sendiri.jsonl"
    assert shell("marks", "export", str(file)).returncode == 0
    assert file.read_text("utf-8") == shell("marks", "export").stdout
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    refused = shell("marks", "export", str(file))
    assert refused.returncode == 1
    assert "it is there already" in refused.stderr
    assert file.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if "milik" in entry.name] == [file.name]


def test_kept_pages_are_read_again_without_a_change(shell: Shell) -> None:
    found = shell.json("reparse")
    assert found["pages"] >= len(load_edition().articles)
    assert found["changed"] == 0


@pytest.mark.parametrize(
    "name", ["eksread.db-wal", "eksread.db-shm", "eksread.db-journal", "eksread.db.damaged"]
)
@pytest.mark.parametrize("command", ["backup", "marks export", "export --search kapal -o"])
def test_nothing_is_written_under_a_name_of_the_archive(shell: Shell, command: str, name: str) -> None:
    shell.json("list")
    target = shell.folder / name
    done = shell(*command.split(), str(target))
    assert done.returncode == 1
    assert "the name belongs to the archive" in done.stderr
    assert not target.exists()
    assert shell("store", "check").returncode == 0


def test_a_backup_does_not_replace_a_link_that_leads_nowhere(shell: Shell, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    assert shell("backup", str(link)).returncode == 1
    assert link.is_symlink()
