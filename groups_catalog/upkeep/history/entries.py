"""What history, conflicts and drafts ask of an entry, whether it is a group or an organisation."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.models import Clinic, User
from groups_catalog.models import Group, Organisation, Version
from groups_catalog.upkeep.changes import Act, Edit, version_numbers
from groups_catalog.upkeep.documents import (
    FACTS,
    Document,
    completed,
    group_document,
    organisation_document,
)
from groups_catalog.upkeep.faults import faults, organisation_faults
from groups_catalog.upkeep.field_words import Names, field_name
from groups_catalog.upkeep.four_eyes import Submitted, submit, submit_organisation
from groups_catalog.upkeep.organisation_changes import newest_number
from groups_catalog.wording import here

Entry = Group | Organisation
GROUP, ORGANISATION = "group", "organisation"


def entry_or_404(kind: str, slug: str) -> Entry:
    """Another clinic's is not there. `kind` stands in the address's own definition, never in what is sent."""
    if kind == GROUP:
        return get_object_or_404(Group, slug=slug)
    found: Organisation = get_object_or_404(Organisation.objects.named(slug)[:1])
    return found


def entry_kind(entry: Entry) -> str:
    return GROUP if isinstance(entry, Group) else ORGANISATION


def entry_name(entry: Entry) -> str:
    return entry.name if isinstance(entry, Group) else here(entry.name)


def entry_address(entry: Entry, page: str = "", **values: object) -> str:
    """`entry_address(group, "version", number=3)`; without a page the entry's own."""
    name = f"{entry_kind(entry)}-{page}" if page else entry_kind(entry)
    return reverse(name, kwargs={"slug": entry.slug, **values})


def versions_of(entry: Entry) -> QuerySet[Version]:
    """This clinic's, with who made each."""
    about = {entry_kind(entry): entry}
    return Version.objects.filter(**about).select_related("change__by", "change__approved_by")


def current(entry: Entry, clinic: Clinic) -> tuple[int, Document]:
    """The number of the newest version, and how the entry stands now.

    In this order: who saves between the two reads makes the document newer than its number, which is told as a
    conflict. The other way round an old document would pass for the newest one, and overwrite what was saved.
    """
    if isinstance(entry, Group):
        number = version_numbers([entry])[entry.pk]
        return number, group_document(Group.objects.for_documents().get(pk=entry.pk))
    number = newest_number(entry, clinic)
    return number, organisation_document(Organisation.objects.for_page().get(pk=entry.pk), clinic)


def document_of(version: Version) -> Document:
    return completed(version.document) if version.group_id else version.document


def document_at(entry: Entry, number: int) -> Document | None:
    version = versions_of(entry).filter(number=number).first()
    return document_of(version) if version else None


def submit_entry(act: Act, entry: Entry, document: Document, based_on: int) -> Submitted:
    """Raises ConflictError, with nothing written."""
    if isinstance(entry, Group):
        return submit(act, [Edit(entry, document, based_on)])
    return submit_organisation(act, entry, document, based_on=based_on)


def faults_of(document: Document, kind: str, *, before: Document | None = None) -> list[str]:
    """What keeps the document from being written, in words. `before`: where its words stood already."""
    check = faults if kind == GROUP else organisation_faults
    found = check(document, today=timezone.localdate(), before=before)
    words = [f"{field_name(_whole(fault.field))}: {fault.message}" for fault in found]
    return [*words, *_missing_organisation(document)]


def names_in(documents: Iterable[Mapping[str, Any]]) -> Names:
    """The names of what stands in these documents by its id: at most three queries."""
    known = list(documents)
    organisations = {document["organisation"] for document in known if document.get("organisation")}
    groups = {document["merged_into"] for document in known if document.get("merged_into")}
    people = {person for document in known for person in _recorders(document)}
    return Names(
        organisations=_organisation_names(organisations),
        groups=dict(Group.objects.filter(slug__in=groups).values_list("slug", "name")) if groups else {},
        people={user.pk: str(user) for user in User.objects.filter(pk__in=people)} if people else {},
    )


def _organisation_names(slugs: set[str]) -> dict[str, str]:
    """A clinic's own organisation stands before the shared one of the same id."""
    found = Organisation.objects.filter(slug__in=slugs) if slugs else []
    return {row.slug: here(row.name) for row in sorted(found, key=lambda row: row.clinic_id is not None)}


def _recorders(document: Mapping[str, Any]) -> Iterator[int]:
    for key in document:
        if key.startswith(FACTS):
            yield from (entry["recorded_by"] for entry in document[key] if entry.get("recorded_by"))


def _missing_organisation(document: Document) -> list[str]:
    slug = document.get("organisation")
    if slug is None or Organisation.objects.filter(slug=slug).exists():
        return []
    return [_("Its organisation is no longer in the catalog: {name}.").format(name=slug)]


def _whole(field: str) -> str:
    """A meeting's fault names it by number: `meetings.2`."""
    return "meetings" if field.startswith("meetings.") else field
