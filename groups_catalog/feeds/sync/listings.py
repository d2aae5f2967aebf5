"""What a list says of each of its rows, in the shape of a group's document. Pure.

    Reading.meetings ──listings──▶ one Listed a source key ──onto──▶ our document, with the list's words

Only what the list says stands in `said`: what it leaves open is absent, so that it never takes away what we know.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from groups_catalog.feeds.model import Meeting, Mode
from groups_catalog.feeds.plain import shortened
from groups_catalog.feeds.rows import LONGEST_KEY
from groups_catalog.upkeep.documents import (
    FACTS,
    NEW_FACT,
    NEW_GROUP,
    NEW_MEETING,
    Document,
    facts_in_order,
    in_order,
    patched,
)
from groups_catalog.upkeep.faults import LONGEST
from groups_catalog.vocabulary import vocabulary

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


def listings(meetings: Iterable[Meeting], *, source: str, today: str) -> list[Listed]:
    """One for each source key, in the order of the list; the days of a row become the meetings of one group."""
    rows: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        rows.setdefault(kept_key(meeting.source_key), []).append(meeting)
    return [_listed(key, together, source, today) for key, together in rows.items()]


def kept_key(key: str) -> str:
    """The list's own id, or where it is too long to keep a stable shorter one."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:120]}~{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def fact_source(name: str) -> str:
    """Where a fact is known from that a list's code says."""
    return f"Meeting list: {name}"


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


def new_document(said: Mapping[str, Any], *, organisation: str, lane: str, source: str) -> Document:
    """A group that we do not have yet. Where the list does not say how people meet, the best guess is to be seen."""
    start = {**NEW_GROUP, "organisation": organisation, "lane": lane, "mode": _assumed_mode(said)}
    return with_check({**onto(start, said, source=source), RIGHT_ON: None}, said)


def with_check(document: Document, said: Mapping[str, Any]) -> Document:
    """The day on which the list was right is a check; without one, nothing was checked, and never «now»."""
    if said.get(RIGHT_ON, "") <= (document[RIGHT_ON] or ""):
        return document
    return {**document, RIGHT_ON: said[RIGHT_ON], "checked_how": "feed"}


def assumed(said: Mapping[str, Any], *, new: bool) -> tuple[str, ...]:
    """The fields of which something is assumed, since the list leaves it open."""
    unknown_end = any(meeting["minutes"] is None for meeting in said.get("meetings", []))
    unknown_mode = new and "mode" not in said
    return (*(("meetings",) if unknown_end else ()), *(("mode",) if unknown_mode else ()))


def _listed(key: str, together: Sequence[Meeting], source: str, today: str) -> Listed:
    first = together[0]
    updated = max(meeting.updated for meeting in together)
    updated = updated if updated <= today else ""
    said = {
        "name": shortened(first.name, LONGEST["name"]),
        "status": "paused" if first.mode == Mode.PAUSED else "published",
        **_where(first),
        **_who(first),
        **_when(together),
        **_facts(together, source, updated),
        **({RIGHT_ON: updated} if updated else {}),
    }
    return Listed(key, first.row, said)


def _where(meeting: Meeting) -> Document:
    found: Document = {}
    if meeting.mode not in {Mode.UNKNOWN, Mode.PAUSED}:
        found["mode"] = meeting.mode.value
    for name in ("place", "venue"):
        if text := getattr(meeting, name):
            found[name] = shortened(text, LONGEST[name])
    if meeting.latitude is not None and meeting.longitude is not None:
        found |= {"latitude": round(meeting.latitude, DECIMALS), "longitude": round(meeting.longitude, DECIMALS)}
    if meeting.link and len(meeting.link) <= LONGEST["link"]:
        found["link"] = meeting.link
    return found


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
    others = [entry for entry in ours if entry["source"] != fact_source(source)]
    return facts_in_order([*others, *said])


def _assumed_mode(said: Mapping[str, Any]) -> str:
    if "place" in said or "venue" in said or "latitude" in said:
        return Mode.IN_PERSON.value
    if "link" in said:
        return Mode.ONLINE.value
    return Mode.IN_PERSON.value if "meetings" in said else Mode.BY_APPOINTMENT.value
