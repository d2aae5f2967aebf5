"""What is done on the site whose worker is killed: run inside it by `manage.py shell`."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sync import runs
from groups_catalog.feeds.sync.deciding import decide_all
from groups_catalog.feeds.sync.tasks import send_to_read, send_to_write
from groups_catalog.models import Run, RunState
from tests.factories import a_clinic, a_member
from tests.sync_world import a_source, as_json, rows

MANY = 1500


def begin() -> str:
    """A site with a list that waits for the worker."""
    call_command("migrate", verbosity=0)
    kari = a_member(a_clinic("killed"), "curator")
    source = a_source(kari.membership.clinic)
    with scope(clinic=source.clinic):
        run = runs.start_run(source=source, by=kari, upload=as_json(rows(MANY)))
        send_to_read(run)
    return str(run.pk)


def accept() -> str:
    """Every proposal is decided, and the writing waits for the worker."""
    kari = User.objects.get()
    with scope(clinic=Clinic.objects.get()):
        run = Run.objects.get()
        decide_all(run=run, kind="new", choice="publish", by=kari)
        run.refresh_from_db()
        assert runs.start_writing(run=run, by=kari)
        send_to_write(run, kari)
    return str(run.pk)


def take_up_again() -> str:
    """As a curator does, once the worker has been silent for long enough."""
    kari = User.objects.get()
    with scope(clinic=Clinic.objects.get()):
        run = Run.objects.get()
        was = run.state
        Run.objects.update(beat_at=timezone.now() - timedelta(minutes=6))
        assert runs.take_up_again(run=run)
        if was == RunState.READING:
            send_to_read(run)
        else:
            run.refresh_from_db()
            assert runs.start_writing(run=run, by=kari)
            send_to_write(run, kari)
    return str(run.pk)
