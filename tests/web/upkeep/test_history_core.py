"""Every change is kept whole, none is overwritten, and any can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from clinics.models import User
from groups_catalog.models import Change, ChangeKind, Fact, Group, Organisation, Version
from groups_catalog.upkeep import four_eyes, organisation_changes
from groups_catalog.upkeep.changes import (
    Act,
    CannotBeUndoneError,
    ConflictError,
    Edit,
    may_be_undone,
    record,
    restore,
    undo,
)
from groups_catalog.upkeep.documents import Document, group_document, organisation_document, patched
from tests.catalog_factories import a_fact, a_group, a_text, an_organisation
from tests.document_factories import BASE
from tests.web.upkeep.history_world import Desk, a_desk, a_said_fact, document, edited, organisation_edited

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def assert_rows_stand_as_the_newest_version(desk: Desk) -> None:
    assert desk.document() == desk.versions()[-1].document


def undone(change: Change, by: User) -> Any:
    with scope(clinic=change.clinic):
        return undo(change=change, by=by)


def organisation_now(row: Organisation, desk: Desk) -> Document:
    with scope(clinic=desk.clinic):
        return organisation_document(Organisation.objects.for_page().get(pk=row.pk), desk.clinic)


def test_the_first_edit_also_keeps_how_the_entry_stood_before(desk: Desk) -> None:
    before = desk.document()
    change = desk.edited(desk.kari, why="They moved", place="Bergen")
    first, second = desk.versions()
    assert (first.number, first.change, first.document) == (1, None, before)
    assert (second.number, second.change, second.document) == (2, change, {**before, "place": "Bergen"})
    assert (change.by, change.why) == (desk.kari, "They moved")
    assert_rows_stand_as_the_newest_version(desk)


def test_every_kind_of_field_is_written_and_kept(desk: Desk) -> None:
    other = an_organisation("aa")
    meetings = [{**desk.document()["meetings"][0], "weekday": 3, "except_on": ["2026-12-24"]}]
    fact = a_said_fact("no_touch", recorded_by=desk.kari.pk)
    desk.edited(desk.kari, organisation=other.slug, meetings=meetings, latitude=None, longitude=None)
    desk.edited(desk.kari, facts__touch_custom=[fact], checked_on="2026-05-17", checked_how="call")
    assert_rows_stand_as_the_newest_version(desk)
    assert desk.document()["facts.touch_custom"] == [fact]


def test_an_edit_of_an_old_version_is_told_and_changes_nothing(desk: Desk) -> None:
    desk.edited(desk.ola, place="Bergen")
    with pytest.raises(ConflictError) as told:
        desk.edited(desk.kari, based_on=1, place="Oslo", venue="Huset")
    assert told.value.entries == (desk.group,)
    assert desk.document()["place"] == "Bergen"
    assert len(desk.versions()) == 2


def test_of_several_edits_at_once_one_conflict_stops_all(desk: Desk) -> None:
    other = a_group(desk.clinic, "kaia", organisation=desk.group.organisation)
    desk.edited(desk.ola, place="Bergen")
    edits = [Edit(other, {**document(other), "place": "Oslo"}, 1), Edit(desk.group, desk.document(), 1)]
    with scope(clinic=desk.clinic), pytest.raises(ConflictError):
        record(Act(desk.clinic, ChangeKind.EDITED, desk.kari), edits)
    assert document(other)["place"] == "Fjordlia"
    with scope(clinic=desk.clinic):
        assert Change.objects.count() == 1


def test_any_version_is_restored_and_what_came_between_is_kept(desk: Desk) -> None:
    before = desk.document()
    desk.edited(desk.kari, place="Bergen", facts__touch_custom=None, meetings=[])
    desk.edited(desk.ola, venue="Huset")
    with scope(clinic=desk.clinic):
        restore(version=desk.versions()[0], by=desk.ola, why="A mistake")
    assert desk.document() == before
    assert [version.number for version in desk.versions()] == [1, 2, 3, 4]
    assert_rows_stand_as_the_newest_version(desk)


def test_a_version_from_before_groups_had_a_link_is_restored(desk: Desk) -> None:
    desk.edited(desk.kari, place="Bergen")
    first = desk.versions()[0]
    del first.document["link"], first.document["merged_into"]
    first.save()
    with scope(clinic=desk.clinic):
        restore(version=first, by=desk.kari)
    assert desk.document()["link"] == ""
    assert_rows_stand_as_the_newest_version(desk)


def test_a_fact_by_somebody_whose_account_is_gone_comes_back_without_a_name(desk: Desk) -> None:
    desk.edited(desk.kari, facts__touch_custom=[a_said_fact("no_touch", recorded_by=desk.ola.pk)])
    desk.edited(desk.kari, facts__touch_custom=None)
    with scopes_disabled():
        desk.ola.delete()
    with scope(clinic=desk.clinic):
        restore(version=desk.versions()[1], by=desk.kari)
        assert Fact.objects.get(group=desk.group).recorded_by is None


def test_an_undone_change_leaves_the_entry_as_it_was_before(desk: Desk) -> None:
    before = desk.document()
    change = desk.edited(desk.kari, place="Bergen", facts__touch_custom=None)
    told = undone(change, desk.ola)
    assert desk.document() == before
    assert (told.change.undoes, told.left) == (change, ())
    assert_rows_stand_as_the_newest_version(desk)


def test_a_bulk_change_is_undone_whole_and_what_was_changed_since_is_left_and_named(desk: Desk) -> None:
    others = [a_group(desk.clinic, organisation=desk.group.organisation) for _number in range(3)]
    groups = [desk.group, *others]
    with scope(clinic=desk.clinic):
        edits = [Edit(group, {**document(group), "checked_on": "2026-05-17"}) for group in groups]
        change = record(Act(desk.clinic, ChangeKind.CHECKED, desk.kari), edits)
    edited(others[0], desk.ola, venue="Huset")
    told = undone(change, desk.kari)
    assert told.left == (others[0],)
    checked = [document(group)["checked_on"] for group in groups]
    assert checked == ["2025-11-01", "2026-05-17", "2025-11-01", "2025-11-01"]


def test_a_group_that_came_with_an_undone_change_is_closed_and_keeps_its_id(desk: Desk) -> None:
    with scope(clinic=desk.clinic):
        change = record(Act(desk.clinic, ChangeKind.ADDED, desk.kari), [Edit(None, BASE)])
        group = Group.objects.get(versions__change=change)
        undo(change=change, by=desk.kari)
        group.refresh_from_db()
    assert (group.slug, group.status) == ("havna-2", "closed")


def test_a_change_is_undone_once(desk: Desk) -> None:
    change = desk.edited(desk.kari, place="Bergen")
    undone(change, desk.kari)
    with pytest.raises(CannotBeUndoneError):
        undone(change, desk.ola)
    assert len(desk.versions()) == 3


def test_an_undoing_is_not_undone_again(desk: Desk) -> None:
    told = undone(desk.edited(desk.kari, place="Bergen"), desk.kari)
    with pytest.raises(CannotBeUndoneError):
        undone(told.change, desk.kari)


@pytest.mark.parametrize(("days", "possible"), [(29, True), (31, False)])
def test_a_change_is_undone_within_thirty_days(days: int, possible: bool, desk: Desk) -> None:
    change = desk.edited(desk.kari, place="Bergen")
    with scope(clinic=desk.clinic):
        Change.objects.update(at=timezone.now() - timedelta(days=days))
        change.refresh_from_db()
        assert may_be_undone(change) is possible
    if not possible:
        with pytest.raises(CannotBeUndoneError):
            undone(change, desk.kari)


def test_an_organisations_own_facts_are_versions_too(desk: Desk) -> None:
    shared = an_organisation("wfs")
    shared_fact = a_fact(shared, "meeting_format", "dialogue_feedback")
    change = organisation_edited(shared, desk.clinic, desk.kari, facts__touch_custom=[a_said_fact("ask_first")])
    assert list(organisation_now(shared, desk)) == ["facts.touch_custom"]
    with scope(clinic=desk.clinic):
        told = four_eyes.undo(change=change, by=desk.ola)
        assert list(Fact.objects.filter(organisation=shared)) == [shared_fact]
        assert [version.number for version in Version.objects.filter(organisation=shared)] == [1, 2, 3]
    assert told.left == ()


def test_an_own_organisation_is_restored_with_its_texts(desk: Desk) -> None:
    own = an_organisation("hus", clinic=desk.clinic, site="https://example.org/")
    a_text(own)
    before = organisation_now(own, desk)
    organisation_edited(own, desk.clinic, desk.kari, name_en="House", texts__first_meeting=None)
    assert organisation_now(own, desk) == patched(before, {"name_en": "House", "texts.first_meeting": None})
    with scope(clinic=desk.clinic):
        organisation_changes.rewrite(Act(desk.clinic, ChangeKind.RESTORED, desk.ola), own, before, based_on=2)
    assert organisation_now(own, desk) == before


def test_an_organisation_edited_since_is_left_as_it_is(desk: Desk) -> None:
    shared = an_organisation("wfs")
    change = organisation_edited(shared, desk.clinic, desk.kari, facts__touch_custom=[a_said_fact("ask_first")])
    organisation_edited(shared, desk.clinic, desk.ola, facts__touch_custom=[a_said_fact("no_touch")])
    with scope(clinic=desk.clinic):
        told = four_eyes.undo(change=change, by=desk.kari)
    assert told.left == (shared,)
    assert organisation_now(shared, desk)["facts.touch_custom"][0]["values"] == ["no_touch"]


def test_a_new_organisation_stays_since_groups_may_stand_under_it(desk: Desk) -> None:
    fields = {"kind": "ngo", "lane": "addiction", "name_en": "House", "name_nb": "Hus", "site": ""}
    written = {**fields, "short_name_en": "House", "short_name_nb": "Hus"}
    with scope(clinic=desk.clinic):
        change = organisation_changes.add(Act(desk.clinic, ChangeKind.ADDED, desk.kari), written)
        with pytest.raises(CannotBeUndoneError):
            four_eyes.undo(change=change, by=desk.kari)


def test_an_edit_of_an_old_version_of_an_organisation_is_told(desk: Desk) -> None:
    shared = an_organisation("wfs")
    organisation_edited(shared, desk.clinic, desk.kari, facts__touch_custom=[a_said_fact("ask_first")])
    with scope(clinic=desk.clinic), pytest.raises(ConflictError):
        organisation_changes.rewrite(Act(desk.clinic, ChangeKind.EDITED, desk.ola), shared, {}, based_on=1)


def test_what_two_clinics_say_of_one_organisation_stays_apart(desk: Desk) -> None:
    shared, elsewhere = an_organisation("wfs"), a_desk()
    organisation_edited(shared, desk.clinic, desk.kari, facts__touch_custom=[a_said_fact("ask_first")])
    organisation_edited(shared, elsewhere.clinic, elsewhere.kari, facts__touch_custom=[a_said_fact("no_touch")])
    assert organisation_now(shared, desk)["facts.touch_custom"][0]["values"] == ["ask_first"]
    with scope(clinic=desk.clinic):
        assert Version.objects.filter(organisation=shared).count() == 2


@pytest.mark.parametrize("groups", [1, 50])
def test_a_bulk_check_costs_few_queries_for_each_group(groups: int, desk: Desk) -> None:
    rows = [a_group(desk.clinic, organisation=desk.group.organisation) for _number in range(groups)]
    edits = [Edit(row, {**document(row), "checked_on": "2026-05-17"}) for row in rows]
    with scope(clinic=desk.clinic), CaptureQueriesContext(connection) as asked:
        record(Act(desk.clinic, ChangeKind.CHECKED, desk.kari), edits)
    assert len(asked) <= 19 + groups


def test_rows_and_document_are_the_same_thing(desk: Desk) -> None:
    with scope(clinic=desk.clinic):
        row = Group.objects.for_documents().get(pk=desk.group.pk)
        assert group_document(row) == desk.document()
