"""The thirteen source attributes of HTI-1; 5 to 13 are worked out from what the rules declare that they read."""

from collections.abc import Iterable
from dataclasses import dataclass

from groups_catalog.reading import Node
from groups_catalog.wording import date_words
from referral.knowledge import rules
from referral.knowledge.nodes import maybe_text, text, words
from referral.matching.reach import ACCESS_NEEDS
from referral.matching.recommend import REACH_QUESTIONS
from referral.matching.rules import RuleSet, Trigger
from referral.matching.standing import FOR_A_SITUATION
from referral.menu import wording
from referral.menu.how.messages import citation
from referral.menu.how.prose import filled, page_file, quoted, said

# Read without a criterion: reach compares them with the group, and standing puts last what nobody asked for.
READ_BY_CODE = {
    "q12_access": ACCESS_NEEDS,
    "q12_gender": ("women", "men", "mixed"),
    "q12_situation": tuple(FOR_A_SITUATION.values()),
}


@dataclass(frozen=True, slots=True)
class SourceAttribute:
    number: int
    label: str
    answer: str
    read: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def source_attributes() -> tuple[SourceAttribute, ...]:
    stated = (
        SourceAttribute(number, said("attributes", key), answer)
        for number, (key, answer) in enumerate(_stated(), start=1)
    )
    pairs = pairs_read(rules())
    return (*stated, *(_derived(node, pairs) for node in page_file().items("inputs", name="number")))


def pairs_read(known: RuleSet) -> frozenset[str]:
    """Every `question.option` that a criterion, a message, reach or the standing of a group reads."""
    triggers = {*_of_criteria(known), *(t for m in known.messages.values() for t in (*m.triggers, *m.unless))}
    by_rule = {f"{trigger.question}.{option}" for trigger in triggers for option in trigger.options}
    by_code = {f"{question}.{option}" for question, options in READ_BY_CODE.items() for option in options}
    by_reach = {pair for question in REACH_QUESTIONS - READ_BY_CODE.keys() for pair in _pairs(question)}
    return frozenset(by_rule | by_code | by_reach)


def unsorted_questions() -> tuple[str, ...]:
    """Questions that page.yaml sorts under no kind of information; a test holds this empty."""
    sorted_ones = {asked.partition(".")[0] for node in page_file().items("inputs") for asked in words(node, "asked")}
    left = [q for q in rules().questionnaire.questions if q not in sorted_ones | set(page_file().words("other"))]
    return tuple(wording.words(rules().questionnaire.questions[question].short) for question in left)


def _stated() -> Iterable[tuple[str, str]]:
    yield "citation", citation()
    yield "authors", said("attributes", "authors_text")
    yield "funding", wording.words(rules().about["funding"])
    yield "dates", said("attributes", "dates_text").format(released=date_words(rules().released))


def _derived(node: Node, pairs: frozenset[str]) -> SourceAttribute:
    asked = [_pairs(one) for one in words(node, "asked")]
    read = [pair for one in asked for pair in one if pair in pairs]
    note = maybe_text(node, "note")
    answer = filled(note) if note else ""
    if not read:
        answer = f"{said('attributes', 'none')} {answer}".strip()
    return SourceAttribute(
        node.whole("number"),
        filled(text(node, "label")),
        answer,
        read=_labels(read),
        unread=_labels(pair for one in asked if pairs.isdisjoint(one) for pair in one),
    )


def _pairs(asked: str) -> tuple[str, ...]:
    """`question.option` as it is; a whole question as all its options that say something."""
    question_id, _, option = asked.partition(".")
    question = rules().questionnaire.questions[question_id]
    if option:
        return (f"{question_id}.{question.option(option).id}",)
    told = [o.id for o in question.options if o.id not in question.exclusive | {"pns", "not_asked"}]
    # A place is typed, so it has no options of its own.
    return tuple(f"{question_id}.{one}" for one in told or ["*"])


def _labels(pairs: Iterable[str]) -> tuple[str, ...]:
    """The options by question: «Medisiner»: «Ja, LAR», «Jeg vurderer LAR»."""
    by_question: dict[str, list[str]] = {}
    for pair in pairs:
        question, _, option = pair.partition(".")
        by_question.setdefault(question, []).append(option)
    return tuple(_label(question, options) for question, options in by_question.items())


def _label(question_id: str, options: Iterable[str]) -> str:
    question = rules().questionnaire.questions[question_id]
    named = ", ".join(quoted(wording.words(question.option(option).label)) for option in options if option != "*")
    short = wording.words(question.short)
    return f"{short}: {named}" if named else short


def _of_criteria(known: RuleSet) -> Iterable[Trigger]:
    return (t for criterion in known.criteria for case in criterion.cases for t in (*case.triggers, *case.only_if))
