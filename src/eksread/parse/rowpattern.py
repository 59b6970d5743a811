"""What a few rows of a list, read in full, teach of all rows that are built like them: where what they say lies.

A row that says something else at these places is left to be read in full as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.cards import Card, machine_date, picture_of
from eksread.parse.cardsections import may_be_section, section_in
from eksread.parse.cardtext import MAX_META, MIN_SENTENCE, SILENT, TITLE_START, as_summary, can_be_summary
from eksread.parse.clean import clean
from eksread.parse.linkscan import MIN_TITLE, Target, is_service
from eksread.parse.zones import MAIN, SIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from eksread.parse.addresses import Addresses
    from eksread.parse.alike import Alike, Row
    from eksread.parse.cardtext import LineDates

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
class _Sample:
    """A row read in full: its article, which of its links lead there, and its texts by their places."""

    row: Row
    target: Target
    card: Card
    own: list[int]
    texts: dict[int, str]


@dataclass(slots=True)
class _Places:
    """Where among a row's nodes its title and the rest lie, `NOWHERE` for what the rows don't have."""

    title: int
    machine: int
    date: int
    section: int
    summary: int
    picture: int


@dataclass(slots=True)
class _Idle:
    """A text that is none of these: its place, what it said so far, and whether the summary's paragraph has it."""

    at: int
    said: set[str]
    tied: bool


def learn(group: Alike, known: Known) -> Pattern | None:
    """Learn from the first rows of a group; None when they don't tell the same."""
    samples: list[_Sample] = []
    for row in group.samples:
        sample = _sample(row, known)
        if sample is None or sample.target.zone not in (MAIN, SIDE):
            return None
        samples.append(sample)
    alike = {(tuple(s.own), s.target.zone, s.target.heading) for s in samples}
    places = _places(samples, known) if len(alike) == 1 else None
    return Pattern(samples, places, known) if places is not None else None


def _sample(row: Row, known: Known) -> _Sample | None:
    """Give a row as it was read; None when it is not the card of one article."""
    own: dict[str, list[int]] = {}
    for which, href in enumerate(row.hrefs):
        address = known.addresses.of(href)
        if address is not None and address[1] in known.cards:
            own.setdefault(address[1], []).append(which)
    if len(own) != 1:
        return None
    ((key, links),) = own.items()
    card = known.cards[key]
    if card.nodes[0].mem_id != row.nodes[0].mem_id or not all(
        node.is_empty_text_node for node in card.nodes[1:]
    ):
        return None
    texts = {at: clean(node.text_content or "") for at, node in enumerate(row.nodes) if node.tag == "-text"}
    return _Sample(row, known.targets[key], card, links, texts)


def _places(samples: Sequence[_Sample], known: Known) -> _Places | None:
    """Give where all samples say what was read from them; None when that can't be told."""
    columns = zip(*(_told(sample, known) for sample in samples), strict=True)
    title, machine, date, section, summary, picture = (_agree(column) for column in columns)
    if machine is None or machine == NOWHERE:
        machine = NOWHERE
    else:
        date = NOWHERE
    if title is None or date is None or section is None or summary is None or picture is None:
        return None
    return _Places(title, machine, date, section, summary, picture)


def _told(sample: _Sample, known: Known) -> tuple[_Told, ...]:
    """Give what was read from a row, in the order of `_Places`."""
    card, title, dates = sample.card, sample.target.title, known.dates
    texts, nodes = sample.texts.items(), list(enumerate(sample.row.nodes))
    machines = [(at, dates.at(machine_date(node))) for at, node in nodes if node.tag in _DATE_TAGS]
    lines = [(at, dates.of(text)[0]) for at, text in texts if len(text) <= MAX_META]
    long = [(at, as_summary(text, title[:TITLE_START])) for at, text in texts if len(text) >= MIN_SENTENCE]
    pictures = [(at, picture_of(node, known.addresses)) for at, node in nodes if node.tag in _PICTURE_TAGS]
    return (
        (title, {at for at, text in texts if text == title}),
        (card.published, {at for at, moment in machines if moment == card.published}),
        (card.published, {at for at, moment in lines if moment == card.published}),
        (card.section, {at for at, text in texts if text == card.section}),
        (card.summary, {at for at, text in long if text == card.summary}),
        (card.image, {at for at, picture in pictures if picture == card.image}),
    )


def _agree(told: Iterable[_Told]) -> int | None:
    """Give the first place where each row says its own; `NOWHERE` if none says any, None when they differ."""
    values, places = zip(*told, strict=True)
    if all(value is None for value in values):
        return NOWHERE
    if any(value is None for value in values):
        return None
    return min(set.intersection(*places), default=None)


