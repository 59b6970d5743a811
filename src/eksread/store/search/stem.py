"""Indonesian words without their affixes, as far as that goes without a dictionary.

A root found here need not be a word: it only has to be the same for the forms of one word. Where a prefix has melted
into the root (`mengirim` from `kirim`) every letter that may have stood there gives a root. The rules follow the
morphology in Adriani et al., "Stemming Indonesian" (2007); their dictionary look-up is left out, so `menteri` and
such are protected by what may follow a prefix instead.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_ROOT: Final = 3
"""Letters of the shortest root (`cat`, `bom`)."""

MIN_BARE: Final = 4
"""Letters that a lone suffix or a lone `di-`, `ke-`, `se-` must leave: `bulan`, `jalan`, `dinas`, `kelas` are roots."""

LONGEST: Final = 40
"""Letters of the longest word that is looked at; longer ones are no words."""

_CACHED: Final = 20_000
"""Words whose roots are remembered: most of what is typed or newly indexed in a session (about 4 MB)."""

_ENCLITICS: Final = ("kah", "pun", "nya")
"""`-lah`, `-ku` and `-mu` are left alone: news hardly has them, and `masalah`, `adalah`, `bertemu` end so."""

_VOWELS: Final = frozenset("aeiou")

_NASAL: Final = (
    ("ng", _VOWELS | frozenset("gkhq"), ("", "k")),
    ("ny", _VOWELS, ("s", "ny")),
    ("m", _VOWELS | frozenset("bfpvlr"), ("p", "m")),
    ("n", _VOWELS | frozenset("cdjsz"), ("t", "n")),
    ("", frozenset("lrwymn"), ()),
)
"""After `me-` or `pe-`: the nasal, what may follow it, and which letters a vowel may have swallowed."""

_SECOND: Final = ("ber", "ter", "pe", "ke")


@lru_cache(maxsize=_CACHED)
def roots(word: str) -> frozenset[str]:
    """Give the roots of a folded word, itself among them. Words with a root in common are forms of one word."""
    if not MIN_ROOT < len(word) <= LONGEST or not word.isalpha():
        return frozenset((word,))
    found = {word}
    for base, suffix in _endings(_without_enclitic(word)):
        found |= _deepest(base, suffix)
        if len(base) >= (MIN_BARE if suffix and base[0] not in _VOWELS else MIN_ROOT):
            found.add(base)
    return frozenset(found)


def _without_enclitic(word: str) -> str:
    for ending in _ENCLITICS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_ROOT:
            return word.removesuffix(ending)
    return word


def _endings(word: str) -> Iterable[tuple[str, str]]:
    """Give the word with each suffix that it may end in taken off; `masakan` is masa+kan or masak+an."""
    yield word, ""
    for suffix in ("kan", "an", "i"):
        if word.endswith(suffix) and len(word) - len(suffix) >= MIN_ROOT:
            yield word.removesuffix(suffix), suffix


def _deepest(base: str, suffix: str) -> set[str]:
    """Give what is left when one prefix, or two (`diper-`, `keber-`), are taken off; empty where there is none."""
    found: set[str] = set()
    for once in _without_prefix(base, suffix):
        found.add(once)
        literal = base.endswith(
            once
        )  # a swallowed letter is a guess, not to be built upon but for `mengetahui`
        if once.startswith(_SECOND if literal and len(once) > 6 else "ke"):
            found.update(_without_prefix(once, suffix))
    return {root for root in found if len(root) >= MIN_ROOT}


def _without_prefix(word: str, suffix: str) -> Iterable[str]:
    if word.startswith(("belajar", "pelajar")):
        return (word[3:],)
    if word.startswith(("ber", "ter", "per")):
        rest = word[3:]
        return (rest, "r" + rest) if rest[:1] in _VOWELS else (rest,)
    if word.startswith(("me", "pe")):
        found = _after_nasal(word[2:])
        agent = word[0] == "p" and not found and len(word) - 2 >= MIN_BARE  # petani, pekerja, petugas
        return (word[2:],) if agent else found
    if word.startswith("be") and word[3:5] == "er":
        return (word[2:],)
    least = MIN_ROOT if suffix else MIN_BARE
    if word.startswith(("di", "se")) or (word.startswith("ke") and suffix):
        return (word[2:],) if len(word) - 2 >= least else ()
    return ()


def _after_nasal(rest: str) -> tuple[str, ...]:
    """Give the roots that `me-` or `pe-` with its nasal may stand before."""
    for nasal, followers, swallowed in _NASAL:
        root = rest.removeprefix(nasal)
        if not rest.startswith(nasal) or root[:1] not in followers:
            continue
        if root[0] not in _VOWELS:
            return (root, "p" + root) if nasal == "m" and root[0] in "lr" else (root,)
        found = tuple(letter + root for letter in swallowed)
        return (*found, root[1:]) if root[0] == "e" and len(root) == 4 else found
    return ()
