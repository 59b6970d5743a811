"""What is known of the portal, as data. Nothing else in eksread names it.

Source: the saved page and public feed lists described in docs/architecture.md; whatever is a guess says so.
"""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

WIB: Final = timezone(timedelta(hours=7), "WIB")
WITA: Final = timezone(timedelta(hours=8), "WITA")
WIT: Final = timezone(timedelta(hours=9), "WIT")

BASE_URL: Final = "https://eksposkaltim.com/"
FEED_PATHS: Final = ("rss.xml", "feed", "rss", "feed.xml", "atom.xml", "index.xml")
"""Where a feed may be, tried in order when the front page links none."""
OUTLETS: Final = ("EKSPOSKALTIM.com", "EKSPOSKALTIM", "EKSPOS KALTIM")
"""The names that its datelines start with, in any case."""
SLOGANS: Final = (
    "PORTAL BERITA ONLINE",
    "NEWS AND ENTERTAINTMENT ONLINE",  # as the saved page spells it
    "NEWS AND ENTERTAINMENT ONLINE",
    "BERANI BEDA..!!",
    "MENGEKSPOS KALIMANTAN & TIMUR INDONESIA",
)
"""Ticker lines that are never body."""

MASTHEAD: Final = "EKSPOSKALTIM"
"""The portal's name as the screen's head shows it."""

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "Samarinda": ("Samarinda", "Kota Samarinda"),
    "Balikpapan": ("Balikpapan", "Kota Balikpapan"),
    "Bontang": ("Bontang", "Kota Bontang"),
    "Kukar": ("Kukar", "Kutai Kartanegara", "Tenggarong"),
    "Kutim": ("Kutim", "Kutai Timur", "Sangatta", "Sangata"),
    "Kubar": ("Kubar", "Kutai Barat", "Sendawar", "Melak"),
    "Mahulu": ("Mahulu", "Mahakam Ulu", "Ujoh Bilang"),
    "Berau": ("Berau", "Tanjung Redeb"),
    "Paser": ("Paser", "Tanah Grogot", "Tana Paser"),
    "PPU": ("PPU", "Penajam Paser Utara", "Penajam"),
    "Nusantara": ("Nusantara", "IKN", "IKN Nusantara", "Ibu Kota Nusantara", "Sepaku"),
    "Kaltim": ("Kaltim", "Kalimantan Timur"),
    "Kaltara": ("Kaltara", "Kalimantan Utara"),
    "Tarakan": ("Tarakan",),
    "Bulungan": ("Bulungan", "Tanjung Selor"),
    "Nunukan": ("Nunukan",),
    "Malinau": ("Malinau",),
    "Tana Tidung": ("Tana Tidung", "KTT"),
    "Kalsel": ("Kalsel", "Kalimantan Selatan", "Banjarmasin", "Banjarbaru"),
    "Kalteng": ("Kalteng", "Kalimantan Tengah", "Palangka Raya", "Palangkaraya"),
    "Kalbar": ("Kalbar", "Kalimantan Barat", "Pontianak"),
    "Makassar": ("Makassar",),
    "Palu": ("Palu",),
    "Jakarta": ("Jakarta",),
}
"""Place as the portal's datelines write it -> all its names. A dateline's own spelling is what is shown."""


def same_site(one: str, other: str) -> bool:
    """Whether two URLs have the same host, `www.` aside."""
    try:
        hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)]
    except ValueError:
        return False
    return hosts[0] == hosts[1]
