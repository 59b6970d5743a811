"""Indonesian words without their affixes, as far as that goes without a dictionary.

Several stems are given where the prefix has swallowed a letter (`mengirim`: "irim" or "kirim"). A stem need not be
a word: it only has to be the same for the forms of one word. Rules after Adriani et al., "Stemming Indonesian" (2007).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

MIN_STEM: Final = 3
"""Letters that must be left: `dian` and `beri` are no affixed words."""

_CACHED: Final = 50_000
"""Words whose stems are remembered: the vocabulary of a regional paper over years (about 5 MB)."""

_PARTICLES: Final = ("lah", "kah", "tah", "pun")
_POSSESSIVES: Final = ("nya", "ku", "mu")
_SUFFIXES: Final = ("kan", "an", "i")
_VOWELS: Final = frozenset("aeiou")
_SIMPLE_PREFIXES: Final = ("ber", "ter", "di", "ke", "se")
_NASALS: Final = (
    ("meng", "peng", ("", "k")),
    ("meny", "peny", ("s",)),
    ("mem", "pem", ("p", "m")),
    ("men", "pen", ("t", "n")),
)
"""Prefixes that melt into a vowel, with what may have stood before the vowel."""


@lru_cache(maxsize=_CACHED)
def stems(word: str) -> tuple[str, ...]:
    """Give the stems of a folded word that differ from it; none for a word without affixes."""
    if len(word) <= MIN_STEM or not word.isalpha():
        return ()
    bases = {word}
    bases.update(_without_endings(word))
    found = {stem for base in bases for stem in _without_prefixes(base)}
    found |= bases
    found.discard(word)
    return tuple(sorted(_shortest(found)))


def _without_endings(word: str) -> set[str]:
    """The word without particle, possessive and suffix, in that order (`bukunyalah`, `pembangunannya`)."""
    word = _cut(word, _PARTICLES)
    word = _cut(word, _POSSESSIVES)
    forms = {word}
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= MIN_STEM + 1:
            forms.add(word.removesuffix(suffix))
    return forms


def _cut(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) > MIN_STEM:
            return word.removesuffix(ending)
    return word


def _without_prefixes(word: str) -> set[str]:
    """The forms of the word without one or two prefixes (`mempertanyakan`, `keberhasilan`)."""
    once = _without_prefix(word)
    return once.union(*(_without_prefix(form) for form in once))


def _without_prefix(word: str) -> set[str]:
    for active, agent, swallowed in _NASALS:
        if word.startswith((active, agent)):
            rest = word[len(active) :]
            if rest and rest[0] in _VOWELS:
                return _long_enough(letter + rest for letter in swallowed)
            return _long_enough([rest])
    if word.startswith(("mem", "pem", "men", "pen")):
        return _long_enough([word[3:]])
    for prefix in _SIMPLE_PREFIXES:
        if word.startswith(prefix):
            return _long_enough([word.removeprefix(prefix)])
    if word.startswith(("me", "pe")):
        return _long_enough([word[2:], word[3:]] if word.startswith("per") else [word[2:]])
    return set()


def _long_enough(forms: object) -> set[str]:
    return {form for form in forms if len(form) >= MIN_STEM}  # type: ignore[attr-defined]


def _shortest(forms: set[str]) -> set[str]:
    return forms
