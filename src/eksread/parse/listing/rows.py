"""Rows that are built alike: the cards of a list, the rows of a table, of which a few tell how to read all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from eksread.parse.listing.candidates import MIN_TITLE, Target, is_service
from eksread.parse.listing.card_sections import may_be_section, section_in
from eksread.parse.listing.card_text import (
    MAX_META,
    MIN_SENTENCE,
    SILENT,
    TITLE_START,
    as_summary,
    can_be_summary,
    is_time,
)
from eksread.parse.listing.cards import ENDS, Card, machine_date, picture_of
from eksread.parse.listing.zones import MAIN, SIDE
from eksread.parse.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from eksread.parse.listing.card_text import LineDates
    from eksread.parse.urls import Address, Addresses


SAMPLES: Final = 3  # rows read in full
MIN_ROWS: Final = 24  # fewer are read in full sooner than they are learned from
MAX_NODES: Final = 80  # elements and texts of a row; a card has some 30
EVERY: Final = MIN_ROWS // 2  # links between two from which rows are looked for: each row has one at least
LONG_TEXT: Final = 20  # characters of a headline rather than of a label


class Row:
    """The elements and texts of a row in the page's order, itself first, blank texts left out; and where its links lead."""

    __slots__ = "leads", "nodes"

    def __init__(self, nodes: list[LexborNode], leads: list[Address | None]) -> None:
        self.nodes = nodes
        self.leads = leads


@dataclass(slots=True)
class Alike:
    """Rows side by side with the same elements and texts in the same order.

    `links` are the places of links among a row's nodes, `title` is which of them looks like a headline. The first rows
    are `samples`, to be read in full; the links in the `rest` have the `mem_id`s of `passed`.
    """

    samples: list[Row]
    rest: list[Row]
    links: list[int]
    title: int
    passed: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Gather what is passed by."""
        self.passed = frozenset([row.nodes[at].mem_id for row in self.rest for at in self.links])


def find_alike(leads: Mapping[int, Address | None], links: Sequence[LexborNode]) -> list[Alike]:
    """Find the groups of rows with headlines in them that the links of a page stand in. Takes linear time.

    `leads` tells where the links lead, by `mem_id`. Rows whose article other links of the page lead to as well are left out.
    """
    groups: list[Alike] = []
    seen: set[int] = set()
    grouped: frozenset[int] = frozenset()
    counts: Counter[str] = Counter()
    for link in links[::EVERY] if len(links) >= MIN_ROWS else ():
        if link.mem_id in grouped:
            continue
        node = link.parent
        while node is not None and node.mem_id not in seen:
            seen.add(node.mem_id)
            children = list(node.iter(include_text=True, skip_empty=True))
            if len(children) >= MIN_ROWS:
                counts = counts or Counter([lead[1] for lead in leads.values() if lead is not None])
                found = _groups(children, leads, counts)
                grouped = grouped.union(*(group.passed for group in found))
                groups += found
            node = node.parent
    return groups


def _groups(
    children: Sequence[LexborNode], leads: Mapping[int, Address | None], counts: Mapping[str, int]
) -> list[Alike]:
    """Give the groups among the elements and texts side by side in one element."""
    rows = [list(islice(child.traverse(include_text=True, skip_empty=True), MAX_NODES)) for child in children]
    kinds = [tuple([node.tag_id for node in row]) for row in rows]
    alike: dict[tuple[int, ...], list[int]] = {}
    for at, kind in enumerate(kinds):
        alike.setdefault(kind, []).append(at)
    many = {
        kind: places for kind, places in alike.items() if len(places) >= MIN_ROWS and len(kind) < MAX_NODES
    }
    groups: list[Alike] = []
    for places in many.values():
        first = rows[places[0]]
        links = [at for at, node in enumerate(first) if node.tag == "a"]
        title = _headline([rows[at] for at in places[:SAMPLES]], links)
        if title is None:
            continue
        alone: list[Row] = []
        for at in places:
            # What stands behind a row and is no row may belong to it.
            if at + 1 < len(rows) and kinds[at + 1] not in many and children[at + 1].tag not in ENDS:
                continue
            nodes = rows[at]
            row = Row(nodes, [leads.get(nodes[link].mem_id) for link in links])
            own = row.leads[title]
            if own is None:
                continue
            links_to_it = counts[own[1]]
            if links_to_it == 1 or links_to_it == sum(
                [lead is not None and lead[1] == own[1] for lead in row.leads]
            ):
                alone.append(row)
        if len(alone) >= MIN_ROWS:
            groups.append(Alike(alone[:SAMPLES], alone[SAMPLES:], links, title))
    return groups


def _headline(rows: Sequence[Sequence[LexborNode]], links: Sequence[int]) -> int | None:
    """Tell which of the rows' links looks like a headline in each."""
    for which, at in enumerate(links):
        texts = [clean(row[at].text()) for row in rows]
        if all(len(text) >= LONG_TEXT and text.count(" ") >= 2 for text in texts):
            return which
    return None


# Where the first rows of a group, which were read in full, say what was read from them.

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


# What a few rows of a list, read in full, teach of all rows that are built like them: where what they say
# lies.


@dataclass(slots=True)
class _Idle:
    """A text that is none of these: its place, what it said so far, and whether the summary's paragraph has it."""

    at: int
    said: set[str]
    tied: bool


