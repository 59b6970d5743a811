"""Make an archive of N generated articles, through the store's own API.

    python benchmarks/make_archive.py --articles 100000 --data-dir DIR

The texts are no prose: Indonesian words (roots with their affixes, function words, invented names, numbers) drawn
by Zipf's law, about 2.5 kB each, in the portal's shape: dateline places, bylines, `Baca juga`, comments, reactions,
advertorials, edits, eight years of dates. The same `--seed` gives the same archive.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from bisect import bisect
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from eksread.model.enums import BlockType, Source
from eksread.model.news import Article, Block, Comment, Comments, Image, Reaction, RelatedLink, SectionLink
from eksread.portal import PLACES, WITA
from eksread.store import open_store

BASE = "https://news.invalid"
BATCH = 2000
END = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
YEARS = 8
SECTIONS = ("Politik", "Hukum", "Ekonomi", "Olahraga", "Pendidikan", "Kesehatan", "Budaya", "Advertorial")
READ_SHARE, BOOKMARK_SHARE, EDIT_SHARE, ADV_SHARE, HELD_SHARE = 0.6, 0.005, 0.03, 0.1, 0.8

FUNCTION = """yang dan di dari untuk dengan ini itu pada ke dalam tidak akan juga oleh ada sebagai telah karena bisa
kepada kata saat para sudah lebih menjadi agar tersebut masih dapat hingga serta atau harus secara antara namun
kami mereka dia ia kita saya hanya sejak setelah sebelum ketika jika bahwa sehingga sementara selain lain semua
setiap beberapa banyak satu dua tiga empat lima tahun hari bulan orang ujarnya katanya jelasnya tuturnya""".split()
ROOTS = """bangun jalan sekolah kerja kota desa air tanah warga pimpin lintas periksa tani laut ikan tambang hutan
banjir bakar rumah pasar harga jual beli dagang usaha pajak dana anggar rencana program proyek dukung bantu layan
sehat sakit obat rawat dokter ajar didik guru siswa murid buku baca tulis latih tanding juara bola lari renang main
seni budaya tari musik adat suku bahasa wisata pantai gunung sungai jembatan pelabuhan kapal terbang kendara mobil
motor lampu listrik mesin pabrik minyak gas batu bara kayu sawit karet padi sayur buah ternak sapi ayam hukum
sidang jaksa hakim polisi tangkap tahan curi korban lapor selidik sita narkoba pidana adil pilih calon partai suara
kampanye dewan rapat sah atur undang larang izin tetap putus umum resmi buka tutup mulai akhir lanjut tunda tambah
kurang naik turun tumbuh kembang tingkat capai hasil untung rugi bayar utang pinjam tabung uang kredit bank modal
produksi ekspor impor kirim terima angkut muat bongkar simpan jaga lindung aman damai serang lawan kalah menang
temu kunjung sambut undangan hadir ikut serta gabung pisah bagi kumpul susun tata bersih kotor sampah limbah cemar
hijau tanam tebang panen cuaca hujan kering panas dingin gempa longsor evakuasi tolong selamat luka tewas hilang
cari dapat temuan bukti data informasi berita media siar tonton dengar lihat amat ukur hitung uji coba nilai
mutu standar target syarat daftar seleksi lulus gagal ulang ubah ganti perbaiki rusak bangkit pulih tangani cegah
tular vaksin gizi lahir anak ibu bapak keluarga muda tua perempuan pemuda masyarakat pemerintah bupati wali
gubernur camat lurah kepala dinas badan kantor pegawai honor gaji tenaga ahli teknis jadwal waktu pagi siang malam
minggu puasa lebaran natal upacara merdeka pahlawan sejarah museum taman kebun lapangan stadion gedung ruang
kelas meja kursi papan dinding atap lantai pintu jendela""".split()
AFFIXED = (
    "{0}",
    "me{0}",
    "di{0}",
    "ber{0}",
    "pe{0}",
    "{0}an",
    "{0}kan",
    "{0}nya",
    "me{0}kan",
    "di{0}kan",
    "pe{0}an",
)
SYLLABLES = (
    "ba bi da du ga ka ki la li lu ma mi na nu pa ra ri sa si su ta ti wa ya han din wan lang rin sut".split()
)


class Words:
    """Words by Zipf's law: function words, roots with affixes, then an endless tail of names and numbers."""

    def __init__(self, source: random.Random) -> None:
        forms = [form.format(root) for root in ROOTS for form in AFFIXED]
        source.shuffle(forms)
        names = {"".join(source.choices(SYLLABLES, k=source.randint(2, 4))) for _ in range(40_000)}
        tail = sorted(names) + [str(number) for number in range(1, 3000)]
        source.shuffle(tail)
        self.all = FUNCTION + forms + tail
        self._sums = list(accumulate(1 / (rank + 8) for rank in range(len(self.all))))
        self._random = source

        self._topic: list[str] = []

    def _draw(self, count: int) -> list[str]:
        total = self._sums[-1]
        return [self.all[bisect(self._sums, self._random.random() * total)] for _ in range(count)]

    def new_topic(self) -> None:
        """Begin an article: it comes back to some words of its own, as prose does (about 55 % distinct words)."""
        self._topic = [word for word in self._draw(120) if word not in FUNCTION][:40]

    def text(self, count: int) -> str:
        """Give a sentence-like run of `count` words."""
        words = [
            self._random.choice(self._topic) if self._random.random() < 0.35 else word
            for word in self._draw(count)
        ]
        return " ".join(words).capitalize() + "."


