"""The questions in the order they are asked, each with the criteria it can switch on."""

from dataclasses import dataclass

from referral.knowledge import rules
from referral.matching.recommend import REACH_QUESTIONS
from referral.matching.rules import Criterion, Question
from referral.menu import wording
from referral.menu.how.links import Piece, criterion_links, evidence_links, known_ids
from referral.menu.how.sensitivity import sensitivity_of
from referral.menu.how.sentences import case_sentence


@dataclass(frozen=True, slots=True)
class CriterionItem:
    id: str
    title: str
    cases: tuple[str, ...]
    alternatives: bool
    """Several plain cases, of which the best counts."""
    weight: int
    weight_reason: str
    lanes: tuple[str, ...]
    lifts_only: bool
    section: str
    evidence: tuple[Piece, ...]
    limits: str
    sensitivity: str


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """`criteria` start with this question; `also` stand under another one that can switch them on."""

    id: str
    short: str
    text: str
    why: str
    note: tuple[Piece, ...]
    sensitive: bool
    reach: bool
    criteria: tuple[CriterionItem, ...]
    also: tuple[Piece, ...]
    messages: int
    branch: bool


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    id: str
    title: str
    questions: tuple[QuestionItem, ...]


def question_groups() -> tuple[QuestionGroup, ...]:
    known = rules().questionnaire
    return tuple(
        QuestionGroup(
            section.id,
            wording.words(section.title),
            tuple(_question(known.questions[question]) for question in section.questions),
        )
        for section in known.sections
    )


def home(criterion: Criterion) -> str:
    """The question a criterion stands under: the earliest asked of those that switch on its first case."""
    order = list(rules().questionnaire.questions)
    return min((trigger.question for trigger in criterion.cases[0].triggers), key=order.index)


def criterion_item(criterion: Criterion) -> CriterionItem:
    return CriterionItem(
        id=criterion.id,
        title=wording.words(criterion.title),
        cases=tuple(case_sentence(case) for case in criterion.cases),
        alternatives=sum(not case.raise_only for case in criterion.cases) > 1,
        weight=criterion.weight,
        weight_reason=wording.words(criterion.weight_reason),
        lanes=tuple(str(name) for lane, name in wording.LANES.items() if lane in criterion.lanes),
        lifts_only=all(case.raise_only for case in criterion.cases),
        section="" if criterion.section == "-" else criterion.section,
        evidence=evidence_links(criterion.evidence),
        limits=wording.words(criterion.limits),
        sensitivity=sensitivity_of(criterion.id),
    )


def _question(question: Question) -> QuestionItem:
    mine = [criterion for criterion in rules().criteria if question.id in _questions(criterion)]
    at_home = [criterion for criterion in mine if home(criterion) == question.id]
    return QuestionItem(
        id=question.id,
        short=wording.words(question.short),
        text=wording.words(question.text),
        why=wording.words(question.why),
        note=known_ids(question.note) if question.note else (),
        sensitive=question.sensitive,
        reach=question.id in REACH_QUESTIONS,
        criteria=tuple(criterion_item(criterion) for criterion in at_home),
        also=criterion_links(criterion.id for criterion in mine if criterion not in at_home),
        messages=_messages_that_hear(question.id),
        branch=question.show_if is not None,
    )


def _questions(criterion: Criterion) -> frozenset[str]:
    """The questions that can switch a criterion on."""
    return frozenset(trigger.question for case in criterion.cases for trigger in case.triggers)


def _messages_that_hear(question: str) -> int:
    return sum(
        question in {trigger.question for trigger in (*message.triggers, *message.unless)}
        for message in rules().messages.values()
    )
