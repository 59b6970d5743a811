"""Where the first rows of a group, which were read in full, say what was read from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.cards import machine_date, picture_of
from eksread.parse.cardtext import MAX_META, TITLE_START, as_summary
from eksread.parse.clean import clean
from eksread.parse.zones import MAIN, SIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from eksread.parse.addresses import Addresses
    from eksread.parse.alike import Alike, Row
    from eksread.parse.cards import Card
    from eksread.parse.cardtext import LineDates
    from eksread.parse.linkscan import Target

NOWHERE: Final = -1
_DATE_TAGS: Final = frozenset(("time", "abbr"))
_PICTURE_TAGS: Final = frozenset(("img", "amp-img", "source"))

_Told: TypeAlias = "tuple[object, set[int]]"
"""What a row says, None for nothing, and all places that say so."""


@dataclass(slots=True)
class Known:
    """What the rows read in full made known: `targets` are all links by key, `cards` those of articles.

    `fits` tells an article's address, `taught` whether a feed did; `sections` are the menu's names, casefolded.
    """

    addresses: Addresses
    dates: LineDates
    fits: Callable[[str], bool]
    taught: bool
    sections: frozenset[str]
    targets: Mapping[str, Target]
    cards: Mapping[str, Card]


@dataclass(slots=True)
class Sample:
    """A row read in full: its article, which of its links lead there, and its texts by their places."""

    row: Row
    target: Target
    card: Card
    own: list[int]
    texts: dict[int, str]


@dataclass(slots=True)
class Places:
    """Where among a row's nodes its title and the rest lie, `NOWHERE` for what the rows don't have."""

    title: int
    machine: int
    date: int
    section: int
    summary: int
    picture: int


def read_samples(group: Alike, known: Known) -> tuple[list[Sample], Places] | None:
    """Give the first rows of a group and where all of them say what they say; None when they don't tell the same."""
    samples: list[Sample] = []
    for row in group.samples:
        sample = _sample(row, known)
        if sample is None or sample.target.zone not in (MAIN, SIDE):
            return None
        samples.append(sample)
    alike = {(tuple(s.own), s.target.zone, s.target.heading) for s in samples}
    places = _places(samples, known) if len(alike) == 1 else None
    return (samples, places) if places is not None else None


def _sample(row: Row, known: Known) -> Sample | None:
    """Give a row as it was read; None when it is not the card of one article."""
    own: dict[str, list[int]] = {}
    for which, lead in enumerate(row.leads):
        if lead is not None and lead[1] in known.cards:
            own.setdefault(lead[1], []).append(which)
    if len(own) != 1:
        return None
    ((key, links),) = own.items()
    card = known.cards[key]
    if card.nodes[0].mem_id != row.nodes[0].mem_id or not all(
        node.is_empty_text_node for node in card.nodes[1:]
    ):
        return None
    texts = {at: clean(node.text_content or "") for at, node in enumerate(row.nodes) if node.tag == "-text"}
    return Sample(row, known.targets[key], card, links, texts)


def _places(samples: Sequence[Sample], known: Known) -> Places | None:
    """Give where all samples say what was read from them; None when that can't be told."""
    columns = zip(*(_told(sample, known) for sample in samples), strict=True)
    title, machine, date, section, summary, picture = (_agree(column) for column in columns)
    if machine is None or machine == NOWHERE:
        machine = NOWHERE
    else:
        date = NOWHERE
    if title is None or date is None or section is None or summary is None or picture is None:
        return None
    return Places(title, machine, date, section, summary, picture)


def _told(sample: Sample, known: Known) -> tuple[_Told, ...]:
    """Give what was read from a row, in the order of `Places`."""
    card, title, dates = sample.card, sample.target.title, known.dates
    texts, nodes = sample.texts.items(), list(enumerate(sample.row.nodes))
    machines: set[int] = set()
    lines: set[int] = set()
    if card.published is not None:
        machines = {
            at
            for at, node in nodes
            if node.tag in _DATE_TAGS and dates.at(machine_date(node)) == card.published
        }
        lines = {at for at, text in texts if len(text) <= MAX_META and dates.of(text)[0] == card.published}
    start, summary = title[:TITLE_START], card.summary or ""
    pictures = {
        at
        for at, node in nodes
        if card.image and node.tag in _PICTURE_TAGS and picture_of(node, known.addresses) == card.image
    }
    return (
        (title, {at for at, text in texts if text == title}),
        (card.published, machines),
        (card.published, lines),
        (card.section, {at for at, text in texts if text == card.section}),
        (
            card.summary,
            {
                at
                for at, text in texts
                if text[:1] == summary[:1] and text and as_summary(text, start) == summary
            },
        ),
        (card.image, pictures),
    )


def _agree(told: Iterable[_Told]) -> int | None:
    """Give the first place where each row says its own; `NOWHERE` if none says any, None when they differ."""
    values, places = zip(*told, strict=True)
    if all(value is None for value in values):
        return NOWHERE
    if any(value is None for value in values):
        return None
    return min(set.intersection(*places), default=None)
