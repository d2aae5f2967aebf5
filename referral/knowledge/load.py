"""The four files → one RuleSet."""

import hashlib
from pathlib import Path

from groups_catalog.reading import read_yaml
from groups_catalog.vocabulary import Vocabulary
from referral.knowledge.criteria import read_criteria
from referral.knowledge.cross_checks import check_rules
from referral.knowledge.evidence import read_evidence
from referral.knowledge.messages import read_codes, read_messages
from referral.knowledge.nodes import texts_by_key
from referral.knowledge.questionnaire import read_questionnaire
from referral.matching.rules import Attribute, RuleSet, Text

FILES = ("questionnaire.yaml", "criteria.yaml", "messages.yaml", "evidence.yaml")


def load_rules(folder: Path, words: Vocabulary) -> RuleSet:
    """Reads and checks the knowledge in this folder. Raises ContentError with file, path and reason."""
    questions, criteria, messages, evidence = (read_yaml(folder / name) for name in FILES)
    rules = RuleSet(
        version=criteria.word("version"),
        fingerprint=fingerprint(folder),
        questionnaire=read_questionnaire(questions),
        criteria=read_criteria(criteria),
        messages=read_messages(messages),
        evidence=read_evidence(evidence),
        codes=read_codes(messages),
        attributes=_attributes(words),
        themes=texts_by_key(messages, "themes"),
        move_questions=criteria.words("move_questions"),
        released=criteria.word("released"),
        about=texts_by_key(criteria, "about"),
    )
    check_rules(rules, {"questionnaire": questions, "criteria": criteria, "messages": messages})
    return rules


def fingerprint(folder: Path) -> str:
    """The rule set's identity: a SHA-256 over the four files, names and contents, shortened to 16 digits."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _attributes(words: Vocabulary) -> dict[str, Attribute]:
    return {
        attribute.id: Attribute(
            attribute.id, Text(attribute.question.en, attribute.question.nb), tuple(attribute.values)
        )
        for attribute in words.attributes.values()
    }
