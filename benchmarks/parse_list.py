"""What reading a list page costs, beside what selectolax alone needs for its tree and ten selectors.

    python benchmarks/parse_list.py [FILE...]

Without files it reads three made pages of 120 kB: cards with pictures and sections, a WordPress loop, and a table of
some 400 links. Each is read without anything known and with the shape of an article's address that a feed teaches.
Times are CPU milliseconds, the best of several rounds, all measured in turns so that a busy machine slows all.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from eksread.model.fetched import Page
from eksread.parse import parse
from eksread.parse.guard.prescan import verdict
from eksread.parse.listing.headlines import read_listing
from eksread.parse.text import decode
from eksread.parse.urls import learn
from eksread.portal import WITA

if TYPE_CHECKING:
    from collections.abc import Callable

NOW: Final = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
URL: Final = "https://portal.example/"
ROUNDS: Final = 7
REPEATS: Final = 20
SELECTORS: Final = (
    "a[href]",
    "h1",
    "time",
    "article",
    "meta",
    "link[rel]",
    "img",
    "title",
    "nav a",
    "script[type='application/ld+json']",
)
CARDS: Final = 60
POSTS: Final = 50
ROWS: Final = 190  # with two links each, and the frame: some 400 links
SIZE: Final = 120_000

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


def made_pages() -> dict[str, str]:
    """Give three list pages of `SIZE` bytes as theme makers and older systems write them."""
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
    style = "<style>" + ".a{color:#123;margin:0 auto}" * max(0, (SIZE - len(body)) // 28) + "</style>"
    return f"<!doctype html><html><head><meta charset=utf-8><title>Berita</title>{style}</head><body>{body}</body></html>"


def best(task: Callable[[], object]) -> float:
    """Give the CPU milliseconds of one run."""
    start = process_time()
    for _ in range(REPEATS):
        task()
    return (process_time() - start) / REPEATS * 1000


def measure(name: str, text: str) -> None:
    """Print a line for one page."""
    page = Page(URL, text.encode(), NOW, content_type="text/html")
    found = read_listing(LexborHTMLParser(text), URL, NOW)
    shapes = learn([item.url for item in found.items])

    def bare() -> None:
        tree = LexborHTMLParser(text)
        for selector in SELECTORS:
            tree.css(selector)

    tasks: dict[str, Callable[[], object]] = {
        "selectolax": bare,
        "read_listing": lambda: read_listing(LexborHTMLParser(text), URL, NOW),
        "parse": lambda: parse(page),
        "parse with shapes": lambda: parse(page, shapes=shapes),
        "verdict": lambda: verdict(page.body),
    }
    times = dict.fromkeys(tasks, float("inf"))
    for _ in range(ROUNDS):
        for key, task in tasks.items():
            times[key] = min(times[key], best(task))
    base = times["selectolax"]
    print(
        f"{name}: {len(page.body) / 1000:.0f} kB, {len(found.items)} headlines; "
        + ", ".join(f"{key} {value:.2f} ms ({value / base:.1f} x)" for key, value in times.items())
    )


def main() -> None:
    """Measure the files named, else the made pages."""
    if len(sys.argv) < 2:
        for name, text in made_pages().items():
            measure(name, text)
    for name in sys.argv[1:]:
        measure(Path(name).name, decode(Path(name).read_bytes(), ""))


if __name__ == "__main__":
    main()
