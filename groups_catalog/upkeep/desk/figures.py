"""The figures above the desk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import Draft, DraftState, Group, Report, ReportState, RunState, Sample, Status
from groups_catalog.upkeep.desk.queries import (
    AGE_LIMITS,
    UNREAD,
    stuck_runs,
    tallies,
    towns_without_an_evening,
    waiting_proposals,
)
from groups_catalog.upkeep.desk.urgency import BIT, MEETING_DAYS, ORDER, OUT_OF_USE, needs_a_look
from groups_catalog.upkeep.desk.wording import REASONS, STUCK
from groups_catalog.wording import STATUSES, date_words

BANDS: tuple[tuple[Promise, str], ...] = (
    (_("0–30 days"), "#12574d"),
    (_("31–90"), "#5f9c8b"),
    (_("91–180"), "#b36a00"),
    (_("over 180"), "#a4351f"),
    (_("never"), "#584d72"),
)
HIDDEN = (Status.DRAFT, Status.PAUSED, Status.CLOSED)
"""In which a group is on no menu."""
QUARTER_DAYS = 91


@dataclass(frozen=True, slots=True)
class Band:
    """One stretch of the bar: entries by days since the last check."""

    label: str
    colour: str
    count: int
    start: float
    """In percent of the bar."""
    width: float


@dataclass(frozen=True, slots=True)
class Stuck:
    """Readings of meeting lists that wait for somebody, for one and the same reason."""

    words: str
    runs: tuple[tuple[UUID, str], ...]
    """The reading's key and the name of its list."""


@dataclass(frozen=True, slots=True)
class Figures:
    total: int
    """In use."""
    unpublished: tuple[tuple[str, str, int], ...]
    """Id, words and number of each status in which a group is on no menu."""
    share: int
    """Checked in the last 90 days, in whole percent, rounded down: 100 means all."""
    bands: tuple[Band, ...]
    by_reason: tuple[tuple[str, str, int], ...]
    """Id, words and number of each reason that holds for some entry."""
    look: int
    feed: int
    drafts: int
    reports: int
    held: int
    towns: int
    sampled: str
    """The day of the last sample; empty without one."""
    sample_is_due: bool
    stuck: tuple[Stuck, ...]

    @property
    def not_published(self) -> int:
        return sum(count for _status, _words, count in self.unpublished)

    @property
    def waiting(self) -> int:
        """What there is to decide beside the list; also where no group is in use."""
        return self.feed + self.drafts + self.reports + self.held + len(self.stuck)


def figures(standing: Mapping[int, int], today: date) -> Figures:
    """`standing`: which reasons hold, by the entry's key; of all those in use at least."""
    found, told = tallies(Group.objects.all(), today), _told()
    last = Sample.objects.values_list("drawn_at", flat=True).first()
    sampled_on = timezone.localdate(last) if last else None
    return Figures(
        total=found["all"],
        share=100 * found[f"days_{MEETING_DAYS}"] // max(1, found["all"]),
        bands=bands(found),
        unpublished=tuple((status.value, str(STATUSES[status]), found[status]) for status in HIDDEN if found[status]),
        by_reason=tuple(by_reason(standing.values())),
        look=sum(map(needs_a_look, standing.values())),
        feed=waiting_proposals().filter(decided={}).count(),
        drafts=Draft.objects.filter(state=DraftState.WAITING).count(),
        reports=told["open"],
        held=told["held"],
        towns=towns_without_an_evening(Group.objects.published()),
        sampled=date_words(sampled_on.isoformat()) if sampled_on else "",
        sample_is_due=sampled_on is None or (today - sampled_on).days > QUARTER_DAYS,
        stuck=tuple(stuck()),
    )


def _told() -> dict[str, int]:
    """How many reports wait to be looked into, and how many are held back."""
    states = (ReportState.OPEN, ReportState.HELD)
    asked = {state.value: Count("pk", filter=Q(state=state)) for state in states}
    found: dict[str, int] = Report.objects.order_by().aggregate(**asked)
    return found


def stuck() -> Iterator[Stuck]:
    runs: dict[str, list[tuple[UUID, str]]] = {name: [] for name in STUCK}
    for run in stuck_runs():
        name = "unread" if run.state in UNREAD else "held" if run.state == RunState.QUARANTINED else "decided"
        runs[name].append((run.pk, run.source.name))
    return (Stuck(str(STUCK[name]), tuple(found)) for name, found in runs.items() if found)


def by_reason(holding: Iterable[int]) -> Iterator[tuple[str, str, int]]:
    alike = Counter(holds for holds in holding if not holds & OUT_OF_USE)
    for reason in ORDER:
        count = sum(number for holds, number in alike.items() if holds & BIT[reason])
        if count:
            yield reason.value, str(REASONS[reason]), count


def bands(found: Mapping[str, int]) -> tuple[Band, ...]:
    """Beside each other, as wide as they hold entries."""
    checked = found["all"] - found["never"]
    steps = [0, *(found[f"days_{days}"] for days in AGE_LIMITS), checked, found["all"]]
    whole = max(1, found["all"])
    return tuple(
        Band(str(label), colour, upto - since, round(100 * since / whole, 2), round(100 * (upto - since) / whole, 2))
        for since, upto, (label, colour) in zip(steps, steps[1:], BANDS, strict=False)
    )
