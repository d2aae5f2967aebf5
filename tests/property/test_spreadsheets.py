"""Out to a spreadsheet and back, many times: nothing is lost, and only what was edited is proposed."""

import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import given, settings
from hypothesis import strategies as st

from groups_catalog.feeds.sheets import Sheet, write_csv, write_xlsx
from groups_catalog.places import plain
from groups_catalog.upkeep.documents import NEW_GROUP, Document, changed_fields
from groups_catalog.upkeep.faults import faults
from groups_catalog.upkeep.sheets.cells import in_both
from groups_catalog.upkeep.sheets.columns import FACTS, GROUPS, MEETINGS, TITLES, columns
from groups_catalog.upkeep.sheets.files import csv_of, headings, read_files, workbook_of
from groups_catalog.upkeep.sheets.matching import Catalog
from groups_catalog.upkeep.sheets.plan import Plan, plan
from groups_catalog.upkeep.sheets.reading import Asked, read
from groups_catalog.upkeep.sheets.tables import Entry, Problem, normal, tables
from tests.property.odd_documents import documents, texts, yes_no

ROUND_TRIPS = 1_000 if os.environ.get("CI") == "true" else 200
TODAY = date(2026, 11, 1)
WRITER = 7
catalogs = st.lists(documents(), min_size=1, max_size=2).map(
    lambda listed: [Entry(f"group-{number}", number + 1, document) for number, document in enumerate(listed)]
)


def as_xlsx(entries: list[Entry]) -> list[tuple[str, bytes]]:
    return [("catalog.xlsx", workbook_of(entries))]


def as_csv(entries: list[Entry]) -> list[tuple[str, bytes]]:
    return [(f"{table}.csv", csv_of(entries, table)) for table in TITLES]


def taken_back(files: Iterable[tuple[str, bytes]], entries: list[Entry]) -> tuple[Plan, list[Problem]]:
    found, problems = read_files(files)
    catalog = Catalog(
        numbers={entry.slug: entry.number for entry in entries},
        documents={entry.slug: entry.document for entry in entries},
        earlier={},
        organisations=frozenset(("na", "aa")),
    )
    said, wrong = read(found, Asked(catalog, WRITER, TODAY))
    return plan(said, catalog), [*problems, *wrong]


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("table", list(TITLES))
def test_no_two_columns_of_a_table_have_one_heading(table: str, language: str) -> None:
    with override(language):
        assert len({plain(heading) for heading in headings(table)}) == len(columns(table))


@pytest.mark.parametrize("written", [as_xlsx, as_csv], ids=["xlsx", "csv"])
def test_a_round_trip_proposes_nothing(written: Callable[[list[Entry]], list[tuple[str, bytes]]]) -> None:
    @settings(max_examples=ROUND_TRIPS)
    @given(catalogs, st.sampled_from(["en", "nb"]), st.sampled_from(["en", "nb"]))
    def check(entries: list[Entry], out: str, back: str) -> None:
        with override(out):
            files = written(entries)
        with override(back):
            made, problems = taken_back(files, entries)
        assert problems == []
        assert made.steps == ()
        assert made.unchanged == len(entries)

    check()


# Values that a person may type, and that stand for themselves.
VALID: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["Havna", "=SUM(A1)", "'Ny start", "Ålesund øst"]),
    "place": st.sampled_from(["Oslo", "Bodø"]),
    "venue": st.sampled_from(["", "Torget 1", "-5 °C-huset"]),
    "status": st.sampled_from(["draft", "published", "closed"]),
    "mode": st.sampled_from(["in_person", "online"]),
    "lane": st.sampled_from(["addiction", "next_of_kin"]),
    "languages": st.lists(st.sampled_from(["nb", "en", "so"]), unique=True),
    "access_step_free": yes_no,
    "note_nb": st.sampled_from(["", "Ring på.\nKom inn.", "007"]),
    "checked_on": st.sampled_from([None, "2026-05-17"]),
}
WHEN = {
    "weekday": st.integers(0, 6),
    "start": st.sampled_from(["00:00", "18:30", "23:59"]),
    "minutes": st.sampled_from([45, 90]),
    "open": yes_no,
    "except_on": st.sampled_from([[], ["2026-12-24", "2026-12-31"]]),
}
WHAT = {
    "values": st.sampled_from([["ask_first"]]),
    "basis": st.sampled_from(["stated", "observed"]),
    "dated": st.sampled_from(["", "2024", "2024-05"]),
    "observers": st.sampled_from([1, 2]),
}
NEW_MEETING = {"minutes": 60, "timezone": "Europe/Oslo", "every": "week", "valid_from": None, "valid_until": None}


def a_document(name: str, starts: Iterable[int]) -> Document:
    meetings = [{**NEW_MEETING, "weekday": day, "start": "12:00", "open": None, "except_on": []} for day in starts]
    fact = {"values": ["always"], "basis": "stated", "source": "A leaflet", "dated": "2025", "recorded_by": 3}
    rest = {"unverified": False, "inherit": True, "observers": 1, "note_en": "", "note_nb": ""}
    whole = {
        **NEW_GROUP,
        "name": name,
        "organisation": "na",
        "lane": "addiction",
        "mode": "in_person",
        "place": "Moss",
    }
    return normal({**whole, "meetings": meetings, "facts.touch_custom": [{**fact, **rest}]})


def some(values: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=values)


ENTRIES = [
    Entry("a", 1, a_document("A", [0, 1, 2])),
    Entry("b", 4, a_document("B", [])),
    Entry("c", 1, a_document("C", [5])),
]


