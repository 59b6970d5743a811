"""A section's name is written one way, whatever a menu, a card, a page or a feed makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eksread.model.lists import HeadlineQuery
from eksread.model.news import SectionLink, Teaser
from eksread.store import open_store
from eksread.store.rows import section_name
from tests.store.making import NOW

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name",
    [
        *("Kaltim", "PPU", "IKN", "Hukum dan Kriminal", "DPRD Kaltim", "UMKM & Koperasi", "Jum'at Berkah"),
        *("Di Balik Berita", "Kalimantan-Timur", "Covid-19"),
    ],
)
def test_all_cases_give_one_name(name: str) -> None:
    assert {section_name(one) for one in (name, name.upper(), name.lower(), name.title())} == {name}


def test_menu_card_and_feed_agree_in_the_archive(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.portal_data.save_sections((SectionLink("KUTAI TIMUR", "https://portal.example/kutim"),), NOW)
    for number, name in enumerate(("Kutai Timur", "kutai timur", "KUTAI TIMUR")):
        store.portal_data.save_teasers(
            [Teaser(f"Judul {number}", f"https://portal.example/{number}", section=name)], NOW
        )
    names = {row.section for row in store.queries.headlines(HeadlineQuery()).items}
    assert names | {section.name for section in store.queries.sections()} == {"Kutai Timur"}
    store.close()
