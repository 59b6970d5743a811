import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.parse.urls import Addresses, link_key, web_url, without_tracking

BASES = ("https://portal.example/", "https://www.Portal.example:443/kanal/a?b=1", "http://portal.co.id/x/")
PARTS = st.sampled_from(
    [
        *"/.-_?#:&=%",
        "..",
        "//",
        "baca",
        "1",
        "judul",
        "html",
        "php",
        "https://portal.example",
        "utm_source=x",
        "é",
        " ",
    ]
)


@pytest.mark.parametrize("base", BASES)
@given(
    href=st.lists(PARTS, min_size=1, max_size=7).map("".join).filter(lambda href: not href.startswith("#"))
)
def test_plain_addresses_read_the_short_way_come_out_as_by_the_long_one(base: str, href: str) -> None:
    absolute = web_url(base, href)
    found = Addresses(base).of(href)
    assert Addresses(base).absolute(href) == absolute
    if absolute is None:
        assert found is None
    else:
        assert found is not None
        assert found[:3] == (absolute, link_key(absolute), without_tracking(absolute))


@pytest.mark.parametrize(
    ("href", "local"),
    [
        ("/baca/1", True),
        ("https://portal.co.id/baca/1", True),
        ("https://berita.portal.co.id/baca/1?a=b", True),
        ("https://lain.co.id/baca/1", False),
    ],
)
def test_an_address_tells_whether_it_stays_on_the_site(href: str, local: bool) -> None:
    found = Addresses("https://portal.co.id/").of(href)
    assert found is not None
    assert found[3] is local


def test_a_mark_on_the_same_page_leads_nowhere() -> None:
    assert Addresses("https://portal.example/").of("#atas") is None
