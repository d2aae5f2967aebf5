"""Deletes what is kept of old readings, and leaves what their source still stands on.

stays for ever        the run itself with its counts, and the change that came of it
stays while needed    what waits to be decided or written; the newest reading of a list that led to something;
                      what an undoing would need; by their keys, the rows that were left out
goes                  the records as they came, the proposals, the problems; sooner, a file that nobody could read
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from groups_catalog.feeds.sync.planning import OURS
from groups_catalog.feeds.sync.remembering import follow_undoings
from groups_catalog.feeds.sync.runs import AT_WORK, SAME_AS_WAITING, TO_DECIDE
from groups_catalog.models import Proposal, ProposalKind, Run, RunState, Source
from groups_catalog.upkeep.changes import UNDO_DAYS

KEPT = timedelta(days=180)
FILES_KEPT = timedelta(days=30)
"""A file as it came may name people. Nobody who has left its columns unmatched for so long will match them."""
PIECE = 500
LED = (RunState.DONE, RunState.UNCHANGED, RunState.UNDONE)


def purge_runs(*, now: datetime) -> int:
    """Of the clinics in scope; returns how many readings lost something. Piece by piece: broken off, it goes on
    the next time where it stopped.
    """
    _drop_files(now)
    for source in Source.objects.filter(pk__in=_undone_elsewhere(now).values("source")):
        follow_undoings(source)
    count = 0
    for keys in _in_pieces(_old(now)):
        _empty(keys)
        count += len(keys)
    return count


def _drop_files(now: datetime) -> None:
    """Of what was refused and of what no worker has taken up; the latter is given up."""
    old = Run.objects.filter(beat_at__lt=now - FILES_KEPT).exclude(upload=None)
    begun = old.filter(state__in=(RunState.WAITING, RunState.READING))
    begun.update(state=RunState.CANCELLED, reason="interrupted", ended_at=now)
    old.update(upload=None)


def _undone_elsewhere(now: datetime) -> QuerySet[Run]:
    """Undone on the page of all changes: their rows are put back by their proposals, before those go."""
    return Run.objects.filter(state=RunState.DONE, at__lt=now - KEPT, change__undone_by__isnull=False).order_by()


def _old(now: datetime) -> QuerySet[Run]:
    """Those that still have something to lose."""
    ended = Run.objects.annotate(over=Coalesce("ended_at", "at")).filter(over__lt=now - KEPT)
    led = Q(state__in=LED) & ~Q(reason=SAME_AS_WAITING)
    newer = Run.objects.filter(led, source=OuterRef("source"), at__gt=OuterRef("at"))
    needed = Q(state__in=(*TO_DECIDE, *AT_WORK)) | (led & ~Exists(newer)) | _may_be_undone(now)
    to_lose = Q(Exists(_proposals_to_lose().filter(run=OuterRef("pk")))) | ~Q(problems=[])
    return ended.exclude(needed).filter(to_lose).order_by("pk")


def _may_be_undone(now: datetime) -> Q:
    return Q(change__isnull=False, change__at__gte=now - timedelta(days=UNDO_DAYS))


def _proposals_to_lose() -> QuerySet[Proposal]:
    """A row that was left out stays by its key, so that it is not asked about again, and loses what it said."""
    bare = _left_out().filter(raw={}, theirs={})
    return Proposal.objects.exclude(pk__in=bare.values("pk")).order_by()


def _left_out() -> QuerySet[Proposal]:
    return Proposal.objects.filter(run__state=RunState.DONE, kind=ProposalKind.NEW, decided__entry=OURS).order_by()


def _in_pieces(runs: QuerySet[Run]) -> Iterator[list[UUID]]:
    while keys := list(runs.values_list("pk", flat=True)[:PIECE]):
        yield keys


def _empty(keys: list[UUID]) -> None:
    left_out = _left_out().filter(run__in=keys)
    others = Proposal.objects.filter(run__in=keys).exclude(pk__in=left_out.values("pk")).order_by()
    while part := list(others.values_list("pk", flat=True)[:PIECE]):
        Proposal.objects.filter(pk__in=part).delete()
    with transaction.atomic():
        left_out.update(raw={}, theirs={})
        Run.objects.filter(pk__in=keys).update(problems=[])
