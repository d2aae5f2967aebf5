"""Tables for the tests, by the headings of our own template."""

from groups_catalog.feeds.model import Meeting, Reading, Settings
from groups_catalog.feeds.opening import open_list
from groups_catalog.feeds.table import read_table

NOBODY = Settings()


def rows_of(data: bytes) -> tuple[dict[str, str], ...]:
    """The rows of a table without the lines above them."""
    opened = open_list(data)
    return tuple(opened.content[opened.above :])


def reading(*rows: dict[str, str], settings: Settings = NOBODY) -> Reading:
    headings = dict.fromkeys(heading for row in rows for heading in row)
    return read_table(
        [{heading: row.get(heading, "") for heading in headings} for row in rows], settings, format="csv"
    )


def one(**cells: str) -> Meeting:
    """The one meeting of one row, by our own fields; spaces in a heading are written as underscores."""
    (meeting,) = reading(
        {"Name": "Åpen dør", **{name.replace("_", " "): text for name, text in cells.items()}}
    ).meetings
    return meeting


def reasons(meeting: Meeting) -> list[tuple[str, str]]:
    return [(problem.field, problem.reason) for problem in meeting.problems]
