"""One row of a list on its way to its meetings: what was left out is noted, and no two rows share a key. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from groups_catalog.feeds import privacy
from groups_catalog.feeds.address import spot
from groups_catalog.feeds.codes import Said
from groups_catalog.feeds.limits import MAX_MEETINGS, NotReadable
from groups_catalog.feeds.model import Meeting, Mode, Problem, Reading, Settings
from groups_catalog.feeds.plain import has_digit, is_text, one_line, plain, shortened
from groups_catalog.feeds.times import minutes_between, parse_date, parse_zone

DROPPED = "dropped_"
"""How the reasons begin for which a whole row is left out."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_KEY = 200
LONGEST_LINK = 500
SHORT, LONG = 160, 1000
"""Characters kept of a name and of a note."""

Raw = TypeVar("Raw")


@dataclass(slots=True)
class Row:
    """One row while it is read."""

    number: int
    settings: Settings
    problems: list[Problem] = field(default_factory=list)
    days: tuple[int, ...] = ()

    def flag(self, name: str, reason: str, stood: object = None) -> None:
        """Notes once what is wrong with a field."""
        if all((known.field, known.reason) != (name, reason) for known in self.problems):
            self.problems.append(Problem(self.number, name, reason, privacy.given(stood)))

    def flag_all(self, name: str, reasons: Iterable[str]) -> None:
        for reason in reasons:
            self.flag(name, reason)

    def dropped(self, reason: str) -> "Read":
        self.problems.append(Problem(self.number, "row", f"{DROPPED}{reason}"))
        return Read(self, ())

    def label(self, name: str, value: object, limit: int = SHORT) -> str:
        """A name or a place, in one line and without contacts."""
        if not is_text(value):
            self.flag(name, "text_unreadable")
        text, lost = (one_line(value), False) if self.settings.keep_contacts else privacy.label(plain(value))
        return self._fitting(name, text.replace("\n", " "), limit, lost=lost)

    def note(self, *values: object) -> str:
        """Several fields of running text as one, each said once, without the sentences that hold contacts."""
        texts = [plain(value) for value in values]
        if not all(map(is_text, values)):
            self.flag("note", "text_unreadable")
        cleaned = [(text, False) if self.settings.keep_contacts else privacy.sentences(text) for text in texts]
        lost = any(left_out for _text, left_out in cleaned)
        return self._fitting(
            "note", "\n".join(dict.fromkeys(text for text, _lost in cleaned if text)), LONG, lost=lost
        )

    def link(self, value: object) -> tuple[str, bool]:
        """The address of an online room where it can be used, and whether there is such a room at all."""
        address, doubts = privacy.link(value, keep=self.settings.keep_contacts)
        self.flag_all("link", doubts)
        if len(address) > LONGEST_LINK:
            self.flag("link", "link_unreadable")
        return address if len(address) <= LONGEST_LINK else "", privacy.leads_somewhere(value)

    def _fitting(self, name: str, text: str, limit: int, *, lost: bool) -> str:
        if lost:
            self.flag(name, "contact_left_out")
        if len(text) > limit:
            self.flag(name, "shortened")
        return shortened(text, limit)

    def zone(self, value: object) -> str:
        """The row's own, else the source's."""
        known = parse_zone(value)
        if not known and (one_line(value) or not is_text(value)):
            self.flag("timezone", "zone_unknown", value)
        return known or self.settings.timezone

    def clock(self, start: str | None, written: object) -> str:
        """A start that was read, or none; 00:00 may also be a noon that went wrong."""
        if start is None and (one_line(written) or not is_text(written)):
            self.flag("start", "time_unreadable", written)
        if start == "00:00" and has_digit(written):
            self.flag("start", "midnight_doubtful", written)
        return start or ""

    def length(self, start: str, end: str | None) -> int | None:
        if not start or not end:
            return None
        if start == end:
            self.flag("minutes", "lasts_a_day", end)
        return minutes_between(start, end)

    def coordinates(self, latitude: object, longitude: object) -> tuple[float | None, float | None]:
        found = spot(latitude, longitude, self.settings.country)
        self.flag_all("coordinates", found.doubts)
        return found.latitude, found.longitude

    def updated(self, *values: object) -> str:
        """The newest of the days the list gives."""
        dates = [parse_date(value) for value in values]
        for date, value in zip(dates, values, strict=True):
            if not date and (one_line(value) or not is_text(value)):
                self.flag("updated", "date_unreadable", value)
        return max(dates, default="")

    def doubt_codes(self, said: Said) -> None:
        for doubt in said.doubts:
            self.flag("open" if doubt == "open_and_closed" else "membership", doubt)

    def key(self, value: object) -> str:
        """The list's own id. What could be somebody's number or address becomes a digest, which is as lasting."""
        text = one_line(value)
        if not text or (isinstance(value, float) and not value.is_integer()):
            return ""
        return text if len(text) <= LONGEST_KEY and privacy.is_key(text) else f"id-{_digest(text, 16)}"


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a row: meetings that share everything but the day, or none where it was dropped."""

    row: Row
    meetings: tuple[Meeting, ...]


def finished(row: Row, meeting: Meeting) -> Read:
    """One meeting for each day of the row, with a name and a key."""
    if not any((meeting.name, row.days, meeting.start, meeting.place, meeting.venue, meeting.link)):
        return row.dropped("empty")
    if not meeting.name:
        row.flag("name", "name_missing")
        meeting = replace(meeting, name=_made_name(row, meeting))
    if not meeting.source_key:
        row.flag("source_key", "key_missing")
        meeting = replace(meeting, source_key=f"made-{_digest(_identity(row, meeting), 16)}")
    return Read(row, tuple(replace(meeting, weekday=day) for day in row.days) or (meeting,))


def by_appointment(row: Row, mode: Mode, *, days_given: bool, time_given: bool) -> Mode:
    """Neither day nor time means by appointment; how people meet is kept where the list tells it."""
    if not days_given and not time_given:
        return Mode.BY_APPOINTMENT if mode is Mode.UNKNOWN else mode
    if not days_given:
        row.flag("weekday", "day_missing")
    if not time_given:
        row.flag("start", "time_missing")
    return mode


def settled(format: str, reads: Iterable[Read]) -> Reading:
    """All meetings and all problems in the order of the list, without exact repetitions and with distinct keys."""
    try:
        listed = list(_counted(reads))
    except NotReadable as wrong:
        return Reading(format, refused=wrong.refused)
    same: dict[str, list[int]] = {}
    for place, read in enumerate(listed):
        if read.meetings:
            same.setdefault(read.meetings[0].source_key, []).append(place)
    for places in same.values():
        if len(places) > 1:
            _tell_apart(listed, places)
    problems = tuple(problem for read in listed for problem in read.row.problems)
    return Reading(format, tuple(_let_go(listed)), problems)


def _let_go(listed: list[Read]) -> Iterator[Meeting]:
    """The meetings with their problems; each row is let go as soon as it is told, for there may be fifty thousand."""
    listed.reverse()
    while listed:
        read = listed.pop()
        problems = tuple(read.row.problems)
        yield from (replace(meeting, problems=problems) if problems else meeting for meeting in read.meetings)


def _counted(reads: Iterable[Read]) -> Iterator[Read]:
    """Seven days in each of fifty thousand rows would be held at once."""
    meetings = 0
    for read in reads:
        meetings += len(read.meetings)
        if meetings > MAX_MEETINGS:
            raise NotReadable("too_many_meetings")
        yield read


def _tell_apart(listed: list[Read], places: list[int]) -> None:
    """Rows with one key: what says nothing new is dropped; the others get keys that hold in any order of the list."""
    alike: dict[str, list[int]] = {}
    for place in places:
        alike.setdefault(_content(listed[place]), []).append(place)
    kept = {content: min(same, key=lambda place: _doubts(listed[place])) for content, same in alike.items()}
    for place in set(places) - set(kept.values()):
        listed[place] = Row(listed[place].row.number, listed[place].row.settings).dropped("repeated")
    if len(kept) > 1:
        _rename(listed, kept)


def _rename(listed: list[Read], kept: dict[str, int]) -> None:
    """By day, time and place, so that a changed note keeps the key; by everything where that is not enough."""
    marks = {place: _identity(listed[place].row, listed[place].meetings[0]) for place in kept.values()}
    if len(set(marks.values())) < len(marks):
        marks = {place: content for content, place in kept.items()}
    for place, mark in marks.items():
        read = listed[place]
        read.row.flag("source_key", "key_shared", read.meetings[0].source_key)
        key = f"{read.meetings[0].source_key}~{_digest(mark, 8)}"
        listed[place] = Read(read.row, tuple(replace(meeting, source_key=key) for meeting in read.meetings))


def _identity(row: Row, meeting: Meeting) -> str:
    return repr((meeting.name, row.days, meeting.start, meeting.place, meeting.venue))


def _content(read: Read) -> str:
    """Everything a row says. A mapping has no order of its own, so it is put in one."""
    return repr([(replace(meeting, row=0, facts={}), sorted(meeting.facts.items())) for meeting in read.meetings])


def _doubts(read: Read) -> list[tuple[str, str, str]]:
    """Of rows that say the same, the one that says it more cleanly is kept, wherever it stands."""
    return sorted((problem.field, problem.reason, problem.given) for problem in read.row.problems)


def _digest(text: str, length: int) -> str:
    return sha256(text.encode()).hexdigest()[:length]


def _made_name(row: Row, meeting: Meeting) -> str:
    """Of place, day and time, as far as they are known."""
    day = DAYS[row.days[0]] if len(row.days) == 1 else ""
    where = meeting.venue.partition(",")[0] or meeting.place
    return ", ".join(filter(None, (where, f"{day} {meeting.start}".strip()))) or "Online"


def read_all(rows: Iterable[Raw], settings: Settings, above: int = 0) -> Iterator[tuple[Row, Raw]]:
    """Each row with its number as a person finds it; the first `above` are not rows of the list."""
    return ((Row(number, settings), raw) for number, raw in enumerate(rows, 1) if number > above)
