"""The portal's language: words that mark what a line is, whatever the markup (docs/architecture.md, "landmarks").

Each rule takes whole lines only, or an end of a line that can be nothing else: a genuine sentence with such a word in
it stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eksread.portal import SLOGANS

if TYPE_CHECKING:
    from collections.abc import Sequence


# ---- lines that are never text ------------------------------------------------------------------------

_NOISE: Final = re.compile(
    r"""(?ix)^[\W_]*(?:
      advert (?:is(?:e)?ment s?)? | iklan | advertorial | sponsored (?:\s content)? | ads? (?:\s by \s \w+)? | pariwara
    | story \s continues \s below (?:\s advertisement)? | continue \s reading .{0,40} | article \s continues \s .{0,40}
    | scroll \s (?:untuk|ke \s bawah|to|for|down) \s .{0,60} | lanjutkan \s (?:membaca|ke \s konten) .{0,50}
    | (?:skip|loncat) \s (?:ad|iklan|advertisement) .{0,40}
    | (?:bagikan|sebarkan|share) \s+ (?:artikel|berita|this|ke|di|on|via|the) \b .{0,60}
    | apa \s reaksi \s anda .{0,10} | bagaimana \s (?:reaksi|perasaan|reaksimu) .{0,40} | what .{1,6} s \s your \s reaction .{0,3}
    | (?:halaman|page|hal) [\s:]* [\d\s|/,-]* (?:(?:selanjutnya|berikutnya|sebelumnya|dari|of)\s*\d*)?
    | (?:selanjutnya|berikutnya|sebelumnya|selengkapnya|next|prev|previous|read \s more|lihat \s semua|show \s all|load \s more|view \s all)
      [\s:]* (?:halaman|page|artikel|article|post|»|›)? (?:\s* \d+)?
    | (?:berita|artikel) \s (?:terkait|terpopuler|terbaru|lainnya|lain|populer|selanjutnya|sebelumnya)
    | (?:tinggalkan|tulis|kirim|beri|leave \s a|post \s a|add \s a|write \s a|view|lihat|show|hide|read) \s (?:\d+ \s)? (?:komentar|balasan|comments?|reply) .{0,20}
    | (?:gambas|simak|saksikan|tonton|lihat) \s* : \s* (?:video|foto|youtube|instagram|twitter|facebook)? .{0,12}
    | gambas \s* : \s* .{0,40}
    | (?:tags?|topik(?:\s terkait)?|kata \s kunci|keywords?|label|topics?|filed \s under|rubrik|kanal|kategori|category|categories|posted \s in|tagged \s with|tagged) \s* : .{0,300}
    | (?:copyright|hak \s cipta|©|\(c\)) .{0,120} (?:\d{4}|reserved|dilindungi|antara) .{0,60}
    | all \s rights \s reserved .{0,40}
    | (?:(?:berita|artikel|halaman) \s ini \s)? (?:dicetak|printed|diunduh|diakses) \s (?:dari|pada|from|on|at) \s* (?: : .{0,120} | (?:https?://|www\.) .{0,240} )
    | (?:click|klik|tap) \s (?:here|di \s sini|disini|to \s (?:share|expand|enlarge)) .{0,80}
    | loading .{0,4} | this \s slideshow \s requires \s javascript | memuat .{0,4} | more \s from .{0,60} | play \s video | close | tutup | embed | enlarge .{0,20} | view \s gallery | hide \s caption | toggle \s caption
    | \d+ \s (?:shares?|comments?|komentar|views?|likes?|kali \s dibaca|pembaca) | dibaca .{0,4} \d[\d.,]* \s? (?:kali|x)? | (?:komentar|comments?|views?) \s* [:(] \s* \d* \)?
    | (?:google \s news|whatsapp \s channel|saluran \s whatsapp) .{0,40}
    )[\W_]*$"""
)

_INVITE: Final = re.compile(
    r"""(?ix)^[\W_]*(?:
      (?:ikuti|follow|cek|dapatkan|baca|simak|temukan|download|unduh|gabung|bergabung|yuk|ayo|klik|mari) \b .{0,120}
        \b(?: google \s news | whatsapp \s channel | saluran \s whatsapp | channel \s (?:whatsapp|telegram|youtube|wa) | (?:grup|group|saluran|kanal) \s (?:whatsapp|telegram|wa) )\b .{0,160}
    | (?:dapatkan|daftarkan) \b .{0,120} \b(?:e-?mail|newsletter)\b .{0,60}
    | (?:sign \s up|subscribe|join|follow|like) \s (?:for|to|us|our|now|up) \b .{0,140}
    | (?:download|unduh|install) \s (?:the|our|aplikasi) \b .{0,100} \b(?:app|aplikasi|apps)\b .{0,60}
    )$"""
)

_WATCH: Final = re.compile(
    r"(?i)^\W*(?:simak|saksikan|tonton|lihat)\s+(?:juga\s+)?(?:video|foto|infografis?)\b.{0,160}$"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_BUTTONS: Final = frozenset(
    "bagikan share shares sebarkan tweet tweets retweet pin pinit print cetak email mail e salin copy link tautan facebook "
    "twitter whatsapp wa telegram line linkedin pinterest google reddit flipboard tumblr instagram save simpan like suka comments "
    "comment komentar reply balas follow subscribe berlangganan messenger sms x kirim more dengarkan perkecil perbesar "
    "ini artikel berita this article pint baixar video videos watch on via ke di to it us by your with a the fb ig yt tiktok threads".split()
)
"""The words of share bars and buttons: a short line of nothing else is one."""

MAX_BUTTONS: Final = 16

LONG_SENTENCE: Final = 180
"""Characters from which a line that ends as a sentence does is one: the longest invitations are shorter."""

MAX_NOISE: Final = 320
"""No line longer than this is noise by its words (tag lists are the longest)."""


def is_noise(text: str) -> bool:
    """Whether a whole line is an advert label, a share bar, a pager, a tag list or the like."""
    if len(text) > MAX_NOISE or (len(text) > LONG_SENTENCE and text[-1] in '.?!"”'):
        return False
    lower = text.casefold()
    first = _WORD.search(lower)
    if first is None:
        return True
    if first[0] in _BUTTONS:
        words = _WORD.findall(lower)
        if len(words) <= MAX_BUTTONS and _BUTTONS.issuperset(words):
            return True
    return bool(_NOISE.match(text) or _INVITE.match(text) or (text[-1] != "." and _WATCH.match(text)))


_SLOGAN: Final = "|".join(re.escape(slogan.casefold()) for slogan in SLOGANS)
_SLOGANS: Final = re.compile(rf"(?:[\s•*·|-]*+(?:{_SLOGAN}))++[\s•*·|-]*+")
"""Slogans in lower case, with what a ticker shows between and around them."""


def is_slogan(text: str) -> bool:
    """Whether a line is one of the portal's ticker slogans, or several of them in a row."""
    return _SLOGANS.fullmatch(text.casefold()) is not None


_END: Final = re.compile(
    r"""(?ix)^[\W_]*+(?: (?:apa|bagaimana) \s (?:reaksi(?:mu)?|perasaan(?:mu)?) (?:\s (?:anda|kamu))? (?:\s .{1,24})? | (?:\d+ \s)? (?:komentar|comments?) (?:\s pembaca)? (?: \s*+ (?:[:(] \s*+)? \d+ \)? )?
    | tinggalkan \s (?:komentar|balasan) | leave \s a \s (?:reply|comment) | tulis \s komentar | kolom \s komentar
    | (?:berita|artikel|baca|info) \s (?:terkait|lainnya|lain|populer|terpopuler|terbaru|selanjutnya) | related \s (?:articles?|posts?|news|stories|content|topics) | terpopuler | terkini | berita \s utama
    | rekomendasi (?:\s untuk \s anda)? | (?:you \s may|you \s might) \s also \s like .{0,20} | (?:top|latest|more|other) \s (?:stories|news|articles) | trending .{0,12} | most \s (?:popular|read) .{0,12} | recommended (?:\s for \s you)?
    | artikel \s ini \s telah \s tayang .{0,200}
    | what \s do \s you \s think .{0,40} | about \s the \s author
    )[\W_]*$"""
)


def ends_article(text: str) -> bool:
    """Whether a line opens what follows an article: reactions, comments, related lists."""
    return len(text) < 240 and bool(_END.match(text))


# ---- the advertorial marker ---------------------------------------------------------------------------

_ADV_END: Final = re.compile(
    r"(?:(?<!\s)\s++)?[(\[]\s*+(?:adv|advertorial|advetorial|pariwara)\b[^()\[\]]{0,60}[)\]]\s*+(?=[.\"”]?\s*+$)|(?<!\s)\s++\bADV\b\s*+$",
    re.IGNORECASE,
)
_ADV_LINE: Final = re.compile(
    r"^\W*(?:adv|advertorial|pariwara)\b(?:\s*[/:|-]\s*[\w .&-]{1,60})?\W*$", re.IGNORECASE
)


def adv_span(text: str) -> tuple[int, int] | None:
    """Where in `text` the marker of a paid article stands: `(adv)`, `(ADV/Diskominfo)`, at the end of the line."""
    lower = text.lower()
    if "adv" not in lower and "pariwara" not in lower:
        return None
    if len(text) <= 80 and _ADV_LINE.match(text):
        return (0, len(text))
    found = _ADV_END.search(text, max(0, len(text) - 90))
    if found is None or (found.group().strip() == "adv"):
        return None
    return found.span()


# ---- initials -----------------------------------------------------------------------------------------

_SIGNS: Final = r"(?:\*+|[A-Za-z]{2,6}\d{0,3}(?:\s*[/,&|-]\s*[A-Za-z0-9*.]{1,8}){0,5})\s*\*{0,3}"
_INITIALS: Final = re.compile(rf"(?<=[.!?\"”’')])\s*[(\[]\s*{_SIGNS}[)\]]\s*+\*{{0,3}}\.?\s*+$")
_INITIALS_LINE: Final = re.compile(
    rf"^\s*[(\[]\s*{_SIGNS}[)\]]\s*+\*{{0,3}}\s*+$|^\s*\*{{1,3}}(?:\s*\)|\s*[a-z]{{2,4}})?\s*$"
)


def initials_span(text: str) -> tuple[int, int] | None:
    """Where the writer's initials close the text - `… katanya. (amr)` - or None.

    Only after the end of a sentence: an abbreviation explained inside a sentence stands before its full stop.
    """
    if _INITIALS_LINE.match(text) and adv_span(text) is None:
        return (0, len(text))
    found = _INITIALS.search(text, max(0, len(text) - 48))
    return found.span() if found and adv_span(found.group()) is None else None


def strip_title_suffix(title: str, names: Sequence[str]) -> str:
    """A document title without the site's name behind the last separator."""
    parts = re.split(r"(?<!\s)\s++(?:[|»«·•~:]|[-–—]{1,2}|::)\s+", title)
    if len(parts) < 2:
        return title
    folded = [name.casefold() for name in names if name]
    joined = {name.replace(" ", "") for name in folded}
    while len(parts) > 1:
        last = parts[-1].casefold()
        named = any(name == last or last in name or name in last for name in folded)
        if named or last.replace(" ", "") in joined or len(parts[-1]) < 4:  # `Kabar Hulu` is kabarhulu.id
            parts.pop()
        else:
            break
    while len(parts) > 1 and any(name == parts[0].casefold() for name in folded):
        parts.pop(0)
    start = title.find(parts[0])
    return title[start : title.rfind(parts[-1]) + len(parts[-1])]


def same_words(left: str, right: str) -> bool:
    """Whether two lines are the same but for case, spacing and punctuation."""
    return fold(left) == fold(right)


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """A line reduced to its letters and digits, for comparing."""
    return _NO_LETTERS.sub(" ", text).strip().casefold()


_NO_LETTERS: Final = re.compile(r"[\W_]+")


# What stands at the end of a summary and is none of it: "Selengkapnya", the marks of a cut; and cutting one
# short.

MAX_TAIL: Final = 300
"""Characters at a summary's end in which an invitation to read on may stand, the title in it."""

_INVITATION: Final = re.compile(
    r"(?i)(?:(?<=[.!?…”\"\]])|(?=[\[(…]|\.\.))\s*+(?:[\[(]?(?:…|\.\.\.)[\])]?\s*+)?[\[(]?"
    r"(?:baca selengkapnya|selengkapnya|lanjut(?:kan)? membaca|read more|continue reading)(?:[\s\])»›>→.…]*+|\s*+[“\"].*)$"
)
"""A link to the rest behind the last sentence, or behind the marks of a cut."""
_CUT: Final = re.compile(r"(?:(?<!\s)\s++)?(?:\[(?:…|\.\.\.)\]|…|\.\.\.)$")


def without_invitation(summary: str) -> str:
    """A summary without the link to the rest, which may repeat the title, and without the marks of a cut."""
    tail = summary[-MAX_TAIL:]
    return summary[:-MAX_TAIL] + _CUT.sub("", _INVITATION.sub("", tail))


def shorten(text: str, limit: int) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,.;:–-") + " …"
