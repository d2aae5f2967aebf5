"""What is wrong with a document, in words for whoever wrote it: the forms, the spreadsheets and the meeting lists
all ask here before anything is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from groups_catalog.feeds.privacy import has_contact
from groups_catalog.models import Basis, CheckedHow, Every, Kind, Lane, Members, Mode, Status
from groups_catalog.reading import is_partial_date
from groups_catalog.upkeep.documents import FACTS, TEXTS, Document
from groups_catalog.vocabulary import Attribute, vocabulary

LONGEST = {"name": 160, "place": 80, "venue": 160, "link": 500, "contact_role_en": 120, "contact_role_nb": 120}
LONGEST |= {"note_en": 300, "note_nb": 300}
CHOICES = {
    "lane": Lane.values,
    "mode": Mode.values,
    "status": Status.values,
    "membership": Members.values,
    "checked_how": ["", *CheckedHow.values],
}
LONGEST_OF_ORGANISATIONS = {"name_en": 160, "name_nb": 160, "short_name_en": 80, "short_name_nb": 80}
CHOICES_OF_ORGANISATIONS = {"kind": Kind.values, "lane": Lane.values}
IMPERSONAL = ("contact_role_en", "contact_role_nb", "note_en", "note_nb")
"""Fields that everybody in the clinic reads, and in which nobody is named."""
IMPERSONAL_OF_FACTS = ("source", "note_en", "note_nb")
_PUBLISHED = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+|\bISBN\b[\s:]*[\d-]+[\dX]", re.IGNORECASE)
"""What a source is found by; its figures are no telephone number."""
NEEDS_A_PLACE = {Mode.IN_PERSON, Mode.HYBRID}


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is a key of the document, for a meeting with its number from 0: `meetings.2`."""

    field: str
    message: str


def faults(document: Document, *, today: date, before: Mapping[str, Any] | None = None) -> list[Fault]:
    """Of one group's document; empty when it may be written. A contact that stood there `before` may stay: somebody
    may have kept it on purpose when a list was read."""
    return [
        *_name_and_choices(document),
        *_merged(document),
        *_place(document),
        *_meetings(document["meetings"]),
        *_facts(document, today),
        *_contacts(document, before or {}),
    ]


def organisation_faults(document: Document, *, today: date, before: Mapping[str, Any] | None = None) -> list[Fault]:
    """Of what a clinic says of an organisation: its facts, and the whole entry where it is the clinic's own."""
    contacts = _contacts_in_facts(document, before or {})
    return [*_organisation_fields(document), *_texts(document, today), *_facts(document, today), *contacts]


def contact_faults(text: str) -> Iterator[str]:
    """Of a text in which nobody is named."""
    if has_contact(_PUBLISHED.sub(" ", text)):
        yield _("Write a role, not a phone number, an e-mail address or a code.")


def fact_faults(attribute: Attribute, entry: Mapping[str, Any], *, today: date) -> Iterator[str]:
    """Of one fact about one attribute."""
    values = entry["values"]
    if not values:
        yield _("Choose an answer.")
    if unknown := [value for value in values if value not in attribute.values]:
        yield _("“{value}” is not one of the answers.").format(value=unknown[0])
    if len(values) > 1 and not attribute.many:
        yield _("Choose one answer only.")
    if entry["basis"] not in Basis.values:
        yield _("Say whether it is stated or observed.")
    if not entry["source"].strip():
        yield _("Say where it is known from.")
    yield from dated_faults(entry["dated"], today)


def dated_faults(dated: str, today: date) -> Iterator[str]:
    """Of a date that may be known only to the year or the month; an empty one is not known."""
    if dated and not is_partial_date(dated):
        yield _("Write a year, a month or a day: 2024, 2024-05 or 2024-05-17.")
    elif dated > today.isoformat():
        yield _("The date lies in the future.")


def _name_and_choices(document: Document) -> Iterator[Fault]:
    if not document["name"].strip():
        yield Fault("name", _("Write a name."))
    for field, longest in LONGEST.items():
        if len(document[field]) > longest:
            yield Fault(field, _("Use at most {longest} characters.").format(longest=longest))
    for field, allowed in CHOICES.items():
        if document[field] not in allowed:
            yield Fault(field, _("“{value}” is not one of the answers.").format(value=document[field]))
    if document["link"] and not document["link"].startswith("https://"):
        yield Fault("link", _("A link begins with https://."))


def _contacts(document: Document, before: Mapping[str, Any]) -> Iterator[Fault]:
    for field in IMPERSONAL:
        if document[field] != before.get(field):
            yield from (Fault(field, message) for message in contact_faults(document[field]))
    yield from _contacts_in_facts(document, before)