def put(rows: list[list[str]], table: str, key: str, values: dict[str, Any]) -> None:
    """Types the values into the cells of one row."""
    row = next(row for row in rows if row[0] == key)
    for place, column in enumerate(columns(table)):
        if column.key in values:
            row[place] = column.codec.cell(values[column.key])


@given(
    some(VALID),
    some(WHEN),
    st.none() | some(WHEN).map(lambda when: {"weekday": 6, "start": "06:00", **NEW_MEETING, **when}),
    st.booleans(),
    some(WHAT),
    st.sampled_from(["en", "nb"]),
)
def test_what_was_edited_comes_back_and_nothing_else(
    group: dict[str, Any],
    when: dict[str, Any],
    new: dict[str, Any] | None,
    removed: bool,
    what: dict[str, Any],
    language: str,
) -> None:
    with override(language):
        cells = {table: [list(row) for row in rows] for table, rows in tables(ENTRIES).items()}
        put(cells[GROUPS], GROUPS, "a", group)
        put(cells[MEETINGS], MEETINGS, "a#2", when)
        put(cells[FACTS], FACTS, "a#touch_custom#1", what)
        if removed:
            put(cells[MEETINGS], MEETINGS, "a#3", {"remove": True})
        if new:
            cells[MEETINGS].append(["", "", "a", *[""] * (len(columns(MEETINGS)) - 3)])
            put(cells[MEETINGS][-1:], MEETINGS, "", new)
        made, problems = taken_back([("c.xlsx", a_workbook(cells))], ENTRIES)
    base = ENTRIES[0].document
    meetings = [base["meetings"][0], {**base["meetings"][1], **when}, *([] if removed else base["meetings"][2:])]
    fact = {**base["facts.touch_custom"][0], **what}
    fact["recorded_by"] = 3 if fact == base["facts.touch_custom"][0] else WRITER
    added = [{**base["meetings"][0], **new}] if new else []
    wanted = normal({**base, **group, "meetings": [*meetings, *added], "facts.touch_custom": [fact]})
    if problems:
        twice = in_both(gettext_lazy("This day and time stands there twice."))
        assert {problem.message for problem in problems} <= set(twice)
        return
    assert [step.merged for step in made.steps] == ([wanted] if changed_fields(base, wanted) else [])
    assert made.unchanged == len(ENTRIES) - len(made.steps)


def a_workbook(cells: dict[str, list[list[str]]]) -> bytes:
    return write_xlsx(
        [
            Sheet(str(TITLES[table]), headings(table), tuple(tuple(row) for row in rows))
            for table, rows in cells.items()
        ]
    )


@given(some(VALID), some(VALID))
def test_what_a_colleague_changed_since_the_export_stays(mine: dict[str, Any], hers: dict[str, Any]) -> None:
    base = ENTRIES[0].document
    now = Entry("a", 2, normal({**base, **hers}))
    cells = {table: [list(row) for row in rows] for table, rows in tables(ENTRIES[:1]).items()}
    put(cells[GROUPS], GROUPS, "a", mine)
    found, _problems = read_files([(f"{table}.csv", write_csv(cells[table], headings(table))) for table in cells])
    catalog = Catalog({"a": 2}, {"a": now.document}, {("a", 1): base}, frozenset(("na",)))
    said, problems = read(found, Asked(catalog, WRITER, TODAY))
    steps = plan(said, catalog).steps
    assert problems == []
    assert bool(steps) == any(value not in (base[field], now.document[field]) for field, value in mine.items())
    for step in steps:
        clash = {field for field in mine if field in hers and len({repr(d[field]) for d in (mine, hers, base)}) == 3}
        assert set(step.conflicts) == clash
        for side, said_so in (("ours", hers), ("theirs", mine)):
            outcome = step.outcome(dict.fromkeys(step.conflicts, side))
            both = {**hers, **{field: mine[field] for field in mine if mine[field] != base[field]}}
            wanted = {**base, **both, **{field: said_so[field] for field in clash}}
            assert outcome == normal(wanted)


ANYTHING = texts.filter(lambda text: len(text) < 100) | st.sampled_from(
    ["\0", "\ud800", "new 1", "a", "a#1", "c#1", "b#touch_custom#1", "yes", "1", "2", "999999999"]
)
TYPED = st.tuples(st.sampled_from(list(TITLES)), st.integers(0, 4), st.integers(0, 30), ANYTHING)


@given(st.lists(TYPED, max_size=6))
def test_whatever_somebody_types_is_taken_or_told(typed: list[tuple[str, int, int, str]]) -> None:
    cells = {table: [list(row) for row in rows] for table, rows in tables(ENTRIES).items()}
    for table, row, column, text in typed:
        rows = cells[table]
        while len(rows) <= row:
            rows.append([""] * len(columns(table)))
        rows[row][column % len(columns(table))] = text
    data = a_workbook_of_any(cells)
    made, problems = taken_back([("c.xlsx", data)], ENTRIES)
    for problem in problems:
        assert problem.sheet.encode()
        assert problem.message.encode()
    for step in made.steps if not problems else ():
        stored = json.dumps(step.merged, ensure_ascii=False).encode()
        assert b"\\u0000" not in stored
        assert faults(step.merged, today=TODAY) == [] if not step.slug else True


def a_workbook_of_any(cells: dict[str, list[list[str]]]) -> bytes:
    """As a program less careful than ours may write it: with half a character in its own escape."""
    half = {
        table: [[cell.replace("\ud800", "HALF") for cell in row] for row in rows] for table, rows in cells.items()
    }
    packed = BytesIO()
    with ZipFile(BytesIO(a_workbook(half))) as book, ZipFile(packed, "w") as copy:
        for part in book.namelist():
            copy.writestr(part, book.read(part).replace(b"HALF", b"_xD800_"))
    return packed.getvalue()
