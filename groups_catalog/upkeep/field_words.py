"""The fields of a document and what stands in them, in plain words and in the language of the page.

    field_name("meetings") → "Meetings"        field_lines("meetings", [{…}]) → ["Tuesday 18:30–20:00, each week"]

Two values that differ read differently. An id that nobody knows any more stands as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.cards import kind_words
from groups_catalog.models import Kind
from groups_catalog.reading import is_partial_date
from groups_catalog.upkeep.documents import FACTS, NEW_MEETING, TEXTS
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import (
    BASES,
    CHECKED_HOW,
    LANES,
    LANGUAGES,
    MEMBERS,
    MODES,
    NTH,
    STATUSES,
    WEEKDAYS,
    date_words,
    here,
    hours_words,
    not_on_words,
    sources,
)

NAMES = {
    "name": _("Name"),
    "name_en": _("Name, in English"),
    "name_nb": _("Name, in Norwegian"),
    "short_name_en": _("Short name, in English"),
    "short_name_nb": _("Short name, in Norwegian"),
    "organisation": _("Organisation"),
    "kind": _("Kind of organisation"),
    "lane": _("Stands under"),
    "status": _("Status"),
    "mode": _("In person or online"),
    "meetings": _("Meetings"),
    "place": _("Place"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "venue": _("Venue"),
    "link": _("Link"),
    "languages": _("Languages"),
    "membership": _("Who may come"),
    "access_step_free": _("Can one get in without steps?"),
    "access_hearing": _("Is it suited for people with hearing loss?"),
    "access_sight": _("Is it suited for people with sight loss?"),
    "access_child_care": _("Is there child care?"),
    "contact_role_en": _("Contact, in English"),
    "contact_role_nb": _("Contact, in Norwegian"),
    "note_en": _("Note, in English"),
    "note_nb": _("Note, in Norwegian"),
    "checked_on": _("Last checked"),
    "checked_how": _("How it was checked"),
    "merged_into": _("Is the same as"),
    "site": _("Website"),
    f"{TEXTS}description": _("What it is"),
    f"{TEXTS}asks": _("What it asks of you"),
    f"{TEXTS}first_meeting": _("A first meeting"),
    f"{TEXTS}presence": _("In Norway"),
}
PAIR_NAMES = {"latitude": _("Coordinates"), "checked_on": _("Last checked")}
"""Of two fields that are shown as one, by the first of them."""
CHOICES: dict[str, Mapping[str, Any]] = {
    "lane": LANES,
    "mode": MODES,
    "status": STATUSES,
    "membership": MEMBERS,
    "checked_how": CHECKED_HOW,
}


@dataclass(frozen=True, slots=True)
class Names:
    """What stands in a document by its id only."""

    organisations: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


NO_NAMES = Names()


def field_name(field: str) -> str:
    """«Meetings»; for a fact the label of its attribute."""
    if field.startswith(FACTS):
        known = vocabulary().attributes.get(field.removeprefix(FACTS))
        return here(known.label) if known else field.removeprefix(FACTS)
    return str(NAMES.get(field, field))


def in_reading_order(fields: Iterable[str]) -> list[str]:
    """As an entry is read: its name first, the facts last, in the vocabulary's order. A database keeps no order."""
    facts = [f"{FACTS}{attribute}" for attribute in vocabulary().attributes]
    places = {field: place for place, field in enumerate((*NAMES, *facts))}
    return sorted(fields, key=lambda field: places.get(field, len(places)))


def field_lines(field: str, value: Any, names: Names = NO_NAMES) -> list[str]:
    """One line for each meeting, language or fact; no line where nothing stands."""
    if value is None or value in ("", []):
        return []
    if field.startswith(FACTS):
        return [_fact_line(field.removeprefix(FACTS), entry, names) for entry in value]
    if field.startswith(TEXTS):
        return _text_lines(value)
    if field in CHOICES:
        return [str(CHOICES[field].get(value, value))]
    words = WORDED.get(field)
    return words(value, names) if words else _plain_lines(value)


def nothing_words(field: str) -> str:
    """What to show where there is no line: of a fact that is «Not known», never «No»."""
    unknown = field.startswith((FACTS, "access_")) or field in {"languages", "latitude", "longitude"}
    if field == "meetings":
        return gettext("No meetings")
    return gettext("Not known") if unknown else gettext("Empty")


def meeting_line(meeting: Mapping[str, Any]) -> str:
    """«Tuesday 18:30–20:00, each week, open meeting»."""
    whole = {**NEW_MEETING, **meeting}
    return ", ".join([_when(whole), *_meeting_details(whole)])


