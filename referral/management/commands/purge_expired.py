"""`manage.py purge_expired`: wipes answers left idle and deletes what no longer serves anybody."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from referral.intake.services import purge


class Command(BaseCommand):
    help = "Wipes answers left idle, deletes day-old tombstones and expired sessions. Safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        counts = purge(now=timezone.now())
        self.stdout.write(
            f"wiped {counts['wiped']} consultations, deleted {counts['deleted']} tombstones "
            f"and {counts['sessions']} expired sessions"
        )
