"""The dateline that a text begins with: outlet, place, a dash (docs/architecture.md, "landmarks")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eksread.portal import OUTLETS, PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOMAIN: Final = r"[A-Za-z][\w-]*(?:[ .-][A-Za-z][\w-]*){0,2}\s?\.(?:(?i:com|co\.id|co|id|net|org|news|tv|info|online|media|press|site|asia|web\.id|my\.id|or\.id))(?!\w|\.\w)"
_CAPITALS: Final = r"[A-Z]{3,}(?:[ -][A-Z]{2,}){0,2}"
_NAMED: Final = r"[A-Z][A-Za-z]+(?:[ -][A-Z][A-Za-z]+){0,2}"
_WORD_OF_PLACE: Final = r"[A-Z][A-Za-z'’.]+"
_PLACE: Final = rf"{_WORD_OF_PLACE}(?:[ -]{_WORD_OF_PLACE}){{0,3}}"
_DATE: Final = r"(?:\s*[,(]\s*(?:[A-Z][a-z']+\s*[,(]?\s*)?\d{1,2}\s*(?:[/.-]\s*\d{1,2}|\s[A-Z][a-z]+)(?:\s*[/.-]?\s*\d{2,4})?\s*\){0,2})?"
_DASH: Final = r"(?:\s+[-–]{1,3}\s*|\s*[-–]{1,3}\s+|\s*[—―]{1,3}\s*|\s*[:|]\s+)"
"""A dash between words: a hyphen without a space on either side joins them (`Ibu-ibu`)."""

_DATELINES: Final = (
    # EKSPOSKALTIM.com, Kutim - …   TEMPO.CO, Jakarta - …   EKSPOSKALTIM.com – Samarinda, …
    re.compile(
        rf"\s*(?P<outlet>{_DOMAIN}|{_CAPITALS})\s*(?:,|{_DASH}|\s)\s*(?P<place>{_PLACE}){_DATE}(?:{_DASH}|,\s(?=[A-Z]))(?=\S)"
    ),
    # JAKARTA, KOMPAS.com - …   Jakarta (ANTARA) - …   Jakarta, CNN Indonesia -- …   Samarinda | Eksposkaltim.com | …
    re.compile(
        rf"\s*(?P<place>{_PLACE}){_DATE}\s*(?:[,|(/-]|\s[-–—])\s*(?P<outlet>{_DOMAIN}|{_CAPITALS}|{_NAMED})\s*\)?{_DATE}{_DASH}(?=\S)"
    ),
    # KABARDELTA.com - SAMARINDA. …
    re.compile(
        rf"\s*(?P<outlet>{_DOMAIN})\s*[-–—,|]\s*(?P<place>[A-Z]{{4,}}(?: [A-Z]{{3,}}){{0,2}})\s*[.:]\s+(?=[A-Z\"“])"
    ),
    # MELAK, kabardelta.com. …
    re.compile(rf"\s*(?P<place>{_PLACE})\s*[,|(/-]\s*(?P<outlet>{_DOMAIN})\s*\)?\s*[.:]\s+(?=[A-Z\"“])"),
    # Merdeka.com - …
    re.compile(rf"\s*(?P<outlet>{_DOMAIN})\s*[-–—―|]{{1,3}}\s*(?P<place>)(?=\S)"),
)
_BARE: Final = re.compile(rf"\s*(?P<place>{_PLACE}){_DATE}(?P<dash>\s*[-–—―]{{1,3}}\s*|\s*:\s+|,\s+)(?=\S)")
_ELSEWHERE: Final = (
    "Anggana,Babulu,Batu Ampar,Batu Engau,Batu Putih,Bengalon,Biatan,Biduk-Biduk,Bongan,Bontang Barat,Bontang Selatan,Bontang Utara,Busang,"
    "Damai,Derawan,Gunung Tabur,Jempang,Kaliorang,Karangan,Kaubun,Kelay,Kembang Janggut,Kenohan,Kongbeng,Kota Bangun,Kuaro,Laham,"
    "Linggang Bigung,Loa Janan,Loa Kulu,Long Apari,Long Bagun,Long Hubung,Long Ikis,Long Kali,Long Mesangat,Long Pahangai,Manor Bulatn,Maratua,"
    "Marang Kayu,Marangkayu,Mook Manaar Bulatn,Muara Ancalong,Muara Badak,Muara Bengkal,Muara Jawa,Muara Kaman,Muara Komam,Muara Lawa,"
    "Muara Muntai,Muara Pahu,Muara Samu,Muara Wahau,Muara Wis,Nyuatan,Pasir Belengkong,Penyinggahan,Pulau Derawan,Rantau Pulung,Sambaliung,"
    "Samboja,Samarinda Seberang,Samarinda Ulu,Sandaran,Sanga-Sanga,Sangasanga,Sangkulirang,Sebulu,Segah,Sekolaq Darat,Siluq Ngurai,Tabang,"
    "Tabalar,Talisayan,Tanjung Harapan,Telen,Teluk Bayur,Teluk Pandan,Tenggarong Seberang,Tering,Waru,Krayan,Krayan Selatan,Long Bawan,Sebatik,"
    "Sebuku,Sembakung,Juata,Mentarang,Tideng Pale,Bunyu,Peso,Sekatak,Pulau Bunyu"
).split(",")
"""Districts of East and North Kalimantan, beyond the gazetteer's towns."""

