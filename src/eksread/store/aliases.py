"""Names that mean the same: short forms of places and offices, and what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eksread.store.values import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

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
