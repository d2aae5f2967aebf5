"""One entry as a flat document: what is compared, kept in history, restored, drafted, imported and exported.

    {"name": "Havna", "organisation": "na", "meetings": [{"weekday": 0, …}], "facts.touch_custom": [{"values": […]}]}

Everything in it is JSON: days as `YYYY-MM-DD`, times as `HH:MM`, lists in a fixed order, so that two documents
say the same exactly when they are equal. A fact of its own is present, one that nobody has recorded is absent.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from clinics.models import Clinic
from groups_catalog.models import Fact, Group, Meeting, Organisation, OrganisationText

Document = dict[str, Any]
FACTS = "facts."
TEXTS = "texts."
GROUP_FIELDS = (
    "name",
    "lane",
    "mode",
    "status",
    "place",
    "latitude",
    "longitude",
    "venue",
    "link",
    "languages",
    "membership",
    "access_step_free",
    "access_hearing",
    "access_sight",
    "access_child_care",
    "contact_role_en",
    "contact_role_nb",
    "note_en",
    "note_nb",
    "checked_on",
    "checked_how",
)
"""The columns of a group that stand in its document; `organisation` and `merged_into` stand there by their ids."""
ORGANISATION_FIELDS = ("kind", "lane", "name_en", "name_nb", "short_name_en", "short_name_nb", "site")
TEXT_FIELDS = ("text_en", "text_nb", "source", "dated", "unverified")
FACT_FIELDS = ("values", "basis", "source", "dated", "unverified", "inherit", "observers", "note_en", "note_nb")
MEETING_FIELDS = (
    "weekday",
    "start",
    "minutes",
    "timezone",
    "every",
    "valid_from",
    "valid_until",
    "open",
    "except_on",
)
NEW_GROUP: Document = {
    "status": "draft",
    "place": "",
    "latitude": None,
    "longitude": None,
    "venue": "",
    "link": "",
    "languages": [],
    "membership": "everyone",
    "access_step_free": None,
    "access_hearing": None,
    "access_sight": None,
    "access_child_care": None,
    "contact_role_en": "",
    "contact_role_nb": "",
    "note_en": "",
    "note_nb": "",
    "checked_on": None,
    "checked_how": "",
    "merged_into": "",
    "meetings": [],
}
"""What a new group says before anybody has said more; it still needs a name, an organisation, a lane and a mode."""
NEW_MEETING: Document = {
    "timezone": "Europe/Oslo",
    "every": "week",
    "valid_from": None,
    "valid_until": None,
    "open": None,
    "except_on": [],
}
NEW_FACT: Document = {
    "values": [],
    "basis": "stated",
    "source": "",
    "dated": "",
    "unverified": False,
    "inherit": True,
    "observers": 1,
    "note_en": "",
    "note_nb": "",
    "recorded_by": None,
}
"""One fact before anybody has said anything: without values and a source it may not be written."""


def group_document(row: Group) -> Document:
    """The row comes from `for_documents()`, or it costs queries of its own."""
    return {
        **{name: written(getattr(row, name)) for name in GROUP_FIELDS},
        "organisation": row.organisation.slug,
        "merged_into": row.merged_into.slug if row.merged_into else "",
        "meetings": in_order(_meeting(meeting) for meeting in row.meetings.all()),
        **_facts(row.facts.all()),
    }


def organisation_document(row: Organisation, clinic: Clinic) -> Document:
    """What the clinic itself says: its own facts, and the whole entry where the organisation is its own."""
    own = [fact for fact in row.facts.all() if fact.clinic_id == clinic.pk]
    if row.clinic_id != clinic.pk:
        return _facts(own)
    fields = {name: getattr(row, name) for name in ORGANISATION_FIELDS}
    return {**fields, **{f"{TEXTS}{text.kind}": _text(text) for text in row.texts.all()}, **_facts(own)}


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys whose values differ, in the order of the documents; a key may stand in one of them only."""
    keys = dict.fromkeys((*before, *after))
    return tuple(key for key in keys if before.get(key) != after.get(key))


def patched(document: Mapping[str, Any], changes: Mapping[str, Any]) -> Document:
    """The document with the changes; a fact or text changed to None is taken out."""
    whole = {**document, **changes}
    return {key: value for key, value in whole.items() if value is not None or not key.startswith((FACTS, TEXTS))}


def completed(document: Mapping[str, Any]) -> Document:
    """A group's document from an earlier day, with what groups could not say then."""
    return {**NEW_GROUP, **document}


def in_order(meetings: Iterable[Document]) -> list[Document]:
    """Weekly ones first, in the order of the week."""
    return sorted(meetings, key=lambda m: (m["every"] != "week", m["weekday"], m["start"], m["every"]))


def facts_in_order(facts: Iterable[Document]) -> list[Document]:
    return sorted(facts, key=lambda fact: (fact["basis"], fact["dated"], fact["source"], fact["values"]))


def fact_attributes(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The attributes on which the document has facts of its own."""
    return tuple(key.removeprefix(FACTS) for key in document if key.startswith(FACTS))


def written(value: object) -> object:
    """A column's value as JSON."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def _meeting(row: Meeting) -> Document:
    return {name: written(getattr(row, name)) for name in MEETING_FIELDS}


def _text(row: OrganisationText) -> Document:
    return {name: getattr(row, name) for name in TEXT_FIELDS}


def _facts(rows: Iterable[Fact]) -> Document:
    """By attribute, each a list: a stated and an observed fact may stand beside each other."""
    found: dict[str, list[Document]] = {}
    for row in rows:
        entry = {**{name: getattr(row, name) for name in FACT_FIELDS}, "recorded_by": row.recorded_by_id}
        found.setdefault(f"{FACTS}{row.attribute}", []).append(entry)
    return {key: facts_in_order(found[key]) for key in sorted(found)}
