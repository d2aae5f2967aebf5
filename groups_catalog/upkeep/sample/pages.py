"""The call sheet and the history of samples, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import CallResult, CheckedHow, Group, Sample, SampleCall
from groups_catalog.snapshot import CatalogMeeting, meetings_on
from groups_catalog.upkeep.changes import version_numbers
from groups_catalog.upkeep.sample.accuracy import Accuracy, Share, Standing, accuracy
from groups_catalog.upkeep.sample.forms import CallForm
from groups_catalog.wording import date_words, here, meeting_words

RESULTS = ("", *CallResult.values)
PERCENT = "\N{NO-BREAK SPACE}%"
FAULTY = {CallResult.SMALL, CallResult.WRONG}
LOOKS = {
    CallResult.RIGHT.value: "ok",
    CallResult.SMALL.value: "warn",
    CallResult.WRONG.value: "stop",
    CallResult.NO_ANSWER.value: "dusk",
}
STANDINGS = {
    Standing.NO_CALLS: _("Nobody has been reached yet, so nothing can be said."),
    Standing.ABOVE: _("The whole interval reaches the target of 95 %."),
    Standing.OPEN: _("The target of 95 % lies within the interval: so few calls cannot tell whether it is reached."),
    Standing.BELOW: _("The whole interval lies below the target of 95 %."),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A share with its interval, in words and as places on a line from 0 to 100."""

    words: str
    between: str
    at: float
    low: float
    width: float


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One sample in the history."""

    key: int
    drawn: str
    """The day."""
    drawn_by: str
    seed: int
    counts: Accuracy
    called: int
    functional: Measured
    exact: Measured
    standing: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call on the sheet: what we say, and what came of it."""

    key: int
    slug: str
    name: str
    says: str
    where: str
    contact: str
    changed: bool
    """The listing no longer says that day and time: somebody has changed it since the draw."""
    result: str
    look: str
    noted: str
    """Who noted it."""
    noted_on: str
    faulty: bool
    checked: bool
    """The group is noted as checked by phone on the day of the call."""
    form: CallForm


def sample_lines(samples: QuerySet[Sample]) -> list[SampleLine]:
    """The newest first, in one query."""
    counts = {_name(result): Count("calls", filter=Q(calls__result=result)) for result in RESULTS}
    # A query that counts forgets the order of the model.
    rows = samples.annotate(**counts).select_related("drawn_by").order_by("-drawn_at", "-pk")
    return [_line(row) for row in rows]


def call_lines(sample: int, *, today: date, wrong: CallForm | None = None, call: int = 0) -> list[CallLine]:
    """The calls of a sample in the order drawn; `wrong` is what was sent for that call and could not be taken."""
    calls = SampleCall.objects.filter(sample=sample).select_related("group", "by").prefetch_related("group__meetings")
    numbers = version_numbers(row.group for row in calls)
    return [_call(row, today, numbers, wrong if wrong and row.pk == call else None) for row in calls]


def measured(share: Share) -> Measured:
    low, high = share.interval.low, share.interval.high
    if not share.of:
        return Measured(gettext("not known"), "", 0, 0, 0)
    return Measured(
        words=f"{round(100 * share.value)}{PERCENT}",
        between=gettext("{low} to {high}").format(low=round(100 * low), high=round(100 * high)) + PERCENT,
        at=round(100 * share.value, 1),
        low=round(100 * low, 1),
        width=round(100 * (high - low), 1),
    )


def reached_words(counts: Accuracy) -> str:
    """«17 of 20 were reached; 2 could not be, 1 is not called yet.»"""
    said = ngettext("{reached} of {count} was reached", "{reached} of {count} were reached", counts.reached)
    parts = [said.format(reached=counts.reached, count=counts.calls)]
    if counts.no_answer:
        parts.append(gettext("{count} could not be reached").format(count=counts.no_answer))
    if counts.waiting:
        parts.append(gettext("{count} not called yet").format(count=counts.waiting))
    return "; ".join(parts)


def _name(result: str) -> str:
    return f"n_{result or 'waiting'}"


def _line(row: Any) -> SampleLine:
    counts = accuracy({result: getattr(row, _name(result)) for result in RESULTS})
    return SampleLine(
        key=row.pk,
        drawn=_day(row.drawn_at),
        drawn_by=str(row.drawn_by or ""),
        seed=row.seed,
        counts=counts,
        called=counts.calls - counts.waiting,
        functional=measured(counts.functional),
        exact=measured(counts.exact),
        standing=str(STANDINGS[counts.standing]),
    )


def _day(at: datetime) -> str:
    return date_words(timezone.localdate(at).isoformat())


def _call(row: SampleCall, today: date, numbers: Mapping[int, int], wrong: CallForm | None) -> CallLine:
    meetings = meetings_on(row.group, today)
    held = _held(meetings, row)
    shown = held or CatalogMeeting(row.weekday, row.start, 60, "week", None)
    return CallLine(
        key=row.pk,
        slug=row.group.slug,
        name=row.group.name,
        says=meeting_words(shown),
        where=_where(row.group),
        contact=here(row.group.contact_role),
        changed=held is None,
        result=str(CallResult(row.result).label) if row.result else "",
        look=LOOKS.get(row.result, ""),
        noted=str(row.by or ""),
        noted_on=_day(row.at) if row.at else "",
        faulty=row.result in FAULTY,
        checked=_is_noted(row),
        form=wrong or _form(row, numbers, meets_otherwise=len(meetings) > 1),
    )


def _form(row: SampleCall, numbers: Mapping[int, int], *, meets_otherwise: bool) -> CallForm:
    """Where the group meets at other times too, one time that was right does not speak for them unasked."""
    initial = {"result": row.result, "seen": numbers[row.group_id], "checked": not meets_otherwise}
    return CallForm(key=row.pk, initial=initial)


def _is_noted(row: SampleCall) -> bool:
    by_phone = row.result == CallResult.RIGHT and row.group.checked_how == CheckedHow.CALL
    return bool(by_phone and row.at and row.group.checked_on == timezone.localdate(row.at))


def _held(meetings: Iterable[CatalogMeeting], row: SampleCall) -> CatalogMeeting | None:
    same = (meeting for meeting in meetings if (meeting.weekday, meeting.start) == (row.weekday, row.start))
    return next(same, None)


def _where(group: Group) -> str:
    known = ", ".join(part for part in (group.venue, group.place) if part)
    return gettext("Online") if group.mode == "online" else known or gettext("Place not known")
