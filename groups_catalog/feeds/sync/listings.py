"""What a list says of each of its rows, in the shape of a group's document. Pure.

    Reading.meetings ──listings──▶ one Listed a source key ──onto──▶ our document, with the list's words

Only what the list says stands in `said`: what it leaves open is absent, so that it never takes away what we know.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from groups_catalog.feeds.model import Meeting, Mode
from groups_catalog.feeds.plain import shortened
from groups_catalog.feeds.rows import LONGEST_KEY
from groups_catalog.feeds.told_by_list import fact_source, list_named
from groups_catalog.upkeep.documents import (
    FACTS,
    NEW_FACT,
    NEW_MEETING,
    Document,
    facts_in_order,
    in_order,
    patched,
)
from groups_catalog.upkeep.faults import LONGEST
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import MODES, WEEKDAYS

ASSUMED_MINUTES = 60
"""Of a meeting whose end neither the list nor we know; the preview says that it is assumed."""
DECIMALS = 5
"""Of coordinates: about a metre."""
EVERYONE = "everyone"
RIGHT_ON = "checked_on"


@dataclass(frozen=True, slots=True)
class Listed:
    source_key: str
    row: int
    said: Document
    """With `checked_on` where the list tells when the row was last right; that day is never asked about."""


def listings(meetings: Iterable[Meeting], *, source: str, today: str, note: str = "") -> list[Listed]:
    """One for each source key, in the order of the list; the days of a row become the meetings of one group.

    `note`: the field that the list's notes belong in; without one they are not taken in.
    """
    rows: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        rows.setdefault(kept_key(meeting.source_key), []).append(meeting)
    return [_listed(key, together, source, today, note) for key, together in rows.items()]


def kept_key(key: str) -> str:
    """The list's own id, or where it is too long to keep a stable shorter one."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:120]}~{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def onto(ours: Mapping[str, Any], said: Mapping[str, Any], *, source: str) -> Document:
    """Our document as it would read if the list were followed in all it says.

    The list's own facts are replaced, everybody else's stay; an empty one takes the list's own away.
    """
    changes = {key: value for key, value in said.items() if key != RIGHT_ON}
    if "meetings" in said:
        changes["meetings"] = _overlaid(said["meetings"], ours.get("meetings", []))
    for key in said:
        if key.startswith(FACTS):
            changes[key] = _with_facts(ours.get(key, []), said[key], source) or None
    return patched(ours, changes)


def _listed(key: str, together: Sequence[Meeting], source: str, today: str, note: str) -> Listed:
    first = together[0]
    updated = max(meeting.updated for meeting in together)
    updated = updated if updated <= today else ""
    said = {
        "name": shortened(_name(first, together), LONGEST["name"]),
        "status": "paused" if first.mode == Mode.PAUSED else "published",
        **_where(first),
        **_who(first),
        **_when(together),
        **_facts(together, source, updated),
        **({note: shortened(first.note, LONGEST[note])} if note and first.note else {}),
        **({RIGHT_ON: updated} if updated else {}),
    }
    return Listed(key, first.row, said)


def _name(first: Meeting, together: Sequence[Meeting]) -> str:
    """One that was made since the list has none is made of the words of the language that is spoken now."""
    if all(problem.reason != "name_missing" for problem in first.problems):
        return first.name
    days = {meeting.weekday for meeting in together if meeting.weekday is not None}
    day = capfirst(str(WEEKDAYS[days.pop()])) if len(days) == 1 else ""
    where = first.venue.partition(",")[0] or first.place
    return ", ".join(filter(None, (where, f"{day} {first.start}".strip()))) or str(MODES[Mode.ONLINE])


def _where(meeting: Meeting) -> Document:
    found: Document = {}
    if meeting.mode not in {Mode.UNKNOWN, Mode.PAUSED} and not _says_nothing(meeting):
        found["mode"] = meeting.mode.value
    for name in ("place", "venue"):
        if text := getattr(meeting, name):
            found[name] = shortened(text, LONGEST[name])
    if meeting.latitude is not None and meeting.longitude is not None:
        found |= {"latitude": round(meeting.latitude, DECIMALS), "longitude": round(meeting.longitude, DECIMALS)}
    if meeting.link and len(meeting.link) <= LONGEST["link"]:
        found["link"] = meeting.link
    return found


def _says_nothing(meeting: Meeting) -> bool:
    """Where neither day, time nor place is known, «by appointment» was only concluded from their absence."""
    told = (meeting.start, meeting.place, meeting.venue, meeting.link, meeting.note)
    unknown = meeting.weekday is None and meeting.latitude is None and not any(told)
    return meeting.mode == Mode.BY_APPOINTMENT and unknown


def _who(meeting: Meeting) -> Document:
    """«Everyone» is what a list means when it says nothing, so it is not a statement."""
    found: Document = {}
    if meeting.languages:
        found["languages"] = sorted(set(meeting.languages))
    if meeting.membership != EVERYONE:
        found["membership"] = meeting.membership
    if meeting.step_free is not None:
        found["access_step_free"] = meeting.step_free
    return found


def _when(together: Sequence[Meeting]) -> Document:
    """A meeting by appointment, or one whose hour is not known, has no time that could be kept."""
    timed = {
        (meeting.weekday, meeting.start, meeting.every): {
            "weekday": meeting.weekday,
            "start": meeting.start,
            "minutes": meeting.minutes,
            "timezone": meeting.timezone,
            "every": meeting.every,
            "open": meeting.open,
        }
        for meeting in together
        if meeting.weekday is not None and meeting.start
    }
    return {"meetings": in_order(timed.values())} if timed else {}


def _facts(together: Sequence[Meeting], source: str, updated: str) -> Document:
    said: dict[str, set[str]] = {}
    for meeting in together:
        for attribute, values in meeting.facts.items():
            said.setdefault(attribute, set()).update(values)
    return {
        f"{FACTS}{attribute}": [_fact(sorted(said[attribute]), source, updated)]
        for attribute in sorted(said)
        if _holds(attribute, said[attribute])
    }


def _holds(attribute: str, values: set[str]) -> bool:
    """Two codes that contradict each other say nothing."""
    known = vocabulary().attributes.get(attribute)
    return known is not None and values <= set(known.values) and (known.many or len(values) == 1)


def _fact(values: list[str], source: str, updated: str) -> Document:
    return {**NEW_FACT, "values": values, "source": fact_source(source), "dated": updated}


def _overlaid(said: Sequence[Document], ours: Sequence[Document]) -> list[Document]:
    """What the list leaves open of a meeting, its length or the days it is not held, stays as we have it."""
    return in_order(_one_overlaid(meeting, ours) for meeting in said)


def _one_overlaid(meeting: Document, ours: Sequence[Document]) -> Document:
    at = (meeting["weekday"], meeting["start"])
    same = [known for known in ours if (known["weekday"], known["start"]) == at]
    same.sort(key=lambda known: known["every"] != meeting["every"])
    base = same[0] if same else {**NEW_MEETING, "minutes": ASSUMED_MINUTES}
    return {**base, **{name: value for name, value in meeting.items() if value is not None}}


def _with_facts(ours: Sequence[Document], said: Sequence[Document], source: str) -> list[Document]:
    name = list_named(fact_source(source))
    others = [entry for entry in ours if list_named(entry["source"]) != name]
    return facts_in_order([*others, *said])
