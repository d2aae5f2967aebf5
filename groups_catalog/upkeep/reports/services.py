"""A report never edits: it asks for a look, now. Too many closures on one day are held back until somebody looks."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clinics.models import User
from groups_catalog.models import Group, Report, ReportKind, ReportState

CLOSURES_A_DAY = 5
"""More than these in one clinic on one day are more likely a prank or a mistake than closures."""


@transaction.atomic
def tell(*, group: Group, kind: ReportKind, by: User | None = None) -> Report:
    """The same word of the same colleague on the same day counts once."""
    today = Report.objects.filter(at__gte=timezone.now() - timedelta(days=1))
    told = today.filter(group=group, kind=kind, by=by, state__in=[ReportState.OPEN, ReportState.HELD]).first()
    if told and by:
        return told
    closures = today.filter(kind=ReportKind.CLOSED).count()
    held = kind == ReportKind.CLOSED and closures >= CLOSURES_A_DAY
    state = ReportState.HELD if held else ReportState.OPEN
    return Report.objects.create(clinic=group.clinic, group=group, kind=kind, by=by, state=state)


def decide(*, report: Report, state: ReportState, by: User) -> None:
    report.state, report.decided_by, report.decided_at = state, by, timezone.now()
    report.save(update_fields=["state", "decided_by", "decided_at"])


def let_through(*, by: User) -> int:
    """The curator has looked: what was held back counts like any other report. Returns how many there were."""
    return Report.objects.held().update(state=ReportState.OPEN)
