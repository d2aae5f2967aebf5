"""`manage.py read_feed`, as other programs rely on it: shape, sentences, exits, and no database."""

import json
import re
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

import groups_catalog.feeds
from groups_catalog.feeds.model import Problem, Refused
from groups_catalog.feeds.reader import recognised
from groups_catalog.feeds.wording import FIELDS, LISTS, ROWS, problem_sentence, refused_sentence

ROW = {
    "slug": "a",
    "name": "Onsdag",
    "day": 3,
    "time": "19:00",
    "city": "Oslo",
    "types": ["O", "W"],
    "latitude": 59.9,
}
MEETING_KEYS = (
    *("source_key", "name", "organisation", "weekday", "start", "minutes", "timezone", "mode", "open", "place"),
    *("latitude", "longitude", "codes", "facts", "problems"),
)
CODE = Path(groups_catalog.feeds.__file__).parent


def run(tmp_path: Path, content: Any, *options: str, exits: int = 0) -> str:
    path = tmp_path / "list.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return run_on(path, *options, exits=exits)


def run_on(path: Path, *options: str, exits: int = 0) -> str:
    told, complaint = StringIO(), StringIO()
    with pytest.raises(SystemExit) if exits else nullcontext() as left:
        call_command("read_feed", path, *options, stdout=told, stderr=complaint)
    assert left is None or left.value.code == exits
    return told.getvalue() + complaint.getvalue()


def test_json_holds_exactly_what_was_agreed(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, [ROW, 7], "--json"))
    half = "One of the two coordinates is missing, so neither is used."
    problem = {"row": 1, "field": "coordinates", "reason": half}
    assert tuple(told) == ("format", "meetings", "problems", "refused")
    assert tuple(told["meetings"][0]) == MEETING_KEYS
    assert told["meetings"] == [
        {
            "source_key": "a",
            "name": "Onsdag",
            "organisation": None,
            "weekday": 2,
            "start": "19:00",
            "minutes": None,
            "timezone": "Europe/Oslo",
            "mode": "in_person",
            "open": True,
            "place": "Oslo",
            "latitude": None,
            "longitude": None,
            "codes": ["O", "W"],
            "facts": {"gender_setting": ["women"]},
            "problems": [problem],
        }
    ]
    dropped = "The row is left out: it is not a record of a meeting."
    assert told["problems"] == [problem, {"row": 2, "field": "row", "reason": dropped}]
    assert (told["format"], told["refused"]) == ("meeting_guide", None)


def test_what_is_unknown_is_null(tmp_path: Path) -> None:
    (meeting,) = json.loads(run(tmp_path, [{"slug": "a", "name": "A"}], "--json"))["meetings"]
    assert [meeting[key] for key in ("weekday", "start", "minutes", "open", "place", "organisation")] == [None] * 6


def test_the_fellowship_and_the_zone_may_be_given(tmp_path: Path) -> None:
    options = ("--json", "--organisation", "aa", "--timezone", "America/New_York")
    (meeting,) = json.loads(run(tmp_path, [ROW | {"types": "C"}], *options))["meetings"]
    assert (meeting["organisation"], meeting["open"], meeting["timezone"]) == ("aa", False, "America/New_York")


def test_a_bmlt_list_is_read_with_its_formats_and_areas(tmp_path: Path) -> None:
    formats, bodies = tmp_path / "formats.json", tmp_path / "bodies.json"
    formats.write_text('[{"id": "4", "key_string": "L", "world_id": "CLOSED"}]', "utf-8")
    bodies.write_text('[{"id": "9", "name": "Oslo område"}]', "utf-8")
    row = {"id_bigint": "1", "meeting_name": "A", "format_shared_id_list": "4", "service_body_bigint": "9"}
    told = json.loads(run(tmp_path, [row], "--json", "--formats", str(formats), "--service-bodies", str(bodies)))
    assert told["format"] == "bmlt"
    assert [(meeting["open"], meeting["organisation"]) for meeting in told["meetings"]] == [(False, "Oslo område")]


def test_a_csv_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name;Day;Time;City\nOnsdag;Wednesday;19:00;Oslo\n", "utf-8")
    told = json.loads(run_on(path, "--json"))
    assert told["format"] == "csv"
    assert [(meeting["weekday"], meeting["start"]) for meeting in told["meetings"]] == [(2, "19:00")]


