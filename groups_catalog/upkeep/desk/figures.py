"""The figures above the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import Draft, DraftState, Report, Sample
from groups_catalog.models.group import GroupQuerySet
from groups_catalog.upkeep.desk.queries import AGE_LIMITS, counts, towns_without_an_evening, waiting_proposals
from groups_catalog.upkeep.desk.urgency import MEETING_DAYS, ORDER
from groups_catalog.upkeep.desk.wording import REASONS
from groups_catalog.wording import date_words

BANDS: tuple[tuple[Promise, str], ...] = (
    (_("0–30 days"), "#12574d"),
    (_("31–90"), "#5f9c8b"),
    (_("91–180"), "#b36a00"),
    (_("over 180"), "#a4351f"),
    (_("never"), "#584d72"),
)
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
class Figures:
    total: int
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


def figures(groups: GroupQuerySet, today: date) -> Figures:
    found = counts(groups, today)
    last = Sample.objects.values_list("drawn_at", flat=True).first()
    sampled_on = timezone.localdate(last) if last else None
    return Figures(
        total=found["all"],
        share=100 * found[f"days_{MEETING_DAYS}"] // max(1, found["all"]),
        bands=bands(found),
        by_reason=tuple((reason.value, str(REASONS[reason]), found[reason]) for reason in ORDER if found[reason]),
        look=found["look"],
        feed=waiting_proposals().count(),
        drafts=Draft.objects.filter(state=DraftState.WAITING).count(),
        reports=Report.objects.open().count(),
        held=Report.objects.held().count(),
        towns=towns_without_an_evening(groups.published()),
        sampled=date_words(sampled_on.isoformat()) if sampled_on else "",
        sample_is_due=sampled_on is None or (today - sampled_on).days > QUARTER_DAYS,
    )


def bands(found: Mapping[str, int]) -> tuple[Band, ...]:
    """Beside each other, as wide as they hold entries."""
    checked = found["all"] - found["never"]
    steps = [0, *(found[f"days_{days}"] for days in AGE_LIMITS), checked, found["all"]]
    whole = max(1, found["all"])
    return tuple(
        Band(str(label), colour, upto - since, round(100 * since / whole, 2), round(100 * (upto - since) / whole, 2))
        for since, upto, (label, colour) in zip(steps, steps[1:], BANDS, strict=False)
    )
