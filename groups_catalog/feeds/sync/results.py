"""What came of a run that was taken over: the groups of its change, as they stood then."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from groups_catalog.feeds.sync.comparing import CLOSED
from groups_catalog.models import Change, Group, Run, Version
from groups_catalog.wording import STATUSES

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Came:
    """One kind of result, with its first groups."""

    name: str
    groups: list[tuple[Group, str]]
    """Each with its status in words, where that is worth telling."""
    more: int


def results(run: Run) -> list[Came]:
    """Three queries, however many groups. The page of the change shows all of them, field by field."""
    if run.change is None:
        return []
    versions = _versions(run.change)
    rewritten = versions.filter(number__gt=1)
    kinds = [
        (_("New groups"), "added", versions.filter(number=1), True),
        (_("Changed groups"), "edited", rewritten.exclude(document__status=CLOSED), False),
        (_("Closed groups"), "closed", rewritten.filter(document__status=CLOSED), False),
    ]
    found = [_came(name, run.counts.get(count, 0), rows, tell=tell) for name, count, rows, tell in kinds]
    return [came for came in found if came.groups]


def _versions(change: Change) -> QuerySet[Version]:
    found: QuerySet[Version] = Version.objects.filter(change=change, group__isnull=False)
    return found.select_related("group").order_by("pk")


def _came(name: str, total: int, rows: QuerySet[Version], *, tell: bool) -> Came:
    groups = [
        (row.group, str(STATUSES.get(str(row.document["status"]), "")) if tell else "")
        for row in rows[:SHOWN]
        if row.group
    ]
    return Came(name, groups, max(0, total - len(groups)))
