"""`eksread diff`: what changed, with a little around it, comments included."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from eksread.model.news import Comment, Comments
from eksread.store import open_store
from tests.cli.shell import Shell
from tests.store.making import NOW, save

if TYPE_CHECKING:
    from pathlib import Path


def test_unchanged_paragraphs_are_left_out_and_an_edited_comment_is_shown(tmp_path: Path) -> None:
    same = [f"Alinea yang tetap nomor {n}." for n in range(6)]
    store = open_store(tmp_path)
    for at, last, comment in (
        (NOW, "Tujuh perahu.", "Kapan selesai?"),
        (NOW + timedelta(hours=1), "Enam perahu.", "Kapan mulai?"),
    ):
        text = "\n".join([*same, last])
        save(store, "a", text, at, comments=Comments(1, items=(Comment("siti", NOW, comment),)))
    store.close()
    done = Shell("http://127.0.0.1:9", tmp_path)("diff", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n", 1)[1] == (
        "⋯\nAlinea yang tetap nomor 5.\n[-Tujuh-] {+Enam+} perahu.\n\n"
        "Edited comment of siti\nKapan [-selesai?-]{+mulai?+}\n\n"
    )
