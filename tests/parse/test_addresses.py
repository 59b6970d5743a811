import pytest

from eksread.parse.urls import site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://portal.example/baca/1", "portal.example"),
        ("https://berita.portal.co.id:8080/baca/1?a=b", "portal.co.id"),
        ("https://lain.co.id/", "lain.co.id"),
        ("http://127.0.0.1:8000/baca", "127.0.0.1"),
    ],
)
def test_hosts_of_one_registered_name_are_one_site(url: str, site: str) -> None:
    assert site_of(url) == site
