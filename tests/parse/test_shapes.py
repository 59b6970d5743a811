import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.parse.urls import learn, matches

SITE = "https://portal.example"
SLUGS = (
    "banjir-surut-warga-pulang",
    "harga-cabai-turun-lagi",
    "jalan-poros-diperbaiki-tahun-ini",
    "tim-sar-temukan-nelayan",
)


@pytest.mark.parametrize(
    ("pattern", "shape"),
    [
        ("/berita-{i}-{s}.html", "/berita-{n}-{slug}.html"),
        ("/2019/07/{i}/{s}/", "/{yyyy}/{mm}/{dd}/{slug}"),
        ("/read/{i}", "/read/{n}"),
        ("/?p={i}", "/?p={n}"),
        ("/index.php?page=detail&id={i}", "/index.php?page=detail&id={n}"),
        ("/{s}", "/{slug}"),
        ("/berita/{i}/{s}", "/berita/{n}/{slug}"),
        ("/{i}-{s}.htm", "/{n}-{slug}.htm"),
        ("/d-{i}/{s}", "/d-{n}/{slug}"),
        ("/{s}-{i}000", "/{slug}-{n}"),
        ("/kaltim/{s}.php?utm_source=rss", "/kaltim/{slug}.php"),
    ],
)
def test_the_shape_of_a_feed_is_learned_and_recognised(pattern: str, shape: str) -> None:
    urls = [SITE + pattern.format(i=11 + i, s=slug) for i, slug in enumerate(SLUGS)]
    assert learn(urls) == (shape,)
    unseen = SITE + pattern.format(i=29, s="wali-kota-buka-pasar-murah")
    assert matches((shape,), unseen)
    assert matches((shape,), unseen.rstrip("/") + ("&" if "?" in unseen else "?") + "utm_medium=x")
    for other in ("/", "/ekonomi", "/kategori/ekonomi", "/tentang-kami", "/ekonomi?page=2", "/redaksi.html"):
        assert not matches((shape,), SITE + other)


def test_sections_in_the_path_stay_open() -> None:
    sections = ("ekonomi", "olahraga", "politik", "ragam")
    urls = [
        f"{SITE}/{section}/2024/05/{i:02}/{slug}"
        for i, (section, slug) in enumerate(zip(sections, SLUGS, strict=True), 1)
    ]
    assert learn(urls) == ("/{w}/{yyyy}/{mm}/{dd}/{slug}",)
    assert matches(learn(urls), f"{SITE}/wisata/2023/12/31/satu")


def test_one_odd_link_is_passed_over() -> None:
    urls = [f"{SITE}/berita-{i}-{SLUGS[i % 4]}.html" for i in range(15)]
    shapes = learn([*urls[:7], f"{SITE}/galeri/foto", *urls[7:], "https://lain.example/x/y/z?q=1"])
    assert shapes == ("/berita-{n}-{slug}.html",)
    assert not matches(shapes, f"{SITE}/galeri/foto")


def test_two_kinds_of_articles_are_both_learned() -> None:
    urls = [f"{SITE}/read/{i}" for i in range(6)] + [f"{SITE}/video/{i}/{SLUGS[i % 4]}" for i in range(4)]
    assert learn(urls) == ("/read/{n}", "/video/{n}/{slug}")


def test_titles_with_a_number_do_not_break_the_slug() -> None:
    slugs = (*SLUGS, "harga-5-komoditas-naik", "warga-12-desa-mengungsi", "3-nelayan-selamat", "apbd-2024")
    shapes = learn([f"{SITE}/berita/{slug}" for slug in slugs])
    assert all(matches(shapes, f"{SITE}/berita/{slug}") for slug in slugs[:7])
    assert not matches(shapes, f"{SITE}/berita/")


def test_a_title_that_starts_with_a_number_is_of_the_same_shape() -> None:
    slugs = (*SLUGS, "1-250-bibit-ulin-ditanam", "17-agustus-di-pulau-kecil")
    assert learn([f"{SITE}/berita-{700 + i}-{slug}.html" for i, slug in enumerate(slugs)]) == (
        "/berita-{n}-{slug}.html",
    )


def test_a_portal_below_a_path_keeps_its_path() -> None:
    shapes = learn([f"{SITE}/kabar/{slug}" for slug in SLUGS])
    assert matches(shapes, f"{SITE}/kabar/kapal-baru-tiba-di-pelabuhan")
    assert not matches(shapes, f"{SITE}/lain/kapal-baru-tiba-di-pelabuhan")


def test_nothing_is_learned_from_nothing_or_from_bare_words() -> None:
    assert learn([]) == ()
    assert learn([f"{SITE}/a", f"{SITE}/b", f"{SITE}/c"]) == ()
    assert not matches((), f"{SITE}/berita-1-satu-dua.html")


@given(st.lists(st.text(alphabet="/abc-12?=&{}.%:[]", max_size=40), max_size=12))
def test_shapes_learned_from_any_addresses_match_together_what_one_of_them_matches(tails: list[str]) -> None:
    urls = [SITE + tail for tail in tails]
    shapes = learn(urls)
    for url in urls:
        assert matches(shapes, url) == any(matches((shape,), url) for shape in shapes)
