"""The questions of the desk to the database. The order and the limits are those of `urgency.py`."""

from datetime import date, time, timedelta
from functools import reduce
from operator import or_
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
    Version,
)
from groups_catalog.models.group import GroupQuerySet
from groups_catalog.upkeep.desk.urgency import (
    MEETING_DAYS,
    NEEDS_A_LOOK,
    NO_REASON,
    ORDER,
    OVER_DAYS,
    RANK,
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
TOLD_ALONE = (ReportKind.UNSAFE, ReportKind.CLOSED)


def conditions(today: date) -> dict[Reason, Q]:
    """When each reason holds."""
    reports, proposals = Report.objects.open(), waiting_proposals()
    return {
        Reason.UNSAFE: _among(reports.filter(kind=ReportKind.UNSAFE)),
        Reason.CLOSED: _among(reports.filter(kind=ReportKind.CLOSED)),
        Reason.REPORTED: _among(reports.exclude(kind__in=TOLD_ALONE)),
        Reason.GONE: _among(proposals.filter(kind=ProposalKind.GONE)),
        Reason.DIFFERS: _among(proposals.exclude(kind=ProposalKind.GONE)),
        **_by_age(today),
        Reason.FACTS: _among(held_practice_facts().exclude(dated="").filter(dated__lt=_facts_limit(today))),
    }


def with_urgency(groups: GroupQuerySet, today: date) -> Any:
    """Annotates `urgency`: the rank of the entry's first reason. The rows can be filtered and sorted by it."""
    holds = conditions(today)
    steps = [When(holds[reason], then=RANK[reason]) for reason in ORDER]
    return groups.annotate(urgency=Case(*steps, default=NO_REASON, output_field=IntegerField()))


def with_checker(groups: GroupQuerySet) -> Any:
    """Annotates `checked_by`: who noted the last check, that is, who made the first version that tells of it."""
    on = Cast(OuterRef("checked_on"), CharField())
    telling = Version.objects.annotate(says=KT("document__checked_on")).filter(group=OuterRef("pk"), says=on)
    return groups.annotate(checked_by=Subquery(telling.order_by("number").values("change__by")[:1]))


def counts(groups: GroupQuerySet, today: date) -> dict[str, int]:
    """How many entries there are (`all`), need a look (`look`), have each reason, and were `never` checked or at
    most so many days ago (`days_30`, `days_90`, `days_180`)."""
    holds = conditions(today)
    within = {f"days_{days}": Q(checked_on__gte=today - timedelta(days=days)) for days in AGE_LIMITS}
    wanted = {**{reason.value: holds[reason] for reason in ORDER}, **within}
    look = reduce(or_, (holds[reason] for reason in NEEDS_A_LOOK))
    asked = {name: Count("pk", filter=wish) for name, wish in {**wanted, "look": look}.items()}
    found: dict[str, int] = groups.order_by().aggregate(all=Count("pk"), **asked)
    return found


def waiting_runs() -> QuerySet[Run]:
    """Of each source the newest reading, where it waits for a decision."""
    newer = Run.objects.filter(source=OuterRef("source"), at__gt=OuterRef("at"), state__in=SETTLES)
    return Run.objects.filter(~Exists(newer), state=RunState.READY)


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


def _facts_limit(today: date) -> str:
    return dated_before(facts_due_before(today))
