import unicodedata
from urllib.parse import urljoin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eksread.parse.text import MAX_MARKS, clean
from eksread.parse.urls import web_url

BASE = "https://portal.example/berita/kutim/"
FORBIDDEN = set(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
) | set("\u200b\u200c\u200e\u200f\ufeff\u00ad\ue000\ue001\U000e0041")
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x9b\x00\u202e\u2066\u200b\u200c\u200d\ufe0f\u0301\u0323\u20e3\ue000\ud800\u2329\u2000\u00a0\u1100\u1161"
            "\u2126\U000e0041\U0001f468\U0001f3fb\u2764a1 \n"
        ),
    ),
    max_size=40,
)


def test_ordinary_text_is_left_alone() -> None:
    text = "“Kami” menanam 1.000 pohon – di Sangatta, Jum'at (5/8) … 25 °C, Rp 5 juta"
    assert clean(text) == text


def test_white_space_of_every_kind_is_folded() -> None:
    assert clean(" Reporter\u00a0:\u00a0\u00a0Amr\t\n \u2003Editor\u2028: B ") == "Reporter : Amr Editor : B"


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("\x1b]0;judul\x07Berita\x9b31m", "]0;judulBerita31m"),
        ("gpj.\u202egambar\u202c", "gpj.gambar"),
        ("ka\u200bta ra\u00adha\u2060sia\ufeff", "kata rahasia"),
        ("a\ue000b\ue001c\uf101", "abc"),
        ("x\U000e0041\U000e007f", "x"),
        ("satu\ud800dua", "satudua"),
        ("e" + "\u0301" * 9, "é" + "\u0301" * 4),
        ("\u0301\u0301abc", "abc"),
        ("\u200b \u0301 \u0302a", "a"),
        ("Keluarga 👨\u200d👩\u200d👧 dan ❤\ufe0f", "Keluarga 👨\u200d👩\u200d👧 dan ❤\ufe0f"),
        ("huruf\u200dbiasa a\ufe0f", "hurufbiasa a"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("a \u200b b", "a b"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_what_deceives_is_removed(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(NASTY)
@settings(max_examples=500)
@example("\u2329\u200d\U0001f468")
@example("a\ufe0f\u200d\U0001f468")
def test_clean_text_is_safe_folded_normal_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not FORBIDDEN & set(once)
    assert unicodedata.is_normalized("NFC", once)
    assert once == " ".join(once.split())
    run = MAX_MARKS
    for char in once:
        run = run + 1 if unicodedata.category(char)[0] == "M" and char != "\ufe0f" else 0
        assert run <= MAX_MARKS


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/berita-12-satu.html", "https://portal.example/berita-12-satu.html"),
        ("  /a\n", "https://portal.example/a"),
        ("satu.html", "https://portal.example/berita/kutim/satu.html"),
        ("../satu", "https://portal.example/berita/satu"),
        ("/a/../b", "https://portal.example/b"),
        ("?page=2", "https://portal.example/berita/kutim/?page=2"),
        ("//cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("HTTP://Portal.Example", "http://portal.example/"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("/a b/ü?q=é", "https://portal.example/a%20b/%C3%BC?q=%C3%A9"),
        ("/a%20b", "https://portal.example/a%20b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("/x\u202egpj", "https://portal.example/x%E2%80%AEgpj"),
    ],
)
def test_addresses_become_absolute(href: str, expected: str) -> None:
    assert web_url(BASE, href) == expected


@pytest.mark.parametrize(
    "href",
    [
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "http://user:pass@evil.example/",
        "https://portal.example@evil.example/",
        "https://portal.example\\@evil.example/",
        "/\\evil.example",
        "https:///evil",
        "http://-oProxyCommand=x/",
        "http://a..b/",
        "http://a/\x1b[31m",
        "http://a/\x00",
        "http://[::1/",
        "http://[::zz]/",
        "http://[fe80::1%25eth0]/",
        "http://a:99999/",
        "http://a:8x/",
        "http://ex\u202eample/",
        "https://portal.example/" + "a" * 3000,
        "http://" + "a." * 2000,
    ],
)
def test_other_addresses_are_refused(href: str) -> None:
    assert web_url(BASE, href) is None


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.example/", "//", "/"]))
def test_an_address_is_http_ascii_and_stable(tail: str, head: str) -> None:
    url = web_url(BASE, head + tail)
    if url is not None:
        assert url.startswith(("http://", "https://"))
        assert url.isascii()
        assert url.isprintable()
        assert web_url(BASE, url) == url


@given(
    st.text(alphabet="ab9_-/.?&=%#,@+~!*'()", min_size=1, max_size=9),
    st.sampled_from(
        [
            BASE,
            "https://a.example",
            "http://a.example/x/y.php?id=3/4",
            "http://a.example:8080/a/./b#c",
            "http://a.example//x/y",
        ]
    ),
)
def test_an_address_below_the_pages_folder_is_joined_as_the_standard_says(href: str, base: str) -> None:
    assert web_url(base, f"x{href}") == urljoin(base, f"x{href}")
