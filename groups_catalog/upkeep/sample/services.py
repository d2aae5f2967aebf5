"""Drawing a sample, and noting what a call came to."""

import random
import secrets
from datetime import date, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clinics.models import Clinic, User
from groups_catalog.models import CallResult, Meeting, ReportKind, Sample, SampleCall, Status
from groups_catalog.upkeep.reports.services import tell

SIZE = 20
SEEDS = 2**31
Drawn = tuple[int, int, time]
"""The group's key, the weekday and the time: one meeting, also where it is held in two weeks of a month."""


class NothingToDrawError(Exception):
    """The clinic has no published meeting."""


@transaction.atomic
def draw(*, clinic: Clinic, by: User, newest: int, today: date) -> Sample:
    """Draws a sample, unless one has come since the one that the person saw (`newest`, 0 for none): then that one.

    Raises NothingToDrawError.
    """
    # Two at once wait for each other here, so that the second sees what the first has drawn.
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    last = Sample.objects.first()
    if last and last.pk != newest:
        return last
    seed = secrets.randbelow(SEEDS)
    drawn = drawn_from(published_meetings(today), seed)
    if not drawn:
        raise NothingToDrawError
    sample = Sample.objects.create(clinic=clinic, drawn_by=by, seed=seed)
    calls = [SampleCall(sample=sample, group_id=key, weekday=day, start=start) for key, day, start in drawn]
    SampleCall.objects.bulk_create(calls)
    return sample


def published_meetings(today: date) -> list[Drawn]:
    """In an order of their own, so that the same catalog and seed draw the same meetings."""
    held = Q(valid_from=None) | Q(valid_from__lte=today)
    held &= Q(valid_until=None) | Q(valid_until__gte=today)
    rows = Meeting.objects.filter(held, group__status=Status.PUBLISHED).order_by("group__slug", "weekday", "start")
    return list(dict.fromkeys(rows.values_list("group", "weekday", "start")))


def drawn_from(meetings: list[Drawn], seed: int) -> list[Drawn]:
    """Each meeting has the same chance; all of them where there are no more."""
    # Not a secret: the seed is kept so that anybody can draw again.
    return random.Random(seed).sample(meetings, min(SIZE, len(meetings)))  # noqa: S311


@transaction.atomic
def note_call(*, call: SampleCall, result: CallResult, by: User) -> None:
    """A second word on the same call stands instead of the first. A meeting that nobody would have found is reported:
    that puts its group on the desk, and edits nothing.
    """
    if result == CallResult.WRONG != call.result:
        tell(group=call.group, kind=ReportKind.OTHER, by=by)
    call.result, call.by, call.at = result, by, timezone.now()
    call.save(update_fields=["result", "by", "at"])