_NAMES: Final = frozenset(name.casefold() for names in [*PLACES.values(), _ELSEWHERE] for name in names)
_OUTLETS: Final = frozenset(name.casefold() for name in OUTLETS)


def dateline(text: str, names: Sequence[str] = ()) -> tuple[int, str | None] | None:
    """The length of a dateline at the start of `text` and the place it names.

    `EKSPOSKALTIM.com, Kutim - `, `Samarinda, Eksposkaltim.com — `, `BONTANG – `. When unsure: None, the text stays.
    `names` are what the site calls itself, which makes it surer.
    """
    head = text[:MAX_DATELINE]
    own = {letters for name in names if len(letters := _letters(name)) >= MIN_OWN}
    for pattern in _DATELINES:
        found = pattern.match(head)
        if found is None:
            continue
        outlet, place = found["outlet"], found["place"]
        known = place.casefold() in _NAMES
        if "." not in outlet and f"{outlet} {place}".casefold() in _NAMES:
            continue  # `TANA PASER - …`: a place of two words
        if "." in outlet or outlet.casefold() in _OUTLETS or known or _is_own(outlet, own):
            return found.end(), place or None
        if _is_own(place, own):
            return found.end(), outlet
    found = _BARE.match(head)
    if found is not None and _is_place(found["place"], found["dash"]):
        return found.end(), found["place"]
    return None


def is_place(text: str) -> bool:
    """Whether a line is the name of a known place."""
    return text.strip().casefold() in _NAMES


@lru_cache(maxsize=256)  # a site's names, over and over
def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _is_own(outlet: str, own: set[str]) -> bool:
    """Whether an outlet is this site: `KABARHULU` on kabarhulu.id, `Kabar Hulu Online` where that is its name."""
    letters = _letters(outlet)
    return len(letters) >= MIN_OWN and any(
        letters == name or letters.startswith(name) or name.startswith(letters) for name in own
    )


MIN_OWN: Final = 4
"""Letters from which a site's name is no chance likeness."""

MAX_DATELINE: Final = 120
"""Characters within which a dateline ends."""


MIN_CAPITALS: Final = 5
"""Letters from which capitals before a dash are a place: shorter ones are mostly offices (DPRD, BPJS, KPU)."""


def _is_place(place: str, dash: str) -> bool:
    """Whether words before a dash, colon or comma are a place: a known one, or all in capitals before a dash."""
    known, upper = place.casefold() in _NAMES, place.isupper() and len(place) >= MIN_CAPITALS
    mark = dash.strip()
    if mark == ",":
        return known and upper
    if mark == ":":
        return known
    return (known or upper) and (dash != mark or upper)
