"""What the pages about one entry's history show, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.models import User
from groups_catalog.models import Change, ChangeKind, Version
from groups_catalog.upkeep.comparison import FieldDifference, compare
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.field_words import field_lines, field_name, in_reading_order, nothing_words
from groups_catalog.upkeep.history.entries import Entry, document_of, entry_address, names_in, versions_of
from groups_catalog.wording import clock_words, date_words


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what, when and why."""

    what: str
    who: str
    approved_by: str
    at: datetime
    when: str
    why: str
    change: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    number: int
    deed: Deed | None
    """None for how the entry stood before anybody edited it here."""
    differences: tuple[FieldDifference, ...]
    fields: str
    address: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    name: str
    lines: tuple[str, ...]
    nothing: str


def deed(change: Change) -> Deed:
    return Deed(
        what=str(ChangeKind(change.kind).label),
        who=person_words(change.by),
        approved_by=str(change.approved_by) if change.approved_by else "",
        at=change.at,
        when=when_words(change.at),
        why=change.why,
        change=change.pk,
    )


def when_words(at: datetime) -> str:
    """«22 November 2026 18:30»."""
    return f"{day_words(at)} {clock_words(timezone.localtime(at).time())}"


def day_words(at: datetime) -> str:
    return date_words(timezone.localtime(at).date().isoformat())


def person_words(person: User | None) -> str:
    return str(person) if person else _("Automatic")


def saved_since(entry: Entry, number: int) -> list[Deed]:
    """What others did after that version, the newest first."""
    later = versions_of(entry).filter(number__gt=number).order_by("-number")
    return [deed(version.change) for version in later if version.change]


def version_lines(entry: Entry, versions: Sequence[Version], size: int) -> list[VersionLine]:
    """The first `size` of these, the newest first; each is compared with the one after it."""
    documents = [document_of(version) for version in versions]
    names = names_in(documents)
    lines = zip_longest(versions[:size], documents[:size], documents[1 : size + 1])
    return [
        _version_line(entry, version, compare(before, document, names=names) if before is not None else [])
        for version, document, before in lines
    ]


def shown(document: Document) -> list[FieldShown]:
    """Every field, in the order in which an entry is read."""
    names = names_in([document])
    return [
        FieldShown(field_name(field), tuple(field_lines(field, document[field], names)), nothing_words(field))
        for field in in_reading_order(document)
    ]


def _version_line(entry: Entry, version: Version, differences: list[FieldDifference]) -> VersionLine:
    return VersionLine(
        number=version.number,
        deed=deed(version.change) if version.change else None,
        differences=tuple(differences),
        fields=", ".join(difference.name for difference in differences),
        address=entry_address(entry, "version", number=version.number),
    )
