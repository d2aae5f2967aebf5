"""Lists nobody has seen: the same meetings, written the many ways each family is met with, say the same."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from groups_catalog.feeds.model import Reading, Settings
from groups_catalog.feeds.reader import read_list

ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NORWEGIAN = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
EXTRA = st.dictionaries(
    st.sampled_from(["district", "square", "data_source", "ukjent felt", "x_1"]),
    st.none()
    | st.integers()
    | st.booleans()
    | st.sampled_from(["", "Øst", "12"])
    | st.lists(st.integers(), max_size=2),
    max_size=3,
)
HEADINGS = {
    "name": ("Name", "Meeting Name", "MEETING_NAME", "Navn", "Møtenavn", "Gruppe", "Group Name", "Navn på gruppa"),
    "day": ("Day", "Weekday", "Meeting Day", "Day of Week", "Dag", "UKEDAG", "Møtedag", " Dag "),
    "start": ("Time", "Start Time", "Starts at", "Meeting Time", "Klokkeslett", "Kl.", "Starttid", "Møtetid"),
    "minutes": ("Minutes", "Duration (minutes)", "Varighet", "Varighet (min)", "Minutter"),
    "place": ("City", "Town", "Place", "By", "Sted", "Poststed", "By/sted", "Kommune"),
}
SEPARATORS = st.sampled_from([",", ";", "\t", "|"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
ENDS = st.sampled_from(["\n", "\r\n"])


@dataclass(frozen=True)
class Told:
    name: str
    weekday: int
    hour: int
    minute: int
    minutes: int
    place: str


told = st.builds(
    Told,
    name=st.sampled_from(["Åpen dør", "Håp, tro og kaffe", 'Gruppa "Lys"', "Big Book", "Søndagsro"]),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.sampled_from([0, 15, 30, 45]),
    minutes=st.integers(15, 600),
    place=st.sampled_from(["Oslo", "Bergen", "Mo i Rana", "Tromsø"]),
)
lists = st.lists(told, min_size=1, max_size=3, unique=True)


def said(listed: list[Told]) -> list[tuple[object, ...]]:
    return [(one.name, one.weekday, f"{one.hour:02}:{one.minute:02}", one.minutes, one.place) for one in listed]


def read(reading: Reading) -> list[tuple[object, ...]]:
    assert reading.refused is None
    return [(one.name, one.weekday, one.start, one.minutes, one.place) for one in reading.meetings]


def clock(hour: int, minute: int, how: str) -> str:
    half = f"{hour % 12 or 12}:{minute:02} {'PM' if hour > 11 else 'AM'}"
    return {
        "plain": f"{hour:02}:{minute:02}",
        "seconds": f"{hour:02}:{minute:02}:00",
        "short": f"{hour}:{minute:02}",
        "half": half,
        "glued": half.replace(" ", "").lower(),
        "dots": f"{hour:02}.{minute:02}",
        "kl": f"kl. {hour}.{minute:02}",
    }[how]


CLOCKS = st.sampled_from(["plain", "seconds", "short", "half", "glued", "dots", "kl"])


def ending(one: Told, how: str) -> str:
    at = (60 * one.hour + one.minute + one.minutes) % 1440
    return clock(at // 60, at % 60, how)


@given(lists, st.data())
def test_a_meeting_guide_list_says_the_same_however_it_is_written(listed: list[Told], data: st.DataObject) -> None:
    rows = [guide_row(one, number, data) for number, one in enumerate(listed)]
    text = json.dumps(rows, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.sampled_from([None, 1])))
    encoded = text.encode(data.draw(ENCODINGS))
    assert read(read_list(encoded, Settings(), name=data.draw(st.sampled_from(["a.json", "a.txt", ""])))) == said(
        listed
    )


def guide_row(one: Told, number: int, data: st.DataObject) -> dict[str, Any]:
    how, sunday = data.draw(CLOCKS), (one.weekday + 1) % 7
    days = st.sampled_from([sunday, str(sunday), [sunday], [str(sunday)], float(sunday), ENGLISH[one.weekday]])
    places = st.sampled_from(
        [
            {"city": one.place, "address": "Storgata 1", "country": "Norge", "postal_code": 1234},
            {"formatted_address": f"Storgata 1, 1234 {one.place}, Norge"},
            {"formatted_address": f"Storgata 1, {one.place}"},
            {"formatted_address": f"Storgata 1 1234 {one.place}"},
            {"formatted_address": f"Storgata 1\n1234 {one.place}"},
            {"regions": ["Norge", one.place], "location": "Kirka"},
        ]
    )
    known = {
        "slug": data.draw(st.sampled_from([number, f"m-{number}"])),
        "name": one.name,
        "day": data.draw(days),
        "time": clock(one.hour, one.minute, how),
        "end_time": ending(one, how),
        **data.draw(places),
        **data.draw(EXTRA),
    }
    return dict(data.draw(st.permutations(list(known.items()))))


@given(lists, st.data())
def test_a_bmlt_list_says_the_same_however_it_is_written(listed: list[Told], data: st.DataObject) -> None:
    rows = [bmlt_row(one, number, data) for number, one in enumerate(listed)]
    content = {"meetings": rows, "formats": []} if data.draw(st.booleans()) else rows
    encoded = json.dumps(content, ensure_ascii=data.draw(st.booleans())).encode(data.draw(ENCODINGS))
    assert read(read_list(encoded, Settings())) == said(listed)


@given(lists, SEPARATORS, ENCODINGS, ENDS, st.data())
def test_a_bmlt_sheet_says_the_same_however_it_is_written(
    listed: list[Told], separator: str, encoding: str, end: str, data: st.DataObject
) -> None:
    rows = [bmlt_row(one, number, data) for number, one in enumerate(listed)]
    names = data.draw(st.permutations(list(dict.fromkeys(name for row in rows for name in row))))
    table = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    assert read(read_list(written(table, separator, end).encode(encoding), Settings())) == said(listed)


def bmlt_row(one: Told, number: int, data: st.DataObject) -> dict[str, Any]:
    day = (one.weekday + 1) % 7 + 1
    known = {
        "id_bigint": data.draw(st.sampled_from([number, str(number)])),
        "meeting_name": one.name,
        "weekday_tinyint": data.draw(st.sampled_from([day, str(day)])),
        "start_time": f"{one.hour:02}:{one.minute:02}:00",
        "duration_time": data.draw(st.sampled_from(["{:02}:{:02}:00", "{}:{:02}"])).format(*divmod(one.minutes, 60)),
        "location_municipality": one.place,
        **data.draw(
            st.sampled_from([{}, {"published": "1"}, {"venue_type": ""}, {"root_server_uri": "https://a.no"}])
        ),
    }
    return dict(data.draw(st.permutations(list(known.items()))))


@given(lists, SEPARATORS, ENCODINGS, ENDS, st.data())
def test_a_table_says_the_same_however_it_is_written(
    listed: list[Told], separator: str, encoding: str, end: str, data: st.DataObject
) -> None:
    table = a_table(listed, data)
    reading = read_list(written(table, separator, end).encode(encoding), Settings())
    assert read(reading) == said(listed)
    assert [meeting.row for meeting in reading.meetings] == rows_of_names(table, listed)


@given(lists, st.data())
def test_a_workbook_says_the_same_however_it_is_written(listed: list[Told], data: st.DataObject) -> None:
    table, book = a_table(listed, data), Workbook()
    if data.draw(st.booleans()):
        book.active.append(["Les dette først"])
        book.create_sheet("Møter")
    for row in table:
        book.worksheets[-1].append([cell or None for cell in row])
    file = io.BytesIO()
    book.save(file)
    reading = read_list(file.getvalue(), Settings())
    assert read(reading) == said(listed)
    assert [meeting.row for meeting in reading.meetings] == rows_of_names(table, listed)


def a_table(listed: list[Told], data: st.DataObject) -> list[list[str]]:
    """With headings of any kind in any order, a title above them, empty rows between, and columns nobody knows."""
    fields = data.draw(st.permutations([*HEADINGS, "strange"]))
    headings = [data.draw(st.sampled_from(HEADINGS[field])) if field in HEADINGS else "Ukjent" for field in fields]
    above = data.draw(st.sampled_from([[], [["Møteliste"]], [["Møteliste", "våren 2026"], []]]))
    days, how = data.draw(st.sampled_from([ENGLISH, NORWEGIAN])), data.draw(CLOCKS)
    rows = []
    for one in listed:
        rows.extend([[]] * data.draw(st.integers(0, 1)))
        cells = {
            "name": one.name,
            "day": days[one.weekday],
            "start": clock(one.hour, one.minute, how),
            "minutes": data.draw(st.sampled_from([str(one.minutes), f"{one.minutes} min"])),
            "place": one.place,
        }
        rows.append([cells.get(field, "x") for field in fields])
    return [*above, headings, *rows]


def rows_of_names(table: list[list[str]], listed: list[Told]) -> list[int]:
    """Where a spreadsheet shows the meetings: its rows count from 1, with the headings and what stands above them."""
    names = {one.name for one in listed}
    return [number for number, row in enumerate(table, 1) if names & set(row)]


def written(table: list[list[str]], separator: str, end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(table)
    return text.getvalue()
