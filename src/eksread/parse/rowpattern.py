"""What a few rows of a list, read in full, teach of all rows that are built like them: where what they say lies.

A row that says something else at these places is left to be read in full as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eksread.parse.cards import Card, machine_date, picture_of
from eksread.parse.cardsections import may_be_section, section_in
from eksread.parse.cardtext import MIN_SENTENCE, SILENT, TITLE_START, as_summary, can_be_summary, is_time
from eksread.parse.clean import clean
from eksread.parse.linkscan import MIN_TITLE, Target, is_service
from eksread.parse.rowsamples import NOWHERE, read_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from eksread.parse.addresses import Address
    from eksread.parse.alike import Alike, Row
    from eksread.parse.rowsamples import Known, Places, Sample


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
