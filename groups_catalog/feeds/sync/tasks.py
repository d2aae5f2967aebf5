"""What the worker does: `manage.py db_worker`. A task takes ids only; the clinic's wall is opened inside it."""

from django_scopes import scope
from django_tasks import task

from clinics.models import Clinic, User
from groups_catalog.feeds.sync.reading import read_run
from groups_catalog.feeds.sync.writing import apply_run
from groups_catalog.models import Run


@task()
def read(run: str, clinic: int) -> None:
    with scope(clinic=Clinic.objects.get(pk=clinic)):
        read_run(run)


@task()
def write(run: str, clinic: int, by: int) -> None:
    with scope(clinic=Clinic.objects.get(pk=clinic)):
        apply_run(run, by)


def send_to_read(run: Run) -> None:
    """After the transaction that made the run."""
    read.enqueue(str(run.pk), run.source.clinic_id)


def send_to_write(run: Run, by: User) -> None:
    write.enqueue(str(run.pk), run.source.clinic_id, by.pk)
