"""A group that we do not have yet, as a list tells of it. Pure.

What the list leaves open and an entry cannot do without is assumed, and the preview says what.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groups_catalog.feeds.model import Mode
from groups_catalog.feeds.sync.listings import RIGHT_ON, onto
from groups_catalog.places import Place
from groups_catalog.upkeep.documents import NEW_GROUP, NEW_MEETING, Document
from groups_catalog.upkeep.entries.locating import located


@dataclass(frozen=True, slots=True)
class List:
    """Whose list it is."""

    organisation: str
    lane: str
    source: str
    places: tuple[Place, ...] = ()
    """Where the clinic's own groups are, by name."""
    keeps_contacts: bool = False


def new_document(said: Mapping[str, Any], of: List) -> Document:
    start = {**NEW_GROUP, "organisation": of.organisation, "lane": of.lane, "mode": _assumed_mode(said)}
    made = {**onto(start, said, source=of.source), RIGHT_ON: None}
    return with_check(located(made, {}, of.places) if _is_here(made) else made, said)


def with_check(document: Document, said: Mapping[str, Any]) -> Document:
    """The day on which the list was right is a check; without one, nothing was checked, and never «now»."""
    if said.get(RIGHT_ON, "") <= (document[RIGHT_ON] or ""):
        return document
    return {**document, RIGHT_ON: said[RIGHT_ON], "checked_how": "feed"}


def assumed(said: Mapping[str, Any], made: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of a new entry of which something is assumed, since the list leaves it open."""
    doubts = {
        "meetings": any(meeting["minutes"] is None for meeting in said.get("meetings", [])),
        "mode": "mode" not in said,
        "latitude": "latitude" not in said and made["latitude"] is not None,
    }
    return tuple(name for name, holds in doubts.items() if holds)


def assumed_length(said: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    """Whether a meeting of an entry that we have has a length that neither the list nor we know."""
    known = {(meeting["weekday"], meeting["start"]) for meeting in ours["meetings"]}
    unknown = (meeting for meeting in said.get("meetings", []) if meeting["minutes"] is None)
    return any((meeting["weekday"], meeting["start"]) not in known for meeting in unknown)


def _assumed_mode(said: Mapping[str, Any]) -> str:
    """Nothing known is not «by appointment»: such a group is kept as a draft."""
    spot = "place" in said or "venue" in said or "latitude" in said
    return Mode.ONLINE.value if "link" in said and not spot else Mode.IN_PERSON.value


def _is_here(document: Document) -> bool:
    """Our towns are in Norway; a meeting that goes by another clock is elsewhere."""
    return all(meeting["timezone"] == NEW_MEETING["timezone"] for meeting in document["meetings"])
