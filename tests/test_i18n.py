from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from eksread import i18n
from eksread.errors import NameNotFound

ROOT = Path(__file__).parent.parent
PO = ROOT / "src/eksread/locale/id/LC_MESSAGES/eksread.po"


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


STIFF = {
    "tetikus": "mouse",
    "papan tombol": "keyboard",
    "luring": "offline",
    "daring": "online",
    "peramban": "browser",
    "umpan": "feed",
    "markah": "bookmark",
    "galat": "error",
    "diska": "disk",
    "proksi": "proxy",
    "berkas": "file",
    "mutakhir": "terbaru",
    "naskah": "teks",
    "sunting": "edit",
    "sambungan": "koneksi",
    "pengurai": "eksread",
    "kamu": "Anda",
}
"""What nobody in Sangatta says, and what they say: one word for one thing, throughout."""


def test_the_indonesian_is_what_people_say() -> None:
    text = PO.read_text("utf-8")
    shown = re.findall(r'^msgstr(?:\[0\])? "(.*)"$', text, re.MULTILINE)
    found = {word for word in STIFF for one in shown if re.search(rf"(?i)\b\w*{word}\w*\b", one)}
    assert found == set()
