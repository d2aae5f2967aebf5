"""Out to a spreadsheet and back, many times: nothing is lost, and only what was edited is proposed."""

import os
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from groups_catalog.feeds.sheets import Sheet, write_csv, write_xlsx
from groups_catalog.upkeep.documents import NEW_GROUP, Document, changed_fields
from groups_catalog.upkeep.sheets.columns import FACTS, GROUPS, MEETINGS, TITLES, columns
from groups_catalog.upkeep.sheets.files import csv_of, headings, read_files, workbook_of
from groups_catalog.upkeep.sheets.matching import Catalog
from groups_catalog.upkeep.sheets.plan import Plan, plan
from groups_catalog.upkeep.sheets.reading import Asked, read
from groups_catalog.upkeep.sheets.tables import Entry, Problem, normal, tables
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import LANGUAGES

ROUND_TRIPS = 1_000 if os.environ.get("CI") == "true" else 200
TODAY = date(2026, 11, 1)
WRITER = 7
NASTY = "=+-@'\"\t\r\n;,#| \x00\x0b\x1f\u200b\ufeff\ufffe＝＋－＠−_x0041_æøåČšŋ\u202eعربيה😀0123"
LONG = ("x" * 32_767, "=" * 32_766, "😀" * 16_384, "\x0b" * 5_000, "é" * 40_000)
words = st.text(st.sampled_from(NASTY) | st.characters(codec="utf-8"), max_size=12)
texts = words | st.sampled_from(
    ["", "007", "1/2", "2026-05", "19:30", "TRUE", "#N/A", "nan", " ", "'", "''=1", *LONG]
)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat)
yes_no = st.sampled_from([None, True, False])
spots = st.one_of(
    st.just((None, None)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
meetings = st.lists(
    st.fixed_dictionaries(
        {
            "weekday": st.integers(0, 6),
            "start": st.times().map(lambda time: f"{time:%H:%M}"),
            "minutes": st.integers(1, 1440),
            "timezone": st.sampled_from(["Europe/Oslo", "Asia/Tokyo", "UTC"]),
            "every": st.sampled_from(["week", "fortnight", "first", "last"]),
            "valid_from": st.none() | days,
            "valid_until": st.none() | days,
            "open": yes_no,
            "except_on": st.lists(days, unique=True, max_size=2).map(sorted),
        }
    ),
    max_size=3,
    unique_by=lambda meeting: (meeting["weekday"], meeting["start"], meeting["every"]),
)
ATTRIBUTES = vocabulary().askable()


@st.composite
def facts(draw: st.DrawFn) -> Document:
    attribute = draw(st.sampled_from(ATTRIBUTES))
    values = st.lists(st.sampled_from(sorted(attribute.values)), min_size=1, max_size=2, unique=True).map(sorted)
    said = {
        "values": values,
        "basis": st.sampled_from(["stated", "observed"]),
        "source": texts,
        "dated": st.sampled_from(["", "2024", "2024-05", "2024-05-17"]),
        "unverified": st.booleans(),
        "inherit": st.booleans(),
        "observers": st.integers(1, 9),
        "note_en": texts,
        "note_nb": texts,
        "recorded_by": st.none() | st.integers(1, 99),
    }
    return {f"facts.{attribute.id}": draw(st.lists(st.fixed_dictionaries(said), min_size=1, max_size=2))}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    latitude, longitude = draw(spots)
    said = {name: texts for name in ("name", "place", "venue", "link", "note_en", "note_nb", "contact_role_en")}
    fields = {
        **said,
        "organisation": st.sampled_from(["na", "aa"]),
        "lane": st.sampled_from(["addiction", "next_of_kin"]),
        "mode": st.sampled_from(["in_person", "online"]),
        "status": st.sampled_from(["draft", "published", "paused", "closed"]),
        "languages": st.lists(st.sampled_from(sorted(LANGUAGES)), unique=True, max_size=3),
        "membership": st.sampled_from(["everyone", "women", "men"]),
        **{f"access_{name}": yes_no for name in ("step_free", "hearing", "sight", "child_care")},
        "checked_on": st.none() | days,
        "checked_how": st.sampled_from(["", "visit", "call"]),
        "meetings": meetings,
    }
    document = {**NEW_GROUP, **draw(st.fixed_dictionaries(fields)), "latitude": latitude, "longitude": longitude}
    for fact in draw(st.lists(facts(), max_size=2)):
        document |= fact
    return normal(document)


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
        assert {problem.message for problem in problems} <= {"This day and time stands there twice."}
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