def _contacts_in_facts(document: Document, before: Mapping[str, Any]) -> Iterator[Fault]:
    for key in [key for key in document if key.startswith(FACTS)]:
        known = {entry[name] for entry in before.get(key) or [] for name in IMPERSONAL_OF_FACTS}
        said = [entry[name] for entry in document[key] for name in IMPERSONAL_OF_FACTS if entry[name] not in known]
        yield from (Fault(key, message) for text in said for message in contact_faults(text))


def _merged(document: Document) -> Iterator[Fault]:
    """Nobody is led on from a group that one can go to."""
    if document.get("merged_into") and document["status"] != Status.CLOSED:
        yield Fault("merged_into", _("Only a closed group can be the same as another one."))


def _organisation_fields(document: Document) -> Iterator[Fault]:
    for field, longest in LONGEST_OF_ORGANISATIONS.items():
        written = document.get(field)
        if written is not None and not written.strip():
            yield Fault(field, _("Write a name."))
        elif written and len(written) > longest:
            yield Fault(field, _("Use at most {longest} characters.").format(longest=longest))
    for field, allowed in CHOICES_OF_ORGANISATIONS.items():
        if field in document and document[field] not in allowed:
            yield Fault(field, _("“{value}” is not one of the answers.").format(value=document[field]))
    if document.get("site") and not document["site"].startswith(("https://", "http://")):
        yield Fault("site", _("A link begins with https://."))


def _texts(document: Document, today: date) -> Iterator[Fault]:
    for key in [key for key in document if key.startswith(TEXTS)]:
        text = document[key]
        if not (text["text_en"].strip() and text["text_nb"].strip()):
            yield Fault(key, _("Write the text in both languages."))
        if not text["source"].strip():
            yield Fault(key, _("Say where it is known from."))
        yield from (Fault(key, message) for message in dated_faults(text["dated"], today))


def _place(document: Document) -> Iterator[Fault]:
    in_person = document["mode"] in NEEDS_A_PLACE
    if document["status"] == Status.PUBLISHED and in_person and not document["place"].strip():
        yield Fault("place", _("A published group that meets in person needs a place."))
    latitude, longitude = document["latitude"], document["longitude"]
    if (latitude is None) != (longitude is None):
        yield Fault("latitude", _("Give both coordinates, or none."))
    elif latitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        yield Fault("latitude", _("These coordinates are not on the map."))


def _meetings(meetings: list[Document]) -> Iterator[Fault]:
    seen: set[tuple[Any, ...]] = set()
    for number, meeting in enumerate(meetings):
        for check in (_time, _span, _exceptions):
            yield from (Fault(f"meetings.{number}", message) for message in check(meeting))
        key = (meeting["weekday"], meeting["start"], meeting["every"])
        if key in seen:
            yield Fault(f"meetings.{number}", _("This day and time stands there twice."))
        seen.add(key)


def _time(meeting: Document) -> Iterator[str]:
    if meeting["weekday"] not in range(7):
        yield _("Choose a day of the week.")
    if not _reads(time.fromisoformat, meeting["start"]):
        yield _("Write the time as 18:30.")
    if not isinstance(meeting["minutes"], int) or not 1 <= meeting["minutes"] <= 1440:
        yield _("A meeting lasts from one minute to a whole day.")
    if not _known_zone(meeting["timezone"]):
        yield _("“{value}” is not a time zone.").format(value=meeting["timezone"])


def _span(meeting: Document) -> Iterator[str]:
    first, last = meeting["valid_from"], meeting["valid_until"]
    if any(day and not _reads(date.fromisoformat, day) for day in (first, last)):
        yield _("Write a day as 2026-05-17.")
    elif first and last and last < first:
        yield _("The last day lies before the first.")
    if meeting["every"] not in Every.values:
        yield _("Choose how often it is held.")
    elif meeting["every"] == Every.FORTNIGHT and not first:
        yield _("Every other week counts from a first day: give it.")


def _exceptions(meeting: Document) -> Iterator[str]:
    if wrong := [day for day in meeting["except_on"] if not _reads(date.fromisoformat, day)]:
        yield _("“{value}” is not a day such as 2026-12-24.").format(value=wrong[0])


def _facts(document: Document, today: date) -> Iterator[Fault]:
    known = vocabulary().attributes
    for key in [key for key in document if key.startswith(FACTS)]:
        attribute = known.get(key.removeprefix(FACTS))
        if attribute is None or attribute.is_date:
            yield Fault(key, _("“{value}” is not in the vocabulary.").format(value=key.removeprefix(FACTS)))
            continue
        for entry in document[key]:
            yield from (Fault(key, message) for message in fact_faults(attribute, entry, today=today))


def _reads(read: Callable[[str], object], written: object) -> bool:
    try:
        read(str(written))
    except ValueError:
        return False
    return True


def _known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
