"""`manage.py sync_feeds`: reads every scheduled list of every clinic. What it finds waits for the curators."""

import argparse
import logging
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.feeds.sync.reading import read_run
from groups_catalog.feeds.sync.runs import BusyError, start_run
from groups_catalog.feeds.sync.tasks import send_to_read
from groups_catalog.feeds.sync.words import run_sentence
from groups_catalog.models import Run, RunState, Source

BAD = (RunState.FAILED, RunState.REFUSED)
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Puts every scheduled meeting list in the worker's queue, or with --wait reads them here and now."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--wait", action="store_true", help="read here, and say what became of each")
        parser.add_argument("--source", type=int, help="only the source of this number, scheduled or not")

    def handle(self, *args: object, wait: bool, source: int | None, **options: object) -> None:
        met = [
            self._told(clinic, one, wait)
            for clinic in Clinic.objects.order_by("slug")
            for one in _sources(clinic, source)
        ]
        if source and not met:
            raise CommandError(f"There is no list of the number {source} with an address to read it from.")
        if any(met):
            sys.exit(1)

    def _told(self, clinic: Clinic, source: Source, wait: bool) -> bool:
        """Whether it failed. Whatever is wrong with one list, the others are read."""
        try:
            with scope(clinic=clinic):
                words, failed = _read_now(source) if wait else (_queue(source), False)
        except Exception:
            log.exception("A list could not be begun.")
            words, failed = "could not be begun; the log says why", True
        self.stdout.write(f"{clinic.slug}: {source.name}: {words}")
        return failed


def _sources(clinic: Clinic, only: int | None) -> list[Source]:
    with scope(clinic=clinic):
        found = Source.objects.select_related("clinic", "organisation").order_by("pk").exclude(address="")
        return list(found.filter(pk=only) if only else found.filter(scheduled=True))


def _queue(source: Source) -> str:
    run, new = _begun(source)
    if new or run.state == RunState.WAITING:
        # A run that waits may have lost its place in the queue; a second one does no harm.
        send_to_read(run)
    return "waits for the worker" if new else "is under way already"


def _read_now(source: Source) -> tuple[str, bool]:
    run, new = _begun(source)
    if not new and run.state != RunState.WAITING:
        return "is under way already", False
    read_run(run.pk)
    done = Run.objects.select_related("change__undone_by").get(pk=run.pk)
    return run_sentence(done, timezone.now()), done.state in BAD


def _begun(source: Source) -> tuple[Run, bool]:
    try:
        return start_run(source=source, by=None), True
    except BusyError as busy:
        return busy.run, False
