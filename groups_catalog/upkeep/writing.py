"""Puts documents back into rows. Only `changes.py` calls this, so that nothing is written without its history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from clinics.models import Clinic, User
from groups_catalog.models import Fact, Group, Meeting, Organisation, OrganisationText
from groups_catalog.upkeep.documents import (
    FACT_FIELDS,
    FACTS,
    GROUP_FIELDS,
    MEETING_FIELDS,
    ORGANISATION_FIELDS,
    TEXT_FIELDS,
    TEXTS,
    Document,
    changed_fields,
)

DAYS = ("checked_on", "valid_from", "valid_until")
BATCH = 500


def add_groups(documents: Mapping[str, Document], *, clinic: Clinic) -> list[Group]:
    """New groups, by the slug they are to have, with their meetings and facts: a few queries for any number."""
    organisations = _organisations(documents.values(), clinic)
    rows = [
        Group(clinic=clinic, slug=slug, organisation=organisations[document["organisation"]], **_columns(document))
        for slug, document in documents.items()
    ]
    made = Group.objects.bulk_create(rows, batch_size=BATCH)
    _add_meetings(zip(made, documents.values(), strict=True))
    _add_facts(zip(made, documents.values(), strict=True))
    return made


def rewrite_group(group: Group, before: Document, after: Document) -> None:
    """Changes what differs, and nothing else."""
    changed = changed_fields(before, after)
    columns = [name for name in changed if name in GROUP_FIELDS]
    for name, value in _columns(after).items():
        if name in columns:
            setattr(group, name, value)
    if "organisation" in changed:
        group.organisation = _organisations([after], group.clinic)[after["organisation"]]
        columns.append("organisation")
    if "merged_into" in changed:
        group.merged_into = Group.objects.filter(slug=after["merged_into"]).first()
        columns.append("merged_into")
    if columns:
        group.save(update_fields=columns)
    if "meetings" in changed:
        Meeting.objects.filter(group=group).delete()
        _add_meetings([(group, after)])
    if facts := [name.removeprefix(FACTS) for name in changed if name.startswith(FACTS)]:
        Fact.objects.filter(group=group, attribute__in=facts).delete()
        _write_facts(_fact_rows(after, facts, group=group, clinic=group.clinic))


def add_organisation(slug: str, document: Document, *, clinic: Clinic) -> Organisation:
    fields = {name: document[name] for name in ORGANISATION_FIELDS}
    row: Organisation = Organisation.objects.create(slug=slug, clinic=clinic, **fields)
    rewrite_organisation(row, fields, document, clinic=clinic)
    return row


def rewrite_organisation(row: Organisation, before: Document, after: Document, *, clinic: Clinic) -> None:
    """Changes what differs of what the clinic itself says; a shared organisation keeps its shared entry."""
    changed = changed_fields(before, after)
    columns = [name for name in changed if name in ORGANISATION_FIELDS]
    for name in columns:
        setattr(row, name, after[name])
    if columns:
        row.save(update_fields=columns)
    for key in changed:
        if key.startswith(TEXTS):
            _put_text(row, key.removeprefix(TEXTS), after.get(key))
    if facts := [name.removeprefix(FACTS) for name in changed if name.startswith(FACTS)]:
        Fact.objects.filter(organisation=row, clinic=clinic, attribute__in=facts).delete()
        _write_facts(_fact_rows(after, facts, organisation=row, clinic=clinic))


def _columns(document: Document) -> dict[str, Any]:
    return {name: _read(name, document[name]) for name in GROUP_FIELDS}


def _read(name: str, value: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value) if value else None
    return time.fromisoformat(value) if name == "start" else value


def _organisations(documents: Iterable[Document], clinic: Clinic) -> dict[str, Organisation]:
    """By id; where the clinic has one of its own under a shared id, its own."""
    wanted = {document["organisation"] for document in documents}
    found = Organisation.objects.filter(slug__in=wanted)
    return {row.slug: row for row in sorted(found, key=lambda row: row.clinic_id is not None)}


def _add_meetings(pairs: Iterable[tuple[Group, Document]]) -> None:
    rows = [
        Meeting(group=group, **{name: _read(name, meeting[name]) for name in MEETING_FIELDS})
        for group, document in pairs
        for meeting in document["meetings"]
    ]
    Meeting.objects.bulk_create(rows, batch_size=BATCH)


def _add_facts(pairs: Iterable[tuple[Group, Document]]) -> None:
    rows = [
        fact
        for group, document in pairs
        for fact in _fact_rows(document, _own_facts(document), group=group, clinic=group.clinic)
    ]
    _write_facts(rows)


def _own_facts(document: Document) -> list[str]:
    return [key.removeprefix(FACTS) for key in document if key.startswith(FACTS)]


def _fact_rows(document: Document, attributes: Sequence[str], **owner: Any) -> list[Fact]:
    return [
        Fact(
            attribute=attribute,
            recorded_by_id=entry.get("recorded_by"),
            **{name: entry[name] for name in FACT_FIELDS},
            **owner,
        )
        for attribute in attributes
        for entry in document.get(f"{FACTS}{attribute}", [])
    ]


def _write_facts(rows: Sequence[Fact]) -> None:
    """A document may be older than the account of whoever wrote the fact down: then nobody is named."""
    named = {row.recorded_by_id for row in rows if row.recorded_by_id}
    known = set(User.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    for row in rows:
        if row.recorded_by_id not in known:
            row.recorded_by_id = None
    Fact.objects.bulk_create(rows, batch_size=BATCH)


def _put_text(row: Organisation, kind: str, text: Document | None) -> None:
    if text is None:
        OrganisationText.objects.filter(organisation=row, kind=kind).delete()
        return
    content = {name: text[name] for name in TEXT_FIELDS}
    OrganisationText.objects.update_or_create(organisation=row, kind=kind, defaults=content)
