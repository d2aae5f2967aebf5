"""Facts that can be read off an entry itself: how and how often a group meets, in which language, for whom."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from groups_catalog.models import Every, Group, Mode
from groups_catalog.resolution import KnownFact, Reached

GROUP_ENTRY = "group entry"
ORGANISATION_ENTRY = "organisation entry"
MODES = {Mode.IN_PERSON.value: "in_person", Mode.ONLINE.value: "online", Mode.HYBRID.value: "both"}
VOCABULARY_LANGUAGES = {"nb": "nb", "nn": "nb", "no": "nb", "en": "en"}


class Recurring(Protocol):
    @property
    def every(self) -> str: ...
    @property
    def open(self) -> bool | None: ...


def entry_facts(group: Group, meetings: Sequence[Recurring]) -> tuple[KnownFact, ...]:
    """What the entry says without a fact of its own. A recorded fact of the group stands above it."""
    dated = group.checked_on.isoformat() if group.checked_on else ""
    own = (
        KnownFact(attribute, values, "stated", Reached.GROUP, GROUP_ENTRY, dated, derived=True)
        for attribute, values in _said_by(group, meetings)
        if values
    )
    return (*own, _kind(group.organisation.kind))


def _said_by(group: Group, meetings: Sequence[Recurring]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "mode", (MODES[group.mode],) if group.mode in MODES else ()
    yield "language", tuple(sorted({VOCABULARY_LANGUAGES.get(code, "other") for code in group.languages}))
    yield "gender_setting", (group.membership,) if group.membership in {"women", "men"} else ()
    yield "weekly_frequency", _frequency(meetings)
    yield "openness", _openness(meetings)


def _kind(kind: str) -> KnownFact:
    return KnownFact("kind", (kind,), "stated", Reached.ORGANISATION, ORGANISATION_ENTRY, derived=True)


def _frequency(meetings: Sequence[Recurring]) -> tuple[str, ...]:
    weekly = sum(meeting.every == Every.WEEK for meeting in meetings)
    steps = ((7, "daily"), (2, "several"), (1, "weekly"))
    return (next((value for least, value in steps if weekly >= least), "less"),) if meetings else ()


def _openness(meetings: Sequence[Recurring]) -> tuple[str, ...]:
    """Nothing where one meeting is unknown and the others do not already show both."""
    known = {meeting.open for meeting in meetings}
    if {True, False} <= known:
        return ("both",)
    if len(known) != 1 or None in known:
        return ()
    return ("open",) if True in known else ("closed",)
