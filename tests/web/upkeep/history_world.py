"""A clinic's catalog with a past: what the tests of history, conflicts and drafts start from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic, User
from groups_catalog.models import Change, ChangeKind, Group, Organisation, Version
from groups_catalog.upkeep.changes import LATEST, Act, Edit, record
from groups_catalog.upkeep.documents import Document, group_document, organisation_document, patched
from groups_catalog.upkeep.organisation_changes import rewrite
from tests.catalog_factories import a_fact, a_group, a_meeting, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client


@dataclass(frozen=True)
class Desk:
    """Two curators, Kari and Ola, and the group Havna that nobody has edited yet."""

    clinic: Clinic
    kari: User
    ola: User
    group: Group

    def document(self) -> Document:
        return document(self.group)

    def edited(self, by: User, *, why: str = "", based_on: int = LATEST, **changes: Any) -> Change:
        return edited(self.group, by, why=why, based_on=based_on, **changes)

    def versions(self) -> list[Version]:
        with scope(clinic=self.clinic):
            return list(Version.objects.filter(group=self.group))


def a_desk(*, four_eyes: bool = False) -> Desk:
    clinic = a_clinic()
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=four_eyes)
    clinic.refresh_from_db()
    group = a_group(clinic, "havna", name="Havna", organisation=_na())
    a_meeting(group)
    a_fact(group, "touch_custom", "ask_first")
    return Desk(clinic, a_curator(clinic, "Kari"), a_curator(clinic, "Ola"), group)


def _na() -> Organisation:
    """Shared by all clinics, so that a second desk has the same."""
    with scopes_disabled():
        found = Organisation.objects.filter(slug="na").first()
    return found or an_organisation("na", name_en="NA")


def a_curator(clinic: Clinic, label: str, role: str = "curator") -> User:
    user = a_member(clinic, role)
    user.label = label
    user.save()
    return user


def document(group: Group) -> Document:
    with scope(clinic=group.clinic):
        return group_document(Group.objects.for_documents().get(pk=group.pk))


def named(clinic: Clinic, slug: str) -> Group:
    with scope(clinic=clinic):
        return Group.objects.get(slug=slug)


def changes(clinic: Clinic) -> list[Change]:
    with scope(clinic=clinic):
        return list(Change.objects.newest_first())


def edited(group: Group, by: User, *, why: str = "", based_on: int = LATEST, **changes: Any) -> Change:
    """`facts__touch_custom` stands for `facts.touch_custom`."""
    named = {key.replace("__", "."): value for key, value in changes.items()}
    with scope(clinic=group.clinic):
        act = Act(group.clinic, ChangeKind.EDITED, by, why)
        return record(act, [Edit(group, patched(document(group), named), based_on)])


def organisation_edited(row: Organisation, clinic: Clinic, by: User, **changes: Any) -> Change:
    named = {key.replace("__", "."): value for key, value in changes.items()}
    with scope(clinic=clinic):
        before = organisation_document(Organisation.objects.for_page().get(pk=row.pk), clinic)
        return rewrite(Act(clinic, ChangeKind.EDITED, by), row, patched(before, named))


def a_said_fact(*values: str, **fields: Any) -> Document:
    """As it stands in a document."""
    said = {"values": sorted(values), "basis": "stated", "source": "A leaflet", "dated": "2025-10-01"}
    rest = {"unverified": False, "inherit": True, "observers": 1, "note_en": "", "note_nb": "", "recorded_by": None}
    return {**said, **rest, **fields}


def html_of(client: Client, address: str, status: int = 200, **form: Any) -> str:
    """The page at the address; with a form, what posting it leads to."""
    answer = client.post(address, form, follow=True) if form else client.get(address, follow=True)
    assert answer.status_code == status
    return str(answer.content.decode())


def browsers(*people: User) -> Iterator[Client]:
    return (signed_in_client(person) for person in people)
