from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eksread.parse.language.dates import date_span, find_printed, is_date_line, read_moment
from eksread.portal import WIB, WIT, WITA

NOW = datetime(2022, 8, 5, 12, 0, tzinfo=WITA)
EVENING = datetime(2019, 7, 17, 19, 3, tzinfo=WITA)
DAY = datetime(2019, 7, 17, tzinfo=WITA)


@pytest.mark.parametrize(
    "text",
    [
        "Rabu, 17 Juli 2019 | 19:03 WITA",
        "Rabu, 17 Juli 2019 19.03 Wita",
        "Rabu 17 Juli 2019 , Jam: 19:03",
        "17 Juli 2019 pukul 19.03 WITA",
        "17/07/2019 19:03",
        "17/7/2019, 19.03",
        "17-07-2019 19:03:00",
        "17.07.2019 19:03",
        "17/07/19 19:03",
        "17-Jul-2019 19:03",
        "17 Jul '19 19:03",
        "2019-07-17 19:03:00",
        "2019/07/17 19:03",
        "2019-07-17T19:03:00+08:00",
        "2019-07-17T19:03:00.000+0800",
        "2019-07-17T11:03:00Z",
        "2019-07-17T19:03:00",
        "20190717T110300Z",
        "Rab, 17 Jul 2019 19:03:00 +0800",
        "Wed, 17 Jul 2019 11:03:00 GMT",
        "Wed, 17 Jul 2019 07:03:00 EDT",
        "Juli 17, 2019 7:03 pm",
        "July 17th, 2019 at 7:03 PM",
        "Wednesday, 17 July 2019 - 19:03 (WITA)",
        "17 Juli 2019 18:03 WIB",
        "17 Juli 2019 20:03 WIT",
        "17 Juli 2019 19:03 GMT+8",
        "19:03 WITA, Rabu 17 Juli 2019",
        "19.03 | 17 Juli 2019",
        "Diterbitkan pada Rabu, 17 Juli 2019 – 19:03",
        "RABU, 17 JULI 2019 • 19:03 WITA",
        "Rabu,\u00a017\u00a0Juli\u00a02019 | 19:03",
    ],
)
def test_full_moments_are_read_in_every_spelling(text: str) -> None:
    assert read_moment(text, now=NOW) == EVENING


@pytest.mark.parametrize(
    "text",
    [
        "17 Juli 2019",
        "Rabu, 17 Juli 2019",
        "Juli 17, 2019",
        "17/07/2019",
        "2019-07-17",
        "07/17/2019",
        "17Juli 2019",
    ],
)
def test_a_day_alone_is_its_midnight(text: str) -> None:
    assert read_moment(text, now=NOW) == DAY


def test_the_zone_named_is_the_zone_kept() -> None:
    for name, zone in (("WIB", WIB), ("WITA", WITA), ("WIT", WIT)):
        found = read_moment(f"Jum'at, 5 Agt 2022 - 07.15 {name}", now=NOW)
        assert found == datetime(2022, 8, 5, 7, 15, tzinfo=zone)
        assert found is not None
        assert found.utcoffset() == zone.utcoffset(None)
    assert read_moment("5 Agustus 2022 07.15", now=NOW) == datetime(2022, 8, 5, 7, 15, tzinfo=WITA)


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
SHORT = "Jan Feb Mar Apr Mei Jun Jul Agt Sep Okt Nov Des"
ENGLISH = "January February March April May June July August September October November December"


@pytest.mark.parametrize(
    "names",
    [MONTHS, SHORT, ENGLISH, SHORT.replace("Agt", "Agu"), SHORT.replace("Agt", "Ags"), MONTHS.upper()],
)
def test_every_month_in_every_spelling(names: str) -> None:
    for number, name in enumerate(names.split(), 1):
        assert read_moment(f"9 {name} 2020", now=NOW) == datetime(2020, number, 9, tzinfo=WITA)


@pytest.mark.parametrize(
    "name", ["Jumat", "Jum'at", "Jum’at", "Jum`at", "JUM'AT", "Ahad", "Minggu", "Senin", "Friday", "Fri"]
)
def test_every_day_name_may_lead(name: str) -> None:
    assert read_moment(f"{name}, 17 Juli 2019", now=NOW) == DAY


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("5 menit yang lalu", timedelta(minutes=5)),
        ("2 jam lalu", timedelta(hours=2)),
        ("3 hari lalu", timedelta(days=3)),
        ("1 minggu lalu", timedelta(days=7)),
        ("sejam yang lalu", timedelta(hours=1)),
        ("dua jam yang lalu", timedelta(hours=2)),
        ("baru saja", timedelta()),
        ("2 hours ago", timedelta(hours=2)),
        ("an hour ago", timedelta(hours=1)),
        ("1 day ago", timedelta(days=1)),
        ("kemarin", timedelta(days=1, hours=12)),
        ("kemarin 19:03", timedelta(hours=16, minutes=57)),
        ("Kemarin, pukul 19.03 Wita", timedelta(hours=16, minutes=57)),
        ("Yesterday at 19:03", timedelta(hours=16, minutes=57)),
        ("hari ini 08:10", timedelta(hours=3, minutes=50)),
        ("pukul 08.10 Wita", timedelta(hours=3, minutes=50)),
        ("08.10", timedelta(hours=3, minutes=50)),
        ("19.03", timedelta(hours=16, minutes=57)),
    ],
)
def test_relative_times_count_from_the_page(text: str, ago: timedelta) -> None:
    assert read_moment(text, now=NOW) == NOW - ago


