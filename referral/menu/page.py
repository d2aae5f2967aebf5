"""The menu as a page shows it: runs of entries under their band, in lanes, all wording done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.utils.translation import gettext

from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.model import Entry, Menu
from referral.matching.rules import Message
from referral.menu import wording
from referral.menu.card import Card, Note, card, note
from referral.menu.service import Served, entries_out_of_reach

FIRST_SHOWN = 12
SHOWN_OF_OTHER_LANES = 2
NOTES_FOR_PROFESSIONALS = 3


@dataclass(frozen=True, slots=True)
class Tier:
    """Entries in a row of one band, or one that is pinned."""

    id: str
    title: str
    help: str
    count: str
    bars: tuple[bool, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    id: str
    title: str
    help: str
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One answer above the menu; `question` is its place in the intake."""

    question: str
    name: str
    answer: str
    matters: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Greyed:
    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MenuPage:
    chips: tuple[Chip, ...]
    not_used: tuple[str, ...]
    nothing_said: bool
    lanes: tuple[Lane, ...]
    shown: int
    hidden: int
    out_of_reach: tuple[Greyed, ...]
    anyway: tuple[Card, ...]
    safety: tuple[Note, ...]
    advice: tuple[Note, ...]
    benefits: tuple[Note, ...]
    clinician: tuple[Note, ...]
    more_clinician: int
    variety: tuple[str, ...]
    tray: tuple[Chosen, ...]
    distress: str
    version: str
    fingerprint: str
    seed: int
    date: str


def menu_page(served: Served, stored: StoredAnswers, *, everything: bool, anyway: bool) -> MenuPage:
    """Twelve entries, or all of them; with the groups out of reach as cards of their own when `anyway`."""
    menu, general = served.menu, served.menu.general
    shown = list(menu.entries) if everything else first_entries(menu)
    cards = {entry.groups: card(served, served.recommendation.explained(entry), stored) for entry in shown}
    messages = rules().messages
    everyone, occasioned = _split_universal([messages[m] for m in general.cautions])
    return MenuPage(
        chips=_chips(stored),
        not_used=tuple(wording.words(rules().questionnaire.questions[q].short) for q in menu.not_used),
        nothing_said=not served.recommendation.said,
        lanes=tuple(_lanes(shown, cards, menu)),
        shown=len(shown),
        hidden=len(menu.entries) - len(shown),
        out_of_reach=tuple(
            Greyed(g.group, served.groups[g.group].name, wording.out_of_reach_words(g)) for g in menu.out_of_reach
        ),
        anyway=_anyway(served, stored) if anyway else (),
        safety=tuple(note(message) for message in everyone),
        advice=tuple(note(message) for message in (*occasioned, *(messages[m] for m in general.advice))),
        benefits=tuple(note(messages[m]) for m in general.benefits),
        clinician=tuple(note(messages[m]) for m in general.clinician[:NOTES_FOR_PROFESSIONALS]),
        more_clinician=max(0, len(general.clinician) - NOTES_FOR_PROFESSIONALS),
        variety=tuple(str(wording.VARIETY[why]) for why in (menu.variety or "").split()),
        tray=tray(served, stored),
        distress=wording.words(rules().questionnaire.distress),
        version=menu.version,
        fingerprint=menu.fingerprint,
        seed=menu.seed,
        date=wording.date_of_menu(menu.today),
    )


def first_entries(menu: Menu) -> list[Entry]:
    """Twelve, in the menu's order: the pinned, up to two of each lane behind the first, and the first lane's best."""
    behind = [entry for lane in menu.lanes[1:] for entry in _of_lane(menu.entries, lane)[:SHOWN_OF_OTHER_LANES]]
    kept = {entry.groups for entry in (*behind, *(entry for entry in menu.entries if entry.pinned))}
    leading = (entry.groups for entry in _of_lane(menu.entries, menu.lanes[0]) if entry.groups not in kept)
    kept.update(islice(leading, FIRST_SHOWN - len(kept)))
    return [entry for entry in menu.entries if entry.groups in kept]


def _of_lane(entries: Iterable[Entry], lane: str) -> list[Entry]:
    return [entry for entry in entries if entry.lane == lane]


def _lanes(shown: Sequence[Entry], cards: Mapping[tuple[str, ...], Card], menu: Menu) -> Iterable[Lane]:
    for lane in menu.lanes:
        entries = _of_lane(shown, lane)
        if entries:
            tiers = tuple(_tiers(lane, entries, cards, menu))
            yield Lane(lane, str(wording.LANES[lane]), str(wording.LANE_HELP[lane]), tiers)


def _tiers(lane: str, entries: Sequence[Entry], cards: Mapping[tuple[str, ...], Card], menu: Menu) -> Iterable[Tier]:
    """A pinned entry stands where promise 5 wants it seen, under a heading that says so."""
    seen = set()
    for number, ((pinned, band), run) in enumerate(groupby(entries, key=lambda e: (e.pinned, e.band))):
        members = list(run)
        title = str(wording.BANDS[band])
        if pinned:
            title, text = (
                gettext("Kept in view"),
                gettext("So that the first five show a real choice. It stands in: "),
            )
            text = f"{text}{wording.BANDS[band]}."
        else:
            text = "" if band in seen else str(wording.BAND_HELP[band])
            title = gettext("{band}, continued").format(band=title) if band in seen else title
            seen.add(band)
        total = sum(len(e.groups) for e in menu.entries if e.lane == lane and e.band is band)
        bars = tuple(position < wording.BAND_BARS[band] for position in range(3))
        count = "" if pinned else wording.count_words(total)
        yield Tier(f"{lane}-{number}", title, text, count, bars, tuple(cards[e.groups] for e in members))


def _chips(stored: StoredAnswers) -> tuple[Chip, ...]:
    questions = rules().questionnaire.questions
    chips = []
    for question_id, chosen in stored.said().items():
        question = questions[question_id]
        labels = [wording.words(o.label) for o in question.options if o.id in chosen] or sorted(chosen)
        matters = any(mark.split(".", 1)[0] == question_id for mark in stored.matters_most)
        chips.append(Chip(question_id, wording.words(question.short), "; ".join(labels), matters))
    order = list(questions)
    return tuple(sorted(chips, key=lambda chip: order.index(chip.question)))


def _split_universal(messages: Iterable[Message]) -> tuple[list[Message], list[Message]]:
    """Those everybody gets first; the others hang on answers."""
    every = list(messages)
    return [m for m in every if not m.triggers], [m for m in every if m.triggers]


def tray(served: Served, stored: StoredAnswers) -> tuple[Chosen, ...]:
    """The chosen groups, in the order they were taken; one that was unpublished meanwhile is left out."""
    known = served.groups
    return tuple(Chosen(group, known[group].name) for group in stored.chosen if group in known)


def _anyway(served: Served, stored: StoredAnswers) -> tuple[Card, ...]:
    return tuple(card(served, entry, stored) for entry in entries_out_of_reach(served))
