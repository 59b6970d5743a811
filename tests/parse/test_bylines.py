"""Bylines and related links in every shape, through drafts as markup gives them."""

import pytest

from eksread.model.enums import BlockType
from eksread.model.news import Span
from eksread.parse.html.drafts import BlockDraft
from eksread.parse.language.bylines import Byline, read_line, take_byline
from eksread.parse.language.related import split_related


def paragraph(text: str, *links: tuple[str, str]) -> BlockDraft:
    """A paragraph whose given parts are links."""
    spans: list[Span] = []
    rest = text
    for words, url in links:
        before, _, rest = rest.partition(words)
        spans += [Span(before)] if before else []
        spans.append(Span(words, url=url))
    spans += [Span(rest)] if rest else []
    return BlockDraft(BlockType.PARAGRAPH, text, spans)


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("Reporter : Amr    Editor : Abdul", [("reporter", "Amr"), ("editor", "Abdul")]),
        ("Reporter : Amr\u00a0\u00a0\u00a0\u00a0Editor : Abdul", [("reporter", "Amr"), ("editor", "Abdul")]),
        ("Penulis: Amr Hidayat | Editor: Abdul", [("reporter", "Amr Hidayat"), ("editor", "Abdul")]),
        ("Pewarta: Amr / Redaktur: Abdul", [("reporter", "Amr"), ("editor", "Abdul")]),
        ("Reporter Amr / Editor Abdul", [("reporter", "Amr"), ("editor", "Abdul")]),
        ("Reporter/Editor: Amr", [("reporter", "Amr"), ("editor", "Amr")]),
        ("Sumber: Kantor Berita Delta", [("source", "Kantor Berita Delta")]),
        ("Foto: Nir", [("photo", "Nir")]),
        ("(Editor: Abdul)", [("editor", "Abdul")]),
        ("Oleh Tiara Ayu • Editor: Yusran", [("reporter", "Tiara Ayu"), ("editor", "Yusran")]),
        (
            "Penulis: Hari Setiawan | Editor: Nia Kurnia",
            [("reporter", "Hari Setiawan"), ("editor", "Nia Kurnia")],
        ),
        (
            "Ditulis oleh Gita Savitri Disunting oleh Hendra",
            [("reporter", "Gita Savitri"), ("editor", "Hendra")],
        ),
        ("Editor: Maya Lestari 22 April 2024, 09:45 WITA", [("editor", "Maya Lestari")]),
        (
            "Oleh Tiara Ayu • Editor: Yusran Foto: Nir",
            [("reporter", "Tiara Ayu"), ("editor", "Yusran"), ("photo", "Nir")],
        ),
        ("Oleh Amr Hidayat | Sabtu, 2 Maret 2024", [("reporter", "Amr Hidayat")]),
        ("Laporan Wartawan Kabar Delta, Amr Hidayat", [("reporter", "Amr Hidayat")]),
        ("Reporter: Tim Redaksi", [("reporter", "Tim Redaksi")]),
        ("Editor: Idris Sardi.", [("editor", "Idris Sardi")]),
    ],
)
def test_a_byline_is_read_from_end_to_end(line: str, pairs: list[tuple[str, str]]) -> None:
    assert read_line(line) == pairs