def test_a_zone_that_is_none_leaves_the_day() -> None:
    assert read_moment("5 Agustus 2022 07.15 +19:00", now=NOW) == datetime(2022, 8, 5, tzinfo=WITA)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ekonomi",
        "31 Februari 2019",
        "17 Agustus 2022",
        "17 Juli 2099",
        "0000-00-00 00:00:00",
        "1970-01-01T00:00:00Z",
        "0001-01-01",
        "99 hari",
        "besok",
        "9999999999999 tahun lalu",
        "9999 tahun lalu",
        "beberapa jam lalu",
        "seratus hari yang lalu",
        "12.500 orang hadir",
        "Harga beras 17 Juli 2019 naik",
        "10.2.2019.1",
        "2019",
        "Juli 2019",
        "17 Juli",
        "25.99",
    ],
)
def test_what_is_no_date_or_not_to_be_believed_is_unknown(text: str) -> None:
    assert read_moment(text, now=NOW) is None


def test_a_day_ahead_is_a_zone_and_more_is_refused() -> None:
    assert read_moment("6 Agustus 2022", now=NOW) == datetime(2022, 8, 6, tzinfo=WITA)
    assert read_moment("7 Agustus 2022", now=NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        "Penulis: Amr | Rabu, 17 Juli 2019 | 19:03 WITA | Dibaca 120 kali",
        "Kutim – Oleh Redaksi – 17/07/2019 19.03",
        "Amr - Rabu, 17 Juli 2019 19:03 WITA, diperbarui 18 Juli 2019",
        "Tahun 2019 17 Juli 2019 19:03",
        "31 Februari 2019, lalu 17 Juli 2019 19:03",
        "19:03 WITA Rabu, 17 Juli 2019 oleh Amr",
    ],
)
def test_a_printed_date_is_found_in_a_byline(text: str) -> None:
    assert find_printed(text, now=NOW) == EVENING


@pytest.mark.parametrize(
    "text", ["Rabu (17/7) di Sangatta", "17/07/19 lalu", "2 jam lalu", "versi 1.2.3", "17 Juli 2099"]
)
def test_a_line_without_a_full_date_has_none(text: str) -> None:
    assert find_printed(text, now=NOW) is None


@given(st.text(max_size=80), st.text(alphabet="0123456789:/.-T +Zz JulMeiagowbt", max_size=60))
def test_any_text_is_read_without_an_error(one: str, two: str) -> None:
    for text in (one, two):
        for found in (read_moment(text, now=NOW), find_printed(text, now=NOW)):
            assert found is None or (found.tzinfo is not None and found <= NOW + timedelta(days=1))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2022, 8, 4), timezones=st.just(UTC)))
def test_iso_and_rfc_822_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert read_moment(moment.isoformat(), now=NOW) == moment
    assert read_moment(moment.strftime("%a, %d %b %Y %H:%M:%S +0000"), now=NOW) == moment
    assert read_moment(f"{moment.date():%d-%m-%Y}", now=NOW) == datetime.combine(
        date(moment.year, moment.month, moment.day), datetime.min.time(), WITA
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Oleh Amr | Kamis, 2 Mei 2024 | 12:03 WITA", "Kamis, 2 Mei 2024"),
        ("Amr, 02/05/24 12:03", "02/05/24"),
        ("Amr 5 jam yang lalu", "5 jam yang lalu"),
        ("Amr - May 2, 2024", "May 2, 2024"),
        ("diunggah 2024-05-02", "2024-05-02"),
        ("Jum’at 3 Mei 2024", "Jum’at 3 Mei 2024"),
        ("kemarin, Amr", "kemarin"),
        ("Warga panen 12 karung kepiting", None),
    ],
)
def test_a_date_is_found_in_a_line_with_its_weekday(line: str, shown: str | None) -> None:
    span = date_span(line)
    assert (line[span[0] : span[1]] if span else None) == shown


def test_a_date_line_is_a_date_and_hardly_anything_else() -> None:
    assert is_date_line("Senin, 2 Mei 2024 | 12:03 WITA")
    assert is_date_line("Posted 2 May 2024 - 3 min read")
    assert not is_date_line("Pada 2 Mei 2024 warga kampung memanen kepiting bersama-sama.")
    assert not is_date_line("hari ini warga panen")


@pytest.mark.parametrize("filling", ["1", "1 ", "2019 "])
def test_only_the_start_of_a_line_of_megabytes_is_searched_for_a_date(filling: str) -> None:
    line = filling * (2_000_000 // len(filling))
    near, far = (f"{line[:size]} 17 Juli 2019 {line[size:]}" for size in (3_000, 5_000))
    assert find_printed(near, now=NOW) == DAY
    assert date_span(near) == (3_001, 3_013)
    assert find_printed(far, now=NOW) is None
    assert date_span(far) is None
