"""Meeting Guide, the JSON of twelve-step meeting lists: a list of records, one for each meeting. Pure.

    day 0 = Sunday, or several      types = codes of the fellowship      attendance_option where the exporter adds it

https://github.com/code4recovery/spec, and what is met with in lists that do not keep to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groups_catalog.feeds.address import in_one_line, is_nowhere, joined, street_of, town_of
from groups_catalog.feeds.codes import Said, codes, split_codes
from groups_catalog.feeds.fellowship import with_fellowship
from groups_catalog.feeds.model import Meeting, Mode, Reading, Settings
from groups_catalog.feeds.plain import has_digit, is_text, one_line
from groups_catalog.feeds.privacy import is_personal
from groups_catalog.feeds.rows import Read, Row, by_appointment, finished, read_all, settled
from groups_catalog.feeds.times import SUNDAY_IS_0, parse_end, parse_span, read_days
from groups_catalog.places import find

FORMAT = "meeting_guide"
OPTIONS = {
    "in_person": Mode.IN_PERSON,
    "inperson": Mode.IN_PERSON,
    "online": Mode.ONLINE,
    "virtual": Mode.ONLINE,
    "hybrid": Mode.HYBRID,
    "both": Mode.HYBRID,
    "inactive": Mode.PAUSED,
}
ACCESS = ("conference_phone", "conference_phone_notes", "conference_url_notes")
"""How to get into a room by phone or with a code: never kept unless a curator asks for it."""
PLACES = ("location", "formatted_address", "address", "city")
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    place: str
    venue: str
    physical: bool
    """Whether there is a place where one can turn up."""
    address: bool
    """Whether more than the town is known of it."""
    approximate: bool


def read_meeting_guide(content: object, settings: Settings) -> Reading:
    """Every record is read, or dropped with a reason; nothing raises."""
    rows = content if isinstance(content, list | tuple) else ()
    known = with_fellowship(settings, rows)
    return settled(FORMAT, (_read(row, raw) for row, raw in read_all(rows, known)))


def _read(row: Row, raw: object) -> Read:
    if not isinstance(raw, Mapping):
        return row.dropped("not_a_record")
    _note_contacts(row, raw)
    listed, unread = split_codes(raw.get("types"))
    said = codes().said(listed, row.settings.organisation)
    row.doubt_codes(said)
    if unread:
        row.flag("codes", "code_unreadable")
    return finished(row, _meeting(row, raw, listed, said))


def _meeting(row: Row, raw: Raw, listed: tuple[str, ...], said: Said) -> Meeting:
    row.days = _days(row, raw)
    start, minutes = _hours(row, raw)
    where = _where(row, raw)
    address, linked = row.link(raw.get("conference_url"))
    nowhere = any(is_nowhere(one_line(raw.get(name))) for name in PLACES)
    online = linked or said.online or has_digit(raw.get("conference_phone")) or nowhere
    mode = by_appointment(row, _mode(row, raw, said, where, online=online), **_given(raw))
    latitude, longitude = row.coordinates(raw.get("latitude"), raw.get("longitude"))
    return Meeting(
        row=row.number,
        source_key=row.key(raw.get("slug")) or row.key(raw.get("id")),
        name=row.label("name", raw.get("name")),
        organisation=row.settings.organisation or row.label("organisation", raw.get("entity")),
        group_key=row.key(raw.get("group_id")) or row.label("group_key", raw.get("group")),
        start=start,
        minutes=minutes,
        timezone=row.zone(raw.get("timezone")),
        mode=mode,
        open=said.open,
        place=where.place,
        venue=where.venue,
        latitude=latitude,
        longitude=longitude,
        languages=said.languages,
        membership=said.membership,
        step_free=said.step_free,
        link=address,
        note=row.note(*_notes(raw, row.settings)),
        updated=row.updated(raw.get("updated"), raw.get("last_contact")),
        codes=listed,
        facts=said.facts,
    )


def _days(row: Row, raw: Raw) -> tuple[int, ...]:
    days, unread = read_days(raw.get("day"), SUNDAY_IS_0)
    for value in unread:
        row.flag("weekday", "day_unreadable", value)
    return days


def _hours(row: Row, raw: Raw) -> tuple[str, int | None]:
    read, own_end = parse_span(raw.get("time"))
    start = row.clock(read, raw.get("time"))
    end = parse_end(raw.get("end_time")) or own_end
    if end is None and _is_given(raw.get("end_time")):
        row.flag("minutes", "end_unreadable", raw.get("end_time"))
    return start, row.length(start, end)


def _given(raw: Raw) -> dict[str, bool]:
    return {"days_given": _is_given(raw.get("day")), "time_given": _is_given(raw.get("time"))}


def _is_given(value: object) -> bool:
    return bool(one_line(value)) if is_text(value) else value not in ([], {}, ())


def _location(raw: Raw) -> str:
    return one_line(raw.get("location"))


def _where(row: Row, raw: Raw) -> Where:
    """The list says by itself whether an address is only approximate; how many parts it has tells nothing."""
    location, whole, street, city = (_somewhere(raw.get(name)) for name in PLACES)
    whole = row.label("place", in_one_line(whole), 500)
    street = row.label("venue", street) or street_of(whole)
    town = row.label("place", city, 80) or town_of(whole) or _region(raw)
    venue = joined((row.label("venue", location), street))
    nowhere = is_nowhere(_location(raw)) and not street
    approximate = _is_yes(raw.get("approximate"))
    physical = bool(town or venue) and not approximate and not nowhere
    return Where(town[:80], row.label("venue", venue), physical, bool(venue or town_of(whole)), approximate)


def _somewhere(value: object) -> object:
    return "" if is_nowhere(one_line(value)) else value


def _region(raw: Raw) -> str:
    """The most exact of the regions that is a Norwegian town."""
    regions = raw.get("regions")
    listed = [*(regions if isinstance(regions, list) else ()), raw.get("region"), raw.get("sub_region")]
    names = [one_line(region).rpartition(">")[2].strip() for region in listed]
    return next((name for name in reversed(names) if name and find(name)), "")


def _is_yes(value: object) -> bool:
    return value is True or one_line(value).casefold() in {"yes", "true", "1", "ja"}


def _mode(row: Row, raw: Raw, said: Said, where: Where, *, online: bool) -> Mode:
    """What the list says, unless its place is closed; what the other fields tell where it says nothing."""
    told = _told(row, raw)
    shown = _shown(said, where, online=online)
    if told is None:
        if shown is Mode.UNKNOWN and where.approximate:
            row.flag("mode", "address_approximate")
        return shown
    if told in {Mode.IN_PERSON, Mode.HYBRID} and told is not shown:
        row.flag("mode", "attendance_contradicts", raw.get("attendance_option"))
        return shown if said.away or where.approximate else told
    return told


def _told(row: Row, raw: Raw) -> Mode | None:
    option = raw.get("attendance_option")
    written = one_line(option).casefold().replace("-", "_").replace(" ", "_")
    if (written and written not in OPTIONS) or not is_text(option):
        row.flag("mode", "attendance_unreadable", option)
    return OPTIONS.get(written)


def _shown(said: Said, where: Where, *, online: bool) -> Mode:
    """A place that is closed for now leaves the room on the net, or nothing."""
    on_the_spot = where.physical and not said.away
    if online:
        return Mode.HYBRID if on_the_spot and (where.address or said.hybrid) else Mode.ONLINE
    if said.away:
        return Mode.PAUSED
    return Mode.IN_PERSON if on_the_spot else Mode.UNKNOWN


def _notes(raw: Raw, settings: Settings) -> tuple[object, ...]:
    kept = (*ACCESS, "email", "phone") if settings.keep_contacts else ()
    return tuple(raw.get(name) for name in ("notes", "group_notes", "location_notes", *kept))


def _note_contacts(row: Row, raw: Raw) -> None:
    """Once for all fields of a row that are about persons or hold the keys to a room."""
    if any(is_personal(name) and _is_given(value) for name, value in raw.items()):
        row.flag("contact", "contact_left_out")