def learn(group: Alike, known: Known) -> Pattern | None:
    """Learn from the first rows of a group; None when they don't tell the same."""
    told = read_samples(group, known)
    return Pattern(*told, known) if told is not None else None


class Pattern:
    """Reads rows as the first of their group were read."""

    def __init__(self, samples: Sequence[Sample], places: Places, known: Known) -> None:
        first = samples[0]
        self._known = known
        self._places = places
        self._like = first.target
        self._own = first.own
        self._idle = _idle(samples, places)
        self._sections: dict[str, str | None] = {}
        self._elsewhere: set[str] = set()

    def read(self, row: Row, order: int) -> tuple[Target, Card] | None:
        """Give a row's article and its card, None when the row says anything that is not where it should be.

        `order` is the place of its headline among the page's links.
        """
        nodes, known = row.nodes, self._known
        lead = row.leads[self._own[0]]
        if lead is None:
            return None
        _, key, url, local = lead
        if not local or not known.fits(url):
            return None
        if (not known.taught and is_service(url)) or not self._leads_nowhere_else(row.leads, key):
            return None
        title = clean(nodes[self._places.title].text_content or "").rstrip(" »›→")
        if len(title) < MIN_TITLE or " " not in title or title.endswith(("...", "…")):
            return None
        for idle in self._idle:
            if (nodes[idle.at].text_content or "") not in idle.said and not self._is_idle(nodes, idle):
                return None
        card = self._card(nodes, title)
        if card is None:
            return None
        like = self._like
        top = nodes[:1]
        return Target(
            url, key, like.zone, True, False, top, [order], title, like.weight, 0, like.heading
        ), card

    def _leads_nowhere_else(self, leads: Sequence[Address | None], key: str) -> bool:
        """Whether the links that should lead to the row's article do, and the others to no article."""
        for which, lead in enumerate(leads):
            other = lead[1] if lead is not None else ""
            if other == key:
                continue
            if which in self._own:
                return False
            if lead is None or other in self._elsewhere:
                continue
            if other not in self._known.targets and self._known.fits(lead[2]):
                return False
            self._elsewhere.add(other)
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

    def _card(self, nodes: list[LexborNode], title: str) -> Card | None:
        """Give what stands beside the headline, None when some of it is not there."""
        places, known = self._places, self._known
        card = Card(nodes[:1])
        if places.machine != NOWHERE:
            card.published = known.dates.at(machine_date(nodes[places.machine]))
            if card.published is None:
                return None
        elif places.date != NOWHERE:
            text = clean(nodes[places.date].text_content or "")
            card.published = known.dates.of(text)[0]
            card.timed = is_time(text)
            if card.published is None:
                return None
        if places.section != NOWHERE:
            card.section = self._section(nodes)
            if card.section is None:
                return None
        if places.summary != NOWHERE:
            text = clean(nodes[places.summary].text_content or "")
            if not can_be_summary(text, paragraph=False):
                return None
            card.summary = as_summary(text, title[:TITLE_START])
        if places.picture != NOWHERE:
            card.image = picture_of(nodes[places.picture], known.addresses)
            if card.image is None:
                return None
        return card

    def _section(self, nodes: Sequence[LexborNode]) -> str | None:
        """Give a row's section, None for what can't be one; a list repeats its sections."""
        at = self._places.section
        said = nodes[at].text_content or ""
        if said not in self._sections:
            text = clean(said)
            found = self._section_in(nodes, at, text)
            believed = found == text or (found is None and may_be_section(text))
            self._sections[said] = text if believed else None
        return self._sections[said]

    def _section_in(self, nodes: Sequence[LexborNode], at: int, text: str) -> str | None:
        holder = nodes[at].parent
        if holder is None:
            return None
        above = at < self._places.title
        return section_in(text, holder, self._known.sections, "", announced=False, above=above)


def _idle(samples: Sequence[Sample], places: Places) -> list[_Idle]:
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


# The rows of a list that need not be read in full, because they are built like rows that were.


MAX_TOLD: Final = 60  # addresses: `shapes.learn` looks at no more


def likely_addresses(groups: Sequence[Alike], places: Mapping[int, int]) -> list[tuple[int, str]]:
    """Give where the headlines of rows that are not read in full seem to lead, with the places of their links."""
    found: list[tuple[int, str]] = []
    for group in groups:
        link = group.links[group.title]
        for row in group.rest[:MAX_TOLD]:
            lead = row.leads[group.title]
            if lead is not None:
                found.append((places[row.nodes[link].mem_id], lead[2]))
    return found


def read_rows(
    groups: Sequence[Alike], known: Known, places: Mapping[int, int]
) -> tuple[list[tuple[Target, Card]], list[Row]]:
    """Read the rows behind each group's samples; give those that do not say the same at the same places apart.

    `places` are those of the page's links among each other, by `mem_id`.
    """
    read: list[tuple[Target, Card]] = []
    odd: list[Row] = []
    for group in groups:
        pattern = learn(group, known)
        link = group.links[group.title]
        for row in group.rest:
            found = pattern.read(row, places[row.nodes[link].mem_id]) if pattern is not None else None
            if found is None:
                odd.append(row)
            else:
                read.append(found)
    return read, odd
