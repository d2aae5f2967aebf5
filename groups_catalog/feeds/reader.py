"""From the bytes of a list to its meetings, whichever family it is of. Pure, and it never raises.

bytes ──opening──▶ which kind of answer? ──▶ meeting_guide · bmlt · table ──▶ Reading(meetings) or Reading(refused)
"""

from collections.abc import Iterable, Mapping
from typing import Any

from groups_catalog.feeds import bmlt, meeting_guide
from groups_catalog.feeds.model import Reading, Refused, Settings
from groups_catalog.feeds.opening import NotReadable, Opened, open_list
from groups_catalog.feeds.privacy import given
from groups_catalog.feeds.table import read_table

FORMATS = (meeting_guide.FORMAT, bmlt.FORMAT, "csv", "xlsx")
UNKNOWN = "unknown"
BMLT_FIELDS = frozenset(("id_bigint", "weekday_tinyint", "worldid_mixed", "duration_time", "meeting_name"))
GUIDE_FIELDS = frozenset(
    ("slug", "name", "day", "time", "types", "location", "formatted_address", "conference_url", "attendance_option")
)
OTHER_ANSWERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("formats_answer", frozenset(("key_string", "name_string"))),
    ("service_bodies_answer", frozenset(("parent_id", "world_id"))),
    ("service_bodies_answer", frozenset(("parent_id", "description", "type"))),
    ("server_info_answer", frozenset(("version", "available_keys"))),
    ("server_info_answer", frozenset(("version", "semanticAdmin"))),
    ("changes_answer", frozenset(("date_int", "change_type"))),
)
"""What else the same servers answer, each by fields that only it has."""


def read_list(
    data: bytes,
    settings: Settings,
    *,
    name: str = "",
    format: str | None = None,
    formats: object = None,
    service_bodies: object = None,
) -> Reading:
    """`format` settles what the content leaves open; the other two are decoded answers of the same BMLT server."""
    try:
        opened = open_list(data, name=name, format=format if format in {"csv", "xlsx"} else None)
    except NotReadable as wrong:
        return Reading(UNKNOWN, refused=wrong.refused)
    family = _family(opened, format)
    if isinstance(family, Refused):
        return Reading(UNKNOWN, refused=family)
    if family == bmlt.FORMAT:
        return bmlt.read_bmlt(
            opened.content, settings, formats=formats, service_bodies=service_bodies, above=opened.above
        )
    if family == meeting_guide.FORMAT:
        return meeting_guide.read_meeting_guide(opened.content, settings)
    return read_table(opened.content, settings, format=opened.format, above=opened.above)


def _family(opened: Opened, wanted: str | None) -> str | Refused:
    if opened.format == "json":
        return recognised(opened.content, wanted)
    of_bmlt = any("id_bigint" in row and "weekday_tinyint" in row for row in opened.content[:1])
    return bmlt.FORMAT if of_bmlt else opened.format


def recognised(content: object, wanted: str | None = None) -> str | Refused:
    """The family of a decoded JSON answer, or why it is no list of meetings."""
    if isinstance(content, Mapping):
        return _of_object(content)
    if not isinstance(content, list):
        return Refused("not_a_list", given(content))
    if not content:
        return Refused("empty_list")
    return _of_records([row for row in content if isinstance(row, Mapping)], wanted)


def _of_object(content: Mapping[str, Any]) -> str | Refused:
    listed = content.get("meetings")
    if isinstance(listed, list):
        return _of_wrapped(listed)
    if error := next((content[name] for name in ("error", "errors", "message") if name in content), None):
        return Refused("error_answer", given(error))
    if isinstance(content.get("records"), list):
        return Refused("records_answer")
    if content and all(isinstance(value, Mapping) and "en" in value for value in content.values()):
        return Refused("type_names_answer")
    return _other([content]) or Refused("object_not_list")


def _of_wrapped(listed: list[object]) -> str | Refused:
    """Only BMLT puts its meetings into an object; elsewhere what stands beside them is not known."""
    if not listed:
        return Refused("empty_list")
    records = [row for row in listed if isinstance(row, Mapping)]
    return bmlt.FORMAT if _share(records, BMLT_FIELDS) else Refused("wrapped_list")


def _of_records(records: list[Mapping[str, Any]], wanted: str | None) -> str | Refused:
    """By what most records have, so that neither the order nor one odd record decides."""
    if not records:
        return Refused("no_records")
    if other := _other(records):
        return other
    of_bmlt, of_guide = _share(records, BMLT_FIELDS), _share(records, GUIDE_FIELDS)
    if not of_bmlt and not of_guide:
        return Refused("unknown_records", ", ".join(sorted(filter(None, map(given, records[0])))[:5]))
    if wanted in {bmlt.FORMAT, meeting_guide.FORMAT}:
        return wanted
    return bmlt.FORMAT if of_bmlt >= of_guide else meeting_guide.FORMAT


def _share(records: Iterable[Mapping[str, Any]], fields: frozenset[str]) -> int:
    return sum(1 for record in records if not fields.isdisjoint(record))


def _other(records: list[Mapping[str, Any]]) -> Refused | None:
    for reason, fields in OTHER_ANSWERS:
        if 2 * sum(1 for record in records if fields <= record.keys()) > len(records):
            return Refused(reason)
    return None
