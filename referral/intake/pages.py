"""What the intake's pages show: sorting, counting and wording, so that the templates only draw."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from referral.intake import branches, places
from referral.intake.forms import IntakeForm, can_matter
from referral.intake.services import to_engine
from referral.intake.stored import PLACE, StoredAnswers
from referral.intake.widgets import Sent
from referral.knowledge import rules
from referral.matching.rules import Question, Section, Text


def words(text: Text | None) -> str:
    """The text in the language of the page."""
    return text.in_language(get_language() or "en") if text else ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the page for one question, or for the offer to open one (`is_offer`)."""

    id: str
    question: Question
    field: BoundField
    is_open: bool
    is_conditional: bool
    is_offer: bool = False
    is_ticked: bool = False
    can_matter: bool = False
    matters: bool = False
    can_note: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_place(self) -> bool:
        return self.question.type == "place"

    @property
    def label(self) -> str:
        return words(self.question.text)

    @property
    def short(self) -> str:
        return words(self.question.short)


@dataclass(frozen=True, slots=True)
class SectionOnPage:
    id: str
    title: str
    lead: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """`page` of `pages` fills the bar; `title` says it in words."""

    title: str
    page: int
    pages: int


def whole_form(stored: StoredAnswers, data: Sent | None = None) -> IntakeForm:
    questionnaire = rules().questionnaire
    questions = branches.in_order(questionnaire)
    return IntakeForm(data, questionnaire=questionnaire, questions=questions, stored=stored)


def one_form(stored: StoredAnswers, question: Question, data: Sent | None = None) -> IntakeForm:
    """For the client's own screen."""
    questionnaire = rules().questionnaire
    return IntakeForm(data, questionnaire=questionnaire, questions=[question], stored=stored, for_client=True)


def around() -> dict[str, str]:
    """What stands on every page of the intake."""
    questionnaire = rules().questionnaire
    return {"tab": "menu", "intro": words(questionnaire.intro), "distress": words(questionnaire.distress)}


def open_now(stored: StoredAnswers) -> tuple[str, ...]:
    return branches.asked(rules().questionnaire, stored.choices, stored.opened)


def sections(form: IntakeForm, stored: StoredAnswers) -> tuple[SectionOnPage, ...]:
    shown = open_now(stored)
    return tuple(
        SectionOnPage(
            section.id, words(section.title), words(section.lead), tuple(_slots(section, form, stored, shown))
        )
        for section in form.questionnaire.sections
    )


def changed_slots(on_page: tuple[SectionOnPage, ...], shown: frozenset[str]) -> tuple[Slot, ...]:
    """The slots that must appear or vanish, given the ids of those the page shows."""
    return tuple(
        slot
        for section in on_page
        for slot in section.slots
        if slot.is_conditional and slot.is_open != (slot.id in shown)
    )


def slots_with_notes(on_page: tuple[SectionOnPage, ...]) -> tuple[Slot, ...]:
    return tuple(slot for section in on_page for slot in section.slots if slot.can_note and slot.is_open)


def question_slot(form: IntakeForm, question: Question, stored: StoredAnswers) -> Slot:
    """One question as the client's own screen shows it."""
    return _question(question, form, stored, (question.id,))


def lead_in(question: Question) -> str:
    """What is said before the first question of a section, so that nobody meets the sensitive ones unprepared."""
    leads = (s.lead for s in rules().questionnaire.sections if s.questions[0] == question.id)
    return words(next(leads, None))


def offers(form: IntakeForm, question: Question, stored: StoredAnswers) -> tuple[Slot, ...]:
    """The offers to open a branch that belong to this question."""
    branch_ids = branches.on_request(form.questionnaire, question.id)
    return tuple(_offer(branch, form, stored) for branch in branch_ids)


def progress(stored: StoredAnswers, question: Question) -> Progress:
    """`Question 3 of 12`; where several pages share a number, `part 2 of 9` as well."""
    questionnaire, shown = rules().questionnaire, open_now(stored)
    numbers, mine = branches.numbers(questionnaire, shown), branches.number(questionnaire, question.id)
    parts = [other for other in shown if branches.number(questionnaire, other) == mine]
    title = _("Question %(n)d of %(all)d") % {"n": numbers.index(mine) + 1, "all": len(numbers)}
    if len(parts) > 1:
        part = {"question": title, "n": parts.index(question.id) + 1, "all": len(parts)}
        title = _("%(question)s, part %(n)d of %(all)d") % part
    return Progress(title, shown.index(question.id) + 1, len(shown))


def answered(stored: StoredAnswers) -> tuple[int, int]:
    """How many of the main questions that stand open say something, and how many stand open."""
    questionnaire, said = rules().questionnaire, set(to_engine(stored).informative())
    said |= {PLACE} if stored.place else set()
    every = branches.numbers(questionnaire, open_now(stored))
    return len({branches.number(questionnaire, question) for question in said}), len(every)


def _slots(section: Section, form: IntakeForm, stored: StoredAnswers, shown: tuple[str, ...]) -> Iterator[Slot]:
    for question_id in section.questions:
        question = form.questionnaire.questions[question_id]
        if question.open_on_request:
            yield _offer(question, form, stored)
        yield _question(question, form, stored, shown)


def _question(question: Question, form: IntakeForm, stored: StoredAnswers, shown: tuple[str, ...]) -> Slot:
    marks = form["matters"].value() or []
    return Slot(
        id=question.id,
        question=question,
        field=form[question.id],
        is_open=question.id in shown,
        is_conditional=branches.is_conditional(question),
        can_matter=can_matter(question),
        matters=question.id in marks,
        can_note=question.type == "place" or any(option.prompt for option in question.options),
        notes=tuple(_notes(question, stored)),
    )


def _offer(branch: Question, form: IntakeForm, stored: StoredAnswers) -> Slot:
    """Offered as long as the answer that opens the branch by itself was not given."""
    return Slot(
        id=f"offer-{branch.id}",
        question=branch,
        field=form["matters"],
        is_open=not (branch.show_if and branch.show_if.hits(stored.choices)),
        is_conditional=True,
        is_offer=True,
        is_ticked=branch.id in stored.opened,
    )


def _notes(question: Question, stored: StoredAnswers) -> Iterator[str]:
    chosen = stored.choices.get(question.id, frozenset())
    for option in question.options:
        if option.prompt and option.id in chosen:
            yield words(option.prompt)
    if question.id == PLACE and stored.place and places.origin(stored.place) is None:
        yield _("We do not know this place, so distances are not shown. No group is left out because of it.")
