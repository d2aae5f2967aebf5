"""One entry in words: reasons, cautions beside benefits, asks, moves, times and place."""

from collections.abc import Iterable
from dataclasses import dataclass

from groups_catalog.resolution import Resolved
from groups_catalog.snapshot import CatalogGroup
from groups_catalog.wording import distance_words
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.model import Ask, Entry, Finding, Move
from referral.matching.rules import Message, Verdict
from referral.menu import wording
from referral.menu.service import Served
from referral.menu.still import Still

FITS_SHOWN = 4
PARTLY_SHOWN = 2
ASKS_SHOWN = 3
MOVES_TOLD = 8


@dataclass(frozen=True, slots=True)
class Reason:
    mark: str
    icon: str
    mark_label: str
    says: str
    because: str
    provenance: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Note:
    """A message; `id` leads to its source."""

    id: str
    client: str
    clinician: str
    mitigation: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class AskLine:
    text: str
    could_change_band: bool
    message: str | None


@dataclass(frozen=True, slots=True)
class MoveLine:
    change: str
    result: str


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    name: str
    still: Still
    not_asked_for: bool
    reasons: tuple[Reason, ...]
    more_reasons: tuple[Reason, ...]
    not_known: tuple[str, ...]
    """What is not known of this group, by name; the questions stand in `asks`."""
    cautions: tuple[Note, ...]
    benefits: tuple[Note, ...]
    more: tuple[Note, ...]
    not_studied: bool
    asks: tuple[AskLine, ...]
    more_asks: tuple[AskLine, ...]
    moves: tuple[MoveLine, ...]
    distance: str
    chosen: bool


def card(served: Served, entry: Entry, stored: StoredAnswers) -> Card:
    """The entry as a card, in the language of the page."""
    groups = [served.groups[group] for group in entry.groups]
    first = groups[0]
    asks = tuple(_ask(ask) for ask in entry.asks)
    reasons, more_reasons = reasons_in_short(entry.findings, first, stored.matters_most)
    return Card(
        id=first.id,
        name=first.name,
        still=served.stills.of(groups, served.today),
        not_asked_for=entry.not_asked_for,
        reasons=reasons,
        more_reasons=more_reasons,
        not_known=tuple(dict.fromkeys(wording.says(f) for f in entry.findings if f.verdict is Verdict.NOT_KNOWN)),
        cautions=_notes(entry, [m for m in entry.shown if m in entry.cautions]),
        benefits=_notes(entry, [m for m in entry.shown if m in entry.benefits]),
        more=_notes(entry, [m for m in (*entry.cautions, *entry.benefits) if m not in entry.shown]),
        not_studied=not entry.studied,
        asks=asks[:ASKS_SHOWN],
        more_asks=asks[ASKS_SHOWN:],
        moves=_moves(entry),
        distance=_distance(served.km_away(first.id)),
        chosen=any(group in stored.chosen for group in entry.groups),
    )


def note(message: Message, answers: Iterable[str] = ()) -> Note:
    return Note(
        message.id,
        wording.words(message.client),
        wording.words(message.clinician),
        wording.words(message.mitigation),
        wording.because(answers),
    )


def _notes(entry: Entry, messages: Iterable[str]) -> tuple[Note, ...]:
    known = rules().messages
    return tuple(note(known[m], entry.message_answers.get(m, ())) for m in messages)


Reasons = tuple[Reason, ...]


def reasons_in_short(
    findings: Iterable[Finding], group: CatalogGroup, marks: frozenset[str]
) -> tuple[Reasons, Reasons]:
    """The reasons to read first, and the rest. What does not fit is never folded away; one fact is told once."""
    told: dict[tuple[str, Verdict], list[Finding]] = {}
    for finding in findings:
        if finding.verdict is not Verdict.NOT_KNOWN:
            told.setdefault((finding.attribute, finding.verdict), []).append(finding)
    rows = [
        (verdict, _reason(same, group.facts.get(attribute), marks)) for (attribute, verdict), same in told.items()
    ]
    first = [reason for verdict, reason in rows if verdict is Verdict.FITS][:FITS_SHOWN]
    first += [reason for verdict, reason in rows if verdict is Verdict.PARTLY][:PARTLY_SHOWN]
    first += [reason for verdict, reason in rows if verdict is Verdict.CONFLICTS]
    return tuple(first), tuple(reason for _, reason in rows if reason not in first)


def _reason(same: list[Finding], fact: Resolved | None, marks: frozenset[str]) -> Reason:
    """One fact and all the answers it speaks to."""
    finding = same[0]
    mark, icon, label = wording.MARKS[finding.verdict]
    return Reason(
        mark=mark,
        icon=icon,
        mark_label=str(label),
        says=wording.says(finding),
        because=wording.because(dict.fromkeys(answer for one in same for answer in one.answers), marks),
        provenance=wording.provenance(finding, fact),
        criterion=finding.criterion,
    )


def _ask(ask: Ask) -> AskLine:
    question = wording.words(rules().attributes[ask.attribute].question)
    return AskLine(question, ask.could_change_band, ask.message)


def _moves(entry: Entry) -> tuple[MoveLine, ...]:
    """The first of them: those that change the band, then those that lead highest."""
    ordered = sorted(entry.moves, key=lambda move: (move.band is entry.band, move.place))
    return tuple(_move(move, entry) for move in ordered[:MOVES_TOLD])


def _move(move: Move, entry: Entry) -> MoveLine:
    return MoveLine(wording.change_words(move.change), wording.move_words(move, entry.band))


def _distance(km: float | None) -> str:
    return distance_words(km) if km is not None else ""
