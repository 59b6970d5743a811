"""Forms of one word share a root; different words do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eksread.store.search.stem import roots


@pytest.mark.parametrize(
    "family",
    [
        "bangun membangun pembangunan bangunan dibangun terbangun membangunnya",
        "jalan berjalan perjalanan dijalankan menjalankan jalanan dijalani",
        "kirim mengirim pengiriman dikirim kiriman mengirimkan kirimannya",
        "tulis menulis penulis tulisan ditulis tertulis menuliskan",
        "sapu menyapu penyapu disapu menyapukan",
        "pakai memakai pemakaian dipakai terpakai pakaian",
        "masak memasak masakan dimasak pemasak",
        "ajar mengajar belajar pelajar pelajaran pengajar diajarkan",
        "sehat kesehatan menyehatkan",
        "rumah perumahan dirumahkan rumahnya",
        "rawat perawat merawat perawatan dirawat",
        "renang berenang perenang",
        "kerja bekerja pekerja pekerjaan dikerjakan mengerjakan",
        "baik perbaikan memperbaiki diperbaiki kebaikan",
        "hasil berhasil keberhasilan menghasilkan dihasilkan",
        "banjir kebanjiran membanjiri",
        "lindung perlindungan melindungi dilindungi",
        "polisi kepolisian",
        "menteri kementerian",
        "bom mengebom pengeboman",
        "ambil mengambil pengambilan diambil",
        "apa apakah",
    ],
)
def test_forms_of_a_word_share_a_root_with_it(family: str) -> None:
    first, *others = family.split()
    assert [form for form in others if not roots(first) & roots(form)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bulan", "bulu"),
        ("dinas", "nasi"),
        ("kelas", "lasan"),
        ("jalan", "jala"),
        ("makan", "makam"),
        ("kota", "kotor"),
        ("masalah", "masa"),
        ("adalah", "ada"),
    ],
)
def test_different_words_share_none(one: str, other: str) -> None:
    assert not roots(one) & roots(other)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abcdeghiklmnoprstuy", max_size=45))
def test_a_word_is_among_its_roots_and_no_root_is_longer(word: str) -> None:
    found = roots(word)
    assert word in found
    assert all(len(root) <= len(word) + 1 for root in found)
