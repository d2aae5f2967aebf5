"""Deletes what upkeep keeps for a while only: old reports, and spreadsheets that nobody decided on."""

from datetime import datetime, timedelta

from django_scopes import scopes_disabled

from groups_catalog.models import Report, SheetUpload

REPORTS_KEPT = timedelta(days=180)


def purge(*, now: datetime) -> dict[str, int]:
    """Of all clinics; returns how many of each."""
    with scopes_disabled():
        reports, _ = Report.objects.filter(at__lt=now - REPORTS_KEPT).delete()
        sheets, _ = SheetUpload.objects.forgotten(now).delete()
    return {"reports": reports, "spreadsheets": sheets}
