"""A colleague saves between two reads of one page: what was read may be told as too old, and never passes for new."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from groups_catalog.feeds.sync.stored import ours
from groups_catalog.models import Group
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.duplicates.forms import merge_form
from groups_catalog.upkeep.history.entries import current
from groups_catalog.upkeep.sheets.services import entries
from tests.catalog_factories import a_group
from tests.web.upkeep.history_world import Desk, a_desk, a_said_fact, organisation_edited

pytestmark = pytest.mark.django_db
Read = tuple[int, Document]


@pytest.fixture
def desk() -> Desk:
    desk = a_desk()
    desk.edited(desk.kari, venue="Before")
    return desk


@contextmanager
def saved_after(query: int, save: Callable[[], object]) -> Iterator[None]:
    """Somebody else saves when so many of the page's own queries have been answered."""
    asked = 0

    def counted(execute: Any, *query_and_more: Any) -> Any:
        nonlocal asked
        answer = execute(*query_and_more)
        asked += 1
        if asked == query:
            save()
        return answer

    with connection.execute_wrapper(counted):
        yield


def of_the_entry(desk: Desk) -> Read:
    return current(desk.group, desk.clinic)


def of_a_merge(desk: Desk) -> Read:
    other = Group.objects.get(slug="odden")
    form = merge_form(None, Group.objects.for_documents().get(pk=desk.group.pk), other)
    return form.numbers[0], form.ours


def of_a_list(desk: Desk) -> Read:
    found = ours([desk.group.pk])[desk.group.pk]
    return found.number, found.document


def of_an_export(desk: Desk) -> Read:
    return next((entry.number, entry.document) for entry in entries() if entry.slug == "havna")


@pytest.mark.parametrize("query", range(1, 6))
@pytest.mark.parametrize("read", [of_the_entry, of_a_merge, of_a_list, of_an_export])
def test_an_old_document_never_has_the_number_of_the_newest_version(
    read: Callable[[Desk], Read], query: int, desk: Desk
) -> None:
    a_group(desk.clinic, "odden", organisation=desk.group.organisation)
    with scope(clinic=desk.clinic):
        with saved_after(query, lambda: desk.edited(desk.ola, venue="After")):
            number, document = read(desk)
        assert number == 2 or (number, document["venue"]) == (3, "After")


@pytest.mark.parametrize("query", range(1, 4))
def test_the_same_holds_for_an_organisation(query: int, desk: Desk) -> None:
    na = desk.group.organisation
    with scope(clinic=desk.clinic):
        said = {"facts__cost": [a_said_fact("free")]}
        with saved_after(query, lambda: organisation_edited(na, desk.clinic, desk.ola, **said)):
            number, document = current(na, desk.clinic)
        assert number == 1 or (number, "facts.cost" in document) == (2, True)
