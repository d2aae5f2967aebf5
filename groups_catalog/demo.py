"""Loads the invented clinic and its neighbour. A second run changes nothing."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django_scopes import scopes_disabled

from clinics.demo import DEMO_PASSWORD
from clinics.models import Clinic
from clinics.services import add_clinic, add_member
from groups_catalog.demo_files import ClinicSpec, GroupSpec, MeetingSpec, PersonSpec, read_demo
from groups_catalog.library import put_facts, put_organisation
from groups_catalog.library_files import OrganisationSpec
from groups_catalog.models import Group, Meeting, Organisation, Version
from groups_catalog.reading import ContentError
from groups_catalog.rows import Report, drop, put
from groups_catalog.services import catalog_changed
from groups_catalog.vocabulary import vocabulary


def load_demo(folder: Path, *, today: date) -> Report:
    """Raises ContentError, with nothing saved, when a file is wrong or the library is not loaded."""
    specs = read_demo(folder, vocabulary())
    report = Report()
    with transaction.atomic(), scopes_disabled():
        for spec in specs:
            _put_clinic(spec, report, today)
    return report


def _put_clinic(spec: ClinicSpec, report: Report, today: date) -> None:
    clinic, made = add_clinic(slug=spec.slug, name_en=spec.name.en, name_nb=spec.name.nb, invented=True)
    _count(report, "clinics", made)
    for person in spec.people:
        _count(report, "people", _add_person(clinic, person))
    for organisation in spec.organisations:
        _put_organisation(organisation, report, clinic)
    for group in spec.groups:
        _put_group(group, report, clinic, today)
    if report.changed_anything():
        catalog_changed(clinic=clinic)


def _count(report: Report, kind: str, made: bool) -> None:
    tally = report.of(kind)
    tally.added, tally.unchanged = tally.added + made, tally.unchanged + (not made)


def _add_person(clinic: Clinic, person: PersonSpec) -> bool:
    return add_member(
        clinic=clinic,
        username=person.username,
        password=DEMO_PASSWORD,
        role=person.role,
        label=person.label.en,
    )


def _put_organisation(spec: OrganisationSpec, report: Report, clinic: Clinic) -> None:
    own = Organisation.objects.filter(slug=spec.slug, clinic=clinic)
    if Version.objects.filter(organisation__in=own).exists():
        report.of("organisations").unchanged += 1
        return
    put_organisation(spec, report, clinic=clinic)


def _put_group(spec: GroupSpec, report: Report, clinic: Clinic, today: date) -> None:
    if Version.objects.filter(group__slug=spec.slug, group__clinic=clinic).exists():
        # Somebody has edited it: their word stands, with its meetings and facts.
        report.of("groups").unchanged += 1
        return
    row = put(
        Group.objects.all(),
        report.of("groups"),
        {"slug": spec.slug, "clinic": clinic},
        {"organisation": _organisation(spec, clinic), **_group_content(spec)},
        checked_on=today - timedelta(days=spec.checked_days_ago),
    )
    _put_meetings(spec.meetings, report, row)
    put_facts(spec.facts, report, {"group": row, "clinic": clinic}, today=today)


def _organisation(spec: GroupSpec, clinic: Clinic) -> Organisation:
    named = Organisation.objects.named(spec.organisation)
    found = named.filter(clinic=clinic).first() or named.filter(clinic=None).first()
    if found is None:
        missing = f"{spec.organisation} is not there; load the library first"
        raise ContentError(f"{spec.file}: organisation: {missing}")
    return found


def _group_content(spec: GroupSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "lane": spec.lane,
        "mode": spec.mode,
        "status": spec.status,
        "place": spec.place.name if spec.place else "",
        "latitude": spec.place.latitude if spec.place else None,
        "longitude": spec.place.longitude if spec.place else None,
        "venue": spec.venue,
        "languages": list(spec.languages),
        "membership": spec.membership,
        "contact_role_en": spec.contact_role.en,
        "contact_role_nb": spec.contact_role.nb,
        "note_en": spec.note.en,
        "note_nb": spec.note.nb,
        "checked_how": spec.checked_how,
        **{f"access_{name}": known for name, known in spec.access},
    }


def _put_meetings(specs: tuple[MeetingSpec, ...], report: Report, group: Group) -> None:
    meetings, tally = Meeting.objects.filter(group=group), report.of("meetings")
    kept = [
        put(
            meetings,
            tally,
            {"group": group, "weekday": spec.weekday, "start": spec.start, "every": spec.every},
            {"minutes": spec.minutes, "open": spec.open},
        )
        for spec in specs
    ]
    drop(meetings, tally, keep=kept)
