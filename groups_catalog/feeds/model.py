"""What a meeting list says, in one shape, whichever format it came in. Pure: no Django, no database.

bytes ──opening──▶ rows ──meeting_guide · bmlt · table──▶ Reading(meetings, problems) or Reading(refused)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """How people meet; `paused` is said of a group that does not meet now, `unknown` where the list does not tell."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    BY_APPOINTMENT = "by_appointment"
    PAUSED = "paused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the list that was left out, mended or is doubtful.

    `row` is where a person finds it: a record of JSON counted from 1, or the row that a spreadsheet shows, with the
    headings counted; `reason` is a code of `feeds/wording.py`, so that it can be said in the reader's language;
    `given` is what stood there, shortened, and empty where it could name a person.
    """

    row: int
    field: str
    reason: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting at one day and time. Everything but the key and the name may be unknown."""

    row: int
    source_key: str
    """The list's own id of the row; several meetings of one row share it."""
    name: str
    organisation: str = ""
    """A library id where the list tells it, else the publisher's own words, else empty."""
    group_key: str = ""
    """What the list gives as the group behind several meetings, else empty."""
    weekday: int | None = None
    """0 is Monday; None where the meeting is by appointment."""
    start: str = ""
    """Wall-clock `HH:MM`."""
    minutes: int | None = None
    timezone: str = "Europe/Oslo"
    every: str = "week"
    """`week`, or `first` to `fourth` or `last` of the month."""
    mode: Mode = Mode.UNKNOWN
    open: bool | None = None
    """Whether anybody may come."""
    place: str = ""
    """The town."""
    venue: str = ""
    """Where in the town: the building and the street."""
    latitude: float | None = None
    longitude: float | None = None
    languages: tuple[str, ...] = ()
    membership: str = "everyone"
    """`everyone`, `women` or `men`."""
    step_free: bool | None = None
    link: str = ""
    """The https address of an online meeting, without its passcode."""
    note: str = ""
    updated: str = ""
    """`YYYY-MM-DD`: when the list says the row was last edited or confirmed; empty where it does not."""
    codes: tuple[str, ...] = ()
    """As the list wrote them, in upper case."""
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Vocabulary facts that the codes truly say, by attribute."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The whole list cannot be read: a code of `feeds/wording.py` and what stood there."""

    reason: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    format: str
    """`meeting_guide`, `bmlt`, `csv`, `xlsx`, or `unknown`."""
    meetings: tuple[Meeting, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of every row, those of the meetings included."""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the clinic knows of a list that the list does not say."""

    organisation: str = ""
    """The library id of the fellowship that publishes it; the codes are read by it."""
    timezone: str = "Europe/Oslo"
    country: str = "NO"
    """Coordinates outside this country are flagged."""
    keep_contacts: bool = False
    """A curator asked to keep e-mails, phones and passcodes. Persons' names are never kept."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """For a table with other headings: our field → the heading it stands under."""
