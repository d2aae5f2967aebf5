"""Tables nobody has seen: where the headings stand, what they are called, and which row a problem is found in."""

import io

import pytest
from openpyxl import Workbook

from groups_catalog.feeds.model import Settings
from groups_catalog.feeds.reader import read_list
from groups_catalog.feeds.wording import refused_sentence
from tests.unit.feeds.tables import one
from tests.unit.feeds.workbooks import by_hand, saved, sheet_of, workbook

HEAD = ["Navn", "Dag", "Klokkeslett", "By"]
ROW = ["Håp", "onsdag", "19:00", "Oslo"]
BAD = ["Tro", "tull", "20:00", "Oslo"]
EMPTY: list[str] = []


def problems(data: bytes) -> list[tuple[int, str]]:
    reading = read_list(data, Settings())
    assert reading.refused is None
    return [(problem.row, problem.reason) for problem in reading.problems if problem.reason != "key_missing"]


def as_csv(*rows: list[str]) -> bytes:
    return "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode()


@pytest.mark.parametrize("made", [as_csv, workbook])
@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([HEAD, ROW, BAD], [(3, "day_unreadable")]),
        ([HEAD, EMPTY, ROW, BAD], [(2, "dropped_empty"), (4, "day_unreadable")]),
        ([["Møteliste"], EMPTY, HEAD, ROW, BAD], [(5, "day_unreadable")]),
        ([["Møteliste", "våren 2026"], ["Kontakt", "kontoret"], HEAD, BAD], [(4, "day_unreadable")]),
        ([HEAD, ["Hå\np", "onsdag", "19:00", "Oslo"], BAD], [(3, "day_unreadable")]),
        (
            [HEAD, ROW, HEAD, BAD, ROW],
            [(3, "dropped_headings_again"), (4, "day_unreadable"), (5, "dropped_repeated")],
        ),
    ],
)
def test_a_problem_is_told_by_the_row_that_a_spreadsheet_shows(
    made: object, rows: list[list[str]], found: list[tuple[int, str]]
) -> None:
    assert callable(made)
    assert problems(made(*rows)) == found


def test_a_sheet_of_bmlt_counts_its_headings_too() -> None:
    assert problems(b"id_bigint,meeting_name,weekday_tinyint,start_time\n1,A,9,19:00:00\n") == [(2, "day_unreadable")]


def test_the_sheet_with_known_headings_is_read_wherever_it_stands() -> None:
    book = Workbook()
    book.active.append(["Les først", "Slik fyller du ut"])
    book.active.append(["Navn", "Hva møtet heter"])
    book.create_sheet("Notater").append(["Husk kaffe"])
    page = book.create_sheet("Møter")
    for row in (HEAD, ROW):
        page.append(row)
    assert [meeting.name for meeting in read_list(saved(book), Settings()).meetings] == ["Håp"]


def test_a_hidden_sheet_is_not_read() -> None:
    book = Workbook()
    for row in (HEAD, ["Gammel", *ROW[1:]]):
        book.active.append(row)
    book.active.sheet_state = "hidden"
    page = book.create_sheet("Møter")
    for row in (HEAD, ROW):
        page.append(row)
    book.active = 1
    assert [meeting.name for meeting in read_list(saved(book), Settings()).meetings] == ["Håp"]


def test_a_day_that_is_merged_over_several_rows_holds_for_all_of_them() -> None:
    book = Workbook()
    for row in (
        HEAD,
        ROW,
        ["Tro", None, "20:00", "Oslo"],
        ["Lys", None, "21:00", "Oslo"],
        ["Fri", None, "9", "Oslo"],
    ):
        book.active.append(row)
    book.active.merge_cells("B2:B4")
    assert [meeting.weekday for meeting in read_list(saved(book), Settings()).meetings] == [2, 2, 2, None]


def test_a_merge_that_reaches_below_the_table_adds_no_rows() -> None:
    rows = "".join(
        "<row>" + "".join(f"<c t='str'><v>{cell}</v></c>" for cell in row) + "</row>" for row in (HEAD, ROW)
    )
    data = by_hand(sheet_of(rows + "<mergeCell ref='B2:B1048576'/>" * 1000))
    assert len(read_list(data, Settings()).meetings) == 1


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Gruppe;Ukedag;Tidspunkt;Møtested;Poststed", "Håp;Onsdag;19.00;Kirka;Oslo"),
        ("Navn på gruppa;Møtedag;Møtetid;Lokale;Sted", "Håp;Onsdag;19.00;Kirka;Oslo"),
        ("Group Name,Meeting Day,Meeting Time,Location,City", "Håp,Wed,7:00 PM,Kirka,Oslo"),
        ("NAME OF GROUP,Day of week,From,Where,Town", "Håp,Wednesdays,7pm,Kirka,Oslo"),
        ("Gruppe;Dag og tid;Lokale;By", "Håp;onsdag kl. 19;Kirka;Oslo"),
    ],
)
def test_headings_of_other_lists_are_known(headings: str, row: str) -> None:
    (meeting,) = read_list(f"{headings}\n{row}\n".encode(), Settings()).meetings
    assert (meeting.name, meeting.weekday, meeting.start, meeting.venue, meeting.place) == (
        *("Håp", 2, "19:00", "Kirka", "Oslo"),
    )


@pytest.mark.parametrize("heading", ["Adgangskode", "Passord", "Passcode", "Password", "Møtekode", "Tilgangskode"])
def test_a_column_of_passcodes_is_known_by_any_of_its_names(heading: str) -> None:
    reading = read_list(f"Navn;Dag;Klokkeslett;{heading}\nHåp;onsdag;19;Sesam\n".encode(), Settings())
    assert "Sesam" not in repr(reading)
    assert ("contact", "contact_left_out") in [(problem.field, problem.reason) for problem in reading.problems]


def test_the_newest_of_two_days_counts_in_a_table_too() -> None:
    meeting = one(Updated="2026-04-01", Last_Contact="2026-05-01")
    assert (meeting.updated, meeting.problems[-1].reason) == ("2026-05-01", "key_missing")


@pytest.mark.parametrize(("cell", "mode"), [("Ja", "in_person"), ("Nei", "paused")])
def test_a_group_that_is_not_active_does_not_meet_now(cell: str, mode: str) -> None:
    assert one(Aktiv=cell, By="Oslo").mode == mode


def test_too_many_meetings_are_refused_in_json_as_in_a_table() -> None:
    row = b'{"slug":"%d","name":"A","day":[0,1,2,3,4,5,6],"time":"19:00"}'
    data = io.BytesIO(b"[" + b",".join(row % number for number in range(14_300)) + b"]").getvalue()
    refused = read_list(data, Settings()).refused
    assert refused is not None
    assert "100,000" in refused_sentence(refused)


def test_columns_that_nobody_reads_are_named_once_unless_they_are_empty_or_about_persons() -> None:
    reading = read_list(
        b"Navn;Dag;Klokkeslett;Farge;Tom;Telefon Kari\nTro;onsdag;19:00;Rosa;;99 88 77 66\n", Settings()
    )
    unused = [problem for problem in reading.problems if problem.reason == "columns_unused"]
    assert [(problem.row, problem.given) for problem in unused] == [(0, "Farge")]


def test_a_table_whose_every_column_is_read_says_nothing_of_columns() -> None:
    assert "columns_unused" not in {reason for _row, reason in problems(as_csv(HEAD, ROW))}
