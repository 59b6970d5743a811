"""The lead picture and its caption."""

from datetime import datetime

import pytest

from eksread.model.fetched import Expected, Page
from eksread.model.news import Article
from eksread.parse import parse
from eksread.parse.article.lead import credit_of
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


def test_an_icon_beside_the_date_is_no_lead_picture() -> None:
    line = '<div class="info"><img src="/img/clock.png"> Jumat, 26 April 2024 | 14:05 WITA</div>'
    found = read(f'{TITLE}{line}<div><img src="/unggah/kepiting.jpg"></div>{TEXT}')
    assert found.lead_image is not None
    assert found.lead_image.url == "https://portal.example/unggah/kepiting.jpg"


def test_a_photograph_may_be_named_as_an_icon_is() -> None:
    found = read(f'{TITLE}<div><img src="/unggah/jam.jpg"></div>{TEXT}')
    assert found.lead_image is not None
    assert found.lead_image.url == "https://portal.example/unggah/jam.jpg"


def test_a_date_line_is_no_caption() -> None:
    figure = "<figure><img src=/unggah/kepiting.jpg><figcaption>Jumat, 26 April 2024 14:05 WITA</figcaption></figure>"
    found = read(f"{TITLE}{figure}{TEXT}")
    assert found.lead_image is not None
    assert found.lead_image.caption is None


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Warga menanam bakau. (Foto: Rina Contoh)", "Rina Contoh"),
        ("Warga menanam bakau. Foto: Rina Contoh/Kabar Muara", "Rina Contoh/Kabar Muara"),
        ("Warga menanam bakau. [Dok. Panitia]", "Panitia"),
        ("Warga menanam bakau untuk lomba foto di muara.", None),
        ("Warga menanam bakau.", None),
    ],
)
def test_who_took_a_picture_is_read_from_its_caption(caption: str, credit: str | None) -> None:
    assert credit_of(caption) == credit
