"""The day of an article that stands alone above its title."""

from datetime import datetime

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.portal import WITA

NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
TITLE = "<h1>Warga Panen Kepiting Bakau</h1>"
TEXT = (
    "<p>Ketua kelompok menjelaskan bahwa hasil panen cukup untuk tiga bulan ke depan bagi warga kampung.</p>"
) * 4


def read(body: str) -> Article:
    page = Page("https://portal.example/berita-41-panen.html", body.encode(), NOW)
    found = parse(page, expected=Expected.ARTICLE)
    assert isinstance(found, Article)
    return found


def test_a_day_alone_above_the_title_is_the_articles_when_the_header_shows_its_own() -> None:
    found = read(
        f"<p>Jumat, 3 Mei 2024</p><ul><li>26 Apr 2024</li><li>2 menit membaca</li></ul>{TITLE}{TEXT}"
    )
    assert found.published == datetime(2024, 4, 26, tzinfo=WITA)


def test_the_only_day_above_the_title_is_the_headers() -> None:
    assert read(f"<p>Jumat, 3 Mei 2024</p><p>Portal kampung</p>{TITLE}{TEXT}").published is None
