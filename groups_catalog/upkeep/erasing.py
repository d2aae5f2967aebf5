"""Takes a text out of everything that is kept of a catalog's past.

History keeps what was written, and somebody may have written a person's name. The entry itself is mended first, by
hand; this is for the versions, drafts, reasons and records of lists that still hold the text.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction

from clinics.models import Clinic
from groups_catalog.models import Change, Draft, DraftState, Group, Listing, Proposal, Version
from groups_catalog.upkeep.documents import group_document

ERASED = "[…]"
SHORTEST = 3
"""Fewer letters would stand in half of all words."""
KEPT: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (Version, "clinic", ("document",)),
    (Draft, "clinic", ("document", "why", "decided_why")),
    (Change, "clinic", ("why",)),
    (Listing, "source__clinic", ("seen", "raw")),
    (Proposal, "run__source__clinic", ("name", "theirs", "raw")),
)
"""Every table that remembers words, how its rows belong to a clinic, and where the words stand."""


class StillStandsError(Exception):
    """The text is still in an entry or in a waiting draft; `names` says where."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class TooShortError(Exception):
    """The text is too short to be told from parts of other words."""


@transaction.atomic
def erase(clinic: Clinic, text: str) -> int:
    """The number of rows that held the text, in any case of letters; needs the clinic's open scope."""
    wanted = text.strip().casefold()
    if len(wanted) < SHORTEST:
        raise TooShortError
    if names := sorted(set(_in_use(clinic, wanted))):
        raise StillStandsError(names)
    return sum(_erase_in(table, owner, fields, clinic, wanted) for table, owner, fields in KEPT)


def _in_use(clinic: Clinic, wanted: str) -> Iterator[str]:
    """Where the text stands today: every entry as it is, and drafts that may still come to hold."""
    for group in Group.objects.filter(clinic=clinic).for_documents().iterator(chunk_size=500):
        if _holds(group_document(group), wanted):
            yield group.slug
    versions = Version.objects.filter(clinic=clinic, organisation__isnull=False).select_related("organisation")
    for version in {version.organisation: version for version in versions.order_by("number")}.values():
        if version.organisation and _holds(version.document, wanted):
            yield version.organisation.slug
    for draft in Draft.objects.filter(clinic=clinic, state=DraftState.WAITING):
        if _holds(draft.document, wanted):
            yield f"draft {draft.pk}"


def _erase_in(table: type[models.Model], owner: str, fields: tuple[str, ...], clinic: Clinic, wanted: str) -> int:
    found = 0
    for row in table._default_manager.filter(**{owner: clinic}).iterator():
        held = [name for name in fields if _holds(getattr(row, name), wanted)]
        for name in held:
            setattr(row, name, _without(getattr(row, name), wanted))
        if held:
            row.save(update_fields=held)
            found += 1
    return found


def _holds(value: Any, wanted: str) -> bool:
    if isinstance(value, str):
        return wanted in value.casefold()
    if isinstance(value, dict):
        return any(_holds(part, wanted) for part in value.values())
    return isinstance(value, list) and any(_holds(part, wanted) for part in value)


def _without(value: Any, wanted: str) -> Any:
    if isinstance(value, str):
        return _cut(value, wanted)
    if isinstance(value, dict):
        return {name: _without(part, wanted) for name, part in value.items()}
    return [_without(part, wanted) for part in value] if isinstance(value, list) else value


def _cut(text: str, wanted: str) -> str:
    """Letters that fold to two, as ß does, make a text longer: then only all of it is safe to take out."""
    folded = text.casefold()
    if wanted not in folded:
        return text
    if len(folded) != len(text):
        return ERASED
    before = folded.index(wanted)
    return text[:before] + ERASED + _cut(text[before + len(wanted) :], wanted)
