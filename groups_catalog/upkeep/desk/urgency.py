"""Why an entry needs a look, most urgent first. Pure; `queries.py` asks the database the same.

unsafe > closed > reported        an open report, whatever the age of the entry
gone > differs                    the newest reading of its meeting list, waiting for a decision
off_handout > overdue > due       last checked over 180, 135, 90 days ago: the law of `resolution.freshness`
never                             nobody has noted a check
facts                             a fact that holds for the group, about practice, is over 180 days old
soon                              due within 14 days

Drafts and closed groups are on no menu: their age asks for nothing, but what is told of them does.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from groups_catalog.resolution import LIMIT_DAYS, Freshness, freshness

SOON_DAYS = 14
MEETING_DAYS, PRACTICE_DAYS = LIMIT_DAYS["meeting"], LIMIT_DAYS["practice"]


class Reason(StrEnum):
    """In the order of urgency."""

    UNSAFE = "unsafe"
    CLOSED = "closed"
    REPORTED = "reported"
    GONE = "gone"
    DIFFERS = "differs"
    OFF_HANDOUT = "off_handout"
    OVERDUE = "overdue"
    DUE = "due"
    NEVER = "never"
    FACTS = "facts"
    SOON = "soon"


ORDER = tuple(Reason)
BIT = {reason: 1 << place for place, reason in enumerate(ORDER)}
"""The reasons of one entry are kept as one number, a bit for each: the more urgent, the lower."""
NO_REASON = len(ORDER)
"""The rank of an entry that needs no look."""
OUT_OF_USE = 1 << NO_REASON
"""Stands beside the reasons of a draft or a closed group."""
OVER_DAYS = {Reason.OFF_HANDOUT: 2 * MEETING_DAYS, Reason.OVERDUE: MEETING_DAYS * 3 // 2, Reason.DUE: MEETING_DAYS}
"""Each holds once the last check lies more than so many days back, unless the one before it does."""
BY_AGE = {
    Freshness.STALE: Reason.OFF_HANDOUT,
    Freshness.OVERDUE: Reason.OVERDUE,
    Freshness.DUE: Reason.DUE,
    Freshness.DATE_UNKNOWN: Reason.NEVER,
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one entry that could ask for a look."""

    checked_on: date | None
    reports: Collection[str] = ()
    """The kinds of its open reports."""
    feed: Collection[str] = ()
    """The kinds of what its meeting list proposes."""
    facts_dated: Collection[str] = ()
    """The dates of the facts about practice that hold for it."""
    in_use: bool = True


def reasons(signs: Signs, *, today: date) -> tuple[Reason, ...]:
    """All that apply, most urgent first; empty for an entry that needs no look."""
    found = {
        Reason.UNSAFE: "unsafe" in signs.reports,
        Reason.CLOSED: "closed" in signs.reports,
        Reason.REPORTED: bool(set(signs.reports) - {"unsafe", "closed"}),
        Reason.GONE: "gone" in signs.feed,
        Reason.DIFFERS: bool(set(signs.feed) - {"gone"}),
        Reason.FACTS: signs.in_use and any(_fact_is_due(dated, today) for dated in signs.facts_dated),
    }
    age = age_reason(signs.checked_on, today) if signs.in_use else None
    return tuple(reason for reason in ORDER if found.get(reason) or reason is age)


def rank(holds: int) -> int:
    """The place in the order of the first reason that holds; last where there is none."""
    return (holds & -holds).bit_length() - 1 if holds else NO_REASON


def needs_a_look(holds: int) -> bool:
    """Unless all there is to say is that it will be due soon. What is not in use is looked for by its status."""
    return not holds & OUT_OF_USE and holds & ~BIT[Reason.SOON] != 0


def age_reason(checked_on: date | None, today: date) -> Reason | None:
    state = freshness(checked_on.isoformat() if checked_on else "", "meeting", today=today)
    if state is Freshness.FRESH and checked_on and (today - checked_on).days > MEETING_DAYS - SOON_DAYS:
        return Reason.SOON
    return BY_AGE.get(state)


def dated_before(day: date) -> str:
    """A partial date lies before the day exactly when its text sorts before this one.

    It counts from its first day: `2025-06` does not lie before the first of June, and must not sort before it.
    """
    return day.isoformat().removesuffix("-01").removesuffix("-01") if day.day == 1 else day.isoformat()


def facts_due_before(today: date) -> date:
    return today - timedelta(days=PRACTICE_DAYS)


def _fact_is_due(dated: str, today: date) -> bool:
    return bool(dated) and freshness(dated, "practice", today=today) is not Freshness.FRESH
