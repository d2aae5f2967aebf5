"""The menu as a page shows it: what was said, runs of entries under their band, in lanes, all wording done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.entries import LineUp, Row
from referral.matching.model import Entry, Menu, OutOfReach
from referral.menu import wording
from referral.menu.card import Cards
from referral.menu.forms import Forms, View
from referral.menu.lines import answer_chip, greyed_line, group_link, joined, message_line, note_line
from referral.menu.service import Served, judged_anyway
from referral.menu.shared import Shared
from referral.menu.tiers import Lane, lanes

FIRST_SHOWN = 12
SHOWN_OF_OTHER_LANES = 2
NOTES_FOR_PROFESSIONALS = 3
GREYED_SHOWN = 20
ON_ONE_PAGE = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class MenuPage:
    chips: SafeString
    """The answers, in the order of the questions."""
    not_used: tuple[str, ...]
    nothing_said: bool
    shared_cautions: SafeString
    shared_benefits: SafeString
    lanes: tuple[Lane, ...]
    hidden: int
    """How many entries stand behind the first twelve."""
    pages: "Page[int]"
    out_of_reach: SafeString
    more_out_of_reach: int
    anyway: SafeString
    safety: SafeString
    advice: SafeString
    clinician: SafeString
    more_clinician: int
    variety: tuple[str, ...]
    tray: tuple[Chosen, ...]
    distress: str
    version: str
    fingerprint: str
    seed: int
    date: str


def menu_page(served: Served, stored: StoredAnswers, view: View, forms: Forms) -> MenuPage:
    """Twelve entries, or page by page all of them; with the groups out of reach as cards of their own."""
    run, language = served.recommendation, get_language() or "en"
    pages = _pages(served, view)
    menu, shown = _shown(served, view, pages)
    beside = _anyway(served, menu) if view.anyway else ()
    shared = Shared([*shown, *beside])
    cards = Cards(served, stored, shared, forms, language)
    by_groups = {e.groups: cards.card(run.explained(e, bands_only=True)) for e in shown}
    everyone, occasioned = _split_universal(menu.general.cautions)
    advice = (*occasioned, *menu.general.advice, *menu.general.benefits)
    return MenuPage(
        chips=_chips(stored, language),
        not_used=tuple(wording.words(rules().questionnaire.questions[q].short) for q in menu.not_used),
        nothing_said=not run.said,
        shared_cautions=shared.told(language, served.groups),
        shared_benefits=shared.benefits(language),
        lanes=tuple(lanes(shown, by_groups, run)),
        hidden=0 if view.everything else len(run.line_up) - len(shown),
        pages=pages,
        out_of_reach=_greyed(served, menu.out_of_reach),
        more_out_of_reach=0 if view.anyway else run.hard_facts.greyed - len(menu.out_of_reach),
        anyway=joined(map(cards.card, beside)),
        safety=joined(message_line(language, m) for m in everyone),
        advice=joined(message_line(language, m) for m in advice),
        clinician=joined(note_line(language, m) for m in menu.general.clinician[:NOTES_FOR_PROFESSIONALS]),
        more_clinician=max(0, len(menu.general.clinician) - NOTES_FOR_PROFESSIONALS),
        variety=tuple(str(wording.VARIETY[why]) for why in (menu.variety or "").split()),
        tray=tray(served, stored),
        distress=wording.words(rules().questionnaire.distress),
        version=menu.version,
        fingerprint=menu.fingerprint,
        seed=menu.seed,
        date=wording.date_of_menu(menu.today),
    )


def tray(served: Served, stored: StoredAnswers) -> tuple[Chosen, ...]:
    """The chosen groups, in the order they were taken; one that was unpublished meanwhile is left out."""
    known = served.groups
    return tuple(Chosen(group, known[group].name) for group in stored.chosen if group in known)


def _pages(served: Served, view: View) -> "Page[int]":
    """The page of everything that is looked at; all else stands on one page."""
    run = served.recommendation
    entries = len(run.line_up) if view.everything else 0
    greyed = run.hard_facts.greyed if view.anyway else 0
    return Paginator(range(max(entries, greyed)), ON_ONE_PAGE).get_page(view.page)


def _shown(served: Served, view: View, pages: "Page[int]") -> tuple[Menu, list[Entry]]:
    run = served.recommendation
    if not view.everything:
        menu = run.menu(served.today, first_rows, greyed=slice(GREYED_SHOWN))
        return menu, first_entries(menu)
    part = slice((pages.number - 1) * ON_ONE_PAGE, pages.number * ON_ONE_PAGE)
    menu = run.menu(served.today, part=part, greyed=part if view.anyway else slice(GREYED_SHOWN))
    return menu, list(menu.entries)


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


def _chips(stored: StoredAnswers, language: str) -> SafeString:
    said = stored.said()
    marked = {mark.split(".", 1)[0] for mark in stored.matters_most}
    questions = (question for question in rules().questionnaire.questions.values() if question.id in said)
    return joined(answer_chip(language, q, said[q.id], matters=q.id in marked) for q in questions)


def _split_universal(messages: Iterable[str]) -> tuple[list[str], list[str]]:
    """Those everybody gets first; the others hang on answers."""
    every, known = list(messages), rules().messages
    return [m for m in every if not known[m].triggers], [m for m in every if known[m].triggers]


def _greyed(served: Served, greyed: Sequence[OutOfReach]) -> SafeString:
    of_each_kind = {(one.reason, one.detail): one for one in greyed}
    why = {kind: wording.out_of_reach_words(one) for kind, one in of_each_kind.items()}
    names = (group_link(one.group, served.groups[one.group].name) for one in greyed)
    return joined(greyed_line(name, why[one.reason, one.detail]) for name, one in zip(names, greyed, strict=True))


def _anyway(served: Served, menu: Menu) -> tuple[Entry, ...]:
    return judged_anyway(served, [one.group for one in menu.out_of_reach])
