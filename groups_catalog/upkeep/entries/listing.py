"""The organisations of a clinic's catalog: its own, and those that all clinics share."""

from dataclasses import dataclass

from django.db.models import Count, Q

from clinics.models import Clinic
from groups_catalog.cards import kind_words
from groups_catalog.models import Fact, Group, Organisation
from groups_catalog.places import plain
from groups_catalog.wording import LANES, here


@dataclass(frozen=True, slots=True)
class Line:
    slug: str
    name: str
    kind: str
    lane: str
    groups: int
    facts: int
    """The clinic's own, about the organisation."""


def own_and_shared(clinic: Clinic) -> tuple[list[Line], list[Line]]:
    """By name. Three queries, however many there are."""
    groups, facts = _by_organisation(Group), _by_organisation(Fact, Q(clinic=clinic))
    lines = [
        (row.clinic_id is not None, _line(row, groups.get(row.pk, 0), facts.get(row.pk, 0)))
        for row in sorted(Organisation.objects.all(), key=lambda row: plain(here(row.name)))
    ]
    return [line for own, line in lines if own], [line for own, line in lines if not own]


def _by_organisation(model: type[Group] | type[Fact], only: Q | None = None) -> dict[int, int]:
    """How many rows of the clinic in scope each organisation has."""
    rows = model.objects.filter(only or Q()).exclude(organisation=None).order_by().values("organisation")
    return dict(rows.annotate(count=Count("pk")).values_list("organisation", "count"))


def _line(row: Organisation, groups: int, facts: int) -> Line:
    return Line(row.slug, here(row.name), kind_words(row.kind), str(LANES[row.lane]), groups, facts)
