"""The words of the page that stand in no rule: page.yaml and decision_aid.yaml, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from groups_catalog.reading import Node, read_yaml
from referral.intake.models import TOMBSTONES_STAND
from referral.knowledge import rules
from referral.knowledge.nodes import text
from referral.matching.entries import FIRST_ENTRIES
from referral.matching.messages import CAUTIONS_SHOWN
from referral.matching.reach import EVENING_STARTS_AT
from referral.matching.rules import Text
from referral.matching.wishes import MATTERS_MOST
from referral.menu import wording
from referral.offline.answers_file import MOST_MARKS

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Passage:
    id: str
    title: str
    text: str


@cache
def page_file() -> Node:
    return read_yaml(FOLDER / "page.yaml")


@cache
def decision_aid_file() -> Node:
    return read_yaml(FOLDER / "decision_aid.yaml")


def said(*keys: str) -> str:
    """One text of page.yaml, in the language of the page, by the keys that lead to it."""
    node = page_file()
    for key in keys[:-1]:
        node = node.child(key)
    return filled(text(node, keys[-1]))


def passages(key: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(node.word("id"), filled(text(node, "title")), filled(text(node, "text")))
        for node in page_file().items(key)
    )


def lines(key: str) -> tuple[str, ...]:
    """A list of plain texts."""
    return tuple(filled(Text(node.word("en"), node.word("nb"))) for node in page_file().items(key))


def filled(written: Text) -> str:
    """The text in the language of the page, with the code's own numbers in it. Unknown braces stay for the caller."""
    words = wording.words(written)
    for name, value in _numbers().items():
        words = words.replace("{" + name + "}", value)
    return words


def quoted(label: str) -> str:
    return wording.words(Text("“{}”", "«{}»")).format(label)


def one_of(labels: Iterable[str]) -> str:
    """«a», «b» eller «c»."""
    names = [quoted(label) for label in labels]
    if len(names) < 2:
        return "".join(names)
    return wording.words(Text("{} or {}", "{} eller {}")).format(", ".join(names[:-1]), names[-1])


def _numbers() -> dict[str, str]:
    """What the code decides and the page tells."""
    questions = rules().questionnaire.questions
    moves = (quoted(wording.words(questions[question].short)) for question in rules().move_questions)
    return {
        "matters_most": str(MATTERS_MOST),
        "marks": str(MOST_MARKS),
        "max_cautions": str(CAUTIONS_SHOWN),
        "first": str(FIRST_ENTRIES),
        "evening": str(EVENING_STARTS_AT),
        "idle": str(settings.IDLE_MINUTES),
        "hours": str(round(TOMBSTONES_STAND.total_seconds() / 3600)),
        "moves": ", ".join(moves),
    }
