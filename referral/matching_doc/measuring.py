"""Measures the rules on the stories."""

from referral.matching.rules import RuleSet
from referral.matching_doc.balance import SETS, balance
from referral.matching_doc.measured import Measured
from referral.matching_doc.sensitivity import sensitivity
from referral.matching_doc.stories import Stories


def measure(stories: Stories, rules: RuleSet) -> Measured:
    return Measured(
        version=rules.version,
        fingerprint=rules.fingerprint,
        stories=len(stories.answers),
        groups=len(stories.catalog.groups),
        sets=SETS,
        criteria=sensitivity(stories, rules),
        balance=balance(stories, rules),
    )
