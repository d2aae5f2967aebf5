"""Two groups' documents become one, field by field. Pure.

Of what may stand beside each other, meetings and facts, one can take both; of anything else one side.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from groups_catalog.models import Status
from groups_catalog.upkeep.comparison import asked_as, decided
from groups_catalog.upkeep.documents import FACTS, Document, changed_fields, facts_in_order, in_order
from groups_catalog.upkeep.duplicates.finding import near_in_time

OURS, THEIRS, BOTH = "ours", "theirs", "both"
LEFT_ALONE = frozenset(("merged_into",))


def may_join(field: str) -> bool:
    return field == "meetings" or field.startswith(FACTS)


def to_choose(ours: Document, theirs: Document) -> list[str]:
    """The fields in which the two say different things; who wrote a fact down is not what it says."""
    differing = dict.fromkeys(asked_as(field) for field in changed_fields(ours, theirs) if field not in LEFT_ALONE)
    return [
        field for field in differing if not (field in ours and field in theirs and _same_facts(field, ours, theirs))
    ]


def usual(field: str, ours: Document, theirs: Document) -> str:
    """What is chosen until somebody chooses otherwise: nothing gets lost, and what was checked last stands."""
    mine, yours = ours.get(field), theirs.get(field)
    if may_join(field):
        return BOTH if joined(field, mine or [], yours or []) != mine else OURS
    if field == "status":
        return THEIRS if yours == Status.PUBLISHED else OURS
    if field == "checked_on":
        return THEIRS if (yours or "") > (mine or "") else OURS
    return THEIRS if mine in (None, "", []) else OURS


def merged(ours: Document, theirs: Document, choices: Mapping[str, str]) -> Document:
    """The document of the group that stays. A field without a choice stays as it is there."""
    whole = decided(ours, theirs, choices)
    for field in [field for field, choice in choices.items() if choice == BOTH and may_join(field)]:
        whole[field] = joined(field, ours.get(field) or [], theirs.get(field) or [])
    return {**whole, "merged_into": ""}


def merged_away(document: Document, into: str) -> Document:
    """The document of the group that is closed, and leads on to the other."""
    return {**document, "status": Status.CLOSED.value, "merged_into": into}


def joined(field: str, ours: Sequence[Document], theirs: Sequence[Document]) -> list[Document]:
    """Meetings that start within a quarter of an hour are one, as it stands in ours; facts that say the same too."""
    if field == "meetings":
        return in_order(
            [*ours, *(meeting for meeting in theirs if not any(_same_time(meeting, own) for own in ours))]
        )
    known = [_said(fact) for fact in ours]
    return facts_in_order([*ours, *(fact for fact in theirs if _said(fact) not in known)])


def _same_time(one: Document, other: Document) -> bool:
    return bool(one["every"] == other["every"]) and near_in_time(_minute_of_week(one), _minute_of_week(other))


def _minute_of_week(meeting: Document) -> int:
    hour, minute = meeting["start"].split(":")
    return int(meeting["weekday"]) * 1440 + int(hour) * 60 + int(minute)


def _same_facts(field: str, ours: Document, theirs: Document) -> bool:
    return field.startswith(FACTS) and [*map(_said, ours[field])] == [*map(_said, theirs[field])]


def _said(fact: Document) -> dict[str, Any]:
    """Without who wrote it down."""
    return {name: value for name, value in fact.items() if name != "recorded_by"}
