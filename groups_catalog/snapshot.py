"""A clinic's published groups with all that is read of them, frozen, in a constant number of queries."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType

from django.utils import timezone

from clinics.models import Clinic
from groups_catalog.derived import entry_facts
from groups_catalog.models import CatalogState, Fact, Group, Organisation
from groups_catalog.places import Place
from groups_catalog.resolution import KnownFact, Reached, Resolved, resolve
from groups_catalog.text import Text
from groups_catalog.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class SourcedText:
    text: Text
    source: str
    dated: str
    """`YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty."""
    unverified: bool


@dataclass(frozen=True, slots=True)
class CatalogOrganisation:
    slug: str
    kind: str
    lane: str
    name: Text
    short_name: Text
    site: str
    texts: Mapping[str, SourcedText]
    """By kind: `description`, `asks`, `first_meeting`, `presence`."""


@dataclass(frozen=True, slots=True)
class CatalogMeeting:
    weekday: int
    """0 is Monday."""
    start: time
    minutes: int
    every: str
    """`week`, or `first` to `fourth` or `last` of the month."""
    open: bool | None
    timezone: str = "Europe/Oslo"


@dataclass(frozen=True, slots=True)
class CatalogGroup:
    """One group with what holds for it on one day."""

    id: str
    name: str
    organisation: CatalogOrganisation
    lane: str
    mode: str
    status: str
    place: str
    coordinates: Place | None
    venue: str
    languages: tuple[str, ...]
    membership: str
    access: Mapping[str, bool]
    """`step_free`, `hearing`, `sight`, `child_care`: present only where known."""
    contact_role: Text
    note: Text
    checked_on: date | None
    checked_how: str
    meetings: tuple[CatalogMeeting, ...]
    facts: Mapping[str, Resolved]
    """What holds, by attribute."""
    unverified: tuple[KnownFact, ...]
    """Said but not verified: counts as not known."""


_kept: dict[int, tuple[uuid.UUID, date, tuple[CatalogGroup, ...]]] = {}


def clinic_snapshot(clinic: Clinic, *, today: date | None = None) -> tuple[CatalogGroup, ...]:
    """The published groups of the clinic in scope, by id. One query as long as the catalog has not changed."""
    day = today or timezone.localdate()
    version = CatalogState.objects.version_of(clinic)
    kept = _kept.get(clinic.pk)
    if kept and kept[:2] == (version, day):
        return kept[2]
    # The version was read first: what is read now is at least as new as it says.
    groups = read_groups(Group.objects.published().filter(clinic=clinic).for_matching(), today=day)
    if version:
        _kept[clinic.pk] = (version, day, groups)
    return groups


def read_groups(rows: Iterable[Group], *, today: date) -> tuple[CatalogGroup, ...]:
    """Each row resolved. The rows come from `for_matching()`, or each one costs queries of its own."""
    organisations: dict[int, CatalogOrganisation] = {}
    for row in rows:
        if row.organisation_id not in organisations:
            organisations[row.organisation_id] = read_organisation(row.organisation)
    return tuple(_group(row, organisations[row.organisation_id], today) for row in rows)


def read_organisation(row: Organisation) -> CatalogOrganisation:
    texts = {text.kind: SourcedText(text.text, text.source, text.dated, text.unverified) for text in row.texts.all()}
    return CatalogOrganisation(
        slug=row.slug,
        kind=row.kind,
        lane=row.lane,
        name=row.name,
        short_name=row.short_name,
        site=row.site,
        texts=MappingProxyType(texts),
    )


def known_fact(row: Fact, reached: Reached) -> KnownFact:
    return KnownFact(
        attribute=row.attribute,
        values=tuple(row.values),
        basis=row.basis,
        reached=reached,
        source=row.source,
        dated=row.dated,
        unverified=row.unverified,
        inherit=row.inherit,
        observers=row.observers,
        note=row.note,
    )


def organisation_facts(row: Organisation) -> tuple[KnownFact, ...]:
    """The shared facts and the clinic's own about the organisation."""
    return tuple(
        known_fact(fact, Reached.CLINIC if fact.clinic_id else Reached.ORGANISATION) for fact in row.facts.all()
    )


def _group(row: Group, organisation: CatalogOrganisation, today: date) -> CatalogGroup:
    meetings = _meetings(row, today)
    local = tuple(known_fact(fact, Reached.GROUP) for fact in row.facts.all())
    facts = (*local, *entry_facts(row, meetings), *organisation_facts(row.organisation))
    resolution = resolve(facts, vocabulary(), today=today)
    return CatalogGroup(
        id=row.slug,
        name=row.name,
        organisation=organisation,
        lane=row.lane,
        mode=row.mode,
        status=row.status,
        place=row.place,
        coordinates=_coordinates(row),
        venue=row.venue,
        languages=tuple(row.languages),
        membership=row.membership,
        access=MappingProxyType(row.access),
        contact_role=row.contact_role,
        note=row.note,
        checked_on=row.checked_on,
        checked_how=row.checked_how,
        meetings=meetings,
        facts=resolution.held,
        unverified=resolution.unverified(),
    )


def _meetings(row: Group, today: date) -> tuple[CatalogMeeting, ...]:
    return tuple(
        CatalogMeeting(
            weekday=meeting.weekday,
            start=meeting.start,
            minutes=meeting.minutes,
            every=meeting.every,
            open=meeting.open,
            timezone=meeting.timezone,
        )
        for meeting in row.meetings.all()
        if meeting.runs_on(today)
    )


def _coordinates(row: Group) -> Place | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Place(row.place, row.latitude, row.longitude)
