"""Which questions stand open, given what has been answered so far. Pure."""

from collections.abc import Mapping

from referral.matching.rules import UNINFORMATIVE, Question, Questionnaire, Trigger

Choices = Mapping[str, frozenset[str]]
PARTS_OF_THE_LAST = "12"


def in_order(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """Every question in the order it is asked."""
    ids = (question for section in questionnaire.sections for question in section.questions)
    return tuple(questionnaire.questions[question] for question in ids)


def asked(questionnaire: Questionnaire, choices: Choices, opened: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The ids of the open questions, in order. An answer to a question that is closed opens nothing further."""
    kept: dict[str, frozenset[str]] = {}
    for question in in_order(questionnaire):
        if _is_open(question, kept, opened):
            kept[question.id] = choices.get(question.id, frozenset())
    return tuple(kept)


def is_conditional(question: Question) -> bool:
    """Whether the question can appear and disappear while the others are answered."""
    return question.show_if is not None or question.skip_if_only is not None


def on_request(questionnaire: Questionnaire, parent: str) -> tuple[Question, ...]:
    """The branches of this question that may be opened without its answer."""
    return tuple(
        question
        for question in in_order(questionnaire)
        if question.open_on_request and question.show_if and question.show_if.question == parent
    )


def number(questionnaire: Questionnaire, question_id: str) -> str:
    """The number of the main question this one belongs to: `3` for a branch of 3, `12` for each of its parts."""
    question = questionnaire.questions[question_id]
    if question.number.startswith(PARTS_OF_THE_LAST):
        return PARTS_OF_THE_LAST
    if question.show_if:
        return number(questionnaire, question.show_if.question)
    return question.number


def numbers(questionnaire: Questionnaire, open_now: tuple[str, ...]) -> tuple[str, ...]:
    """The main questions that stand open: twelve, or fewer where some are left out."""
    return tuple(dict.fromkeys(number(questionnaire, question) for question in open_now))


def _is_open(question: Question, kept: Choices, opened: frozenset[str]) -> bool:
    if question.skip_if_only and _only(question.skip_if_only, kept):
        return False
    if question.show_if is None or question.show_if.hits(kept):
        return True
    return question.open_on_request and question.id in opened


def _only(trigger: Trigger, kept: Choices) -> bool:
    said = kept.get(trigger.question, frozenset()) - UNINFORMATIVE
    return bool(said) and said <= trigger.options


def after(questionnaire: Questionnaire, question_id: str, open_now: tuple[str, ...]) -> str | None:
    """The next open question; None after the last."""
    ids = [question.id for question in in_order(questionnaire)]
    return next((later for later in ids[ids.index(question_id) + 1 :] if later in open_now), None)


def before(questionnaire: Questionnaire, question_id: str, open_now: tuple[str, ...]) -> str | None:
    """The open question before this one; None before the first."""
    ids = [question.id for question in in_order(questionnaire)]
    return next((earlier for earlier in reversed(ids[: ids.index(question_id)]) if earlier in open_now), None)
