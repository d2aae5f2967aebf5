"""Facts in plain words, in the vocabulary's order: what it is, how it is known, from where and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from groups_catalog.cards import Age, age
from groups_catalog.resolution import KnownFact, Reached, Resolved, freshness
from groups_catalog.text import Text
from groups_catalog.vocabulary import Attribute, Inherit, vocabulary
from groups_catalog.wording import BASES, REACHED, Source, date_words, here, sources


@dataclass(frozen=True, slots=True)
class FactLine:
    label: str
    says: tuple[str, ...]
    note: str
    basis: str
    reached: str
    sources: tuple[Source, ...]
    dated: str
    age: Age | None
    """None where the date is not known: `dated` says so."""
    reported_once: bool
    unverified: bool
    stays_with_organisation: bool
    """Not taken over by the organisation's groups."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is not known, as a question to the group, with what was said but not verified."""

    words: str
    unverified: tuple[FactLine, ...]


def held_lines(facts: Mapping[str, Resolved]) -> list[FactLine]:
    """What holds for a group."""
    attributes = vocabulary().attributes
    return [_held_line(attributes[name], fact) for name, fact in facts.items()]


def organisation_lines(facts: Iterable[KnownFact], today: date) -> list[FactLine]:
    """Everything recorded of an organisation, verified or not."""
    known = list(facts)
    return [
        _recorded_line(attribute, fact, today)
        for attribute in vocabulary().askable()
        for fact in known
        if fact.attribute == attribute.id
    ]


def open_questions(held: Mapping[str, Resolved], unverified: Iterable[KnownFact], today: date) -> list[Question]:
    """One question for each attribute of which nothing is known."""
    said = list(unverified)
    return [
        Question(
            here(attribute.question),
            tuple(_recorded_line(attribute, fact, today) for fact in said if fact.attribute == attribute.id),
        )
        for attribute in vocabulary().askable()
        if attribute.id not in held
    ]


def _held_line(attribute: Attribute, fact: Resolved) -> FactLine:
    return FactLine(
        label=here(attribute.label),
        says=_says(attribute, fact.values),
        note=_note(fact.note),
        basis=str(BASES[fact.basis]),
        reached=str(REACHED[fact.reached]),
        sources=tuple(sources(fact.source)),
        dated=date_words(fact.dated),
        age=age(fact.freshness) if fact.dated else None,
        reported_once=fact.reported_once,
        unverified=False,
        stays_with_organisation=False,
    )


def _recorded_line(attribute: Attribute, fact: KnownFact, today: date) -> FactLine:
    clock = attribute.freshness
    stays = attribute.inherit is Inherit.NEVER or not fact.inherit
    return FactLine(
        label=here(attribute.label),
        says=_says(attribute, fact.values),
        note=_note(fact.note),
        basis=str(BASES[fact.basis]),
        reached=str(REACHED[fact.reached]),
        sources=tuple(sources(fact.source)),
        dated=date_words(fact.dated),
        age=age(freshness(fact.dated, clock, today=today)) if fact.dated else None,
        reported_once=False,
        unverified=fact.unverified,
        stays_with_organisation=stays and fact.reached is not Reached.GROUP,
    )


def _says(attribute: Attribute, values: Iterable[str]) -> tuple[str, ...]:
    """In the vocabulary's order."""
    held = set(values)
    return tuple(here(value.says) for value in attribute.values.values() if value.id in held)


def _note(note: Text | None) -> str:
    return here(note) if note else ""