@pytest.mark.parametrize(
    "line",
    [
        "Editor Abdul mengatakan bahwa naskah itu selesai.",
        "Sumber: air itu datang dari bukit. Warga mengalirkannya lewat pipa ke rumah.",
        "Reporter itu bertanya tiga kali.",
        "Foto keluarga itu tergantung di ruang tamu.",
        "Foto Lainnya",
        "Penulis Terpopuler",
        "Sumber Daya Alam",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert read_line(line) is None


def test_a_byline_stuck_to_the_last_paragraph_is_cut_off() -> None:
    byline = Byline()
    kept = take_byline([paragraph("Warga pulang. Reporter: Amr Editor: Abdul")], byline)
    assert [draft.text for draft in kept] == ["Warga pulang."]
    assert (byline.value("reporter"), byline.value("editor")) == ("Amr", "Abdul")


def test_a_label_and_its_name_on_two_lines_are_one_byline() -> None:
    byline = Byline()
    drafts = [paragraph("Warga pulang sore itu."), paragraph("Reporter"), paragraph(": Amr")]
    assert [draft.text for draft in take_byline(drafts, byline)] == ["Warga pulang sore itu."]
    assert byline.value("reporter") == "Amr"


URL = "https://portal.example/berita-7.html"
TITLE = "Jembatan Dibuka Kembali"


@pytest.mark.parametrize(
    "draft",
    [
        paragraph(f"Baca juga: {TITLE}", (TITLE, URL)),
        paragraph(f"Baca juga: {TITLE}", (f"Baca juga: {TITLE}", URL)),
        paragraph(f"BACA JUGA {TITLE}", (TITLE, URL)),
        paragraph(f"Baca Juga : “{TITLE}”", (TITLE, URL)),
        paragraph(f"» Baca: {TITLE}", (TITLE, URL)),
        paragraph(f"(Baca juga: {TITLE})", (TITLE, URL)),
        paragraph(f"Lihat juga: {TITLE}", (TITLE, URL)),
    ],
    ids=lambda draft: draft.text,
)
def test_a_related_link_is_known_in_every_shape(draft: BlockDraft) -> None:
    assert [(item.type, item.text, item.url) for item in split_related([draft])] == [
        (BlockType.RELATED, TITLE, URL)
    ]


def test_a_related_title_without_a_link_has_no_address() -> None:
    assert [
        (item.type, item.text, item.url) for item in split_related([paragraph(f"Baca juga: {TITLE}")])
    ] == [(BlockType.RELATED, TITLE, None)]


def test_a_related_link_in_the_middle_parts_the_paragraph() -> None:
    draft = paragraph(f"Air surut pagi itu. Baca juga: {TITLE} Warga pun kembali ke rumah.", (TITLE, URL))
    assert [(item.type, item.text) for item in split_related([draft])] == [
        (BlockType.PARAGRAPH, "Air surut pagi itu."),
        (BlockType.RELATED, TITLE),
        (BlockType.PARAGRAPH, "Warga pun kembali ke rumah."),
    ]


def test_a_heading_before_a_list_of_links_makes_them_related() -> None:
    links = [
        BlockDraft(BlockType.LIST_ITEM, name, [Span(name, url=URL)])
        for name in ("Satu Judul Panjang", "Dua Judul Panjang")
    ]
    drafts = [
        BlockDraft(BlockType.HEADING, "BACA JUGA", [Span("BACA JUGA")], level=4),
        *links,
        paragraph("Teks berlanjut di sini."),
    ]
    assert [(item.type, item.text) for item in split_related(drafts)] == [
        (BlockType.RELATED, "Satu Judul Panjang"),
        (BlockType.RELATED, "Dua Judul Panjang"),
        (BlockType.PARAGRAPH, "Teks berlanjut di sini."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kepala sekolah berkata, baca juga buku itu sampai selesai.",
        "Baca juga buku itu sampai selesai, kata kepala sekolah kepada muridnya.",
        "Warga bisa baca: semua pengumuman ditempel di balai desa.",
    ],
)
def test_a_sentence_about_reading_stays_a_paragraph(text: str) -> None:
    assert [(item.type, item.text) for item in split_related([paragraph(text)])] == [
        (BlockType.PARAGRAPH, text)
    ]


def test_a_title_keeps_its_own_brackets_and_loses_those_around_it() -> None:
    for text, title in (
        ("Baca juga: [VIDEO] Warga Panen Kepiting", "[VIDEO] Warga Panen Kepiting"),
        ("[Baca juga: Warga Panen Kepiting]", "Warga Panen Kepiting"),
        ("Baca juga: [Warga Panen Kepiting]", "Warga Panen Kepiting"),
        ("Baca juga: Warga Panen Kepiting (2)", "Warga Panen Kepiting (2)"),
    ):
        assert [item.text for item in split_related([paragraph(text)])] == [title]
