"""A query as an FTS5 expression: each word in its forms, names by their other names, facts as facets.

Only words of letters and digits get into the expression, each in quotes, so no typing can make it wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.store.rows import place_key, tokens
from eksread.store.search.index import EVERY, facet
from eksread.store.search.stem import roots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from eksread.store.database.connection import Connection
    from eksread.store.search.query import Filters, Query, Term


# Names that mean the same: short forms of places and offices, and what they stand for.

_SAME: Final = """
kukar = kutai kartanegara
kutim = kutai timur
kubar = kutai barat
mahulu = mahakam ulu
ppu = penajam paser utara
ikn = ibu kota nusantara
kaltim = kalimantan timur
kaltara = kalimantan utara
kalsel = kalimantan selatan
kalteng = kalimantan tengah
kalbar = kalimantan barat
sulsel = sulawesi selatan
pemkab = pemerintah kabupaten
pemkot = pemerintah kota
pemprov = pemerintah provinsi
pemda = pemerintah daerah
pemdes = pemerintah desa
wabup = wakil bupati
wagub = wakil gubernur
wawali = wakil wali kota
walikota = wali kota
kades = kepala desa
sekda = sekretaris daerah
kadis = kepala dinas
dpr = dewan perwakilan rakyat
dprd = dewan perwakilan rakyat daerah
dpd = dewan perwakilan daerah
apbd = anggaran pendapatan dan belanja daerah
apbn = anggaran pendapatan dan belanja negara
perda = peraturan daerah
raperda = rancangan peraturan daerah
kpu = komisi pemilihan umum
bawaslu = badan pengawas pemilihan umum
pilkada = pemilihan kepala daerah
pilgub = pemilihan gubernur
pilbup = pemilihan bupati
pilwali = pemilihan wali kota
pemilu = pemilihan umum
polda = kepolisian daerah
polres = kepolisian resor
polresta = kepolisian resor kota
polsek = kepolisian sektor
kapolres = kepala kepolisian resor
satpol = satuan polisi
kejari = kejaksaan negeri
kejati = kejaksaan tinggi
kpk = komisi pemberantasan korupsi
bpbd = badan penanggulangan bencana daerah
bmkg = badan meteorologi klimatologi dan geofisika
bps = badan pusat statistik
bnn = badan narkotika nasional
damkar = pemadam kebakaran
disdik = dinas pendidikan
disdikbud = dinas pendidikan dan kebudayaan
dinkes = dinas kesehatan
dinsos = dinas sosial
dishub = dinas perhubungan
disnaker = dinas tenaga kerja
disperindag = dinas perindustrian dan perdagangan
dlh = dinas lingkungan hidup
rsud = rumah sakit umum daerah
puskesmas = pusat kesehatan masyarakat
bpjs = badan penyelenggara jaminan sosial
asn = aparatur sipil negara
pns = pegawai negeri sipil
umkm = usaha mikro kecil dan menengah
bumd = badan usaha milik daerah
bumdes = badan usaha milik desa
pdam = perusahaan daerah air minum
bbm = bahan bakar minyak
tka = tenaga kerja asing
sdn = sekolah dasar negeri
smpn = sekolah menengah pertama negeri
sman = sekolah menengah atas negeri
unmul = universitas mulawarman
"""

_PAIRS: Final = [
    tuple(tuple(tokens(side)) for side in line.split("=")) for line in _SAME.strip().splitlines()
]

ALIASES: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {
    **{one: other for one, other in _PAIRS},  # noqa: C416  # beside its reverse
    **{other: one for one, other in _PAIRS},
}
"""Folded words of a name -> the folded words of its other name."""

LONGEST: Final = max(len(name) for name in ALIASES)
"""Words of the longest name."""


MAX_FORMS: Final = 12
"""Forms of a word that are looked for, the commonest first: more are typing errors."""

MAX_ENDINGS: Final = 24
"""Words that a beginning is taken to mean, the commonest first. All of them (thousands, for two letters) would take
FTS5 a third of a second in an archive of 100,000 articles; what is typed on narrows them soon."""

WHOLE: Final = 4
"""Letters from which on a word that occurs is not taken for a beginning any more."""

EVERYWHERE: Final = "title lead body comments names note"
"""The columns that hold words."""

ALL: Final = f"facets : {EVERY}"
"""The expression that every article matches."""

_LAST: Final = "\U0010ffff"


def forms(db: Connection, word: str) -> list[str]:
    """Give the words of the archive that are forms of `word`, itself first, the commonest of the others next."""
    found = roots(word)
    marks = ", ".join("?" * len(found))
    rows = db.execute(
        f"""SELECT w.word FROM (SELECT word FROM root WHERE root IN ({marks})
              UNION SELECT word FROM word WHERE word IN ({marks})) f
            JOIN word w ON w.word = f.word WHERE w.word <> ? ORDER BY w.docs DESC, w.word LIMIT ?""",
        (*found, *found, word, MAX_FORMS),
    )
    return [word, *(row[0] for row in rows)]


def endings(db: Connection, beginning: str) -> list[str]:
    """Give the commonest words of the archive that begin so."""
    rows = db.execute(
        "SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY docs DESC, word LIMIT ?",
        (beginning, beginning + _LAST, MAX_ENDINGS),
    )
    return [row[0] for row in rows]


def occurs(db: Connection, word: str) -> bool:
    """Whether the archive has the word."""
    return db.execute("SELECT 1 FROM word WHERE word = ?", (word,)).fetchone() is not None


def meanings(db: Connection, query: Query) -> dict[Term, list[tuple[str, ...]]]:
    """Give what each term may mean, as runs of words; the first is the term itself."""
    return {term: _meant(db, term) for group in query.groups for term in group}


def _meant(db: Connection, term: Term) -> list[tuple[str, ...]]:
    if term.quoted:
        return [term.words]
    *head, last = term.words
    words = [last]
    if not head and (not term.prefix or len(last) >= WHOLE):
        words = forms(db, last)
    if term.prefix and not (len(last) >= WHOLE and occurs(db, last)):
        words += endings(db, last)
    found: list[tuple[str, ...]] = [(*head, word) for word in dict.fromkeys(words)]
    other = ALIASES.get(term.words)
    return [*found, other] if other else found


def expression(db: Connection, query: Query, meant: Mapping[Term, list[tuple[str, ...]]]) -> str:
    """Give the FTS5 expression of a query; `meant` comes from `meanings`."""
    parts = [f"{{{EVERYWHERE}}} : ({part})" for part in _words(query, meant)]
    without = [
        f"{{{EVERYWHERE}}} : ({_any(meant[term])})"
        for group in query.groups
        for term in group
        if term.negated
    ]
    _facts(db, query.filters, parts, without)
    text = " AND ".join(f"({part})" for part in parts) if parts else ALL
    return text + "".join(f" NOT ({part})" for part in without)


def _words(query: Query, meant: Mapping[Term, list[tuple[str, ...]]]) -> Iterable[str]:
    """Give one expression for each group, or for a run of words that is a name with another name."""
    groups = [group for group in query.groups if not group[0].negated]
    at = 0
    while at < len(groups):
        length, other = _name_at(groups, at)
        each = [_any([run for term in group for run in meant[term]]) for group in groups[at : at + length]]
        if other:
            yield f"({' AND '.join(f'({part})' for part in each)}) OR {_phrase(other)}"
        else:
            yield each[0]
        at += length


def _name_at(groups: Sequence[tuple[Term, ...]], at: int) -> tuple[int, tuple[str, ...] | None]:
    """Give how many groups from `at` on make a name, and its other name; 1 and None where they make none."""
    for length in range(min(LONGEST, len(groups) - at), 1, -1):
        run = groups[at : at + length]
        if all(len(group) == 1 and len(group[0].words) == 1 and not group[0].quoted for group in run):
            other = ALIASES.get(tuple(group[0].words[0] for group in run))
            if other:
                return length, other
    return 1, None


def _any(runs: Sequence[tuple[str, ...]]) -> str:
    # The word as typed stands twice, so that it weighs more in the ranking than its forms.
    return " OR ".join(_phrase(words) for words in ([runs[0], *runs] if len(runs) > 1 else runs))


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(words) + '"'


def _facts(db: Connection, filters: Filters, parts: list[str], without: list[str]) -> None:
    """Add what the filters ask of the facets and names."""
    for kind, name, negated in filters.names:
        target = without if negated else parts
        if kind == "by":
            target.append(f"names : {_phrase(tokens(name))}")
        elif kind != "label":
            keys = _keys(db, kind, name)
            target.append("facets : (" + " OR ".join(facet(kind, key) for key in keys) + ")")
    for kind, wanted in filters.flags.items():
        if kind not in ("unread", "saved"):  # the reader's marks are no facets
            (parts if wanted else without).append(f"facets : {facet(kind)}")


def _keys(db: Connection, kind: str, name: str) -> list[str]:
    """Give the keys of the sections or places that a name means: the one, or those that begin so."""
    key = place_key(name) if kind == "place" else name
    held = [row[0] for row in db.execute("SELECT key FROM tally WHERE kind = ? ORDER BY key", (kind,))]
    if key in held:
        return [key]
    return [other for other in held if " ".join(tokens(other)).startswith(" ".join(tokens(name)))] or [key]
