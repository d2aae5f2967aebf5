"""What the menu knows: four YAML files, read once into frozen rules and checked on load.

questionnaire.yaml  the questions and their branches
criteria.yaml       what an answer asks of a group, and how its facts answer
messages.yaml       cautions, benefits, advice and notes for the professional, each with its source
evidence.yaml       the article and the wider evidence the messages and criteria rest on

The catalog's own vocabulary (groups_catalog/vocabulary.yaml) names the attributes.
"""

from functools import cache
from pathlib import Path

from groups_catalog.reading import ContentError
from groups_catalog.vocabulary import vocabulary
from referral.knowledge.load import load_rules
from referral.matching.rules import RuleSet

FOLDER = Path(__file__).parent


@cache
def rules() -> RuleSet:
    """The rule set of this installation. Raises ContentError, naming file, path and reason, if a file is wrong."""
    return load_rules(FOLDER, vocabulary())


__all__ = ["FOLDER", "ContentError", "load_rules", "rules"]
