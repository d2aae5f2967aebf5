"""Rows of a Meeting Guide list; a test names only what it is about."""

from typing import Any

from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Meeting, Settings

AA = Settings(organisation="aa")


def a_row(**fields: Any) -> dict[str, Any]:
    return {"slug": "onsdag", "name": "Onsdagsgruppa", "day": 3, "time": "19:00", "city": "Oslo"} | fields


def one(settings: Settings = AA, **fields: Any) -> Meeting:
    (meeting,) = read_meeting_guide([a_row(**fields)], settings).meetings
    return meeting


def reasons(meeting: Meeting) -> list[str]:
    return [problem.reason for problem in meeting.problems]
