"""A report never edits: it asks for a look, now. Too many closures on one day are held back until somebody looks."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clinics.models import User
from groups_catalog.models import Group, Report, ReportKind, ReportState
from groups_catalog.upkeep.changes import lock_names
from groups_catalog.upkeep.reports.limits import is_room_for

CLOSURES_A_DAY = 5
"""More than these in one clinic on one day are more likely a prank or a mistake than closures."""


@transaction.atomic
def tell(*, group: Group, kind: ReportKind, by: User | None = None) -> Report:
    """The same word of the same colleague on the same day counts once, also when pressed twice at once."""
    lock_names(group.clinic)
    today = Report.objects.filter(at__gte=timezone.now() - timedelta(days=1))
    told = today.filter(group=group, kind=kind, by=by, state__in=[ReportState.OPEN, ReportState.HELD]).first()
    if told and by:
        return told
    closures = today.filter(kind=ReportKind.CLOSED).count()
    held = kind == ReportKind.CLOSED and closures >= CLOSURES_A_DAY
    state = ReportState.HELD if held else ReportState.OPEN
    return Report.objects.create(clinic=group.clinic, group=group, kind=kind, by=by, state=state)


@transaction.atomic
def tell_unnamed(*, group: Group, kind: ReportKind) -> Report | None:
    """None, and nothing kept, where too many have told already."""
    lock_names(group.clinic)
    return tell(group=group, kind=kind) if is_room_for(group, kind) else None


def decide(*, report: Report, state: ReportState, by: User) -> bool:
    """False where somebody has decided already: the first word stands."""
    open_still = Report.objects.open().filter(pk=report.pk)
    return bool(open_still.update(state=state, decided_by=by, decided_at=timezone.now()))


def let_through(*, by: User) -> int:
    """The curator has looked: what was held back counts like any other report. Returns how many there were."""
    return Report.objects.held().update(state=ReportState.OPEN)
