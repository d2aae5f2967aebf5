"""The life of a run: started by somebody or by the schedule, worked on elsewhere, cancelled, taken up again.

    waiting ─▶ reading ─▶ ready · quarantined · unchanged · refused · failed        ready ─▶ writing ─▶ done ─▶ undone

Each step is taken by changing the state in one statement that names the state it comes from, so that a second
press, a second worker or a worker that was thought dead changes nothing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinics.models import User
from groups_catalog.feeds.sync.deciding import ASKED, is_answered
from groups_catalog.feeds.sync.stored import compare_next_time
from groups_catalog.models import Run, RunState, Source

SILENT = timedelta(minutes=5)
"""After so long without a sign of life, whoever worked on it is gone."""
AT_WORK = (RunState.READING, RunState.WRITING)
UNDER_WAY = (RunState.WAITING, *AT_WORK)
TO_DECIDE = (RunState.READY, RunState.QUARANTINED)
SAME_AS_WAITING = "same_as_waiting"
MAY_BE_CANCELLED = (RunState.WAITING, RunState.READING, *TO_DECIDE)


class BusyError(Exception):
    """The source is being read already."""

    def __init__(self, run: Run) -> None:
        super().__init__(str(run.pk))
        self.run = run


class FourEyesError(Exception):
    """The clinic asks for a second person, and this is the first."""


def start_run(*, source: Source, by: User | None, upload: bytes | None = None) -> Run:
    """A run that waits for a worker: see `tasks.send_to_read`. Raises BusyError while another one is under way."""
    with transaction.atomic():
        make_way(source)
        # An older file whose columns nobody matched is no longer of use.
        source.runs.filter(state=RunState.REFUSED).exclude(upload=None).update(upload=None)
        run: Run = Run.objects.create(source=source, started_by=by, upload=upload)
    return run


def make_way(source: Source, *, but: Run | None = None) -> None:
    """One run of a list is under way at a time: what is read beside a run that writes would be compared with what
    no longer stands. One whose worker died gives way; what was decided in it stands. In a transaction of the
    caller's. Raises BusyError.
    """
    # The lock makes two who start at once come one after the other.
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    others = source.runs.filter(state__in=UNDER_WAY).exclude(pk__in=[but.pk] if but else [])
    for other in others.defer("upload", "problems"):
        if not is_interrupted(other, timezone.now()):
            raise BusyError(other)
    others.filter(state=RunState.WRITING).update(state=RunState.READY)
    others.update(state=RunState.CANCELLED, reason="interrupted", ended_at=timezone.now(), upload=None)


def is_interrupted(run: Run, now: datetime) -> bool:
    """Its worker died. What it had not finished was never written."""
    return run.state in AT_WORK and run.beat_at < now - SILENT


def cancel(*, run: Run) -> bool:
    """Nothing of it is kept; what is being read stops at its next sign of life. False when it is too late."""
    now = timezone.now()
    open_ones = Run.objects.filter(pk=run.pk, state__in=MAY_BE_CANCELLED)
    if open_ones.filter(state=RunState.READING, beat_at__gte=now - SILENT).update(cancel_asked=True):
        return True
    if not open_ones.update(state=RunState.CANCELLED, ended_at=now, upload=None):
        return False
    compare_next_time(run.source)
    return True


def take_up_again(*, run: Run) -> bool:
    """An interrupted reading waits anew; an interrupted writing is decided on again. False when it is neither."""
    stale = Run.objects.filter(pk=run.pk, beat_at__lt=timezone.now() - SILENT)
    if stale.filter(state=RunState.WRITING).update(state=RunState.READY):
        return True
    fresh = {"state": RunState.WAITING, "done_rows": 0, "all_rows": 0, "cancel_asked": False}
    return bool(stale.filter(state=RunState.READING).update(**fresh))


def release(*, run: Run, typed: str) -> bool:
    """Lets a run out of quarantine when the number that would go is typed: it cannot happen by one click."""
    if typed.strip() != str(run.counts.get("gone", 0)):
        return False
    return bool(Run.objects.filter(pk=run.pk, state=RunState.QUARANTINED).update(state=RunState.READY))


def start_writing(*, run: Run, by: User) -> bool:
    """False when somebody else has pressed first, or nothing is decided. Raises FourEyesError or BusyError."""
    if run.source.clinic.four_eyes and run.decided_by_id == by.pk:
        raise FourEyesError
    if not run.proposals.exclude(decided={}).exists():
        return False
    with transaction.atomic():
        make_way(run.source, but=run)
        ready = Run.objects.filter(pk=run.pk, state=RunState.READY, decided_by=run.decided_by_id)
        return bool(ready.update(state=RunState.WRITING, reason="", given="", beat_at=timezone.now()))


def claimed(pk: UUID | str) -> Run | None:
    """The run, for whoever is first to read it."""
    now = timezone.now()
    if not Run.objects.filter(pk=pk, state=RunState.WAITING).update(state=RunState.READING, beat_at=now):
        return None
    run: Run = Run.objects.select_related("source__clinic", "source__organisation").get(pk=pk)
    return run


def settled_run(source: Source) -> Run | None:
    """The last one that led to something, if nothing of it is left to decide: then the same list brings no news."""
    led = source.runs.filter(state__in=(*TO_DECIDE, RunState.DONE, RunState.UNCHANGED, RunState.UNDONE))
    last = led.exclude(reason=SAME_AS_WAITING).defer("upload", "problems").first()
    if last is None or last.state not in {RunState.DONE, RunState.UNCHANGED}:
        return None
    asked = last.proposals.only(*ASKED)
    return last if all(is_answered(proposal) for proposal in asked) else None
