from pathlib import Path
from time import process_time

import pytest

from eksread.parse.prescan import is_hopeless

PAGES = Path(__file__).parent.parent / "pages"

HOSTILE = {
    "deep": b"<div>" * 500_000 + b"x",
    "deep 30,000": b"<div>" * 30_000,
    "deep, closed": b"<div>" * 30_000 + b"</div>" * 30_000,
    "deep, wrongly closed": b"<div></x>" * 30_000,
    "deep in capitals": b"<DIV\n>" * 30_000,
    "inline": b"<b><i><a href=x>" * 60_000,
    "table": b"<table><tr><td>" * 60_000,
    "svg": b"<svg><template>" * 60_000,
    "reopened": b"".join(b"<b id=%d>" % i for i in range(8000)) + b"<p>" * 8000,
    "reopened small": b"".join(b"<b id=%d><p>" % i for i in range(2000)),
    "reopened, stray ends first": b"</b>" * 2000 + b"".join(b"<b\tid=%d><p>" % i for i in range(2000)),
    "attributes": b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x",
    "moved": b"".join(b"<b id=%d>" % i for i in range(900)) + b"<div>" + b"<br>" * 200_000 + b"</b>" * 900,
    "moved, others between": b"".join(b"<b id=%d>" % i for i in range(900))
    + b"<div>"
    + b"<br>" * 200_000
    + b"<b><p></b>" * 20
    + b"</b>" * 900,
    "tags": b"<br>" * 2_000_000,
}
HARMLESS = {
    "adoption": b"<a><b><p>" * 30_000 + b"</a></b>" * 30_000,
    "empty": b"",
    "long attribute": b"<p title='" + b"A" * 5_000_000 + b"'>x",
    "paragraphs": b"<p>x" * 50_000,
    "breaks": b"<br>" * 100_000,
    "list": b"<ul>" + b"<li>x" * 50_000,
    "table": b"<table>" + b"<tr><td>x<td>y" * 20_000,
    "icons": b"<div><i class='icon icon-x'></i><a href=x>y</a></div>" * 3000,
    "fonts": b"<font color=red>x</font><br>" * 5000,
    "script": b"<script>" + b"var x = 1; " * 100_000 + b"</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_that_would_choke_the_parser_are_not_parsed_here(name: str) -> None:
    assert is_hopeless(HOSTILE[name])


@pytest.mark.parametrize("name", HARMLESS)
def test_control_characters_masses_are_plain(name: str) -> None:
    assert not is_hopeless(HARMLESS[name])


def test_every_fixture_is_plain() -> None:
    pages = [path for path in PAGES.rglob("*") if path.suffix in (".html", ".xml", ".txt")]
    assert len(pages) > 20
    assert not any(is_hopeless(path.read_bytes()) for path in pages)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_scan_is_linear(name: str) -> None:
    def cost(body: bytes) -> float:
        start = process_time()
        is_hopeless(body)
        return process_time() - start

    def least(body: bytes) -> float:
        return min(cost(body) for _ in range(3))

    # Four times the page costs 4 times as much, or 16 times where work grows with the square.
    assert least(HOSTILE[name] * 4) < 10 * least(HOSTILE[name]) + 0.1
