"""What the list of all changes and the page of one change show, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from groups_catalog.models import Change, Version
from groups_catalog.upkeep.changes import may_be_undone
from groups_catalog.upkeep.comparison import FieldDifference, compare
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.history.entries import Entry, document_of, entry_address, entry_name, names_in
from groups_catalog.upkeep.history.pages import Deed, deed

NAMED = 3
"""How many entries of one change are named in the list of changes."""


@dataclass(frozen=True, slots=True)
class EntryChanged:
    """One entry of one change."""

    name: str
    address: str
    differences: tuple[FieldDifference, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    deed: Deed
    entries: tuple[tuple[str, str], ...]
    """Name and address of the first few."""
    more: int
    may_be_undone: bool
    undone: bool


def change_lines(rows: Iterable[Change]) -> list[ChangeLine]:
    """The rows carry `entries`, their number of versions. One query more, however many entries a change has."""
    changes = list(rows)
    first = _first_entries(changes)
    return [_change_line(change, first.get(change.pk, [])) for change in changes]


def entries_changed(versions: Sequence[Version]) -> list[EntryChanged]:
    """What one change did to each of these."""
    before = _versions_before(versions)
    documents = [document_of(version) for version in versions]
    names = names_in([*documents, *before.values()])
    return [
        EntryChanged(
            name=entry_name(_entry(version)),
            address=entry_address(_entry(version), "history"),
            differences=tuple(compare(before[version.pk], document, names=names)) if version.pk in before else (),
            is_new=version.pk not in before,
        )
        for version, document in zip(versions, documents, strict=True)
    ]


def _change_line(change: Change, versions: list[Version]) -> ChangeLine:
    entries = [_entry(version) for version in versions]
    brought = any(version.organisation_id and version.number == 1 for version in versions)
    return ChangeLine(
        deed=deed(change),
        entries=tuple((entry_name(entry), entry_address(entry, "history")) for entry in entries),
        more=change.entries - len(entries),  # type: ignore[attr-defined]
        may_be_undone=may_be_undone(change) and not brought and bool(entries),
        undone=hasattr(change, "undone_by"),
    )


def _first_entries(changes: list[Change]) -> dict[int, list[Version]]:
    place = Window(RowNumber(), partition_by=F("change"), order_by=F("pk").asc())
    versions = Version.objects.filter(change__in=changes).annotate(place=place).filter(place__lte=NAMED)
    found: dict[int, list[Version]] = {}
    for version in versions.defer("document").select_related("group", "organisation"):
        found.setdefault(version.change_id or 0, []).append(version)
    return found


def _versions_before(versions: Sequence[Version]) -> dict[int, Document]:
    """By the key of the version, the document before it; absent for something new."""
    groups = [version.group_id for version in versions if version.group_id]
    organisations = [version.organisation_id for version in versions if version.organisation_id]
    numbers = {version.number - 1 for version in versions}
    earlier = Version.objects.filter(number__in=numbers)
    known = {
        (version.group_id, version.organisation_id, version.number): document_of(version)
        for version in earlier.filter(group__in=groups) | earlier.filter(organisation__in=organisations)
    }
    found = {
        version.pk: known.get((version.group_id, version.organisation_id, version.number - 1)) for version in versions
    }
    return {key: document for key, document in found.items() if document is not None}


def _entry(version: Version) -> Entry:
    entry = version.group or version.organisation
    if entry is None:
        raise LookupError(version.pk)
    return entry
