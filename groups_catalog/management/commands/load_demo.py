"""`python manage.py load_demo`: the invented clinic, for showing and trying the site."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from groups_catalog.demo import load_demo
from groups_catalog.reading import ContentError


class Command(BaseCommand):
    help = "Loads the invented demo clinic with its people and groups. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures" / "demo")
        parser.add_argument("--today", type=date.fromisoformat, help="The day that dates are counted back from.")

    def handle(self, *args: object, folder: Path, today: date | None, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has well-known passwords: it loads only under the demo settings.")
        try:
            report = load_demo(folder, today=today or timezone.localdate())
        except ContentError as problem:
            raise CommandError(str(problem)) from None
        for line in report.lines():
            self.stdout.write(line)
