"""What stands around the desk: reports, meeting lists and what they propose; and the desk as one reads it."""

import re
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic
from groups_catalog.models import Group, Meeting, Proposal, Report, Run, Source
from tests.catalog_factories import an_organisation

UPKEEP = "/upkeep/"


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def a_report(group: Group, kind: str, state: str = "open") -> Report:
    with scope(clinic=group.clinic):
        return Report.objects.create(clinic=group.clinic, group=group, kind=kind, state=state)


def a_run(source: Source, state: str = "ready", hours_ago: int = 0) -> Run:
    with scope(clinic=source.clinic):
        return Run.objects.create(source=source, state=state, at=timezone.now() - timedelta(hours=hours_ago))


def a_source(clinic: Clinic, name: str = "A list") -> Source:
    with scope(clinic=clinic):
        return Source.objects.create(clinic=clinic, name=name, organisation=an_organisation())


def a_proposal(run: Run, group: Group | None, kind: str = "changed") -> Proposal:
    key = f"{kind}-{group.slug if group else 'new'}"
    with scope(clinic=run.source.clinic):
        return Proposal.objects.create(run=run, group=group, kind=kind, source_key=key, name=key)


def page(browser: Client, **query: str) -> str:
    answer = browser.get(UPKEEP, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def listed(browser: Client, **query: str) -> list[str]:
    return re.findall(r'name="groups" value="([\w-]+):\d+"', page(browser, **query))


def found(browser: Client, **query: str) -> list[str]:
    """Also those that cannot be noted as still correct."""
    return re.findall(r'<a href="/groups/([\w-]+)/" data-name>', page(browser, **query))


def many(clinic: Clinic, number: int) -> None:
    """So many groups with a meeting, an old fact, a report and a proposal each."""
    organisation, run = an_organisation(), a_run(a_source(clinic))
    with scopes_disabled():
        rows = [
            Group(
                clinic=clinic,
                slug=f"many-{n}",
                name=f"Many {n}",
                organisation=organisation,
                lane="addiction",
                mode="online",
                status="published",
                checked_on=days_ago(n % 300),
                checked_how="call",
            )
            for n in range(number)
        ]
        made = Group.objects.bulk_create(rows)
        Meeting.objects.bulk_create(Meeting(group=row, weekday=0, start="18:00", minutes=60) for row in made)
        Report.objects.bulk_create(Report(clinic=clinic, group=row, kind="other") for row in made)
        Proposal.objects.bulk_create(
            Proposal(run=run, group=row, kind="changed", source_key=row.slug, name=row.name) for row in made
        )
