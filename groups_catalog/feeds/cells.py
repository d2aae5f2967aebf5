"""The cells of one row by our own fields, and what their words say. What cannot be read is flagged. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from groups_catalog.feeds.codes import Meaning, codes, split_codes
from groups_catalog.feeds.columns import columns
from groups_catalog.feeds.model import Mode
from groups_catalog.feeds.plain import one_line
from groups_catalog.feeds.privacy import is_personal
from groups_catalog.feeds.rows import Row
from groups_catalog.feeds.sheets import unguarded
from groups_catalog.feeds.times import (
    SUNDAY_IS_0,
    parse_end,
    parse_minutes,
    parse_span,
    read_days,
)
from groups_catalog.feeds.weeks import WEEKLY, day_and_weeks, weeks_of

EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|FORMULA!)")
PART_OF_A_DAY = re.compile(r"0?[.,]\d{3,}")
"""A time whose cell has lost its format: 0.791667 is 19:00."""
DAY_MINUTES = 1440
SHORTEST = 10
BETWEEN_MODES = re.compile(r"[/,;&+]|\b(?:og|and|or|eller)\b")
DAY_AND_CLOCK = re.compile(r"(?P<day>.*?[^\W\d_]s?)[\s,.:;]+(?P<clock>(?:kl\.?\s*)?\d.*)", re.IGNORECASE)
"""«Tirsdag kl. 19.00–20.30»."""
CONTACTS = ("access_notes", "conference_phone", "email", "phone")
NOTES = ("note", "group_notes", "location_notes")
SAID_OF = {
    "key": "source_key",
    "group": "group_key",
    "day": "weekday",
    "end": "minutes",
    "status": "mode",
    "approximate": "mode",
    "address": "venue",
    "whole_address": "place",
    "region": "place",
    "latitude": "coordinates",
    "longitude": "coordinates",
    "types": "codes",
    "last_contact": "updated",
    **dict.fromkeys(NOTES, "note"),
    **dict.fromkeys(CONTACTS, "contact"),
}
"""Column → the field of a meeting that it tells of, where they are not called the same."""


@dataclass(frozen=True, slots=True)
class Cells:
    row: Row
    texts: Mapping[str, str]
    numbered_days: bool
    """A Meeting Guide sheet, where 0 is Sunday; in any other table a number for a day may mean anything."""

    def text(self, field: str) -> str:
        return self.texts.get(field, "")

    def word(self, field: str, reason: str) -> str:
        """What the cell's word stands for; empty, and flagged, where it is not known."""
        text = self.text(field)
        found = columns().word(field, text)
        if text and not found:
            self.row.flag(SAID_OF.get(field, field), reason, text)
        return found

    def yes_no(self, field: str) -> bool | None:
        text = self.text(field)
        found = columns().word("yes_no", text) or (columns().word("open", text) if field == "open" else "")
        if text and not found:
            self.row.flag(SAID_OF.get(field, field), "yes_or_no_unreadable", text)
        return found == "yes" if found else None

    def mode(self) -> Mode | None:
        """«Fysisk/digitalt» and «på nett og fysisk» are both."""
        parts = {columns().word("mode", part) for part in BETWEEN_MODES.split(self.text("mode"))}
        if parts == {Mode.IN_PERSON, Mode.ONLINE}:
            return Mode.HYBRID
        told = self.word("mode", "attendance_unreadable")
        return Mode(told) if told else None

    def days_and_weeks(self) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The weekdays, and the weeks of the month they return in."""
        day, weeks = day_and_weeks(self.text("day"))
        if self.text("every"):
            weeks = self._weeks() or weeks
        if any(sign.isdigit() for sign in day) and not self.numbered_days:
            self.row.flag("weekday", "day_is_a_number", self.text("day"))
            return (), WEEKLY
        days, unread = read_days(day, SUNDAY_IS_0)
        for value in unread:
            self.row.flag("weekday", "day_unreadable", value)
        return days, (days and weeks) or WEEKLY

    def _weeks(self) -> tuple[str, ...] | None:
        weeks = weeks_of(self.text("every"))
        if weeks is None:
            self.row.flag("every", "every_unreadable", self.text("every"))
        return weeks

    def hours(self) -> tuple[str, int | None]:
        """The start, and how long from there; the end counts before the length."""
        start, own_end = parse_span(_clock_text(self.text("start")))
        end = parse_end(_clock_text(self.text("end"))) or own_end
        if start is None and self.text("start"):
            self.row.flag("start", "time_unreadable", self.text("start"))
        if end is None and self.text("end"):
            self.row.flag("minutes", "end_unreadable", self.text("end"))
        return start or "", self.row.length(start or "", end) or self._minutes()

    def _minutes(self) -> int | None:
        text = self.text("minutes")
        minutes = parse_minutes(text)
        if text and not (minutes and minutes <= DAY_MINUTES):
            self.row.flag("minutes", "duration_unreadable", text)
            return None
        if minutes is not None and minutes < SHORTEST:
            # «2» was hours to whoever wrote it, or a slip.
            self.row.flag("minutes", "duration_unlikely", text)
            return None
        return minutes

    def members(self) -> tuple[str, ...]:
        """The words for whom the meeting is, each one known as a code."""
        if self._strange_members():
            self.row.flag("membership", "membership_unreadable", self.text("membership"))
        return tuple(word for word in split_codes(self.text("membership"))[0] if _is_code(word))

    def _strange_members(self) -> bool:
        listed, unread = split_codes(self.text("membership"))
        return unread or not all(_is_code(word) or columns().word("membership", word) for word in listed)

    def languages(self) -> tuple[str, ...]:
        """By name or by code."""
        text = self.text("languages")
        parts = [part.strip() for part in re.split(r"[,;/&+\n]|\b(?:and|og)\b", text) if part.strip()]
        found = [codes().language(part) or _language_code(part) for part in parts]
        if not all(found):
            self.row.flag("languages", "language_unknown", text)
        return tuple(dict.fromkeys(language for languages in found for language in languages))

    def notes(self) -> tuple[str, ...]:
        """How often and for whom are told in the note where the catalog has no word for them."""
        interval = self.text("every") if weeks_of(self.text("every")) is None else ""
        members = self.text("membership") if self._strange_members() else ""
        kept = (*NOTES, *CONTACTS) if self.row.settings.keep_contacts else NOTES
        return (interval, members, *(self.text(field) for field in kept))


def _is_code(word: str) -> bool:
    return codes().word(word) != Meaning()


def cells_of(row: Row, raw: Mapping[str, str], found: Mapping[str, str]) -> Cells:
    """`found` is our field → heading."""
    texts = {field: _text(row, field, raw.get(heading, "")) for field, heading in found.items()}
    if any(is_about_persons(heading) and one_line(text) for heading, text in raw.items()):
        row.flag("contact", "contact_left_out")
    return Cells(row, _day_and_clock_apart(texts), numbered_days="types" in found)


def may_hold(field: str, heading: str) -> bool:
    """A column about persons is never read as anything else."""
    return field in CONTACTS or not is_about_persons(heading)


def is_about_persons(heading: str) -> bool:
    return is_personal("_".join(heading.split()))


def _text(row: Row, field: str, cell: str) -> str:
    text = unguarded(cell).strip()
    if EXCEL_ERROR.fullmatch(text):
        row.flag(SAID_OF.get(field, field), "cell_without_value", text)
        return ""
    return text


def _day_and_clock_apart(texts: dict[str, str]) -> dict[str, str]:
    """Day and time in one cell become two; a time in a cell of its own counts before that beside the day."""
    day, start = texts.get("day", ""), texts.get("start", "")
    found = DAY_AND_CLOCK.fullmatch(day or start)
    if not found or parse_span(found["clock"])[0] is None:
        return texts
    days, unread = read_days(day_and_weeks(found["day"])[0], SUNDAY_IS_0)
    if unread or not days:
        return texts
    return texts | {"day": found["day"], "start": start if day and start else found["clock"]}


def _clock_text(text: str) -> str:
    if not PART_OF_A_DAY.fullmatch(text):
        return text
    minutes = round(float(text.replace(",", ".")) * DAY_MINUTES) % DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _language_code(text: str) -> tuple[str, ...]:
    code = {"no": "nb", "nor": "nb", "eng": "en"}.get(text.casefold(), text.casefold())
    return (code,) if code in codes().languages.values() else ()
