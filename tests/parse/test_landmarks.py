"""The portal's language, line by line."""

import pytest

from eksread.parse.language.datelines import dateline
from eksread.parse.language.landmarks import (
    adv_span,
    ends_article,
    initials_span,
    is_noise,
    strip_title_suffix,
)


@pytest.mark.parametrize(
    ("line", "place", "rest"),
    [
        ("EKSPOSKALTIM.com, Kutim - Tingginya harga", "Kutim", "Tingginya harga"),
        ("EKSPOSKALTIM.COM, KUTAI TIMUR – Bupati", "KUTAI TIMUR", "Bupati"),
        ("Samarinda, Eksposkaltim.com — Pemerintah", "Samarinda", "Pemerintah"),
        ("BONTANG – Wali Kota", "BONTANG", "Wali Kota"),
        ("KUTIM, Bupati membuka", "KUTIM", "Bupati membuka"),
        ("JAKARTA, KABARDELTA.com - Presiden", "JAKARTA", "Presiden"),
        ("Jakarta (DELTA) - Menteri", "Jakarta", "Menteri"),
        ("DELTA.CO, Jakarta - Polisi", "Jakarta", "Polisi"),
        ("Jakarta, Delta Indonesia -- Menteri", "Jakarta", "Menteri"),
        ("Samarinda, Senin (12/3) - Wali Kota", "Samarinda", "Wali Kota"),
        ("Makassar, 12 Maret 2015 - Polisi", "Makassar", "Polisi"),
        ("SAMARINDA: Warga", "SAMARINDA", "Warga"),
        ("PPU – Jalan poros", "PPU", "Jalan poros"),
        ("TANA PASER – Sebuah mobil", "TANA PASER", "Sebuah mobil"),
        ("Delta.com - Pemain itu", None, "Pemain itu"),
    ],
)
def test_a_dateline_gives_its_place_and_leaves_the_sentence(line: str, place: str | None, rest: str) -> None:
    found = dateline(line)
    assert found is not None
    assert (line[found[0] :], found[1]) == (rest, place)


@pytest.mark.parametrize(
    "line",
    [
        "Presiden Joko Sutopo - yang hadir sejak pagi - berkata begitu.",
        "Wali Kota Bontang - Basri Kasim - membuka acara.",
        "Kata dia - ini bukan yang pertama.",
        "DPRD - lembaga itu - belum menjawab.",
        "Bontang, kota di pesisir, punya dua pelabuhan.",
        "Toko itu berdiri sejak 1990-an.",
        "Eksposkaltim menulis hal itu pekan lalu.",
        "Kutim menjadi tuan rumah lomba tahun ini.",
    ],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    assert dateline(line) is None


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("tandasnya. (adv)", "tandasnya."),
        ("kata dia. (ADV/Diskominfo Kutim)", "kata dia."),
        ("(adv)", ""),
        ("ADV", ""),
        ("Advertorial", ""),
        ("katanya. ADV", "katanya."),
    ],
)
def test_the_marker_of_a_paid_article_is_found_at_the_end_or_alone(line: str, rest: str) -> None:
    span = adv_span(line)
    assert span is not None
    assert (line[: span[0]] + line[span[1] :]).strip() == rest


@pytest.mark.parametrize(
    "line", ["Kata adv di tengah kalimat (adv) tetap tinggal.", "Ia menyukai iklan.", "advokat itu datang"]
)
def test_the_marker_inside_a_sentence_stays(line: str) -> None:
    assert adv_span(line) is None


@pytest.mark.parametrize(
    "line",
    [
        '"Begitu," katanya. (amr)',
        "Mereka pulang. (abc/def)",
        "Selesai. (*)",
        "Kerja. (Ant/OL-1)",
        "Itu. [fik]",
        "Sah. (nir)**",
    ],
)
def test_initials_close_the_last_sentence(line: str) -> None:
    span = initials_span(line)
    assert span is not None
    assert span[1] == len(line)
    assert line[: span[0]].endswith((".", '"'))


