"""What the tests of entries by hand share: a page opened and sent back, and what stands in the catalog afterwards."""

from typing import Any

from django.test import Client
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic
from groups_catalog.models import Change, Draft, Group, Version
from tests.sent_forms import Sent, sent


def opened(browser: Client, address: str, **changes: Any) -> Sent:
    """What the page sends once these fields are changed."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return sent(answer.content.decode(), **changes)


def now(clinic: Clinic, slug: str = "havna") -> Group:
    with scope(clinic=clinic):
        return Group.objects.for_documents().get(slug=slug)


def meetings(group: Group) -> list[tuple[int, str, int]]:
    return [(row.weekday, f"{row.start:%H:%M}", row.minutes) for row in group.meetings.all()]


def errors(answer: Any) -> str:
    """The page with its summary; its title says so first."""
    html: str = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error:" in html
    assert 'id="error-summary"' in html
    return html.replace("&#x27;", "'")


def counts() -> dict[str, int]:
    with scopes_disabled():
        return {model.__name__: model.objects.count() for model in (Group, Change, Version, Draft)}