def _plain_lines(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [gettext("Yes") if value else gettext("No")]
    return str(value).split("\n")


def _when(meeting: Mapping[str, Any]) -> str:
    weekday, every = meeting["weekday"], meeting["every"]
    day = str(WEEKDAYS[weekday]) if weekday in range(7) else str(weekday)
    hours = _hours(meeting["start"], meeting["minutes"])
    if every in NTH:
        return f"{capfirst(str(NTH[every]).format(weekday=day))} {hours}"
    return f"{capfirst(day)} {hours}, {gettext('each week')}"


def _hours(start: str, minutes: int) -> str:
    begins = datetime.combine(date.min, time.fromisoformat(start))
    ends = begins + timedelta(minutes=minutes)
    hours = hours_words(begins.time(), ends.time())
    return hours if ends.date() == begins.date() else gettext("{hours} the next day").format(hours=hours)


def _meeting_details(meeting: Mapping[str, Any]) -> Iterator[str]:
    if meeting["open"] is not None:
        yield gettext("open meeting") if meeting["open"] else gettext("closed meeting")
    if meeting["valid_from"]:
        yield gettext("from {day}").format(day=_day(meeting["valid_from"]))
    if meeting["valid_until"]:
        yield gettext("until {day}").format(day=_day(meeting["valid_until"]))
    if meeting["except_on"]:
        yield not_on_words([_day(day) for day in meeting["except_on"]])
    if meeting["timezone"] != NEW_MEETING["timezone"]:
        yield gettext("time in {zone}").format(zone=meeting["timezone"])


def _day(written: str) -> str:
    return date_words(written) if is_partial_date(written) else written


def _languages(codes: list[str], _names: Names) -> list[str]:
    """With the code where a word stands for more than one language."""
    words = [str(known) for known in LANGUAGES.values()]
    return [_language(code, words) for code in codes]


def _language(code: str, words: list[str]) -> str:
    name = str(LANGUAGES.get(code, code))
    return f"{name} ({code})" if words.count(name) > 1 else name


def _kind(kind: str, _names: Names) -> list[str]:
    return [kind_words(kind) if kind in Kind.values else kind]


WORDED: dict[str, Callable[[Any, Names], list[str]]] = {
    "meetings": lambda meetings, _names: [meeting_line(meeting) for meeting in meetings],
    "languages": _languages,
    "kind": _kind,
    "organisation": lambda slug, names: [names.organisations.get(slug, slug)],
    "merged_into": lambda slug, names: [names.groups.get(slug, slug)],
    "checked_on": lambda day, _names: [_day(day)],
}


def _fact_line(attribute: str, entry: Mapping[str, Any], names: Names) -> str:
    """«Asks before a hug. Observed. From: a visit, 3 May 2026. Told by 2 people.»"""
    return " ".join(part for part in _fact_parts(attribute, entry, names) if part)


def _fact_parts(attribute: str, entry: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield from _says(attribute, entry["values"])
    yield f"{BASES.get(entry['basis'], entry['basis'])}."
    yield _source(entry)
    if entry["observers"] > 1:
        told = ngettext("Told by {count} person.", "Told by {count} people.", entry["observers"])
        yield told.format(count=entry["observers"])
    if not entry["inherit"]:
        yield gettext("Not taken over by its groups.")
    yield from dict.fromkeys((entry["note_en"], entry["note_nb"]))
    if entry.get("recorded_by") in names.people:
        yield gettext("Written down by {person}.").format(person=names.people[entry["recorded_by"]])


def _says(attribute: str, values: list[str]) -> list[str]:
    known = vocabulary().attributes.get(attribute)
    found = known.values if known else {}
    return [here(found[value].says) if value in found else f"{value}." for value in values]


def _source(entry: Mapping[str, Any]) -> str:
    """«From: the group's leaflet, 3 May 2026. Not verified.»"""
    named = ", ".join(source.address or source.words for source in sources(entry["source"]))
    words = gettext("From: {source}, {day}.").format(source=named or entry["source"], day=_dated(entry["dated"]))
    return f"{words} {gettext('Not verified.')}" if entry["unverified"] else words


def _dated(dated: str) -> str:
    return _day(dated) if dated else gettext("date not known")


def _text_lines(text: Mapping[str, Any]) -> list[str]:
    lines = [*str(text["text_en"]).splitlines(), *str(text["text_nb"]).splitlines(), _source(text)]
    return [line for line in lines if line]