@pytest.mark.parametrize(
    "line",
    ["Organisasi itu (PBB).", "Ia datang dari Komisi (KPU)", "Lihat lampiran. (halaman dua puluh satu)"],
)
def test_an_abbreviation_inside_a_sentence_is_no_initials(line: str) -> None:
    assert initials_span(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Advertisement",
        "Iklan",
        "Scroll untuk melanjutkan membaca",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Bagikan: Facebook Twitter WhatsApp Telegram",
        "Share",
        "Halaman: 1 2 3",
        "Halaman selanjutnya",
        "Selengkapnya",
        "[Gambas:Video 20delta]",
        "Simak Video: Suasana Dermaga Sore Hari",
        "Tags: dermaga, bontang, kayu",
        "Copyright © DELTA 2024",
        "Ikuti berita terbaru kami di Google News dan WhatsApp Channel",
    ],
)
def test_lines_that_are_furniture_are_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "Iklan kelas ini hanya disebar lewat pesan berantai, tetapi peminatnya banyak.",
        "Ia meminta warga membagikan artikel itu kepada tetangga.",
        "Baca juga buku itu sampai selesai, katanya.",
        "Komentar warga ditulis di papan pengumuman balai desa.",
        "Editor buku anak itu mengajar menulis.",
        "Halaman sekolah itu tergenang sejak pagi.",
        "Tag harga dipasang di setiap keranjang.",
        "Share saham perusahaan daerah naik tipis pada penutupan.",
        "Ya.",
        "Tidak",
        "Download data dilakukan malam hari oleh petugas statistik.",
        "Simak video itu, kata guru kepada muridnya.",
    ],
)
def test_a_genuine_sentence_with_such_a_word_stays(line: str) -> None:
    assert not is_noise(line)
    assert not ends_article(line)


@pytest.mark.parametrize(
    "line",
    ["Apa Reaksi Anda ?", "Komentar: 3", "3 Komentar", "Tinggalkan Komentar", "Berita Terkait", "Terpopuler"],
)
def test_what_follows_an_article_begins_with_these_lines(line: str) -> None:
    assert ends_article(line)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Dermaga Diperbaiki - EKSPOSKALTIM.com", "Dermaga Diperbaiki"),
        ("Dermaga Diperbaiki | Eksposkaltim", "Dermaga Diperbaiki"),
        ("Dermaga Diperbaiki : Eksposkaltim News", "Dermaga Diperbaiki"),
        ("eksposkaltim : Dermaga Diperbaiki", "Dermaga Diperbaiki"),
        ("Lomba Dayung 2024 - Kutim Juara - Eksposkaltim", "Lomba Dayung 2024 - Kutim Juara"),
        ("Kutim - Bontang Tersambung Jalan Baru", "Kutim - Bontang Tersambung Jalan Baru"),
    ],
)
def test_the_sites_name_is_no_part_of_a_title(title: str, bare: str) -> None:
    assert strip_title_suffix(title, ["EKSPOSKALTIM.com", "eksposkaltim"]) == bare


@pytest.mark.parametrize(
    ("line", "names", "place"),
    [
        ("KABARHULU, Loa Jauh - Empat kelompok petani", ["kabarhulu.id", "kabarhulu"], "Loa Jauh"),
        ("SEPAKU BARU, Kabar Hulu — Jalur sepeda", ["Kabar Hulu"], "SEPAKU BARU"),
        ("TANAH GROGOT – Ibu-ibu mengolah sampah", [], "TANAH GROGOT"),
    ],
)
def test_the_sites_own_name_or_capitals_make_a_dateline_sure(line: str, names: list[str], place: str) -> None:
    found = dateline(line, names)
    assert found is not None
    assert found[1] == place
    assert line[found[0] :].split()[0] in {"Empat", "Jalur", "Ibu-ibu"}


@pytest.mark.parametrize("line", ["KABARHULU, Loa Jauh - Empat kelompok", "Loa Jauh - Empat kelompok petani"])
def test_an_unknown_outlet_or_place_is_no_dateline(line: str) -> None:
    assert dateline(line, ["Warta Pesisir"]) is None
