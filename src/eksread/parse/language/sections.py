"""Names of sections: which lines can be one, which usually are, and the words that announce one."""

from __future__ import annotations

import re
from typing import Final

from eksread.parse.language.datelines import is_place
from eksread.parse.language.landmarks import fold

MAX_SECTION: Final = 40
"""Characters of a section's name."""

MAX_WORDS: Final = 4

_USUAL: Final = frozenset(
    "daerah nasional internasional ekonomi bisnis politik hukum kriminal peristiwa olahraga pendidikan budaya wisata pariwisata kesehatan "
    "teknologi hiburan opini sosok ragam lingkungan sosial pemerintahan parlemen advertorial kuliner komunitas keluarga iptek pertanian".split()
)
"""Usual names of sections, which count in a date line or above a headline even when no menu names them."""

_HOME: Final = frozenset(
    "home,beranda,depan,halaman utama,halaman depan,utama,index,indeks,news,berita,artikel,article,post,posts,blog,all,read,baca,detail,detail berita,detail artikel,baca berita,semua berita,semua postingan,all posts,anda di sini,you are here".split(
        ","
    )
)
_NO_SECTION: Final = re.compile(
    r"(?i)\d{2}|\b(?:oleh|by|share|bagikan|login|masuk|daftar|cetak|print|kembali|tutup|menu|komentar|edisi|simpan|dengarkan|cari|terbaru|terkini|(?:ter)?populer|lainnya|breaking|pilihan)\b|[.!?:#@|]"
)
_LABELS: Final = frozenset(
    "kategori,category,categories,label,labels,rubrik,kanal,channel,section,seksi,topik,posted in,filed under,ditulis dalam".split(
        ","
    )
)


def can_be_section(name: str, title: str = "") -> bool:
    """Whether a short line can be a section's name; `title` is the article's, folded, where it is known."""
    return (
        1 < len(name) <= MAX_SECTION
        and len(name.split()) <= MAX_WORDS
        and name.casefold().strip(" :»›>/") not in _HOME
        and fold(name) != title
        and not _NO_SECTION.search(name)
    )


def is_usual_section(name: str) -> bool:
    """Whether a line is a name that sections usually have."""
    return name.casefold() in _USUAL


def is_section_or_place(name: str) -> bool:
    """Whether a line is a name that sections usually have, or a place's: regional portals name their sections so."""
    return len(name) <= MAX_SECTION and (is_usual_section(name) or is_place(name))


def is_section_label(line: str) -> bool:
    """Whether a line only announces a section, as in a list of terms: `Kategori:`."""
    return line.strip(" :-–").casefold() in _LABELS
