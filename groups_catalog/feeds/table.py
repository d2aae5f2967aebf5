"""A table of meetings: our own template, a Meeting Guide sheet, or another list whose columns are matched to ours.

row ─▶ cells by our own field ─▶ days and weeks of the month ─▶ one meeting each

A cell that cannot be read is flagged and left unknown; the meeting stays. Pure: no Django, no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from groups_catalog.feeds.address import in_one_line, is_nowhere, joined, street_of, town_of
from groups_catalog.feeds.cells import Cells, cells_of, is_about_persons, may_hold
from groups_catalog.feeds.codes import Said, codes, split_codes
from groups_catalog.feeds.columns import columns, suggest_columns
from groups_catalog.feeds.model import Meeting, Mode, Problem, Reading, Refused, Settings
from groups_catalog.feeds.rows import Read, Row, by_appointment, finished, read_all, settled
from groups_catalog.places import find

WHOLE_TABLE = 0
"""The row number of a problem that is about a column."""
LEFT_OUT = ("ended", "unpublished")
"""Rows whose status says that there is no such meeting."""
NOT_NOW = ("paused", "doubtful")
PLACES = ("venue", "whole_address", "address", "place")
Raw = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Where:
    place: str
    venue: str
    physical: bool
    """Whether one can turn up there."""
    exact: bool
    """Whether more than the town is known."""


def read_table(rows: Sequence[Raw], settings: Settings, *, format: str, above: int = 0) -> Reading:
    """`rows` by heading, as `opening` gives them; the first `above` end with the headings. Nothing raises."""
    if len(rows) <= above:
        return Reading(format, refused=Refused("empty_table"))
    found, doubts = matched(list(rows[0]), settings.columns)
    if not ("name" in found or {"day", "start"} <= found.keys()):
        return Reading(format, problems=doubts, refused=Refused("headings_unknown", _named(rows[0])))
    reading = settled(format, (_read(row, raw, found) for row, raw in read_all(rows, settings, above)))
    return replace(reading, problems=doubts + _unused(rows, found) + reading.problems)


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


def _unused(rows: Sequence[Raw], found: Mapping[str, str]) -> tuple[Problem, ...]:
    """The columns that hold something and are read by nobody, unless they are about persons: they may be matched."""
    beside = [heading for heading in rows[0] if heading.strip() and heading not in found.values()]
    filled = [heading for heading in beside if any(row.get(heading, "").strip() not in {"", heading} for row in rows)]
    unused = [heading for heading in filled if not is_about_persons(heading)]
    return (Problem(WHOLE_TABLE, "row", "columns_unused", _named(unused)),) if unused else ()


def _named(headings: Iterable[str]) -> str:
    return ", ".join(headings)[:80]


def _read(row: Row, raw: Raw, found: Mapping[str, str]) -> Read:
    if not any(text.strip() for text in raw.values()):
        return row.dropped("empty")
    if all(text.strip() in {"", heading} for heading, text in raw.items()):
        return row.dropped("headings_again")
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
    nowhere = any(is_nowhere(text(name)) for name in PLACES)
    online = linked or said.online or bool(text("conference_phone")) or nowhere
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
        updated=row.updated(text("updated"), text("last_contact")),
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
    location, whole, street, place = ("" if is_nowhere(text(name)) else text(name) for name in PLACES)
    whole = row.label("place", in_one_line(whole), 500)
    street = row.label("venue", in_one_line(street)) or street_of(whole)
    place = row.label("place", place, 80) or _town(whole, street, location, text("region"))
    venue = row.label("venue", joined((row.label("venue", location), street)))
    physical = bool(place or venue) and not (is_nowhere(text("venue")) and not street)
    physical = physical and not cells.yes_no("approximate")
    return Where(place[:80], venue, physical, bool(venue))


def _town(whole: str, street: str, location: str, region: str) -> str:
    """The town at the end of an address; else an address or a place that ends in one, or a region that is one."""
    guesses = (town_of(street), town_of(location), region.rpartition(">")[2].strip())
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
