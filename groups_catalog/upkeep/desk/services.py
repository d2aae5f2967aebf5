"""«Still correct today»: the one thing that is decided on the desk itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups_catalog.models import Change, Group, Report, ReportState
from groups_catalog.models.group import IN_USE
from groups_catalog.upkeep.changes import Act, ConflictError, Edit
from groups_catalog.upkeep.documents import group_document, patched
from groups_catalog.upkeep.four_eyes import submit


class UnknownEntryError(Exception):
    """One of the entries is not the clinic's, or not there."""


@dataclass(frozen=True, slots=True)
class Checked:
    change: Change | None
    """None where all of it had been noted before."""
    entries: int
    closed: int
    """How many reports were closed by it."""
    still_open: int
    """How many reports about these entries nobody has dealt with yet."""


@transaction.atomic
def still_correct(*, act: Act, seen: Mapping[str, int], how: str, today: date, reports_too: bool = False) -> Checked:
    """Notes that the entries, as they were seen, were found correct today.

    `seen` is by slug the number of the version that was seen, or LATEST. Raises UnknownEntryError, or
    ConflictError where somebody has changed one of them since, or taken it out of use; then nothing is written.
    """
    # Behind a lock, so that of two presses the second sees what the first has noted.
    locked = Group.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    rows = list(locked.filter(slug__in=seen).for_documents())
    if len(rows) < len(seen):
        raise UnknownEntryError
    if gone := [row for row in rows if row.status not in IN_USE]:
        raise ConflictError(*gone)
    noted: dict[str, Any] = {"checked_on": today.isoformat(), "checked_how": how}
    edits = [
        Edit(row, patched(group_document(row), noted), seen[row.slug])
        for row in rows
        if not _is_noted(row, how, today)
    ]
    change = submit(act, edits).change if edits else None
    closed = _close_reports(rows, act) if reports_too else 0
    return Checked(change, len(rows), closed, Report.objects.open().filter(group__in=rows).count())


def _is_noted(row: Group, how: str, today: date) -> bool:
    """So that pressing twice notes it once."""
    return row.checked_on == today and row.checked_how == how


def _close_reports(rows: list[Group], act: Act) -> int:
    open_ones = Report.objects.open().filter(group__in=rows)
    return open_ones.update(state=ReportState.RESOLVED, decided_by=act.by, decided_at=timezone.now())
