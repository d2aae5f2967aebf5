"""What is known of an entry, attribute by attribute: what holds, whose word it is, and what the clinic itself has
recorded and may change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from groups_catalog.derived import entry_facts
from groups_catalog.fact_lines import FactLine, held_lines, organisation_lines
from groups_catalog.models import Basis, Group
from groups_catalog.resolution import KnownFact, Reached, Resolved, resolve
from groups_catalog.snapshot import known_fact, meetings_on, organisation_facts
from groups_catalog.text import Text
from groups_catalog.upkeep.documents import FACTS, Document, facts_in_order, patched
from groups_catalog.upkeep.history.entries import Entry
from groups_catalog.vocabulary import Attribute, Inherit, vocabulary
from groups_catalog.wording import here

CLOCKS = (
    ("meeting", _("Changes often: to look at every three months")),
    ("practice", _("What people do in the group: to look at every half year")),
    ("organisation", _("What the organisation stands for: to look at every year")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute on the page of all facts."""

    id: str
    label: str
    lines: tuple[FactLine, ...]
    """Of a group the one that holds; of an organisation all that is recorded."""
    unverified: tuple[FactLine, ...]
    own: int
    """How many facts the clinic has recorded about this very entry."""
    inherited: bool
    stays: bool
    """Practice that never travels from an organisation to its groups."""
    follows: bool
    """The group's entry answers it, so that nothing is recorded beside."""


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One of the clinic's own facts on the page of its attribute, by its place in the document."""

    number: int
    line: FactLine


class Known:
    """Everything recorded of one group or organisation. The row comes from `for_matching()` or `for_page()`."""

    def __init__(self, entry: Entry, clinic: Clinic, today: date) -> None:
        self.entry, self.clinic, self.today = entry, clinic, today
        self.of_group = isinstance(entry, Group)
        self.around = _around(entry, today)
        self.own = [known_fact(fact, _own_level(entry)) for fact in entry.facts.all() if fact.clinic_id == clinic.pk]
        self.held, self.unverified = self._resolved()

    def sections(self) -> list[Section]:
        rows = [(attribute.freshness, self._row(attribute)) for attribute in vocabulary().askable()]
        return [
            Section(clock, str(title), tuple(row for freshness, row in rows if freshness == clock))
            for clock, title in CLOCKS
        ]

    def holds(self, attribute: Attribute) -> list[FactLine]:
        """Of a group what holds; of an organisation everything recorded, since nothing is decided there."""
        if self.of_group:
            return held_lines({attribute.id: self.held[attribute.id]}) if attribute.id in self.held else []
        return self._lines(attribute, [*self.around, *self.own])

    def follows(self, attribute: Attribute) -> bool:
        """Whether the group's own entry answers it: then a fact could only say the same, or contradict it."""
        return self.of_group and any(fact.derived and fact.attribute == attribute.id for fact in self.around)

    def inherited(self, attribute: Attribute) -> list[FactLine]:
        """Of a group what would hold without a fact of its own."""
        found = resolve(self.around, vocabulary(), today=self.today).held if self.of_group else {}
        return held_lines({attribute.id: found[attribute.id]}) if attribute.id in found else []

    def beside(self, attribute: Attribute) -> list[FactLine]:
        """What is recorded around the entry: of its organisation, or shared by all clinics."""
        return self._lines(attribute, self.around)

    def _resolved(self) -> tuple[dict[str, Resolved], list[KnownFact]]:
        if not self.of_group:
            return {}, []
        found = resolve([*self.own, *self.around], vocabulary(), today=self.today)
        return dict(found.held), list(found.unverified())

    def _row(self, attribute: Attribute) -> Row:
        held = self.held.get(attribute.id)
        return Row(
            id=attribute.id,
            label=here(attribute.label),
            lines=tuple(self.holds(attribute)),
            unverified=tuple(self._lines(attribute, self.unverified)),
            own=sum(fact.attribute == attribute.id for fact in self.own),
            inherited=held is not None and held.reached is not Reached.GROUP,
            stays=attribute.inherit is Inherit.NEVER,
            follows=self.follows(attribute),
        )

    def _lines(self, attribute: Attribute, facts: Iterable[KnownFact]) -> list[FactLine]:
        return organisation_lines([fact for fact in facts if fact.attribute == attribute.id], self.today)


def recorded(entry: Entry, attribute: Attribute, document: Document, today: date) -> list[Recorded]:
    """The clinic's own facts as the document has them, in its order."""
    level = _own_level(entry)
    return [
        Recorded(number, organisation_lines([_from_document(attribute, fact, level)], today)[0])
        for number, fact in enumerate(document.get(f"{FACTS}{attribute.id}", []))
    ]


def strongest(facts: list[Document]) -> int | None:
    """The number of the fact that counts: what was observed, then the newer."""
    order = [(fact["basis"] == Basis.OBSERVED, fact["dated"], number) for number, fact in enumerate(facts)]
    return max(order)[-1] if order else None


def with_fact(document: Document, attribute: Attribute, number: int | None, fact: Document | None) -> Document:
    """The document with that fact in the place of the old one, added, or (None) taken out."""
    key = f"{FACTS}{attribute.id}"
    facts = list(document.get(key, []))
    if number is not None:
        facts[number : number + 1] = [fact] if fact else []
    elif fact:
        facts.append(fact)
    return patched(document, {key: facts_in_order(facts) or None})


def neighbours(attribute: Attribute) -> tuple[str, str, int, int]:
    """The attributes before and after, empty at the ends; its number, and of how many."""
    ids = [known.id for known in vocabulary().askable()]
    place = ids.index(attribute.id)
    padded = ["", *ids, ""]
    return padded[place], padded[place + 2], place + 1, len(ids)


def _around(entry: Entry, today: date) -> list[KnownFact]:
    if isinstance(entry, Group):
        return [*entry_facts(entry, meetings_on(entry, today)), *organisation_facts(entry.organisation)]
    return [fact for fact in organisation_facts(entry) if fact.reached is Reached.ORGANISATION]


def _own_level(entry: Entry) -> Reached:
    return Reached.GROUP if isinstance(entry, Group) else Reached.CLINIC


def _from_document(attribute: Attribute, fact: Document, reached: Reached) -> KnownFact:
    said: dict[str, Any] = {
        name: fact[name] for name in ("basis", "source", "dated", "unverified", "inherit", "observers")
    }
    note = Text(fact["note_en"], fact["note_nb"]) if fact["note_en"] or fact["note_nb"] else None
    return KnownFact(attribute.id, tuple(fact["values"]), reached=reached, note=note, **said)
