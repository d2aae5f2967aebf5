"""The menu as a page shows it: runs of entries under their band, in lanes, all wording done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.utils.translation import gettext

from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.entries import LineUp, Row
from referral.matching.model import Entry, Menu, OutOfReach
from referral.matching.rules import Message
from referral.menu import wording
from referral.menu.card import Card, Note, card, note
from referral.menu.service import Served, judged_anyway

FIRST_SHOWN = 12
SHOWN_OF_OTHER_LANES = 2
NOTES_FOR_PROFESSIONALS = 3
GREYED_SHOWN = 20
MOST_SHOWN = 200

Cards = Mapping[tuple[str, ...], Card]


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
    hidden: int
    out_of_reach: tuple[Greyed, ...]
    more_out_of_reach: int
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
    run, messages = served.recommendation, rules().messages
    menu = run.menu(served.today, all_rows if everything else first_rows)
    shown = list(menu.entries) if everything else first_entries(menu)
    cards = {entry.groups: card(served, run.explained(entry, bands_only=True), stored) for entry in shown}
    everyone, occasioned = _split_universal([messages[m] for m in menu.general.cautions])
    return MenuPage(
        chips=_chips(stored),
        not_used=tuple(wording.words(rules().questionnaire.questions[q].short) for q in menu.not_used),
        nothing_said=not run.said,
        lanes=tuple(_lanes(shown, cards, served)),
        hidden=len(run.line_up) - len(shown),
        out_of_reach=_greyed(served, menu.out_of_reach if anyway else menu.out_of_reach[:GREYED_SHOWN]),
        more_out_of_reach=0 if anyway else max(0, len(menu.out_of_reach) - GREYED_SHOWN),
        anyway=_anyway(served, stored) if anyway else (),
        safety=tuple(note(message) for message in everyone),
        advice=tuple(note(message) for message in (*occasioned, *(messages[m] for m in menu.general.advice))),
        benefits=tuple(note(messages[m]) for m in menu.general.benefits),
        clinician=tuple(note(messages[m]) for m in menu.general.clinician[:NOTES_FOR_PROFESSIONALS]),
        more_clinician=max(0, len(menu.general.clinician) - NOTES_FOR_PROFESSIONALS),
        variety=tuple(str(wording.VARIETY[why]) for why in (menu.variety or "").split()),
        tray=tray(served, stored),
        distress=wording.words(rules().questionnaire.distress),
        version=menu.version,
        fingerprint=menu.fingerprint,
        seed=menu.seed,
        date=wording.date_of_menu(menu.today),
    )


def all_rows(line_up: LineUp) -> list[Row]:
    """Every entry of a clinic's catalog; a register of a whole country is cut where nobody reads on."""
    return list(islice(line_up, MOST_SHOWN))


def first_rows(line_up: LineUp) -> list[Row]:
    """The first lane's best, and up to two of each lane behind it."""
    behind = [row for lane in line_up.lanes[1:] for row in line_up.of_lane(lane, SHOWN_OF_OTHER_LANES)]
    return [*line_up.of_lane(line_up.lanes[0], FIRST_SHOWN - len(behind)), *behind]


def first_entries(menu: Menu) -> list[Entry]:
    """Twelve at most: where pinned ones came on top, the last of the first lane give way."""
    surplus = len(menu.entries) - FIRST_SHOWN
    if surplus <= 0:
        return list(menu.entries)
    leading = [e.groups for e in menu.entries if e.lane == menu.lanes[0] and not e.pinned]
    gone = set(leading[-surplus:])
    return [entry for entry in menu.entries if entry.groups not in gone]


def _of_lane(entries: Iterable[Entry], lane: str) -> list[Entry]:
    return [entry for entry in entries if entry.lane == lane]


def _lanes(shown: Sequence[Entry], cards: Cards, served: Served) -> Iterable[Lane]:
    for lane in served.recommendation.line_up.lanes:
        entries = _of_lane(shown, lane)
        if entries:
            tiers = tuple(_tiers(lane, entries, cards, served))
            yield Lane(lane, str(wording.LANES[lane]), str(wording.LANE_HELP[lane]), tiers)


def _tiers(lane: str, entries: Sequence[Entry], cards: Cards, served: Served) -> Iterable[Tier]:
    """A pinned entry stands where promise 5 wants it seen, under a heading that says so."""
    seen = set()
    totals = served.recommendation.groups_by_band()
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
        bars = tuple(position < wording.BAND_BARS[band] for position in range(3))
        count = "" if pinned else wording.count_words(totals[lane, band])
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


def _greyed(served: Served, greyed: Iterable[OutOfReach]) -> tuple[Greyed, ...]:
    return tuple(Greyed(g.group, served.groups[g.group].name, wording.out_of_reach_words(g)) for g in greyed)


def _anyway(served: Served, stored: StoredAnswers) -> tuple[Card, ...]:
    greyed = [one.group for one in served.recommendation.greyed[:MOST_SHOWN]]
    return tuple(card(served, entry, stored) for entry in judged_anyway(served, greyed))
