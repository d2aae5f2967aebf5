"""The rules the engine reads: frozen mirrors of `referral/knowledge/*.yaml`, built and checked there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNINFORMATIVE = frozenset({"pns", "not_asked"})
"""Options that say nothing: they switch on no wish and no message, and are kept apart only when stored."""


NO_HITS: frozenset[str] = frozenset()


class Verdict(StrEnum):
    """What a group's fact says about one wish. Four answers: using one as true or false is a mistake."""

    FITS = "fits"
    PARTLY = "partly"
    NOT_KNOWN = "not_known"
    CONFLICTS = "conflicts"

    def __bool__(self) -> bool:
        raise TypeError("A verdict is one of four, not true or false; compare it by name.")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    en: str
    nb: str

    def in_language(self, language: str) -> str:
        return self.nb if language == "nb" else self.en


@dataclass(frozen=True, slots=True)
class Trigger:
    """Any one of these options, given to this question."""

    question: str
    options: frozenset[str]

    def hits(self, choices: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The `question.option` pairs among the choices that pull this trigger."""
        chosen = choices.get(self.question)
        if not chosen or chosen.isdisjoint(self.options):
            return NO_HITS
        return frozenset([f"{self.question}.{option}" for option in chosen & self.options])


@dataclass(frozen=True, slots=True)
class Read:
    """How one attribute answers a wish."""

    attribute: str
    fits: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    not_applicable: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    """Known, but without an answer to this wish: the next attribute is read, as if this one were not known."""
    stands_in: bool = False
    """A written rule read because the practice was not seen: *partly* at most."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way to switch a wish on, and the attributes that answer it, first known one first."""

    triggers: tuple[Trigger, ...]
    reads: tuple[Read, ...]
    raise_only: bool = False
    """The answer is sensitive, about a situation or not a wish: it may lift a group, never lower one."""
    conflicts_count: bool = False
    """With `raise_only`: an observed conflict enters the sums all the same (an unwelcoming reception of OMT)."""
    only_if: tuple[Trigger, ...] = ()
    """Each of these must be pulled too."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One wish. It counts once, however many answers switch it on; of several cases the best verdict holds."""

    id: str
    title: Text
    lanes: frozenset[str]
    weight: int
    weight_reason: Text
    cases: tuple[Case, ...]
    section: str
    evidence: tuple[str, ...]
    limits: Text


class Role(StrEnum):
    CAUTION = "caution"
    BENEFIT = "benefit"
    ADVICE = "advice"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Message:
    """One sourced thing to say. Empty `triggers` means everybody; empty `applies_to` means the whole menu."""

    id: str
    role: Role
    theme: str
    shown: str
    priority: int
    client: Text
    clinician: Text
    mitigation: Text
    triggers: tuple[Trigger, ...]
    unless: tuple[Trigger, ...]
    applies_to: Mapping[str, frozenset[str]]
    unknown_counts: frozenset[str]
    unknown_only_for_kinds: frozenset[str]
    section: str
    evidence: tuple[str, ...]
    strength: str
    voices: tuple[str, ...]
    codes: tuple[str, ...]
    universal_safety: bool = False
    stands_in: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: Text
    prompt: Text | None = None
    """A word to the professional, shown when the option is chosen."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `show_if` opens a branch, `skip_if_only` leaves the question out."""

    id: str
    number: str
    type: str
    sensitive: bool
    seconds: float
    short: Text
    text: Text
    why: Text
    help: Text | None
    options: tuple[Option, ...]
    exclusive: frozenset[str]
    max_choices: int | None
    show_if: Trigger | None
    open_on_request: bool
    skip_if_only: Trigger | None
    maps_to_attributes: tuple[str, ...]
    maps_to_messages: tuple[str, ...]
    basis: str
    note: Text | None = None

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)

    def option_ids(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options)


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: Text
    lead: Text | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    version: str
    title: Text
    intro: Text
    closing: Text
    distress: Text
    sections: tuple[Section, ...]
    questions: Mapping[str, Question]
    status: tuple[Text, ...] = ()
    principles: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    id: str
    topic: Text
    finding: Text
    limits: Text
    consequence: Text
    design: Text
    source: tuple[str, ...]
    numbers: Text | None = None
    seen_as: Text | None = None
    in_tension_with: Text | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the article's Table 3 and the messages that cover it."""

    id: str
    label: Text
    theme: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What the engine needs of a catalog attribute: its values and the plain question that asks for it."""

    id: str
    question: Text
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything the menu rests on. `fingerprint` is the hash of the knowledge files it was read from."""

    version: str
    fingerprint: str
    questionnaire: Questionnaire
    criteria: tuple[Criterion, ...]
    messages: Mapping[str, Message]
    evidence: Mapping[str, EvidenceItem]
    codes: tuple[Code, ...]
    attributes: Mapping[str, Attribute]
    themes: Mapping[str, Text] = field(default_factory=dict)
    move_questions: tuple[str, ...] = ()
    """The questions whose answers *What would move this?* tries out: wishes, no health and no reach."""
    released: str = ""
    about: Mapping[str, Text] = field(default_factory=dict)
    """Intended purpose, limits and the like, by key."""
