"""A row of the form becomes meetings of the document, and what is wrong with it is said."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.entries.meeting_form import bound_rows, rows_sent_again, unbound_rows
from tests.document_factories import a_meeting_document
from tests.sent_forms import query, sent

pytestmark = pytest.mark.usefixtures("_english")


@pytest.fixture
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def page(meetings: list[Document]) -> str:
    rows = unbound_rows(meetings)
    return str(rows.management_form) + "".join(str(field) for row in rows for field in row)


def typed(meetings: list[Document] | None = None, **changes: Any) -> QueryDict:
    """What is sent after somebody has changed some fields of the rows."""
    return query(sent(page(meetings or []), **{f"meetings__{name}": value for name, value in changes.items()}))


def read(data: QueryDict) -> list[Document]:
    rows = bound_rows(data)
    assert rows.is_valid(), rows.errors
    return [meeting for _row, meeting in rows.numbered()]


def wrong(**changes: Any) -> list[str]:
    valid = {"0__days": ["0"], "0__start": "18:30", "0__ends": "20:00"}
    rows = bound_rows(typed([], **{**valid, **changes}))
    assert not rows.is_valid()
    return [str(message) for messages in rows.forms[0].errors.values() for message in messages]


def test_an_empty_row_is_no_meeting() -> None:
    assert read(typed()) == []


def test_several_days_at_one_time_are_written_in_one_go() -> None:
    found = read(typed([], **{"0__days": ["0", "2", "4"], "0__start": "18:30", "0__ends": "19:30"}))
    assert [(meeting["weekday"], meeting["start"], meeting["minutes"]) for meeting in found] == [
        (0, "18:30", 60),
        (2, "18:30", 60),
        (4, "18:30", 60),
    ]


def test_days_that_share_everything_else_share_a_row() -> None:
    rows = unbound_rows([a_meeting_document(weekday=day) for day in (0, 2, 4)])
    assert [row["days"].value() for row in rows.initial_forms] == [["0", "2", "4"]]


def test_days_that_differ_have_rows_of_their_own() -> None:
    rows = unbound_rows([a_meeting_document(), a_meeting_document(weekday=1, open=True)])
    assert len(rows.initial_forms) == 2


@pytest.mark.parametrize(("start", "ends", "minutes"), [("22:00", "06:00", 480), ("23:59", "00:00", 1)])
def test_an_end_before_the_start_is_the_next_day(start: str, ends: str, minutes: int) -> None:
    (meeting,) = read(typed([], **{"0__days": ["4"], "0__start": start, "0__ends": ends}))
    assert meeting["minutes"] == minutes


def test_the_minutes_are_enough() -> None:
    (meeting,) = read(typed([], **{"0__days": ["4"], "0__start": "18:30", "0__minutes": "75"}))
    assert meeting["minutes"] == 75


def test_a_whole_day_is_shown_by_its_minutes() -> None:
    (meeting,) = read(typed([a_meeting_document(minutes=1440)]))
    assert meeting["minutes"] == 1440


def test_a_time_may_be_written_the_norwegian_way() -> None:
    (meeting,) = read(typed([], **{"0__days": ["4"], "0__start": "18.30", "0__ends": "20.00"}))
    assert (meeting["start"], meeting["minutes"]) == ("18:30", 90)


def test_days_off_are_put_in_order_each_once() -> None:
    off = "2026-12-31, 24.12.2026;2026-12-24"
    (meeting,) = read(typed([a_meeting_document()], **{"0__except_on": off}))
    assert meeting["except_on"] == ["2026-12-24", "2026-12-31"]


def test_a_row_that_is_taken_away_is_no_meeting_even_when_it_is_wrong() -> None:
    assert read(typed([a_meeting_document()], **{"0__DELETE": "on", "0__start": "soon"})) == []


def test_a_row_that_was_emptied_is_no_meeting() -> None:
    emptied = {"0__days": None, "0__start": "", "0__ends": ""}
    assert read(typed([a_meeting_document()], **emptied)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"0__days": None}, "Choose a day of the week."),
        ({"0__start": "soon"}, "Write the time as 18:30."),
        ({"0__start": ""}, "Write the time as 18:30."),
        ({"0__ends": "later"}, "Write the time as 18:30."),
        ({"0__ends": ""}, "Say when it ends, or how long it lasts."),
        ({"0__ends": "18:30"}, "It ends when it begins. Write only the minutes if it lasts a whole day."),
        ({"0__minutes": "80"}, "The end and the minutes do not agree. One of them is enough."),
        ({"0__ends": "", "0__minutes": "0"}, "A meeting lasts from one minute to a whole day."),
        ({"0__ends": "", "0__minutes": "1441"}, "A meeting lasts from one minute to a whole day."),
        ({"0__minutes": "an hour"}, "Write the minutes as a whole number."),
        ({"0__every": "sometimes"}, "Choose how often it is held."),
        ({"0__valid_from": "17/5"}, "Write a day as 2026-05-17."),
        ({"0__valid_until": "soon"}, "Write a day as 2026-05-17."),
        ({"0__except_on": "2026-12-24 Christmas"}, "“Christmas” is not a day such as 2026-12-24."),
        ({"0__except_on": "2026-02-30"}, "“2026-02-30” is not a day such as 2026-12-24."),
        ({"0__timezone": ""}, "Write a time zone such as Europe/Oslo."),
    ],
)
def test_what_is_wrong_with_a_row_is_said(changes: dict[str, Any], message: str) -> None:
    assert wrong(**changes) == [message]


def test_one_row_more_keeps_what_was_typed_right_or_wrong() -> None:
    again = rows_sent_again(typed([], **{"0__days": ["1"], "0__start": "soon"}))
    assert len(again.forms) == 2
    assert (again.forms[0]["days"].value(), again.forms[0]["start"].value()) == (["1"], "soon")
    assert not again.is_bound


def test_however_often_one_asks_for_another_time_no_empty_rows_gather() -> None:
    again = rows_sent_again(typed([a_meeting_document()]))
    assert len(again.forms) == 2


@pytest.mark.parametrize("total", ["", "many", "-1", "100000"])
def test_a_spoilt_count_of_rows_does_no_harm(total: str) -> None:
    assert len(rows_sent_again(typed([], TOTAL_FORMS=total)).forms) <= 61


def test_a_page_without_its_count_of_rows_is_refused() -> None:
    assert not bound_rows(typed([a_meeting_document()], TOTAL_FORMS=None)).is_valid()


@pytest.mark.parametrize(
    "changes", [{"valid_until": "2027-01-01"}, {"except_on": ["2026-12-24"]}, {"timezone": "Europe/London"}]
)
def test_what_is_folded_away_is_opened_where_it_says_something(changes: Document) -> None:
    rows = unbound_rows([a_meeting_document(**changes)])
    assert [row.has_more() for row in rows] == [True, False]
