"""An answers file → Answers."""

from pathlib import Path

from groups_catalog.reading import Node
from referral.matching.model import Answers
from referral.matching.rules import Question, Questionnaire
from referral.offline.files import as_words, only_keys, read_file

MOST_MARKS = 3


def read_answers(path: Path, questionnaire: Questionnaire) -> Answers:
    """`{answers: {question: [option, …]}, matters_most: [question | question.option, …]}`.

    A question that is missing was not asked. Raises ContentError, `file: path: reason`.
    """
    root = read_file(path)
    only_keys(root, frozenset({"answers", "matters_most"}))
    given = root.maybe("answers")
    choices = {q: _choices(given.child(q), questionnaire, q) for q in given.names()} if given else {}
    return Answers(choices, _marks(root, questionnaire))


def _choices(node: Node, questionnaire: Questionnaire, question_id: str) -> frozenset[str]:
    question = questionnaire.questions.get(question_id)
    if question is None:
        node.fail("there is no such question")
    chosen = as_words(node)
    problem = problem_with(question, chosen)
    if problem:
        node.fail(problem)
    return chosen


def problem_with(question: Question, chosen: frozenset[str]) -> str | None:
    """Why these options cannot be the answer to this question, or None."""
    unknown = sorted(chosen - question.option_ids())
    if unknown and question.type != "place":
        return f"there is no option {unknown[0]!r}"
    if question.type != "multi" and len(chosen) > 1:
        return "takes one option"
    if len(chosen) > 1 and chosen & question.exclusive:
        return f"{sorted(chosen & question.exclusive)[0]!r} cannot stand together with another option"
    if question.max_choices and len(chosen) > question.max_choices:
        return f"takes at most {question.max_choices} options"
    return None


def _marks(root: Node, questionnaire: Questionnaire) -> frozenset[str]:
    node = root.maybe("matters_most")
    if node is None:
        return frozenset()
    marks = as_words(node) if node.value else frozenset()
    for mark in sorted(marks):
        question_id, dot, option = mark.partition(".")
        question = questionnaire.questions.get(question_id)
        if question is None or (dot and option not in question.option_ids()):
            node.fail(f"there is no question or option {mark!r}")
    if len(marks) > MOST_MARKS:
        node.fail(f"at most {MOST_MARKS} answers can matter most")
    return marks
