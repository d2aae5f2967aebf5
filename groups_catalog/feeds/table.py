"""A table of meetings: our own template, a Meeting Guide sheet, or another list whose columns are matched to ours.

row ─▶ cells by our own field ─▶ days and weeks of the month ─▶ one meeting each

A cell that cannot be read is flagged and left unknown; the meeting stays. Pure: no Django, no database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from groups_catalog.feeds.address import is_nowhere, joined, street_of, town_of
from groups_catalog.feeds.cells import Cells, cells_of, may_hold
from groups_catalog.feeds.codes import Said, codes, split_codes
from groups_catalog.feeds.columns import columns, suggest_columns
from groups_catalog.feeds.limits import MAX_MEETINGS, NotReadable
from groups_catalog.feeds.model import Meeting, Mode, Problem, Reading, Refused, Settings
from groups_catalog.feeds.rows import Read, Row, by_appointment, finished, settled
from groups_catalog.places import find

WHOLE_TABLE = 0
"""The row number of a problem that is about a column."""
LEFT_OUT = ("ended", "unpublished")
"""Rows whose status says that there is no such meeting."""
NOT_NOW = ("paused", "doubtful")
Raw = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Where:
    place: str
    venue: str
    physical: bool
    """Whether one can turn up there."""
    exact: bool
    """Whether more than the town is known."""


def read_table(rows: Sequence[Raw], settings: Settings, *, format: str) -> Reading:
    """`rows` by heading, as `opening` gives them. Nothing raises."""
    if not rows:
        return Reading(format, refused=Refused("empty_table"))
    found, doubts = matched(list(rows[0]), settings.columns)
    if not ("name" in found or {"day", "start"} <= found.keys()):
        return Reading(format, problems=doubts, refused=Refused("headings_unknown", _named(rows[0])))
    try:
        meetings, problems = settled(_reads(rows, settings, found))
    except NotReadable as wrong:
        return Reading(format, problems=doubts, refused=wrong.refused)
    return Reading(format, meetings, doubts + problems)


def matched(headings: Sequence[str], own: Mapping[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Our field → heading: what the clinic has said, then what is likely. An empty heading means: none of them."""
    known = {field for column in columns().listed if (field := column.id)}
    said = {field: heading for field, heading in own.items() if heading in headings and may_hold(field, heading)}
    free = [heading for heading in headings if heading not in said.values()]
    likely = {field: heading for field, heading in suggest_columns(free).items() if field not in own}
    doubts = [
        Problem(WHOLE_TABLE, field, "column_about_persons" if heading in headings else "column_missing", heading)
        for field, heading in own.items()
        if heading and field not in said
    ]
    return {field: heading for field, heading in (likely | said).items() if field in known}, tuple(doubts)


def _reads(rows: Sequence[Raw], settings: Settings, found: Mapping[str, str]) -> Iterator[Read]:
    meetings = 0
    for number, raw in enumerate(rows, 1):
        read = _read(Row(number, settings), raw, found)
        meetings += len(read.meetings)
        if meetings > MAX_MEETINGS:
            raise NotReadable("too_many_meetings")
        yield read


def _named(row: Raw) -> str:
    return ", ".join(row)[:80]


def _read(row: Row, raw: Raw, found: Mapping[str, str]) -> Read:
    if not any(text.strip() for text in raw.values()):
        return row.dropped("empty")
    cells = cells_of(row, raw, found)
    status = cells.word("status", "status_unreadable")
    if status in LEFT_OUT:
        return row.dropped(status)
    if status == "doubtful":
        row.flag("mode", "status_doubtful", cells.text("status"))
    row.days, weeks = cells.days_and_weeks()
    read = finished(row, _meeting(cells, not_now=status in NOT_NOW))
    return Read(row, tuple(replace(meeting, every=week) for meeting in read.meetings for week in weeks))


