"""The language of what goes wrong before anything is shown: the one chosen, wherever it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path

INDONESIAN, ENGLISH = "id_ID.UTF-8", "en_US.UTF-8"

pytestmark = pytest.mark.slow


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell("http://127.0.0.1:9/", tmp_path / "data")
    made.environ["EKSREAD_LANG"] = ""
    return made


def said(shell: Shell, folder: Path, settings: str, *words: str, **environ: str) -> str:
    file = folder / "config.toml"
    file.write_text(settings, "utf-8")
    return shell("--config", str(file), *words, "list", **environ).stderr


WRONG = "Pengaturan “width” bernilai 3, seharusnya bilangan bulat"
"""What is said of a width of 3 in Indonesian."""


def test_the_settings_own_language_is_that_of_their_errors(shell: Shell, tmp_path: Path) -> None:
    assert WRONG in said(shell, tmp_path, 'language = "id"\nwidth = 3\n', LANG=ENGLISH)
    assert "must be a whole number" in said(shell, tmp_path, 'language = "en"\nwidth = 3\n', LANG=INDONESIAN)


def test_a_file_that_cannot_be_read_as_a_whole_is_reported_in_the_language_it_names(
    shell: Shell, tmp_path: Path
) -> None:
    text = said(shell, tmp_path, 'language = "id"\nwidth = = 3\n', LANG=ENGLISH)
    assert "baris 2, kolom 9 bukan TOML yang benar. Pengaturan bawaan yang dipakai." in text
    assert (
        "Belum ada judul tersimpan"
        in shell("--config", str(tmp_path / "config.toml"), "list", LANG=ENGLISH).stdout + text
    )


def test_option_and_variable_come_before_the_settings(shell: Shell, tmp_path: Path) -> None:
    english = 'language = "en"\nwidth = 3\n'
    assert WRONG in said(shell, tmp_path, english, "--lang", "id", LANG=ENGLISH)
    assert WRONG in said(shell, tmp_path, english, LANG=ENGLISH, EKSREAD_LANG="id")


def test_the_system_s_reasons_are_translated(shell: Shell, tmp_path: Path) -> None:
    done = shell("--config", str(tmp_path / "none.toml"), "list", LANG=INDONESIAN)
    assert "tidak dapat dibaca: file atau foldernya tidak ada." in done.stderr
    done = shell("--log-file", str(tmp_path), "list", LANG=INDONESIAN)
    assert "tidak dapat ditulis: itu sebuah folder" in done.stderr


def test_an_unknown_or_missing_language_is_said_in_the_one_that_holds(shell: Shell, tmp_path: Path) -> None:
    assert "Bahasa “xx” tidak dikenal" in said(
        shell, tmp_path, 'language = "id"\n', "--lang", "xx", LANG=ENGLISH
    )
    missing = shell("--lang", LANG=INDONESIAN)
    assert missing.returncode == 2
    assert "butuh satu argumen" in missing.stderr
