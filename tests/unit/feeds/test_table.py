"""A table's rows become meetings: our template in both languages, Meeting Guide sheets, others by their columns."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from groups_catalog.feeds.columns import NEEDED, columns, missing, suggest_columns, template_headings, template_rows
from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Meeting, Mode, Settings
from groups_catalog.feeds.reader import read_list
from groups_catalog.feeds.sheets import Sheet, write_csv, write_xlsx
from groups_catalog.feeds.table import read_table
from groups_catalog.feeds.wording import refused_sentence
from tests.unit.feeds.tables import NOBODY, one, reading, reasons

SHARED = Path(__file__).parents[4] / "shared" / "feeds"
DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]


NORWEGIAN = {
    "ID": "a1",
    "Navn": "Åpen dør",
    "Organisasjon": "NA",
    "Gruppe": "Fjordgruppa",
    "Dag": "mandag",
    "Klokkeslett": "kl. 19",
    "Slutt": "20.30",
    "Minutter": "",
    "Hvor ofte": "første og tredje i måneden",
    "Møteform": "Fysisk oppmøte",
    "Åpent for alle": "Nei",
    "Status": "Aktiv",
    "By eller tettsted": "Oslo",
    "Lokale": "Kafé Hassel",
    "Adresse": "Storgata 1",
    "Breddegrad": "59,9139",
    "Lengdegrad": "10,7522",
    "Språk": "norsk og engelsk",
    "For hvem": "Kvinner",
    "Trinnfri adkomst": "ja",
    "Lenke": "",
    "Merknad": "Vi har kaffe.",
    "Sist sjekket": "01.05.2026",
}
ENGLISH = dict(
    zip(
        template_headings("en"),
        [
            *(
                "a1",
                "Åpen dør",
                "NA",
                "Fjordgruppa",
                "Monday",
                "7:00 PM",
                "8:30 PM",
                "",
                "1st and 3rd",
                "In person",
                "no",
            ),
            *(
                "active",
                "Oslo",
                "Kafé Hassel",
                "Storgata 1",
                "59.9139",
                "10.7522",
                "Norwegian, English",
                "women",
                "yes",
            ),
            *("", "Vi har kaffe.", "2026-05-01"),
        ],
        strict=True,
    )
)
EXPECTED = Meeting(
    row=1,
    source_key="a1",
    name="Åpen dør",
    organisation="NA",
    group_key="Fjordgruppa",
    weekday=0,
    start="19:00",
    minutes=90,
    every="first",
    mode=Mode.IN_PERSON,
    open=False,
    place="Oslo",
    venue="Kafé Hassel, Storgata 1",
    latitude=59.9139,
    longitude=10.7522,
    languages=("nb", "en"),
    membership="women",
    step_free=True,
    note="Vi har kaffe.",
    updated="2026-05-01",
    facts={"gender_setting": ("women",)},
)


@pytest.mark.parametrize("row", [NORWEGIAN, ENGLISH])
def test_a_row_of_the_template_says_all_it_can(row: dict[str, str]) -> None:
    first, third = reading(row).meetings
    assert first == EXPECTED
    assert third.every == "third"


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_template_is_read_back_from_both_kinds_of_file(language: str) -> None:
    headings, row = template_headings(language), tuple((NORWEGIAN if language == "nb" else ENGLISH).values())
    for data in (write_csv([row], headings), write_xlsx([Sheet("A", headings, (row,))])):
        assert read_list(data, NOBODY).meetings[0] == replace(EXPECTED, row=2)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_template_explains_every_column_and_finds_them_all_again(language: str) -> None:
    headings = template_headings(language)
    assert [heading for heading, _means in template_rows(language)] == list(headings)
    assert list(suggest_columns(headings).values()) == list(headings)
    assert missing(suggest_columns(headings)) == ()


def test_no_heading_stands_for_two_columns() -> None:
    named = [name for column in columns().listed for name in {column.heading.en.lower(), *column.also}]
    assert sorted(name for name in named if named.count(name) > 1) == []


def test_meeting_guide_headings_are_known_however_they_are_spelled() -> None:
    given = ["Slug", "name", "DAY", "Time", "end_time", "Location", "Formatted Address", "Types", "Conference-URL"]
    found = suggest_columns(given)
    assert found == {
        "key": "Slug",
        "name": "name",
        "day": "DAY",
        "start": "Time",
        "end": "end_time",
        "venue": "Location",
        "whole_address": "Formatted Address",
        "link": "Conference-URL",
        "types": "Types",
    }


def test_what_is_missing_is_said() -> None:
    assert missing({"name"}) == ("day", "start")
    assert missing({}) == NEEDED


def test_a_meeting_guide_row_is_read_by_its_fellowships_codes() -> None:
    row = {
        **{"Name": "Rise", "Slug": "rise", "Day": "0", "Time": "7:00 PM", "End Time": "8:00 PM", "Types": "C,W"},
        **{
            "Formatted Address": "Karl Johans gate 1, 0154 Oslo, Norge",
            "Approximate": "no",
            "Timezone": "Europe/Oslo",
        },
    }
    (meeting,) = reading(row, settings=Settings(organisation="aa")).meetings
    assert (meeting.weekday, meeting.start, meeting.minutes, meeting.open) == (6, "19:00", 60, False)
    assert (meeting.place, meeting.venue, meeting.mode) == ("Oslo", "Karl Johans gate 1", Mode.IN_PERSON)
    assert (meeting.membership, meeting.codes, meeting.organisation) == ("women", ("C", "W"), "aa")


def test_the_guard_of_our_own_exports_is_taken_off() -> None:
    assert one(Note="'- ta med kaffe").note == "- ta med kaffe"


def test_rows_are_dropped_with_a_reason_and_nothing_else_is() -> None:
    result = reading(
        {"Name": "A", "Day": "mandag", "Time": "19", "Status": ""},
        {"Name": "A", "Day": "mandag", "Time": "19", "Status": ""},
        {"Status": "active"},
        {},
        {"Name": "B", "Status": "Nedlagt"},
        {"Name": "C", "Status": "utkast"},
    )
    assert [meeting.row for meeting in result.meetings] == [1]
    dropped = [(problem.row, problem.reason) for problem in result.problems if problem.field == "row"]
    assert dropped == [
        (2, "dropped_repeated"),
        (3, "dropped_empty"),
        (4, "dropped_empty"),
        (5, "dropped_ended"),
        (6, "dropped_unpublished"),
    ]


PRIVATE = {
    "Name": "A",
    "Day": "mandag",
    "Time": "19",
    "Kontaktperson": "Kari Nordmann",
    "E-post": "kari@example.org",
    "Link": "https://zoom.us/j/1?pwd=secret",
    "Note": "Vi har kaffe. Ring Kari 900 00 000.",
}


def test_persons_numbers_and_passcodes_stay_out() -> None:
    result = reading(PRIVATE)
    assert not any(word in repr(result) for word in ("Kari", "kari", "900", "secret"))
    assert ("contact", "contact_left_out") in reasons(result.meetings[0])
    assert result.meetings[0].note == "Vi har kaffe."


def test_a_curator_may_keep_contacts_but_never_a_person() -> None:
    kept = reading(PRIVATE, settings=Settings(keep_contacts=True))
    assert "kari@example.org" in kept.meetings[0].note
    assert "Kari Nordmann" not in repr(kept)


def test_a_clinic_may_match_the_columns_itself() -> None:
    own = {"name": "Hva", "day": "Når", "start": "Fra", "note": ""}
    row = {"Hva": "A", "Når": "mandag", "Fra": "19", "Note": "not this one"}
    (meeting,) = reading(row, settings=Settings(columns=own)).meetings
    assert (meeting.name, meeting.weekday, meeting.start, meeting.note) == ("A", 0, "19:00", "")


def test_a_matched_column_that_is_gone_or_about_persons_is_said_and_not_used() -> None:
    own = {"start": "Fra", "name": "Kontaktperson"}
    result = reading({"Kontaktperson": "Kari", "Name": "A", "Day": "mandag"}, settings=Settings(columns=own))
    assert [(problem.row, problem.field, problem.reason, problem.given) for problem in result.problems[:2]] == [
        (0, "start", "column_missing", "Fra"),
        (0, "name", "column_about_persons", "Kontaktperson"),
    ]
    assert "Kari'" not in repr(result)


def test_unknown_headings_and_empty_tables_are_refused() -> None:
    unknown = reading({"foo": "1", "bar": "2"})
    assert unknown.refused is not None
    assert "foo, bar" in refused_sentence(unknown.refused)
    empty = read_table((), NOBODY, format="xlsx").refused
    assert empty is not None
    assert empty.reason == "empty_table"


def test_rows_that_stand_for_too_many_meetings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groups_catalog.feeds.rows.MAX_MEETINGS", 70)
    every = {"Day": "daily", "Time": "19", "How often": "first, second, third, fourth, last"}
    rows = [{"Name": name, **every} for name in "ABC"]
    assert len(reading(*rows[:2]).meetings) == 70
    refused = reading(*rows).refused
    assert refused is not None
    assert refused.reason == "too_many_meetings"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the project's shared feeds are not beside this folder")
def test_a_real_list_says_the_same_as_a_sheet_and_as_json() -> None:
    """As the Google sheet that such a list is made from: the days as words, the times as people write them."""
    listed = json.loads((SHARED / "mg_sheet_san_jose_693.json").read_text())
    rows = [
        {
            **{"ID": row.get("slug") or "", "Name": row.get("name") or "", "Types": ", ".join(row.get("types", ()))},
            **{"Day": DAYS[row["day"]] if "day" in row else "", "Time": row.get("time") or ""},
            **{"End Time": row.get("end_time") or "", "Location": row.get("location") or ""},
            **{"Formatted Address": row.get("formatted_address") or "", "Updated": row.get("updated") or ""},
            **{
                "Conference URL": row.get("conference_url") or "",
                "Conference Phone": row.get("conference_phone") or "",
            },
        }
        for row in listed
    ]
    settings = Settings(organisation="aa", country="US")
    table, guide = read_table(rows, settings, format="csv"), read_meeting_guide(listed, settings)
    names = (
        "source_key",
        "name",
        "weekday",
        "start",
        "minutes",
        "mode",
        "open",
        "venue",
        "membership",
        "codes",
        "updated",
    )
    assert len(table.meetings) == len(guide.meetings) == 693
    for ours, theirs in zip(table.meetings, guide.meetings, strict=True):
        assert [getattr(ours, name) for name in names] == [getattr(theirs, name) for name in names]
