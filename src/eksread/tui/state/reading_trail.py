"""How the reader came to the article on the screen: plain values, kept so that each step leads back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from eksread.model.lists import Headline

HEAD: Final = -1
"""The part of a text before its first block."""


class Place(NamedTuple):
    """A place in a text that is the same at every width: a part (a block, `HEAD` or `FOOT`), and the letters of it above."""

    part: int = HEAD
    above: int = 0


START: Final = Place()


class Stop(NamedTuple):
    """A stop on the trail back: an article, its title, and the place in it."""

    article_id: int
    title: str
    place: Place


class SearchChoice(NamedTuple):
    """What the reader chose in a search, and the query: `words` as they stand in the article."""

    headline: Headline
    query: str
    words: tuple[str, ...]


class Found(NamedTuple):
    """What a search found that is being read, and the way to the article in which it was asked for, if in one."""

    choice: SearchChoice
    way: Way | None


class Way(NamedTuple):
    """How the reader came to an article: over which stops (itself the last), from what found, and whether into its comments."""

    stops: tuple[Stop, ...]
    found: Found | None
    comments: bool = False


@dataclass(slots=True)
class ReadingTrail:
    """The article that is being read and how the reader came to it.

    `found` is what a search found: leaving it goes back to the search. `request` numbers what was asked for, so that a
    late answer to an earlier request is not shown.
    """

    stops: list[Stop] = field(default_factory=list)
    opened: int | None = None
    found: Found | None = None
    request: int = 0
