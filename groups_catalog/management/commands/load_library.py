"""`python manage.py load_library`: the organisations every clinic shares."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from groups_catalog.library import load_library
from groups_catalog.reading import ContentError


class Command(BaseCommand):
    help = "Loads the starter library of organisations. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures" / "library")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            report = load_library(folder)
        except ContentError as problem:
            raise CommandError(str(problem)) from None
        for line in report.lines():
            self.stdout.write(line)