def test_a_csv_of_bmlt_is_read_as_bmlt(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id_bigint,weekday_tinyint,start_time,meeting_name\n1,4,19:00:00,Onsdag\n", "utf-8")
    told = json.loads(run_on(path, "--json"))
    assert (told["format"], told["meetings"][0]["weekday"]) == ("bmlt", 2)


def test_without_json_a_summary_is_told(tmp_path: Path) -> None:
    rows = [ROW | {"slug": number, "latitude": None} for number in range(30)]
    lines = run(tmp_path, [*rows, rows[0], ROW]).splitlines()
    assert lines[:2] == ["31 meetings (meeting_guide)", "  Onsdag · Wednesday 19:00 · Oslo · in_person"]
    assert "Row 31: The row is left out: another row says exactly the same." in lines
    assert lines[-1] == "1 × One of the two coordinates is missing, so neither is used."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ([], "The list is empty, and an empty answer never means that there are no meetings."),
        ({"meetings": [], "formats": []}, "The list is empty, and an empty answer never means"),
        ({"error": "no such list"}, "This is an error message, not a list of meetings. It says “no such list”."),
        ({"error": "ring 912 34 567"}, "This is an error message, not a list of meetings."),
        ({"records": [{"id": 1}]}, "This is an answer from a database service"),
        ({"meetings": [ROW], "warnings": []}, "The meetings lie inside another object"),
        ({"a": 1}, "This is a single object, not a list of meetings."),
        ([1, "a", None], "This is a list, but nothing in it is a record of a meeting."),
        ([{"title": "x"}], "These records are not meetings in a form that can be read here. It says “title”."),
        ("null", "This is a single value"),
        ("<!doctype html><html><body>Not found</body></html>", "This is a web page, not a list of meetings."),
        ('[{"name": "A"', "The list stops in the middle, at line 1."),
        ([{"date_int": 1, "change_type": "comdef"}], "These are the changes on a BMLT server"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence_and_still_valid_json(
    tmp_path: Path, content: Any, told: str
) -> None:
    answer = json.loads(run(tmp_path, content, "--json", exits=1))
    assert answer["refused"].startswith(told)
    assert "912" not in answer["refused"]
    assert (answer["meetings"], answer["problems"]) == ([], [])


def test_one_odd_record_does_not_decide_what_a_list_is() -> None:
    formats = {"key_string": "O", "name_string": "Open"}
    assert recognised([formats, ROW, ROW]) == "meeting_guide"
    assert recognised([formats, formats, ROW]) == Refused("formats_answer")
    assert recognised([{"id_bigint": "1", "meeting_name": "A"}, "junk"]) == "bmlt"
    assert recognised([ROW], "bmlt") == "bmlt"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--timezone", "Mars/Phobos"), "Mars/Phobos is not a time zone like Europe/Oslo"),
        (("--formats", "no-such-file"), "no-such-file: No such file or directory"),
    ],
)
def test_a_bad_option_is_told_in_one_line(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    assert run(tmp_path, [ROW], *options, exits=2) == f"{told}\n"


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    assert run_on(tmp_path / "none.json", exits=2) == f"{tmp_path / 'none.json'}: No such file or directory\n"


def test_a_broken_list_of_formats_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "formats.json").write_text("[", "utf-8")
    told = run(tmp_path, [ROW], "--formats", str(tmp_path / "formats.json"), exits=2)
    assert told == "formats.json: The list stops in the middle, at line 1.\n"


def test_every_reason_in_the_code_has_words() -> None:
    source = "".join(path.read_text("utf-8") for path in CODE.glob("*.py") if path.name != "wording.py")
    fields = set(re.findall(r'(?:row|self)\.flag\(\s*"(\w+)"', source))
    reasons = set(re.findall(r'(?:row|self)\.flag\(\s*"\w+", "(\w+)"', source)) | set(
        re.findall(r'"(coordinates_\w+)"', source)
    )
    dropped = {f"dropped_{reason}" for reason in re.findall(r'\.dropped\("(\w+)"', source)}
    lists = set(re.findall(r'\b(?:Refused|NotReadable)\(\s*"(\w+)"', source))
    assert len(reasons) > 25
    assert reasons | dropped <= ROWS.keys()
    assert lists <= LISTS.keys()
    assert fields <= FIELDS.keys()


def test_what_stood_there_is_told_as_it_stood() -> None:
    told = problem_sentence(Problem(1, "weekday", "day_unreadable", "{8}"))
    assert told == "This is not a day of the week, and is left out. It says “{8}”."
    assert refused_sentence(Refused("no such reason")) == "The row: something could not be read."
