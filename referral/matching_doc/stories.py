"""The respondents' stories and the groups they choose among, read from the folder the tests use."""

from dataclasses import dataclass
from pathlib import Path

from groups_catalog.reading import Node, read_yaml
from referral.matching.catalog import Catalog
from referral.matching.model import Answers
from referral.matching.rules import RuleSet
from referral.offline.catalog_file import read_catalog

STORIES = "respondents.yaml"


@dataclass(frozen=True, slots=True)
class Stories:
    answers: tuple[Answers, ...]
    catalog: Catalog


def read_stories(folder: Path, rules: RuleSet) -> Stories:
    """Raises ContentError where the folder does not hold the stories."""
    root = read_yaml(folder / STORIES)
    answers = tuple(_answers(story) for story in root.items("stories"))
    return Stories(answers, Catalog(read_catalog(folder / root.word("catalog"), rules)))


def _answers(story: Node) -> Answers:
    given = story.child("answers")
    choices = {question: frozenset(given.words(question)) for question in given.names()}
    marks = frozenset(story.words("matters_most")) if story.has("matters_most") else frozenset[str]()
    return Answers(choices, marks)
