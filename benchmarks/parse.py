"""What reading a page costs: a made article, made lists, and saved pages beside trafilatura.

    python -m benchmarks.parse [FOLDER]

The first figures are for an article page of 60 kB and for three list pages of 120 kB (cards with pictures and sections,
a WordPress loop, a table of some 400 links), from bytes to values. The last needs trafilatura and a FOLDER of saved pages
(`*.html` or `*.html.gz`): pages for each CPU second of both on the same pages. Times are CPU milliseconds, the best of
several rounds; the peak of memory is this process's alone, taken before trafilatura is loaded.
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

from benchmarks.extract import extract
from eksread.model.fetched import Page
from eksread.model.news import Article, Listing
from eksread.parse import parse
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOW: Final = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
HOME: Final = "https://portal.example/"
URL: Final = f"{HOME}berita-1-judul.html"
ROUNDS: Final = 7
REPEATS: Final = 20
ARTICLE_SIZE: Final = 60_000
LIST_SIZE: Final = 120_000
CARDS: Final = 60
POSTS: Final = 50
ROWS: Final = 190  # with two links each, and the frame: some 400 links

SENTENCE: Final = (
    "Warga kampung di hulu sungai memperbaiki dermaga kayu bersama-sama, kata ketua rukun tetangga nomor {}. "
)


def made_article() -> str:
    """Give an article page of `ARTICLE_SIZE` bytes as theme makers write them."""
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
    rest = max(0, ARTICLE_SIZE - len(body) - len(ld) - 200)
    style = "<style>" + ".a{color:#123;margin:0 auto}" * (rest // 56) + "</style>"
    script = "<script>" + "window.q=window.q||[];q.push(1);" * (rest // 64) + "</script>"
    return f"<!doctype html><html><head><meta charset=utf-8><title>Warga Hulu Perbaiki Dermaga Kayu</title>{style}{ld}</head><body>{body}{script}</body></html>"


CARD: Final = """<div class="col-12 col-md-6 col-lg-4"><article class="card h-100 shadow-sm" data-id="{i}">
<figure class="card-img-wrap ratio ratio-16x9"><a class="stretched-link" href="/berita-{i}-judul-berita-yang-cukup-panjang-nomor-{i}.html"
aria-hidden="true" tabindex="-1"><picture><source type="image/webp" data-srcset="/img/{i}-320.webp 320w, /img/{i}-640.webp 640w"
sizes="(max-width: 768px) 100vw, 33vw"><img class="lazyload img-fluid" src="/img/blank.gif" data-src="/img/{i}-640.jpg" width="640"
height="360" alt="Suasana kegiatan nomor {i}" loading="lazy" decoding="async"></picture></a></figure><div class="card-body d-flex flex-column">
<div class="meta small text-muted mb-1"><span class="badge bg-primary category"><a href="/kanal/kanal-{k}">Kanal {k}</a></span> <i class="icon-clock"></i>
<span class="date">Kamis, 2 Mei 2024 | {h:02}:03 WITA</span></div><h3 class="card-title h6"><a href="/berita-{i}-judul-berita-yang-cukup-panjang-nomor-{i}.html"
title="Judul Berita yang Cukup Panjang Nomor {i}">Judul Berita yang Cukup Panjang Nomor {i}</a></h3><p class="card-text">Ringkasan berita nomor {i}
yang terdiri atas beberapa kalimat pendek supaya cukup panjang untuk dibaca sebelum orang membuka beritanya.</p><ul class="share list-inline mt-auto"><li
class="list-inline-item"><button type="button" class="btn btn-link" data-share="wa"><svg viewBox="0 0 24 24"><path d="M12 2a10 10 0 0 0-8 15l-2 5 5-2a10
10 0 1 0 5-18z"/></svg></button></li></ul></div></article></div>
"""

POST: Final = """<article id="post-{i}" class="post-{i} post type-post status-publish format-standard has-post-thumbnail hentry category-kanal-{k} tag-{k}">
<div class="post-thumbnail"><a href="https://portal.example/2024/05/judul-berita-yang-cukup-panjang-nomor-{i}/" aria-hidden="true"><img width="300" height="169"
src="https://portal.example/wp-content/uploads/2024/05/{i}-300x169.jpg" class="attachment-medium size-medium wp-post-image" alt="" decoding="async"
srcset="https://portal.example/wp-content/uploads/2024/05/{i}-300x169.jpg 300w, https://portal.example/wp-content/uploads/2024/05/{i}-768x432.jpg 768w"
sizes="(max-width: 300px) 100vw, 300px"></a></div><header class="entry-header"><span class="cat-links"><a href="https://portal.example/category/kanal-{k}/"
rel="category tag">Kanal {k}</a></span><h2 class="entry-title"><a href="https://portal.example/2024/05/judul-berita-yang-cukup-panjang-nomor-{i}/"
rel="bookmark">Judul Berita yang Cukup Panjang Nomor {i}</a></h2><div class="entry-meta"><span class="posted-on"><a
href="https://portal.example/2024/05/judul-berita-yang-cukup-panjang-nomor-{i}/" rel="bookmark"><time class="entry-date published"
datetime="2024-05-0{d}T{h:02}:03:00+08:00">{d} Mei 2024</time></a></span><span class="byline"> oleh <span class="author vcard"><a class="url fn n"
href="https://portal.example/author/redaksi/">Redaksi</a></span></span></div></header><div class="entry-content"><p>Ringkasan berita nomor {i} yang terdiri
atas beberapa kalimat pendek supaya cukup panjang untuk dibaca sebelum orang membuka beritanya. <a class="more-link"
href="https://portal.example/2024/05/judul-berita-yang-cukup-panjang-nomor-{i}/">Selengkapnya</a></p></div></article>
"""

ROW: Final = """<tr class="row{o}"><td class="date">{d:02}/05/2024 {h:02}:03</td><td><a href="/kanal/kanal-{k}">Kanal {k}</a></td><td class="judul"><a
href="/baca/{i}/judul-berita-yang-cukup-panjang-nomor-{i}">Judul Berita yang Cukup Panjang Nomor {i}</a></td><td align="right">{i} kali</td></tr>
"""


def made_lists() -> dict[str, str]:
    """Give three list pages of `LIST_SIZE` bytes as theme makers and older systems write them."""
    cards = "".join(CARD.format(i=900 - i, k=i % 20, h=i % 24) for i in range(CARDS))
    posts = "".join(POST.format(i=900 - i, k=i % 20, h=i % 24, d=3 - i // 20) for i in range(POSTS))
    rows = "".join(ROW.format(i=900 - i, k=i % 20, h=i % 24, d=2, o=i % 2) for i in range(ROWS))
    return {
        "cards": _framed(f'<div class="row">{cards}</div>'),
        "WordPress loop": _framed(f'<section class="content-area">{posts}</section>'),
        "table": _framed(f'<table class="arsip"><tbody>{rows}</tbody></table>'),
    }


def _framed(main: str) -> str:
    """Put a menu, a page number, a side box and a style sheet around the list."""
    menu = "".join(f'<li class="menu-item"><a href="/kanal/kanal-{k}">Kanal {k}</a></li>' for k in range(20))
    popular = "".join(
        f'<li><span class="rank">{i}</span><a href="/berita-{500 - i}-populer-sekali-hari-ini-nomor-{i}.html">Populer Sekali Hari Ini Nomor {i}</a></li>'
        for i in range(10)
    )
    body = (
        f'<header><nav class="navbar"><ul>{menu}</ul></nav></header><main>{main}<div class="pagination">'
        f'<a href="/?page=2">2</a></div></main><aside class="sidebar"><h4>Terpopuler</h4><ol>{popular}</ol></aside>'
    )
    style = "<style>" + ".a{color:#123;margin:0 auto}" * max(0, (LIST_SIZE - len(body)) // 28) + "</style>"
    return f"<!doctype html><html><head><meta charset=utf-8><title>Berita</title>{style}</head><body>{body}</body></html>"


def best(task: Callable[[], object]) -> float:
    """Give the CPU milliseconds of one run, of the best round."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(REPEATS):
            task()
        times.append((process_time() - start) * 1000 / REPEATS)
    return min(times)


