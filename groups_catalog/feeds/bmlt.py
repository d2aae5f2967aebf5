"""BMLT, the meeting server of Narcotics Anonymous: the answers of GetSearchResults. Pure.

    weekday 1 = Sunday      every value a text, "" for nothing      formats = keys of one server in one language

A key means nothing away from its server; the world-wide id of the format (GetFormats) does. https://bmlt.app
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from groups_catalog.feeds import privacy
from groups_catalog.feeds.address import is_nowhere, joined
from groups_catalog.feeds.codes import Codes, Meaning, Said, codes, split_codes, taken_together
from groups_catalog.feeds.model import Meeting, Mode, Reading, Settings
from groups_catalog.feeds.plain import has_digit, one_line
from groups_catalog.feeds.rows import Read, Row, by_appointment, finished, read_all, settled
from groups_catalog.feeds.times import DAY_MINUTES, SUNDAY_IS_1, parse_minutes, parse_time, read_days

FORMAT = "bmlt"
VENUES = {"1": Mode.IN_PERSON, "2": Mode.ONLINE, "3": Mode.HYBRID}
LABEL = "#@-@#"
"""Some servers send an own field as its heading, this mark and the value."""
EVERYWHERE = frozenset(("VM", "HY", "TC"))
"""Keys that no server translates."""
NA_GROUP = re.compile(r"G\d{6,}")
PLACES = ("location_text", "location_street", "location_municipality", "location_city_subsection")
ACCESS = ("virtual_meeting_additional_info", "phone_meeting_number")
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Formats:
    """What a server says of its formats: world-wide id and name, by shared id and by key."""

    by_id: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    by_key: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What there is: a room on the net or on the phone, a town, and a place in it."""

    linked: bool
    place: bool
    venue: bool


def read_bmlt(
    content: object, settings: Settings, *, formats: object = None, service_bodies: object = None, above: int = 0
) -> Reading:
    """Every record is read, or dropped with a reason; nothing raises.

    `formats` and `service_bodies` are the decoded answers of GetFormats and GetServiceBodies, where there are any;
    `above` is how many lines of a table end with its headings.
    """
    wrapped = content if isinstance(content, Mapping) else {}
    rows = wrapped.get("meetings") if wrapped else content
    known = formats_of([*records(wrapped.get("formats")), *records(formats)])
    owners = _names(service_bodies)
    listed = rows if isinstance(rows, list | tuple) else ()
    told = _with_fellowship(settings, records(listed))
    return settled(FORMAT, (_read(row, raw, known, owners) for row, raw in read_all(listed, told, above)))


def _with_fellowship(settings: Settings, rows: Iterable[Raw]) -> Settings:
    """Only NA's world services number groups this way; other fellowships may run the same server."""
    numbered = any(NA_GROUP.fullmatch(_text(raw, "worldid_mixed")) for raw in rows)
    return replace(settings, organisation="na") if numbered and not settings.organisation else settings


def records(content: object) -> list[Raw]:
    """The records of a list, or of a list inside `formats`; none where it is something else."""
    listed = content.get("formats") if isinstance(content, Mapping) else content
    return [record for record in listed if isinstance(record, Mapping)] if isinstance(listed, list | tuple) else []


def formats_of(listed: Iterable[Raw]) -> Formats:
    """A key that two formats share stands for neither."""
    by_id: dict[str, tuple[str, str]] = {}
    by_key: dict[str, set[tuple[str, str]]] = {}
    for record in sorted(listed, key=lambda record: one_line(record.get("lang")) != "en"):
        told = (one_line(record.get("world_id")).upper(), one_line(record.get("name_string")))
        by_id.setdefault(one_line(record.get("id")), told)
        by_key.setdefault(one_line(record.get("key_string")).upper(), set()).add(told)
    return Formats(by_id, {key: next(iter(told)) for key, told in by_key.items() if len(told) == 1})


def _names(content: object) -> Mapping[str, str]:
    """The areas by their number, without those that are called by a person's number."""
    named = ((one_line(body.get("id")), privacy.label(one_line(body.get("name")))[0]) for body in records(content))
    return {number: name for number, name in named if number and name}


def _read(row: Row, raw: object, known: Formats, owners: Mapping[str, str]) -> Read:
    if not isinstance(raw, Mapping):
        return row.dropped("not_a_record")
    if one_line(raw.get("published")).casefold() in {"0", "false"} or raw.get("published") is False:
        return row.dropped("unpublished")
    if any(privacy.is_personal(name) and one_line(value) for name, value in raw.items()):
        row.flag("contact", "contact_left_out")
    listed, unread = split_codes(raw.get("formats"))
    said = taken_together(_meanings(raw, listed, known))
    row.doubt_codes(said)
    if unread:
        row.flag("codes", "code_unreadable")
    return finished(row, _meeting(row, raw, listed, said, owners))