def make(
    number: int, words: Words, source: random.Random, when: datetime, earlier: list[tuple[str, str]]
) -> Article:
    """Give article `number`, published at `when`; `earlier` are titles and addresses to link to, and gets its own."""
    words.new_topic()
    place = source.choice(tuple(PLACES))
    url = f"{BASE}/berita-{number}-{words.text(3).lower().replace(' ', '-').rstrip('.')}.html"
    paragraphs = [Block(BlockType.PARAGRAPH, words.text(source.randint(20, 36))) for _ in range(12)]
    related = []
    for place_of_link in (4, 9):
        link = RelatedLink(words.text(8).rstrip("."), f"{BASE}/lama-{number}-{place_of_link}.html")
        if earlier and source.random() < HELD_SHARE:
            other = earlier[-source.randint(1, min(len(earlier), 2000))]
            link = RelatedLink(other[0], other[1])
        related.append(link)
        paragraphs.insert(place_of_link, Block(BlockType.RELATED, link.title, url=link.url))
    comments = tuple(
        Comment(
            words.text(1).rstrip("."), when + timedelta(hours=source.randint(1, 90)), words.text(12), depth
        )
        for depth in range(source.choice((0, 0, 0, 0, 1, 2)))
    )
    title = words.text(source.randint(7, 12)).rstrip(".")
    earlier.append((title, url))
    return Article(
        url=url,
        title=title,
        published=when.astimezone(WITA),
        published_source=Source.JSON_LD,
        section=source.choice(SECTIONS),
        place=place,
        lead_image=Image(f"{BASE}/images/{number}.jpg", words.text(9)),
        blocks=tuple(paragraphs),
        related=tuple(related),
        reporter=f"Reporter {source.randrange(30)}",
        editor=f"Editor {source.randrange(8)}",
        advertorial=source.random() < ADV_SHARE,
        reactions=tuple(Reaction(None, percent) for percent in (40, 20, 20, 20, 0, 0, 0, 0)),
        comments=Comments(len(comments), None, comments),
        provenance={"title": Source.JSON_LD, "published": Source.JSON_LD},
    )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    source = random.Random(options.seed)
    words = Words(source)
    store = open_store(options.data_dir)
    links = [SectionLink(name, f"{BASE}/{name.lower()}") for name in SECTIONS]
    store.portal_data.save_sections(links, END)
    step = timedelta(days=365 * YEARS) / options.articles
    earlier: list[tuple[str, str]] = []
    text, storing = 0, 0.0
    for first in range(0, options.articles, BATCH):
        numbers = range(first, min(first + BATCH, options.articles))
        articles = [make(n, words, source, END - step * (options.articles - n), earlier) for n in numbers]
        text += sum(size(article) for article in articles)
        started = time.thread_time()  # of this thread: another one writes bookmarks.toml meanwhile
        with store.portal_data.transaction():
            for article in articles:
                at = article.published
                assert at is not None
                store.portal_data.save_article(article, at + timedelta(minutes=5), url=article.url)
        storing += time.thread_time() - started
        store.facts.set("benchmark_text_bytes", str(text))  # each time: it may be stopped before the end
        edited = [article for article in articles if source.random() < EDIT_SHARE]
        with store.portal_data.transaction():
            for article in edited:
                blocks = (*article.blocks[:-1], Block(BlockType.PARAGRAPH, words.text(30)))
                again = Article(**{**fields(article), "blocks": blocks})
                assert article.published is not None
                store.portal_data.save_article(again, article.published + timedelta(hours=3), url=article.url)
        ids = range(first + 1, first + len(articles) + 1)
        store.user_data.set_read([i for i in ids if source.random() < READ_SHARE], True, END)
        with store.portal_data.transaction():
            for article_id in ids:
                if source.random() < BOOKMARK_SHARE:
                    store.user_data.add_bookmark(article_id, END, "catatan saya", ["penting"])
    store.close()
    size_on_disk = (options.data_dir / "eksread.db").stat().st_size
    print(f"{options.articles} articles, {text / 1e6:.1f} MB of text, {size_on_disk / 1e6:.1f} MB on disk")
    print(
        f"inserted with index in batches of {BATCH}: {options.articles / storing:.0f} articles per CPU second"
    )
    return 0


def size(article: Article) -> int:
    """Give the bytes of all words that a reader sees."""
    texts = [article.title or "", *(block.text for block in article.blocks)]
    texts += [comment.text for comment in article.comments.items]
    texts += [article.lead_image.caption or ""] if article.lead_image else []
    return sum(len(text.encode()) for text in texts)


def fields(article: Article) -> dict[str, object]:
    """Give an article's fields by name."""
    return {name: getattr(article, name) for name in Article.__slots__}


if __name__ == "__main__":
    sys.exit(main())
