"""`manage.py write_matching_doc`: measures the rules on the stories and writes docs/matching.md."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from referral.knowledge import ContentError, rules
from referral.matching_doc.document import document
from referral.matching_doc.measured import PATH
from referral.matching_doc.measuring import measure
from referral.matching_doc.stories import read_stories

STORIES = settings.BASE_DIR / "tests" / "scenarios"
DOCUMENT = settings.BASE_DIR / "docs" / "matching.md"


class Command(BaseCommand):
    help = "Measures sensitivity and balance on the stories, and writes measured.json and docs/matching.md anew."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--stories", type=Path, default=STORIES, metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = rules()
            measured = measure(read_stories(options["stories"], known), known)
        except ContentError as wrong:
            self.stderr.write(str(wrong))
            sys.exit(2)
        PATH.write_text(measured.to_json(), "utf-8")
        DOCUMENT.write_text(document(known, measured), "utf-8")
        self.stdout.write(f"Measured on {measured.stories} stories; wrote {PATH.name} and {DOCUMENT.name}.")