def _meeting(row: Row, raw: Raw, listed: tuple[str, ...], said: Said, owners: Mapping[str, str]) -> Meeting:
    start, minutes = _hours(row, raw)
    place, venue = _place(row, raw)
    link, linked = row.link(raw.get("virtual_meeting_link"))
    nowhere = any(is_nowhere(_text(raw, name)) for name in PLACES)
    spot = _Spot(linked or nowhere or has_digit(raw.get("phone_meeting_number")), bool(place), bool(venue))
    mode = _mode(row, raw, said, spot)
    given = {"days_given": bool(_text(raw, "weekday_tinyint")), "time_given": bool(_text(raw, "start_time"))}
    latitude, longitude = row.coordinates(raw.get("latitude"), raw.get("longitude"))
    return Meeting(
        row=row.number,
        source_key=_key(row, raw),
        name=row.label("name", raw.get("meeting_name")),
        organisation=row.settings.organisation or _owner(row, raw, owners),
        group_key=row.key(raw.get("worldid_mixed")),
        start=start,
        minutes=minutes,
        timezone=row.zone(raw.get("time_zone")),
        mode=by_appointment(row, mode, **given),
        open=said.open,
        place=place,
        venue=venue,
        latitude=latitude,
        longitude=longitude,
        languages=said.languages,
        membership=said.membership,
        step_free=said.step_free,
        link=link,
        note=row.note(*_notes(raw, row.settings)),
        codes=listed,
        facts=said.facts,
    )


def _hours(row: Row, raw: Raw) -> tuple[str, int | None]:
    row.days, unread = read_days(raw.get("weekday_tinyint"), SUNDAY_IS_1)
    for value in unread:
        row.flag("weekday", "day_unreadable", value)
    written = raw.get("start_time")
    return row.clock(parse_time(written), written), _minutes(row, raw)


def _minutes(row: Row, raw: Raw) -> int | None:
    """Nought stands for a server's own default, and a whole day for a field nobody filled in."""
    written = _text(raw, "duration_time")
    minutes = parse_minutes(written)
    if minutes is None and written:
        row.flag("minutes", "duration_unreadable", written)
    if minutes is not None and not 0 < minutes < DAY_MINUTES:
        row.flag("minutes", "duration_unlikely", written)
        return None
    return minutes


def _place(row: Row, raw: Raw) -> tuple[str, str]:
    named, street, *towns = ("" if is_nowhere(_text(raw, name)) else _text(raw, name) for name in PLACES)
    place = row.label("place", next(filter(None, towns), ""), 80)
    return place, row.label("venue", joined((named, street)))


def _key(row: Row, raw: Raw) -> str:
    """Numbers are a server's own, so one gathered from several servers carries the server's number too."""
    number, server = row.key(raw.get("id_bigint")), row.key(raw.get("root_server_id"))
    return f"{server}-{number}" if server and number else number


def _owner(row: Row, raw: Raw, owners: Mapping[str, str]) -> str:
    named = row.label("organisation", raw.get("service_body_name"))
    return named or owners.get(_text(raw, "service_body_bigint"), "")


def _meanings(raw: Raw, listed: tuple[str, ...], known: Formats) -> list[Meaning]:
    """By shared id where the server's formats came along, else by key."""
    table = codes()
    numbers = split_codes(raw.get("format_shared_id_list"))[0]
    told = [known.by_id[number] for number in numbers if number in known.by_id]
    if told:
        return [_of_format(world, name, table) for world, name in told]
    english = _text(raw, "lang_enum") in {"", "en"}
    return [_of_key(key, known, table, english=english) for key in listed]


def _of_key(key: str, known: Formats, table: Codes, *, english: bool) -> Meaning:
    if key in known.by_key:
        return _of_format(*known.by_key[key], table)
    return table.keys.get(key, Meaning()) if english or key in EVERYWHERE else Meaning()


def _of_format(world: str, name: str, table: Codes) -> Meaning:
    """A format without a world-wide id is known by its name only, as «Online Meeting»."""
    if world == "LANG":
        languages = table.language(name)
        return Meaning(languages=languages)
    return table.world.get(world) or table.word(name)


def _mode(row: Row, raw: Raw, said: Said, spot: _Spot) -> Mode:
    """The kind of venue, unless the place is closed for now; older records only have formats."""
    written = _text(raw, "venue_type")
    told = VENUES.get(written)
    if written and told is None:
        row.flag("mode", "attendance_unreadable", written)
    if told in {Mode.IN_PERSON, Mode.HYBRID} and said.away:
        row.flag("mode", "attendance_contradicts", written)
        return Mode.ONLINE if spot.linked or told is Mode.HYBRID else Mode.PAUSED
    if told is Mode.IN_PERSON and said.online:
        row.flag("mode", "attendance_contradicts", written)
    return told or _shown(said, spot)


def _shown(said: Said, spot: _Spot) -> Mode:
    if said.hybrid and not said.away:
        return Mode.HYBRID
    if said.online or spot.linked:
        return Mode.HYBRID if spot.venue and not said.online and not said.away else Mode.ONLINE
    if said.away:
        return Mode.PAUSED
    return Mode.IN_PERSON if spot.place or spot.venue else Mode.UNKNOWN


def _notes(raw: Raw, settings: Settings) -> tuple[object, ...]:
    kept = ACCESS if settings.keep_contacts else ()
    names = ("comments", "location_info", "train_lines", "bus_lines", *kept)
    return tuple(_text(raw, name) if isinstance(raw.get(name), str) else raw.get(name) for name in names)


def _text(raw: Raw, name: str) -> str:
    return one_line(raw.get(name)).rpartition(LABEL)[2]
