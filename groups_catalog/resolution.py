"""Facts → what holds for one group. Pure: the standard library and the vocabulary.

    the group's own fact  >  its own entry  >  the clinic's word on the organisation  >  the shared library
    at the same level:       observed > stated, then the newer date

What people do locally never travels from an organisation to its groups; what it has written may. An
unverified fact counts as not known, and is kept so that a page can say «said, not verified».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from groups_catalog.text import Text
from groups_catalog.vocabulary import Attribute, Inherit, Vocabulary

LIMIT_DAYS = {"meeting": 90, "practice": 180, "organisation": 365}
"""Days until a fact is due for a new look, by the attribute's clock."""
ENOUGH_OBSERVERS = 2


class Reached(StrEnum):
    """Whose fact it is, nearest to the group first."""

    GROUP = "group"
    CLINIC = "clinic"
    ORGANISATION = "organisation"


class Freshness(StrEnum):
    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    STALE = "stale"
    DATE_UNKNOWN = "date_unknown"


class Refusal(StrEnum):
    """Why a fact does not hold for the group."""

    UNVERIFIED = "unverified"
    NEVER_TRAVELS = "never_travels"
    NOT_WRITTEN = "not_written"
    KEPT_TO_ORGANISATION = "kept_to_organisation"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact as it was recorded. `dated` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty."""

    attribute: str
    values: tuple[str, ...]
    basis: str
    reached: Reached
    source: str = ""
    dated: str = ""
    unverified: bool = False
    inherit: bool = True
    observers: int = 1
    derived: bool = False
    """Read off the group's own entry, not recorded as a fact."""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What holds for the group on one attribute, and how it was reached."""

    values: tuple[str, ...]
    basis: str
    reached: Reached
    source: str
    dated: str
    observers: int
    freshness: Freshness
    reported_once: bool
    """About how people behave, and only one person has told it."""
    derived: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    fact: KnownFact
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Resolution:
    held: Mapping[str, Resolved]
    """By attribute, in the vocabulary's order."""
    not_taken: tuple[NotTaken, ...]

    def unverified(self) -> tuple[KnownFact, ...]:
        """What was said but not verified; it counts as not known."""
        return tuple(left.fact for left in self.not_taken if left.reason is Refusal.UNVERIFIED)


def resolve(facts: Iterable[KnownFact], vocabulary: Vocabulary, *, today: date) -> Resolution:
    """What holds for a group, given all facts about it and its organisation, in any order."""
    strongest_first: dict[str, list[KnownFact]] = {}
    for fact in sorted(set(facts), key=_strength, reverse=True):
        strongest_first.setdefault(fact.attribute, []).append(fact)
    held: dict[str, Resolved] = {}
    not_taken: list[NotTaken] = []
    for attribute in vocabulary.askable():
        for fact in strongest_first.get(attribute.id, ()):
            reason = refusal(fact, attribute)
            if reason is None and attribute.id not in held:
                held[attribute.id] = _resolved(fact, attribute, today)
            else:
                not_taken.append(NotTaken(fact, reason or Refusal.OVERRULED))
    return Resolution(MappingProxyType(held), tuple(not_taken))


def refusal(fact: KnownFact, attribute: Attribute) -> Refusal | None:
    """Why this fact cannot hold for the group, or None."""
    if fact.unverified:
        return Refusal.UNVERIFIED
    if fact.reached is Reached.GROUP:
        return None
    if attribute.inherit is Inherit.NEVER:
        return Refusal.NEVER_TRAVELS
    if not fact.inherit:
        return Refusal.KEPT_TO_ORGANISATION
    written = fact.basis == "stated" and bool(fact.source)
    return Refusal.NOT_WRITTEN if attribute.inherit is Inherit.WRITTEN and not written else None


def freshness(dated: str, clock: str, *, today: date) -> Freshness:
    """How old a fact is: due over its limit, overdue over 1.5 times, stale over twice the limit.

    A year or a month counts from its first day, so that nothing looks newer than it may be.
    """
    if not dated:
        return Freshness.DATE_UNKNOWN
    share = (today - first_day(dated)).days / LIMIT_DAYS[clock]
    for state, over in ((Freshness.STALE, 2), (Freshness.OVERDUE, 1.5), (Freshness.DUE, 1)):
        if share > over:
            return state
    return Freshness.FRESH


def first_day(dated: str) -> date:
    year, month, day = [*map(int, dated.split("-")), 1, 1][:3]
    return date(year, month, day)


def _strength(fact: KnownFact) -> tuple[object, ...]:
    """Sorts by precedence; the rest only makes the order total. Partial dates sort as their first day."""
    level = {Reached.GROUP: 2, Reached.CLINIC: 1, Reached.ORGANISATION: 0}[fact.reached]
    precedence = (level, not fact.derived, fact.basis == "observed", fact.dated)
    note = (fact.note.en, fact.note.nb) if fact.note else ("", "")
    return (*precedence, fact.observers, fact.source, fact.values, fact.inherit, fact.unverified, note)


def _resolved(fact: KnownFact, attribute: Attribute, today: date) -> Resolved:
    return Resolved(
        values=fact.values,
        basis=fact.basis,
        reached=fact.reached,
        source=fact.source,
        dated=fact.dated,
        observers=fact.observers,
        freshness=freshness(fact.dated, attribute.freshness, today=today),
        reported_once=_reported_once(fact, attribute),
        derived=fact.derived,
        note=fact.note,
    )


def _reported_once(fact: KnownFact, attribute: Attribute) -> bool:
    return attribute.about_people and fact.basis == "observed" and fact.observers < ENOUGH_OBSERVERS