class Pattern:
    """Reads rows as the first of their group were read."""

    def __init__(self, samples: Sequence[_Sample], places: _Places, known: Known) -> None:
        first = samples[0]
        self._known = known
        self._places = places
        self._like = first.target
        self._own = first.own
        self._idle = _idle(samples, places)
        self._has = _has(first.card)
        self._sections: set[str] = set()
        self._elsewhere: set[str] = set()

    def read(self, row: Row, order: int) -> tuple[Target, Card] | None:
        """Give a row's article and its card, None when the row says anything that is not where it should be.

        `order` is the place of its headline among the page's links.
        """
        nodes, known = row.nodes, self._known
        address = known.addresses.of(row.hrefs[self._own[0]])
        if address is None:
            return None
        _, key, url, local = address
        if not local or key in known.targets or not known.fits(url):
            return None
        if (not known.taught and is_service(url)) or not self._leads_nowhere_else(row.hrefs, key):
            return None
        title = clean(nodes[self._places.title].text_content or "").rstrip(" »›→")
        if len(title) < MIN_TITLE or " " not in title or title.endswith(("...", "…")):
            return None
        for idle in self._idle:
            if (nodes[idle.at].text_content or "") not in idle.said and not self._is_idle(nodes, idle):
                return None
        card = self._card(nodes, title)
        if _has(card) != self._has:
            return None
        like = self._like
        top = nodes[:1]
        return Target(
            url, key, like.zone, True, False, top, [order], title, like.weight, 0, like.heading
        ), card

    def _leads_nowhere_else(self, hrefs: Sequence[str], key: str) -> bool:
        """Whether the links that should lead to the row's article do, and the others to no article."""
        own = hrefs[self._own[0]]
        for which, href in enumerate(hrefs):
            if href == own or (href in self._elsewhere and which not in self._own):
                continue
            known = self._known
            address = known.addresses.of(href)
            if which in self._own:
                if address is None or address[1] != key:
                    return False
            elif address is not None and address[1] not in known.targets and known.fits(address[2]):
                return False
            else:
                self._elsewhere.add(href)
        return True

    def _is_idle(self, nodes: Sequence[LexborNode], idle: _Idle) -> bool:
        """Whether a text that should say none of what is looked for does not."""
        said = nodes[idle.at].text_content or ""
        text, places = clean(said), self._places
        if idle.tied or len(text) >= MIN_SENTENCE:
            return False
        undated = places.machine == NOWHERE and not 0 <= places.date < idle.at
        if undated and self._known.dates.of(text)[0] is not None:
            return False
        if not 0 <= places.section < idle.at and self._section_in(nodes, idle.at, text) is not None:
            return False
        idle.said.add(said)
        return True

    def _card(self, nodes: list[LexborNode], title: str) -> Card:
        """Give what stands beside the headline."""
        places, known = self._places, self._known
        card = Card(nodes[:1])
        if places.machine != NOWHERE:
            card.published = known.dates.at(machine_date(nodes[places.machine]))
        elif places.date != NOWHERE:
            card.published = known.dates.of(clean(nodes[places.date].text_content or ""))[0]
        if places.section != NOWHERE:
            card.section = self._section(nodes)
        if places.summary != NOWHERE:
            text = clean(nodes[places.summary].text_content or "")
            if can_be_summary(text, paragraph=False):
                card.summary = as_summary(text, title[:TITLE_START])
        if places.picture != NOWHERE:
            card.image = picture_of(nodes[places.picture], known.addresses)
        return card

    def _section(self, nodes: Sequence[LexborNode]) -> str | None:
        """Give a row's section, None for what can't be one; a list repeats its sections."""
        at = self._places.section
        text = clean(nodes[at].text_content or "")
        if text not in self._sections:
            found = self._section_in(nodes, at, text)
            if found != text and (found is not None or not may_be_section(text)):
                return None
            self._sections.add(text)
        return text

    def _section_in(self, nodes: Sequence[LexborNode], at: int, text: str) -> str | None:
        holder = nodes[at].parent
        if holder is None:
            return None
        above = at < self._places.title
        return section_in(text, holder, self._known.sections, "", announced=False, above=above)


def _idle(samples: Sequence[_Sample], places: _Places) -> list[_Idle]:
    """Give the texts of rows that say none of what lies at these places."""
    nodes = samples[0].row.nodes
    said = (places.title, places.date, places.section, places.summary)
    paragraph = nodes[places.summary].parent if places.summary != NOWHERE else None
    found: list[_Idle] = []
    for at in samples[0].texts:
        above = nodes[at].parent
        if at in said or above is None or above.tag in SILENT:
            continue
        around = [node.mem_id for node in (above, above.parent) if node is not None]
        texts = {sample.row.nodes[at].text_content or "" for sample in samples}
        found.append(_Idle(at, texts, paragraph is not None and paragraph.mem_id in around))
    return found


def _has(card: Card) -> tuple[bool, ...]:
    """Tell which of its fields a card has."""
    return (
        card.published is not None,
        card.section is not None,
        card.summary is not None,
        card.image is not None,
    )
