"""The fields of a document in plain words."""

from typing import Any

import pytest
from django.utils import translation

from groups_catalog.models import Group, Organisation
from groups_catalog.upkeep.documents import GROUP_FIELDS, ORGANISATION_FIELDS
from groups_catalog.upkeep.field_words import NAMES, Names, field_lines, field_name, meeting_line, nothing_words
from groups_catalog.vocabulary import vocabulary
from tests.document_factories import FACT, MONDAY


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Monday 18:30–20:00, each week"),
        ({"weekday": 1, "open": True}, "Tuesday 18:30–20:00, each week, open meeting"),
        ({"open": False}, "Monday 18:30–20:00, each week, closed meeting"),
        ({"start": "22:00", "minutes": 600}, "Monday 22:00–08:00 the next day, each week"),
        ({"minutes": 1440}, "Monday 18:30–18:30 the next day, each week"),
        ({"every": "first"}, "First Monday of the month 18:30–20:00"),
        (
            {"every": "fortnight", "valid_from": "2026-01-05"},
            "Every other Monday 18:30–20:00, from 5 January 2026",
        ),
        ({"valid_until": "2026-06-01"}, "Monday 18:30–20:00, each week, until 1 June 2026"),
        ({"except_on": ["2026-12-28"]}, "Monday 18:30–20:00, each week, not on 28 December 2026"),
        ({"timezone": "Europe/Vilnius"}, "Monday 18:30–20:00, each week, time in Europe/Vilnius"),
    ],
)
def test_a_meeting_is_one_line(change: dict[str, Any], words: str) -> None:
    assert meeting_line({**MONDAY, **change}) == words


def test_every_field_of_a_document_has_a_name() -> None:
    assert {*GROUP_FIELDS, "organisation", "merged_into", "meetings"} <= set(NAMES)
    assert set(ORGANISATION_FIELDS) <= set(NAMES)


def test_every_column_that_people_write_stands_in_the_documents() -> None:
    kept_elsewhere = {"id", "slug", "clinic", "report_code", "organisation", "merged_into"}
    assert {field.name for field in Group._meta.fields} - kept_elsewhere == set(GROUP_FIELDS)
    assert {field.name for field in Organisation._meta.fields} - kept_elsewhere == set(ORGANISATION_FIELDS)


def test_a_fact_is_named_by_its_attribute_and_read_aloud() -> None:
    assert field_name("facts.touch_custom") == "Hugs and touch"
    (line,) = field_lines(
        "facts.touch_custom", [{**FACT, "observers": 2, "recorded_by": 7}], Names(people={7: "Kari"})
    )
    assert line == (
        "People ask before they hug. Stated. From: A leaflet, 2025. Told by 2 people. Written down by Kari."
    )


def test_every_value_of_the_vocabulary_reads_differently() -> None:
    for attribute in vocabulary().askable():
        lines = [field_lines(f"facts.{attribute.id}", [{**FACT, "values": [value]}])[0] for value in attribute.values]
        assert len(set(lines)) == len(attribute.values), attribute.id


def test_what_the_vocabulary_no_longer_holds_stands_as_it_is() -> None:
    assert field_name("facts.old") == "old"
    assert field_lines("facts.old", [FACT])[0].startswith("ask_first. Stated.")


@pytest.mark.parametrize(
    ("field", "value", "lines"),
    [
        ("name", "Havna", ["Havna"]),
        ("mode", "in_person", ["In person"]),
        ("mode", "by_pigeon", ["by_pigeon"]),
        ("access_step_free", False, ["No"]),
        ("access_step_free", True, ["Yes"]),
        ("access_step_free", None, []),
        ("languages", ["en", "tlh"], ["English", "tlh"]),
        ("languages", ["nb"], ["Norwegian (nb)"]),
        ("latitude", 0.0, ["0.0"]),
        ("checked_on", "2026-05-17", ["17 May 2026"]),
        ("kind", "ngo", ["Non-profit organisation"]),
        ("kind", "club", ["club"]),
        ("organisation", "na", ["na"]),
        ("meetings", [], []),
        ("note_en", "One.\nTwo.", ["One.", "Two."]),
    ],
)
def test_a_value_in_words(field: str, value: object, lines: list[str]) -> None:
    assert field_lines(field, value) == lines


def test_ids_are_named_where_the_names_are_known() -> None:
    names = Names(organisations={"na": "Narcotics Anonymous"}, groups={"kaia": "Kaia"})
    assert field_lines("organisation", "na", names) == ["Narcotics Anonymous"]
    assert field_lines("merged_into", "kaia", names) == ["Kaia"]


def test_a_text_shows_both_languages_and_its_source() -> None:
    text = {"text_en": "Hello.", "text_nb": "Hei.", "source": "seed article", "dated": "2024-05", "unverified": True}
    source = "From: The study: Vederhus, Høie and Birkeland 2020, May 2024. Not verified."
    assert field_lines("texts.asks", text) == ["Hello.", "Hei.", source]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("facts.touch_custom", "Not known"),
        ("access_sight", "Not known"),
        ("meetings", "No meetings"),
        ("venue", "Empty"),
    ],
)
def test_where_nothing_stands_that_is_said(field: str, words: str) -> None:
    assert nothing_words(field) == words


def test_the_words_come_in_the_language_of_the_page() -> None:
    with translation.override("nb"):
        assert meeting_line(MONDAY).startswith("Mandag kl. 18.30–20.00, ")
        assert field_name("facts.touch_custom") == "Klemmer og berøring"
