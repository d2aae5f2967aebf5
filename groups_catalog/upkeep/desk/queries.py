"""The questions of the desk to the database. The order and the limits are those of `urgency.py`."""

from datetime import date, time, timedelta
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from groups_catalog.models import (
    Basis,
    Fact,
    Meeting,
    Proposal,
    ProposalKind,
    Report,
    ReportKind,
    Run,
    RunState,
    Status,
    Version,
)
from groups_catalog.models.group import IN_USE, GroupQuerySet
from groups_catalog.upkeep.desk.urgency import (
    BIT,
    MEETING_DAYS,
    ORDER,
    OUT_OF_USE,
    OVER_DAYS,
    SOON_DAYS,
    Reason,
    dated_before,
    facts_due_before,
)
from groups_catalog.vocabulary import vocabulary

EVENING = time(16)
"""A meeting that begins at this time or later is one in the evening, as on the menu."""
AGE_LIMITS = (30, MEETING_DAYS, 2 * MEETING_DAYS)
SETTLES = (RunState.READY, RunState.DONE)
"""A newer reading in one of these states makes an older one a thing of the past."""
UNREAD = (RunState.REFUSED, RunState.FAILED)
TOLD_ALONE = (ReportKind.UNSAFE, ReportKind.CLOSED)


def conditions(today: date) -> dict[Reason, Q]:
    """When each reason holds."""
    in_use, reports = Q(status__in=IN_USE), Report.objects.open()
    proposals = waiting_proposals()
    return {
        Reason.UNSAFE: _among(reports.filter(kind=ReportKind.UNSAFE)),
        Reason.CLOSED: _among(reports.filter(kind=ReportKind.CLOSED)),
        Reason.REPORTED: _among(reports.exclude(kind__in=TOLD_ALONE)),
        Reason.GONE: _among(proposals.filter(kind=ProposalKind.GONE)),
        Reason.DIFFERS: _among(proposals.exclude(kind=ProposalKind.GONE)),
        **{reason: in_use & aged for reason, aged in _by_age(today).items()},
        Reason.FACTS: in_use & _among(_due_facts(today)),
    }


def with_reasons(groups: GroupQuerySet, today: date) -> Any:
    """Annotates `holds`: which reasons hold, and whether it is out of use: a bit for each, as in `urgency.py`."""
    holds = conditions(today)
    bits = [(holds[reason], BIT[reason]) for reason in ORDER] + [(~Q(status__in=IN_USE), OUT_OF_USE)]
    found = [Case(When(wish, then=bit), default=0, output_field=IntegerField()) for wish, bit in bits]
    return groups.annotate(holds=reduce(add, found))


def standings(groups: GroupQuerySet, today: date) -> dict[int, int]:
    """By the entry's key, which reasons hold for it. Asked once a page: this is what costs, in a large catalog."""
    return dict(with_reasons(groups, today).order_by().values_list("pk", "holds"))


def with_checker(groups: GroupQuerySet) -> Any:
    """Annotates `checked_by`: who noted the last check, that is, who made the first version that tells of it."""
    on = Cast(OuterRef("checked_on"), CharField())
    telling = Version.objects.annotate(says=KT("document__checked_on")).filter(group=OuterRef("pk"), says=on)
    return groups.annotate(checked_by=Subquery(telling.order_by("number").values("change__by")[:1]))


def tallies(groups: GroupQuerySet, today: date) -> dict[str, int]:
    """How many entries have each status; and how many of those in use there are (`all`), were `never` checked, or at
    most so many days ago (`days_30`, …)."""
    within = {f"days_{days}": Q(checked_on__gte=today - timedelta(days=days)) for days in AGE_LIMITS}
    of_use = {"all": Q(), "never": Q(checked_on=None), **within}
    wishes = {name: Q(status__in=IN_USE) & wish for name, wish in of_use.items()}
    wishes |= {status.value: Q(status=status) for status in Status}
    asked = {name: Count("pk", filter=wish) for name, wish in wishes.items()}
    found: dict[str, int] = groups.order_by().aggregate(**asked)
    return found


def waiting_runs() -> QuerySet[Run]:
    """Of each source the newest reading, where it waits for a decision."""
    return Run.objects.filter(~Exists(_newer(SETTLES)), state=RunState.READY)


def stuck_runs() -> QuerySet[Run]:
    """The newest readings that nobody hears of otherwise: held back, not readable, or decided and not taken over."""
    held = ~Exists(_newer((*SETTLES, RunState.QUARANTINED))) & Q(state=RunState.QUARANTINED)
    tried_since = Run.objects.filter(source=OuterRef("source"), at__gt=OuterRef("at"))
    unread = ~Exists(tried_since.exclude(state=RunState.CANCELLED)) & Q(state__in=UNREAD)
    asks = Proposal.objects.filter(run=OuterRef("pk"))
    decided = Q(pk__in=waiting_runs().order_by().values("pk")) & Exists(asks) & ~Exists(asks.filter(decided={}))
    found = Run.objects.filter(held | unread | decided).select_related("source")
    return found.only("state", "source__name").order_by("source__name", "-at")


def _newer(states: tuple[RunState, ...]) -> QuerySet[Run]:
    return Run.objects.filter(source=OuterRef("source"), at__gt=OuterRef("at"), state__in=states)


def waiting_proposals() -> QuerySet[Proposal]:
    return Proposal.objects.filter(run__in=waiting_runs().order_by().values("pk")).order_by()


def held_practice_facts() -> QuerySet[Fact]:
    """The groups' own facts about practice, without those that another one overrules, as `resolution.py` has it."""
    practice = [known.id for known in vocabulary().askable() if known.freshness == "practice"]
    told = Fact.objects.local().filter(attribute__in=practice, unverified=False)
    same = told.filter(group=OuterRef("group"), attribute=OuterRef("attribute"))
    newer = Q(Exists(same.filter(basis=OuterRef("basis"), dated__gt=OuterRef("dated"))))
    seen_otherwise = Q(Exists(same.filter(basis=Basis.OBSERVED)), basis=Basis.STATED)
    return told.exclude(newer | seen_otherwise).order_by()


def towns_without_an_evening(groups: GroupQuerySet) -> int:
    """Towns where a group meets in person and none of them in the evening."""
    there = groups.filter(mode__in=["in_person", "hybrid"]).exclude(place="")
    in_the_evening = Meeting.objects.filter(start__gte=EVENING).order_by().values("group")
    served = there.filter(pk__in=in_the_evening).order_by().values("place")
    return there.exclude(place__in=served).order_by().values("place").distinct().count()


def groups_on(weekday: int) -> Q:
    return _among(Meeting.objects.filter(weekday=weekday).order_by())


def _among(rows: QuerySet[Any]) -> Q:
    return Q(pk__in=rows.exclude(group=None).order_by().values("group"))


def _by_age(today: date) -> dict[Reason, Q]:
    """Each age ends where the next begins, so that one of them holds at most."""
    found, older = {Reason.NEVER: Q(checked_on=None)}, None
    for reason, days in {**OVER_DAYS, Reason.SOON: MEETING_DAYS - SOON_DAYS}.items():
        since = today - timedelta(days=days)
        found[reason] = Q(checked_on__lt=since) if older is None else Q(checked_on__lt=since, checked_on__gte=older)
        older = since
    return found


def _due_facts(today: date) -> QuerySet[Fact]:
    return held_practice_facts().exclude(dated="").filter(dated__lt=dated_before(facts_due_before(today)))
