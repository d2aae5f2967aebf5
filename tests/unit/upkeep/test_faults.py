"""What is wrong with a document is said of the field, in words; what is right is let through."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given

from groups_catalog.upkeep.documents import Document, changed_fields, completed, patched
from groups_catalog.upkeep.faults import contact_faults, faults, organisation_faults
from groups_catalog.upkeep.slugs import new_slugs
from tests.document_factories import BASE, FACT, a_meeting_document, group_documents

TODAY = date(2026, 6, 1)
FIXTURES = settings.BASE_DIR / "fixtures"
OWN = {"kind": "ngo", "lane": "addiction", "name_en": "House", "name_nb": "Hus", "site": ""}
OWN |= {"short_name_en": "House", "short_name_nb": "Hus"}
TEXT = {"text_en": "Hello.", "text_nb": "Hei.", "source": "A leaflet", "dated": "2024", "unverified": False}


def told(document: Document) -> list[tuple[str, str]]:
    return [(fault.field, fault.message) for fault in faults(document, today=TODAY)]


ROLE = "Write a role, not a phone number, an e-mail address or a code."
CONTACTS = ["Kari Nordmann 99887766", "kari@example.org", "Passcode: rosebud", "+47 998 87 766", "Dørkode 1234"]


@pytest.mark.parametrize("text", CONTACTS)
@pytest.mark.parametrize("field", ["contact_role_en", "contact_role_nb", "note_en", "note_nb"])
def test_a_number_an_address_or_a_code_is_refused_where_everybody_reads_it(field: str, text: str) -> None:
    document = {**BASE, field: text}
    assert told(document) == [(field, ROLE)]
    assert not faults({**document, "venue": "Huset"}, today=TODAY, before=document)


@pytest.mark.parametrize("text", CONTACTS)
@pytest.mark.parametrize("name", ["source", "note_en", "note_nb"])
def test_a_fact_names_nobody_either(name: str, text: str) -> None:
    document = {**BASE, "facts.touch_custom": [{**FACT, name: text}]}
    assert told(document) == [("facts.touch_custom", ROLE)]
    assert not faults(document, today=TODAY, before=document)


@pytest.mark.parametrize(
    "source",
    [
        "Kristensen 2022, https://doi.org/10.1177/14550725221083465",
        "doi:10.1177/14550725221083465 ; ISBN 978-82-7634-123-4",
        "https://www.facebook.com/groups/102938475610",
        "A visit, 3 May 2026, 18:00–19:30 ; 2025-10-01",
        "The group’s contact, by phone",
    ],
)
def test_what_a_source_is_found_by_is_no_telephone_number(source: str) -> None:
    assert not told({**BASE, "facts.touch_custom": [{**FACT, "source": source}]})


def test_nothing_in_the_library_and_the_demo_is_refused() -> None:
    files = [yaml.safe_load(file.read_text()) for file in sorted(FIXTURES.rglob("*.yaml"))]
    texts = [text for content in files for text in every_text(content)]
    assert len(texts) > 500
    assert not [text for text in texts if list(contact_faults(text))]


def every_text(node: Any, key: str = "") -> Iterator[str]:
    """Of every note, source and contact."""
    if isinstance(node, dict):
        for name, inner in node.items():
            inside = f"{name}" if name in {"note", "source", "contact_role", "contact"} else key
            yield from every_text(inner, inside)
    elif isinstance(node, list):
        for inner in node:
            yield from every_text(inner, key)
    elif isinstance(node, str) and key:
        yield node


@given(group_documents())
def test_whatever_may_be_written_has_no_fault(document: Document) -> None:
    assert not faults(document, today=date.max)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "  ", "Write a name."),
        ("name", "x" * 161, "Use at most 160 characters."),
        ("note_nb", "x" * 301, "Use at most 300 characters."),
        ("lane", "elsewhere", "“elsewhere” is not one of the answers."),
        ("checked_how", "dream", "“dream” is not one of the answers."),
        ("link", "http://example.org", "A link begins with https://."),
        ("link", "javascript:alert(1)", "A link begins with https://."),
        ("facts.gone", [FACT], "“gone” is not in the vocabulary."),
        ("facts.touch_custom", [{**FACT, "values": []}], "Choose an answer."),
        ("facts.touch_custom", [{**FACT, "values": ["x"]}], "“x” is not one of the answers."),
        ("facts.touch_custom", [{**FACT, "basis": "rumour"}], "Say whether it is stated or observed."),
        ("facts.touch_custom", [{**FACT, "source": " "}], "Say where it is known from."),
        (
            "facts.touch_custom",
            [{**FACT, "dated": "May"}],
            "Write a year, a month or a day: 2024, 2024-05 or 2024-05-17.",
        ),
        ("facts.touch_custom", [{**FACT, "dated": "2027"}], "The date lies in the future."),
    ],
)
def test_a_wrong_field_is_told(field: str, value: object, message: str) -> None:
    assert told({**BASE, field: value}) == [(field, message)]


def test_one_answer_only_where_there_is_one() -> None:
    both = [{**FACT, "values": ["ask_first", "no_touch"]}]
    assert told({**BASE, "facts.touch_custom": both}) == [("facts.touch_custom", "Choose one answer only.")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weekday": 7}, "Choose a day of the week."),
        ({"start": "25:00"}, "Write the time as 18:30."),
        ({"minutes": 0}, "A meeting lasts from one minute to a whole day."),
        ({"minutes": "60"}, "A meeting lasts from one minute to a whole day."),
        ({"timezone": "Mars/Olympus"}, "“Mars/Olympus” is not a time zone."),
        ({"valid_from": "May"}, "Write a day as 2026-05-17."),
        ({"valid_from": "2026-05-17", "valid_until": "2026-05-16"}, "The last day lies before the first."),
        ({"every": "never"}, "Choose how often it is held."),
        ({"every": "fortnight"}, "Every other week counts from a first day: give it."),
        ({"except_on": ["Christmas"]}, "“Christmas” is not a day such as 2026-12-24."),
    ],
)
def test_a_wrong_meeting_is_told_with_its_number(change: dict[str, Any], message: str) -> None:
    meetings = [a_meeting_document(weekday=6), a_meeting_document(**change)]
    assert told({**BASE, "meetings": meetings}) == [("meetings.1", message)]


def test_two_meetings_at_one_time_are_told() -> None:
    twice = [a_meeting_document(), a_meeting_document(minutes=30)]
    assert told({**BASE, "meetings": twice}) == [("meetings.1", "This day and time stands there twice.")]


def test_a_published_group_that_meets_in_person_needs_a_place() -> None:
    document = {**BASE, "mode": "in_person", "status": "published"}
    assert told(document) == [("place", "A published group that meets in person needs a place.")]
    assert told({**document, "status": "draft"}) == []
    assert told({**document, "mode": "by_appointment"}) == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "message"),
    [(60.0, None, "Give both coordinates, or none."), (91.0, 5.0, "These coordinates are not on the map.")],
)
def test_half_a_place_or_one_off_the_map_is_told(latitude: float, longitude: float | None, message: str) -> None:
    assert told({**BASE, "latitude": latitude, "longitude": longitude}) == [("latitude", message)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"name_nb": " "}, ("name_nb", "Write a name.")),
        ({"short_name_en": "x" * 81}, ("short_name_en", "Use at most 80 characters.")),
        ({"kind": "club"}, ("kind", "“club” is not one of the answers.")),
        ({"site": "example.org"}, ("site", "A link begins with https://.")),
        ({"texts.asks": TEXT}, None),
        ({"texts.asks": {**TEXT, "text_nb": ""}}, ("texts.asks", "Write the text in both languages.")),
        ({"texts.asks": {**TEXT, "source": ""}}, ("texts.asks", "Say where it is known from.")),
        ({"texts.asks": {**TEXT, "dated": "2027"}}, ("texts.asks", "The date lies in the future.")),
        ({"facts.touch_custom": [{**FACT, "source": ""}]}, ("facts.touch_custom", "Say where it is known from.")),
    ],
)
def test_what_a_clinic_says_of_an_organisation_is_checked(
    change: dict[str, Any], fault: tuple[str, str] | None
) -> None:
    found = organisation_faults({**OWN, **change}, today=TODAY)
    assert [(one.field, one.message) for one in found] == ([fault] if fault else [])


def test_a_clinics_own_word_on_a_shared_organisation_needs_no_name() -> None:
    assert not organisation_faults({"facts.touch_custom": [FACT]}, today=TODAY)


def test_a_fact_set_to_nothing_leaves_the_document_and_other_fields_stay_empty() -> None:
    document = {**BASE, "facts.touch_custom": [FACT]}
    assert patched(document, {"facts.touch_custom": None, "checked_on": None}) == BASE


def test_what_is_absent_and_what_is_empty_are_no_change() -> None:
    assert changed_fields({"a": 1, "b": None}, {"a": 2}) == ("a",)


def test_a_document_of_an_earlier_day_is_completed_and_keeps_what_it_says() -> None:
    old = {key: value for key, value in BASE.items() if key != "link"} | {"venue": "Huset"}
    assert completed(old) == {**BASE, "venue": "Huset"}


@pytest.mark.parametrize(
    ("names", "taken", "slugs"),
    [
        (["Ålesund øst"], set(), ["alesund-ost"]),
        (["Havna", "Havna", "HAVNA!"], {"havna"}, ["havna-2", "havna-3", "havna-4"]),
        (["New", "…", ""], set(), ["new-2", "group", "group-2"]),
        (["Čáhcesuolu", "æ" * 40], set(), ["cahcesuolu", "ae" * 25]),
    ],
)
def test_ids_are_made_of_names_and_none_is_given_twice(names: list[str], taken: set[str], slugs: list[str]) -> None:
    assert new_slugs(names, taken) == slugs
