"""What reading an article costs: beside selectolax alone, and beside trafilatura on the same pages.

    python benchmarks/parse.py [FOLDER]

The first figure is for a made article page of 60 kB, from bytes to `Article`, against building the tree and running
ten selectors. The second needs trafilatura and a FOLDER of saved pages (`*.html` or `*.html.gz`): pages for each CPU
second of both on the same pages. Times are CPU time, measured in turns so that a busy machine slows both; the peak of
memory is this process's alone, taken before trafilatura is loaded.
"""

from __future__ import annotations

import gzip
import importlib.util
import resource
import sys
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from eksread.model.fetched import Page
from eksread.model.news import Article
from eksread.parse import extract, parse
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOW: Final = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
URL: Final = "https://portal.example/berita-1-judul.html"
ROUNDS: Final = 7
REPEATS: Final = 20
SIZE: Final = 60_000
SELECTORS: Final = (
    "a[href]", "h1", "time", "article p", "meta", "link[rel]", "img", "title", "script[type='application/ld+json']", "li",
)  # fmt: skip

SENTENCE: Final = (
    "Warga kampung di hulu sungai memperbaiki dermaga kayu bersama-sama, kata ketua rukun tetangga nomor {}. "
)


def made_page() -> str:
    """Give an article page of `SIZE` bytes as theme makers write them."""
    menu = "".join(
        f'<li class="menu-item menu-item-{k}"><a href="/kanal/{k}">Kanal {k}</a></li>' for k in range(25)
    )
    text = "".join(
        f'<p class="wp-block-paragraph">{SENTENCE.format(i) * 4}<strong>Tebal</strong> dan <a href="/berita-{i}.html">tautan</a>.</p>'
        + (f'<p><strong>Baca juga: <a href="/berita-9{i}-x.html">Judul Berita Terkait Nomor {i}</a></strong></p>' if i % 6 == 3 else "")
        for i in range(18)
    )  # fmt: skip
    cards = "".join(
        f'<div class="col card"><a href="/berita-7{i}-y.html"><img class="lazy" data-src="/img/{i}.jpg" src="/blank.gif" alt="">'
        f'<h3 class="card-title">Judul Berita Lain yang Cukup Panjang Nomor {i}</h3></a><span class="date">2 Mei 2024</span></div>'
        for i in range(40)
    )  # fmt: skip
    comments = "".join(
        f'<li id="comment-{i}" class="comment depth-1"><b class="fn">Pembaca {i}</b> <time datetime="2024-05-02T09:{i:02}:00+08:00">2 Mei</time>'
        f"<p>{SENTENCE.format(i)}</p></li>"
        for i in range(12)
    )  # fmt: skip
    ld = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Warga Hulu Perbaiki Dermaga Kayu",'
        '"datePublished":"2024-05-02T08:00:00+08:00","author":{"name":"Amr"}}</script>'
    )
    body = (
        f'<nav><ul>{menu}</ul></nav><main><article class="post hentry"><h1>Warga Hulu Perbaiki Dermaga Kayu</h1>'
        f'<div class="entry-content">{text}<p>Reporter: Amr | Editor: Budi</p></div></article>'
        f'<div id="comments"><h3>12 Komentar</h3><ol class="comment-list">{comments}</ol></div></main>'
        f'<aside class="sidebar">{cards}</aside><footer>Hak cipta</footer>'
    )
    rest = max(0, SIZE - len(body) - len(ld) - 200)
    style = "<style>" + ".a{color:#123;margin:0 auto}" * (rest // 56) + "</style>"
    script = "<script>" + "window.q=window.q||[];q.push(1);" * (rest // 64) + "</script>"
    return f"<!doctype html><html><head><meta charset=utf-8><title>Warga Hulu Perbaiki Dermaga Kayu</title>{style}{ld}</head><body>{body}{script}</body></html>"


def cost(task: Callable[[], object]) -> float:
    """Give the CPU milliseconds of one run."""
    start = process_time()
    for _ in range(REPEATS):
        task()
    return (process_time() - start) * 1000 / REPEATS


def one_page() -> None:
    """Print what one page costs beside selectolax."""
    html = made_page()
    page = Page(URL, html.encode(), NOW, content_type="text/html; charset=utf-8")
    read = parse(page)
    if not isinstance(read, Article) or len(read.blocks) != 21 or len(read.comments.items) != 12:
        sys.exit("the made page is not read as it should be")

    def alone() -> None:
        tree = LexborHTMLParser(page.body)
        for selector in SELECTORS:
            tree.css(selector)

    pairs = [(cost(alone), cost(lambda: parse(page))) for _ in range(ROUNDS)]
    base, ours = (min(times) for times in zip(*pairs, strict=True))
    sys.stdout.write(
        f"article of {len(page.body) / 1000:.0f} kB: selectolax {base:.2f} ms, bytes to Article {ours:.2f} ms, "
        f"{ours / base:.1f} times (goal: at most 8)\n"
    )


def pages_per_second(files: Sequence[Path], reader: Callable[[str], object]) -> float:
    """Give pages for each CPU second; one page is held at a time, and reading the file is not counted."""
    spent = 0.0
    for path in files:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        html = raw.decode("utf-8", "replace")
        start = process_time()
        reader(html)
        spent += process_time() - start
    return len(files) / spent


def many_pages(folder: Path) -> None:
    """Print pages for each CPU second on a folder of saved pages, with trafilatura's beside them."""
    files = sorted(folder.rglob("*.html*"))
    ours = pages_per_second(files, lambda html: extract(html, URL))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{len(files)} pages: {ours:.0f} pages/s, peak {peak:.0f} MB (goal: under 60)\n")
    if importlib.util.find_spec("trafilatura") is None:
        sys.stdout.write("trafilatura is not installed: nothing to compare with\n")
        return
    import trafilatura

    theirs = pages_per_second(
        files, lambda html: trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    )
    sys.stdout.write(
        f"trafilatura: {theirs:.0f} pages/s; eksread is {ours / theirs:.1f} times as fast (goal: at least 4)\n"
    )


if __name__ == "__main__":
    one_page()
    if len(sys.argv) > 1:
        many_pages(Path(sys.argv[1]))
