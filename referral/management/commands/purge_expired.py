"""`manage.py purge_expired`: wipes answers left idle and deletes what no longer serves anybody."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from groups_catalog.upkeep.purge import purge as purge_catalog
from referral.intake.services import purge


class Command(BaseCommand):
    help = "Wipes answers left idle; deletes tombstones, sessions, old reports and the like. Safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        counts = purge(now=timezone.now()) | purge_catalog(now=timezone.now())
        self.stdout.write(
            f"wiped {counts['wiped']} consultations, deleted {counts['deleted']} tombstones "
            f"and {counts['sessions']} expired sessions"
        )
        self.stdout.write(
            f"deleted {counts['reports']} reports and {counts['spreadsheets']} spreadsheets that waited too long"
        )
        self.stdout.write(f"emptied {counts['readings']} old readings of meeting lists")
