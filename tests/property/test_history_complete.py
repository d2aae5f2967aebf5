"""Whatever is edited, restored and undone, in any order: the history is complete, and the rows stand as it says."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.models import Change, ChangeKind, Group, Version
from groups_catalog.upkeep.changes import (
    Act,
    ConflictError,
    Edit,
    may_be_undone,
    record,
    restore,
    undo,
    version_numbers,
)
from groups_catalog.upkeep.documents import Document, group_document
from tests.catalog_factories import a_group
from tests.document_factories import group_documents
from tests.web.upkeep.history_world import Desk, a_desk

pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from([(0,), (1,), (0, 1)]), group_documents()),
        st.tuples(st.just("stale"), st.sampled_from([0, 1]), group_documents()),
        st.tuples(st.just("restore"), st.sampled_from([0, 1]), st.integers(0, 20)),
        st.tuples(st.just("undo"), st.integers(0, 20), st.none()),
    ),
    min_size=1,
    max_size=6,
)


@dataclass
class Past:
    """What the history should hold, kept beside it."""

    desk: Desk
    groups: list[Group]
    known: dict[int, list[Document]] = field(default_factory=dict)
    """By the group's key, how it stood after each of its versions."""

    def now(self, group: Group) -> Document:
        return group_document(Group.objects.for_documents().get(pk=group.pk))

    def keep(self) -> None:
        """Reads how the groups stand, and remembers it where a version came."""
        for key, number in version_numbers(self.groups).items():
            kept = self.known[key]
            assert number in (len(kept), len(kept) + 1)
            if number > len(kept):
                kept.append(self.now(next(group for group in self.groups if group.pk == key)))

    def edit(self, which: tuple[int, ...], document: Document) -> None:
        edits = [Edit(self.groups[index], document) for index in which]
        record(Act(self.desk.clinic, ChangeKind.EDITED, self.desk.kari), edits)

    def stale(self, index: int, document: Document) -> None:
        group = self.groups[index]
        based_on = version_numbers([group])[group.pk] - 1
        with pytest.raises(ConflictError):
            record(Act(self.desk.clinic, ChangeKind.EDITED, self.desk.ola), [Edit(group, document, based_on)])

    def restore(self, index: int, number: int) -> None:
        versions = list(Version.objects.filter(group=self.groups[index]))
        if versions:
            restore(version=versions[number % len(versions)], by=self.desk.ola, why="A mistake")

    def undo(self, number: int, _nothing: None) -> None:
        possible = [change for change in Change.objects.order_by("pk") if may_be_undone(change)]
        if possible:
            undo(change=possible[number % len(possible)], by=self.desk.ola)

    def assert_complete(self) -> None:
        for group in self.groups:
            kept = [version.document for version in Version.objects.filter(group=group)]
            if kept:
                assert kept == self.known[group.pk]
                assert kept[-1] == self.now(group)
            else:
                assert self.known[group.pk] == [self.now(group)]


def a_past() -> Past:
    desk = a_desk()
    past = Past(desk, [desk.group, a_group(desk.clinic, organisation=desk.group.organisation)])
    with scope(clinic=desk.clinic):
        past.known = {group.pk: [past.now(group)] for group in past.groups}
    return past


@given(STEPS)
def test_the_history_is_complete_and_the_rows_stand_as_its_newest_version(steps: list[tuple[str, Any, Any]]) -> None:
    past = a_past()
    with scope(clinic=past.desk.clinic):
        for step, about, value in steps:
            getattr(past, step)(about, value)
            past.keep()
            past.assert_complete()


@given(group_documents(), group_documents())
def test_undoing_gives_back_exactly_what_stood_before(first: Document, second: Document) -> None:
    past = a_past()
    with scope(clinic=past.desk.clinic):
        past.edit((0, 1), first)
        change = record(
            Act(past.desk.clinic, ChangeKind.EDITED, past.desk.kari), [Edit(group, second) for group in past.groups]
        )
        undo(change=change, by=past.desk.kari)
        assert [past.now(group) for group in past.groups] == [first, first]


@given(group_documents())
def test_a_document_that_is_written_is_read_back_the_same(document: Document) -> None:
    past = a_past()
    with scope(clinic=past.desk.clinic):
        past.edit((0,), document)
        assert past.now(past.groups[0]) == document
        change = record(Act(past.desk.clinic, ChangeKind.ADDED, past.desk.kari), [Edit(None, document)])
        assert past.now(Group.objects.get(versions__change=change)) == document
