"""What goes into the engine and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from referral.matching.rules import UNINFORMATIVE, Verdict

LANES = ("addiction", "in_addition", "next_of_kin")


class Band(StrEnum):
    """How much of what was said a group fits, in the order the menu shows them."""

    FITS_MOST = "fits_most"
    FITS_SOME = "fits_some"
    NOT_YET_KNOWN = "not_yet_known"
    # Nothing that was said concerns the group. It stands before a group that conflicts with what was said.
    NOT_RANKED = "not_ranked"
    FITS_FEW = "fits_few"


BAND_ORDER = tuple(Band)


@dataclass(frozen=True, slots=True)
class Answers:
    """Chosen options by question, and up to three marks for what matters most.

    A question that is missing was not asked. `matters_most` holds `question` or `question.option`.
    """

    choices: Mapping[str, frozenset[str]]
    matters_most: frozenset[str] = frozenset()

    def informative(self) -> dict[str, frozenset[str]]:
        """The choices that say something: without *prefer not to say* and *not asked*."""
        said = {question: chosen - UNINFORMATIVE for question, chosen in self.choices.items()}
        return {question: chosen for question, chosen in sorted(said.items()) if chosen}

    def matters(self, pair: str) -> bool:
        """Whether a `question.option` pair, or its whole question, was marked as mattering most."""
        return pair in self.matters_most or pair.split(".", 1)[0] in self.matters_most


class Fact(NamedTuple):
    """What holds for a group on one attribute, and how it was reached."""

    values: frozenset[str]
    basis: str = "stated"
    """`stated` or `observed`."""
    reached: str = "group"
    """`group` (seen or said of this group), `clinic` (the clinic's word on the organisation) or `organisation`."""
    source: str = ""
    observed_on: str | None = None
    """An ISO date, a month or a year; None where the date is not known."""
    observers: int = 2


@dataclass(frozen=True, slots=True)
class Meeting:
    weekday: int
    """0 is Monday."""
    start: time


@dataclass(frozen=True, slots=True)
class Group:
    """One group, resolved: its facts are what holds for it after precedence and freshness."""

    id: str
    label: str
    lane: str = "addiction"
    organisation: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()
    languages: frozenset[str] = frozenset()
    """ISO codes; empty where not known."""
    access: Mapping[str, bool] = field(default_factory=dict)
    """`step_free`, `hearing`, `sight`, `child_care`: present only where known."""
    members: str = "everyone"
    """Who may come: `everyone`, `women` or `men`."""
    venue: str = ""
    km_away: float | None = None
    """A great-circle estimate; None where either end is not known."""

    def values(self, attribute: str) -> frozenset[str]:
        fact = self.facts.get(attribute)
        return fact.values if fact else frozenset()


class Finding(NamedTuple):
    """A verdict with its because. `weight` is 0 where the verdict enters no sum."""

    criterion: str
    verdict: Verdict
    answers: tuple[str, ...]
    attribute: str
    values: tuple[str, ...]
    basis: str | None
    reached: str | None
    source: str
    observed_on: str | None
    weight: int
    matters_most: bool
    stands_in: bool
    evidence: tuple[str, ...]


class Ask(NamedTuple):
    """A question to put to the group because a fact is not known."""

    attribute: str
    message: str | None = None
    could_change_band: bool = False


class Change(NamedTuple):
    """One single change: a fact of the entry's groups, or one question's answer."""

    kind: str
    """`fact` or `answer`."""
    subject: str
    """The attribute or the question."""
    values: tuple[str, ...]
    """The new values or options; empty for an answer taken back."""


class Move(NamedTuple):
    """Applied to the answers or to the entry's groups, `change` gives exactly this band and place."""

    change: Change
    band: Band
    place: int


class Entry(NamedTuple):
    """What stands on the menu: one group, or several that differ only in their meetings."""

    groups: tuple[str, ...]
    lane: str
    band: Band
    place: int
    pinned: bool
    findings: tuple[Finding, ...]
    cautions: tuple[str, ...]
    benefits: tuple[str, ...]
    shown: tuple[str, ...]
    asks: tuple[Ask, ...]
    moves: tuple[Move, ...]
    message_answers: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """For each message, the client's answers behind it; empty for those everybody gets."""
    not_asked_for: bool = False
    """For one gender or situation that nobody asked for: last in its band."""
    studied: bool = False
    """Whether problems in groups of this kind were studied, or a caution speaks of it all the same."""


class OutOfReach(NamedTuple):
    """A group greyed out by a hard practical fact, with the fact."""

    group: str
    reason: str
    """`language`, `access`, `membership` or `time`."""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class General:
    """What is said once, to everybody or about the whole menu."""

    cautions: tuple[str, ...]
    benefits: tuple[str, ...]
    advice: tuple[str, ...]
    clinician: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    version: str
    fingerprint: str
    seed: int
    today: date
    entries: tuple[Entry, ...]
    out_of_reach: tuple[OutOfReach, ...]
    general: General
    not_used: tuple[str, ...]
    lanes: tuple[str, ...]
    """The order in which the lanes are shown."""
    variety: str | None
    """Why promise 5 could not be kept: `one_kind`, `no_twelve_step`, both joined by a space, or None."""