def made_pages() -> None:
    """Print what the made pages cost."""
    page = Page(URL, made_article().encode(), NOW, content_type="text/html; charset=utf-8")
    article = parse(page)
    if not isinstance(article, Article) or len(article.blocks) != 21 or len(article.comments.items) != 12:
        sys.exit("the made article is not read as it should be")
    print(f"article of {len(page.body) / 1000:.0f} kB: {best(lambda: parse(page)):.2f} ms (goal: at most 3)")
    for name, text in made_lists().items():
        front = Page(HOME, text.encode(), NOW, content_type="text/html")
        listing = parse(front)
        if not isinstance(listing, Listing) or len(listing.items) < POSTS:
            sys.exit(f"the made list of {name} is not read as it should be")
        spent = best(lambda front=front: parse(front))  # type: ignore[misc]
        print(f"list of {len(front.body) / 1000:.0f} kB, {name}: {spent:.2f} ms (goal: at most 7)")


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
    print(f"{len(files)} pages: {ours:.0f} pages/s, peak {peak:.0f} MB (goal: under 60)")
    if importlib.util.find_spec("trafilatura") is None:
        print("trafilatura is not installed: nothing to compare with")
        return
    import trafilatura

    theirs = pages_per_second(
        files, lambda html: trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    )
    print(
        f"trafilatura: {theirs:.0f} pages/s; eksread is {ours / theirs:.1f} times as fast (goal: at least 4)"
    )


if __name__ == "__main__":
    made_pages()
    if len(sys.argv) > 1:
        many_pages(Path(sys.argv[1]))