def _meeting(cells: Cells, *, not_now: bool) -> Meeting:
    row, text = cells.row, cells.text
    listed, said = _said(cells)
    start, minutes = cells.hours()
    where = _where(cells)
    address, linked = row.link(text("link"))
    online = linked or said.online or bool(text("conference_phone")) or is_nowhere(text("venue"))
    mode = by_appointment(
        row, _mode(cells, said, where, online=online), days_given=bool(text("day")), time_given=bool(text("start"))
    )
    latitude, longitude = row.coordinates(text("latitude"), text("longitude"))
    return Meeting(
        row=row.number,
        source_key=row.key(text("key")),
        name=row.label("name", text("name")),
        organisation=row.settings.organisation or row.label("organisation", text("organisation")),
        group_key=row.label("group_key", text("group")),
        start=start,
        minutes=minutes,
        timezone=row.zone(text("timezone")),
        mode=Mode.PAUSED if not_now else mode,
        open=_open(cells, said),
        place=where.place,
        venue=where.venue,
        latitude=latitude,
        longitude=longitude,
        languages=tuple(dict.fromkeys(cells.languages() + said.languages)),
        membership=said.membership,
        step_free=_step_free(cells, said),
        link=address,
        note=row.note(*cells.notes()),
        updated=row.updated(text("updated")),
        codes=listed,
        facts=said.facts,
    )


def _said(cells: Cells) -> tuple[tuple[str, ...], Said]:
    """What the codes say together with the words for whom the meeting is."""
    listed, unread = split_codes(cells.text("types"))
    if unread:
        cells.row.flag("codes", "code_unreadable")
    said = codes().said((*listed, *cells.members()), cells.row.settings.organisation)
    cells.row.doubt_codes(said)
    return listed, said


def _open(cells: Cells, said: Said) -> bool | None:
    """Two columns that contradict each other leave it unknown."""
    told = cells.yes_no("open")
    if told is not None and said.open is not None and told is not said.open:
        cells.row.flag("open", "open_and_closed")
        return None
    return said.open if told is None else told


def _step_free(cells: Cells, said: Said) -> bool | None:
    told = cells.yes_no("step_free")
    return said.step_free if told is None else told


def _where(cells: Cells) -> Where:
    """Only the list itself can say that an address is approximate; how many parts it has tells nothing."""
    row, text = cells.row, cells.text
    whole = row.label("place", text("whole_address"), 500)
    nowhere = is_nowhere(text("venue"))
    location = "" if nowhere else row.label("venue", text("venue"))
    street = row.label("venue", text("address")) or street_of(whole)
    place = row.label("place", text("place"), 80) or _town(whole, street, text("region"))
    venue = row.label("venue", joined((location, street)))
    physical = bool(place or venue) and not (nowhere and not street) and not cells.yes_no("approximate")
    return Where(place[:80], venue, physical, bool(venue))


def _town(whole: str, street: str, region: str) -> str:
    """The town at the end of an address; else a region that is a town, or an address that ends in one."""
    guesses = (town_of(street), region.rpartition(">")[2].strip())
    return town_of(whole) or next((guess for guess in guesses if guess and find(guess)), "")


def _mode(cells: Cells, said: Said, where: Where, *, online: bool) -> Mode:
    """What the row says, unless its place is closed for now; what its other cells tell where it says nothing."""
    told, shown = cells.mode(), _shown(said, where, online=online)
    if told in {Mode.IN_PERSON, Mode.HYBRID} and shown not in {told, Mode.UNKNOWN}:
        cells.row.flag("mode", "attendance_contradicts", cells.text("mode"))
        return shown if said.away else told
    return told or shown


def _shown(said: Said, where: Where, *, online: bool) -> Mode:
    on_the_spot = where.physical and not said.away
    if online:
        return Mode.HYBRID if on_the_spot and (where.exact or said.hybrid) else Mode.ONLINE
    if said.away:
        return Mode.PAUSED
    return Mode.IN_PERSON if on_the_spot else Mode.UNKNOWN
