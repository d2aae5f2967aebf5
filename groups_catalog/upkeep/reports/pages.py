"""The reports that wait, the most urgent first; what one group was reported for stands together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from groups_catalog.models import Group, Report, ReportKind, ReportState

SHOWN = 100
FIRST = (ReportKind.UNSAFE, ReportKind.CLOSED)
"""The others come after these, the newest of them first."""
DECIDED = (ReportState.RESOLVED, ReportState.DISMISSED)


@dataclass(frozen=True, slots=True)
class Block:
    """What was reported about one group."""

    group: Group
    reports: tuple[Report, ...]
    """The most urgent first."""


def reports_page() -> dict[str, Any]:
    told = Report.objects.select_related("group", "by", "decided_by")
    return {
        "tab": "upkeep",
        "blocks": blocks(_most_urgent_first(told.open())[:SHOWN]),
        "held": told.held().count(),
        "decided": told.filter(state__in=DECIDED)[:SHOWN],
    }


def blocks(reports: Iterable[Report]) -> list[Block]:
    """Each where the first of its reports stands."""
    found: dict[int, list[Report]] = {}
    for report in reports:
        found.setdefault(report.group_id, []).append(report)
    return [Block(told[0].group, tuple(told)) for told in found.values()]


def _most_urgent_first(reports: Any) -> Any:
    steps = [When(kind=kind, then=Value(place)) for place, kind in enumerate(FIRST)]
    urgency = Case(*steps, default=Value(len(FIRST)), output_field=IntegerField())
    return reports.order_by(urgency, "-at", "-pk")
