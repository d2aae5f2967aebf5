"""`manage.py recommend`: a menu from two files, without a database."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from referral.knowledge import ContentError, rules
from referral.matching import recommend
from referral.offline.answers_file import read_answers
from referral.offline.catalog_file import read_catalog
from referral.offline.output import as_json, as_text


class Command(BaseCommand):
    help = "Prints the menu for a catalog file and an answers file (YAML or JSON). Needs no database."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--catalog", type=Path, required=True, metavar="FILE")
        parser.add_argument("--answers", type=Path, required=True, metavar="FILE")
        parser.add_argument("--seed", type=int, default=1, help="orders equal entries (default 1)")
        parser.add_argument("--today", type=_date, default=None, metavar="YYYY-MM-DD", help="default: today")
        parser.add_argument("--language", choices=("en", "nb"), default="en")
        parser.add_argument("--format", choices=("json", "text"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = rules()
            groups = read_catalog(options["catalog"], known)
            answers = read_answers(options["answers"], known.questionnaire)
        except (ContentError, OSError) as wrong:
            self.stderr.write(" ".join(str(wrong).split()))
            sys.exit(2)
        menu = recommend(answers, groups, known, today=options["today"] or date.today(), seed=options["seed"])
        if options["format"] == "json":
            self.stdout.write(as_json(menu, known, options["language"]))
        else:
            self.stdout.write(as_text(menu, {g.id: g for g in groups}, known, options["language"]))


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a date like 2026-11-22") from None
