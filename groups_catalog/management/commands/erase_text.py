"""`python manage.py erase_text CLINIC`: takes a text out of what is kept of a clinic's catalog."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.upkeep.erasing import SHORTEST, StillStandsError, TooShortError, erase


class Command(BaseCommand):
    help = (
        "Takes a text, such as a person's name, out of old versions, drafts, reasons and records of lists. "
        "Asks for the text, so that it does not stay in the shell's history. Mend the entry itself first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", help="the clinic's short name")

    def handle(self, *args: object, clinic: str, **options: object) -> None:
        found = Clinic.objects.filter(slug=clinic).first()
        if found is None:
            raise CommandError(f"There is no clinic called {clinic}.")
        with scope(clinic=found):
            rows = _erased(found, input("Text to erase: "))
        self.stdout.write(f"erased in {rows} rows")


def _erased(clinic: Clinic, text: str) -> int:
    try:
        return erase(clinic, text)
    except TooShortError:
        raise CommandError(f"Write at least {SHORTEST} letters. Nothing was changed.") from None
    except StillStandsError as problem:
        raise CommandError(f"It still stands in {problem}. Mend that first. Nothing was changed.") from None
