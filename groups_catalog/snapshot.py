"""A clinic's published groups with all that is read of them, frozen, in a constant number of queries."""

import gc
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from clinics.models import Clinic
from groups_catalog.derived import entry_facts
from groups_catalog.models import CatalogState, Fact, Group, Meeting, Organisation
from groups_catalog.models.group import GroupQuerySet
from groups_catalog.places import Place
from groups_catalog.resolution import KnownFact, Reached, Resolution, Resolved, resolve
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
    """`week`, `fortnight`, or `first` to `fourth` or `last` of the month."""
    open: bool | None
    timezone: str = "Europe/Oslo"
    valid_from: date | None = None
    valid_until: date | None = None
    except_on: tuple[str, ...] = ()
    """Days on which it is not held, as ISO text, in order."""


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


NAMED_ALIKE = ("attribute", "basis", "source", "dated", "unverified", "inherit", "observers")
"""The columns of a fact that a KnownFact bears too, word for word."""

_kept: dict[int, tuple[uuid.UUID, date, tuple[CatalogGroup, ...]]] = {}


def clinic_snapshot(clinic: Clinic, *, today: date | None = None) -> tuple[CatalogGroup, ...]:
    """The published groups of the clinic in scope, by id. One query as long as the catalog has not changed."""
    day = today or timezone.localdate()
    version = CatalogState.objects.version_of(clinic)
    kept = _kept.get(clinic.pk)
    if kept and kept[:2] == (version, day):
        return kept[2]
    # The version was read first: what is read now is at least as new as it says.
    with _undisturbed():
        groups = _read_clinic(Group.objects.published().filter(clinic=clinic), day)
    if version:
        _kept[clinic.pk] = (version, day, groups)
    return groups


def read_groups(rows: Iterable[Group], *, today: date) -> tuple[CatalogGroup, ...]:
    """Each row resolved. The rows come from `for_matching()`, or each one costs queries of its own."""
    shelf = _Shelf(today)
    return tuple(_group(row, shelf) for row in rows)


def _read_clinic(groups: GroupQuerySet, today: date) -> tuple[CatalogGroup, ...]:
    """As `read_groups`, for thousands: facts and meetings come in one sweep each, not wrapped up row by row."""
    shelf = _Shelf(today, _own_facts(groups), _meetings(groups))
    return tuple(_group(row, shelf) for row in groups.with_organisation())


def _own_facts(groups: GroupQuerySet) -> dict[int, list[KnownFact]]:
    """Many groups say the very same: each such fact is made once. The values come as text, not read row by row."""
    found: dict[int, list[KnownFact]] = {}
    made: dict[tuple[object, ...], KnownFact] = {}
    facts = Fact.objects.filter(group__in=groups).annotate(as_text=Cast("values", TextField()))
    for group, *row in facts.values_list("group_id", "as_text", "note_en", "note_nb", *NAMED_ALIKE):
        told = tuple(row)
        if told not in made:
            made[told] = _own_fact(*told)
        found.setdefault(group, []).append(made[told])
    return found


def _own_fact(as_text: str, note_en: str, note_nb: str, *named: Any) -> KnownFact:
    note = Text(note_en, note_nb) if note_en or note_nb else None
    told = dict(zip(NAMED_ALIKE, named, strict=True))
    return KnownFact(reached=Reached.GROUP, values=tuple(json.loads(as_text)), note=note, **told)


def _meetings(groups: GroupQuerySet) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(group__in=groups):
        found.setdefault(meeting.group_id, []).append(meeting)
    return found


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A hundred thousand objects are made and none is garbage; looking for some in between takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Shelf:
    """What many groups share is read once: their organisation, and what the very same facts come to."""

    def __init__(
        self,
        today: date,
        facts: Mapping[int, list[KnownFact]] | None = None,
        meetings: Mapping[int, list[Meeting]] | None = None,
    ) -> None:
        """Facts and meetings by group, where they were read beforehand."""
        self.today = today
        self._facts = facts
        self._meetings = meetings
        self._organisations: dict[int, tuple[CatalogOrganisation, tuple[KnownFact, ...]]] = {}
        self._resolutions: dict[tuple[int, frozenset[KnownFact]], Resolution] = {}

    def own_facts(self, row: Group) -> Iterable[KnownFact]:
        if self._facts is None:
            return [known_fact(fact, Reached.GROUP) for fact in row.facts.all()]
        return self._facts.get(row.pk, ())

    def meetings(self, row: Group) -> Iterable[Meeting]:
        return row.meetings.all() if self._meetings is None else self._meetings.get(row.pk, ())

    def organisation(self, row: Group) -> CatalogOrganisation:
        return self._organisation(row)[0]

    def resolution(self, row: Group, own: Iterable[KnownFact]) -> Resolution:
        """What the group's own facts come to, together with its organisation's."""
        key = (row.organisation_id, frozenset(own))
        if key not in self._resolutions:
            facts = (*key[1], *self._organisation(row)[1])
            self._resolutions[key] = resolve(facts, vocabulary(), today=self.today)
        return self._resolutions[key]

    def _organisation(self, row: Group) -> tuple[CatalogOrganisation, tuple[KnownFact, ...]]:
        if row.organisation_id not in self._organisations:
            organisation = row.organisation
            self._organisations[row.organisation_id] = (
                read_organisation(organisation),
                organisation_facts(organisation),
            )
        return self._organisations[row.organisation_id]


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


def _group(row: Group, shelf: _Shelf) -> CatalogGroup:
    meetings = _held(shelf.meetings(row), shelf.today)
    resolution = shelf.resolution(row, (*shelf.own_facts(row), *entry_facts(row, meetings)))
    return CatalogGroup(
        id=row.slug,
        name=row.name,
        organisation=shelf.organisation(row),
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


def meetings_on(row: Group, today: date) -> tuple[CatalogMeeting, ...]:
    """Those that are held these days. The row has its meetings at hand, or it costs a query."""
    return _held(row.meetings.all(), today)


def _held(meetings: Iterable[Meeting], today: date) -> tuple[CatalogMeeting, ...]:
    return tuple(
        CatalogMeeting(
            weekday=meeting.weekday,
            start=meeting.start,
            minutes=meeting.minutes,
            every=meeting.every,
            open=meeting.open,
            timezone=meeting.timezone,
            valid_from=meeting.valid_from,
            valid_until=meeting.valid_until,
            except_on=tuple(meeting.except_on),
        )
        for meeting in meetings
        if meeting.runs_on(today)
    )


def _coordinates(row: Group) -> Place | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Place(row.place, row.latitude, row.longitude)
