from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from eksread import i18n
from eksread.errors import NameNotFound

ROOT = Path(__file__).parent.parent


def test_the_catalogues_are_complete_and_compiled() -> None:
    """No message without a translation, none with other placeholders, none unused."""
    found = subprocess.run(
        [sys.executable, ROOT / "tools" / "messages.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout + found.stderr == "\n"
    assert found.returncode == 0


def test_indonesian_is_used_unless_the_locale_says_english() -> None:
    assert i18n.preferred({"LANG": "id_ID.UTF-8"}) == "id"
    assert i18n.preferred({"LANG": "en_GB.UTF-8"}) == "en"
    assert i18n.preferred({"LANG": "C.UTF-8"}) == "id"
    assert i18n.preferred({"LC_ALL": "en_US", "LANG": "id_ID"}) == "en"
    assert i18n.preferred({}) == "id"


def test_errors_speak_the_language_in_use_and_survive_a_missing_value() -> None:
    assert (
        NameNotFound(host="portal.example").sentences()[0]
        == "The name portal.example was not found on the network."
    )
    i18n.use("id")
    assert NameNotFound().message.startswith("Nama ? tidak ditemukan")
