"""Deletes what upkeep keeps for a while only: old reports and readings, and spreadsheets that nobody decided on."""

from datetime import datetime, timedelta

from django_scopes import scopes_disabled

from groups_catalog.feeds.sync.purging import purge_runs
from groups_catalog.models import Report, SheetUpload

REPORTS_KEPT = timedelta(days=180)


def purge(*, now: datetime) -> dict[str, int]:
    """Of all clinics; returns how many of each."""
    with scopes_disabled():
        reports, _ = Report.objects.filter(at__lt=now - REPORTS_KEPT).delete()
        sheets, _ = SheetUpload.objects.forgotten(now).delete()
        readings = purge_runs(now=now)
    return {"reports": reports, "spreadsheets": sheets, "readings": readings}
