"""`eksread archive`: back through the lists of a section, in this process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eksread.cli.main import main
from eksread.demo import load_edition
from tests.edited_portal import EditedPortal
from tests.faults import FaultServer, page

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_a_section_is_walked_to_its_end_and_then_nothing_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = load_edition()
    wanted = [article for article in edition.articles if article.section == "Bontang"]
    with EditedPortal(edition=edition) as portal:
        words = ["--portal", portal.url, "--data-dir", str(tmp_path), "--lang", "en"]
        main([*words, "refresh", "--max-size", "60kB"])
        capsys.readouterr()
        walk = [*words, "archive", "--since", "2000-01-01", "--section", "Bontang"]
        assert main([*walk, "--json"]) == 0
        first = json.loads(capsys.readouterr().out)
        assert first["failed"] == 0
        assert first["new"] > 0
        main([*words, "list", "--section", "bontang", "--json"])
        rows = json.loads(capsys.readouterr().out)
        assert {row["title"] for row in rows if row["has_text"]} >= {article.title for article in wanted}
        asked = len(portal.asked)
        assert main(walk) == 0
        assert "Up to date: nothing new." in capsys.readouterr().out
        assert len(portal.asked) == asked


def test_a_list_that_is_none_is_named_and_asked_again_by_the_next_walk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = "".join(
        f"<article><h3><a href='/berita-{n}.html'>Warga Desa Nomor {n} Panen Raya</a></h3></article>"
        for n in range(8)
    )
    names = ("Kutim", "Bontang", "Berau", "Paser")
    menu = "".join(f"<li><a href='/kanal/{name.lower()}'>{name}</a></li>" for name in names)
    with FaultServer() as server:
        url = server.on("/", page(f"<nav><ul>{menu}</ul></nav><main>{links}</main>".encode()))
        words = ["--portal", url, "--data-dir", str(tmp_path), "--lang", "en"]
        main([*words, "refresh"])
        server.on("/kanal/kutim", page(b"<p>Sedang dalam perbaikan."))
        walk = [*words, "archive", "--since", "2020-01-01", "--section", "Kutim"]
        for _ in range(2):
            capsys.readouterr()
            main(walk)
            assert server.url("/kanal/kutim") in capsys.readouterr().err
        assert server.paths.count("/kanal/kutim") >= 2
