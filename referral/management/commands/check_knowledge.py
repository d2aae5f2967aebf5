"""`manage.py check_knowledge`: reads the vocabulary and the knowledge, and says what is wrong or what is there."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from referral.knowledge import ContentError, rules


class Command(BaseCommand):
    help = "Checks vocabulary.yaml and the knowledge files; names file, path and reason of the first mistake."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = rules()
        except ContentError as wrong:
            self.stderr.write(str(wrong))
            sys.exit(2)
        counts = (
            f"{len(known.questionnaire.questions)} questions, {len(known.criteria)} criteria, "
            f"{len(known.messages)} messages, {len(known.evidence)} evidence items, "
            f"{len(known.attributes)} attributes"
        )
        self.stdout.write(f"Rule set {known.version}, fingerprint {known.fingerprint}: {counts}. All in order.")
