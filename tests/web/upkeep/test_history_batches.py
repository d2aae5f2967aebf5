"""What one act drafts for several groups stands or falls together: half a merge would be none."""

import pytest
from django.urls import reverse
from django_scopes import scope

from groups_catalog.models import ChangeKind, Draft, DraftState, Group
from groups_catalog.upkeep.changes import Act, ConflictError, Edit, record
from groups_catalog.upkeep.four_eyes import accept, decline, submit
from tests.catalog_factories import a_group
from tests.factories import signed_in_client
from tests.web.upkeep.history_world import Desk, a_desk, document, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def desk() -> Desk:
    return a_desk(four_eyes=True)


@pytest.fixture
def other(desk: Desk) -> Group:
    return a_group(desk.clinic, "bryggen", name="Bryggen")


def merge_drafted(desk: Desk, other: Group) -> tuple[Draft, Draft]:
    kept = Edit(desk.group, {**desk.document(), "venue": "Bryggen 3"})
    closed = Edit(other, {**document(other), "status": "closed", "merged_into": desk.group.slug})
    with scope(clinic=desk.clinic):
        first, second = submit(Act(desk.clinic, ChangeKind.MERGED, desk.kari), [kept, closed]).drafts
    return first, second


def states(desk: Desk) -> set[str]:
    with scope(clinic=desk.clinic):
        return set(Draft.objects.values_list("state", flat=True))


@pytest.mark.parametrize("chosen", [0, 1])
def test_accepting_one_half_accepts_both_in_one_change(desk: Desk, other: Group, chosen: int) -> None:
    drafts = merge_drafted(desk, other)
    with scope(clinic=desk.clinic):
        change = accept(draft=drafts[chosen], by=desk.ola)
        assert change.versions.count() == 2
    assert desk.document()["venue"] == "Bryggen 3"
    assert document(other)["merged_into"] == desk.group.slug
    assert states(desk) == {DraftState.ACCEPTED}


def test_declining_one_half_declines_both(desk: Desk, other: Group) -> None:
    before = desk.document(), document(other)
    first, _second = merge_drafted(desk, other)
    with scope(clinic=desk.clinic):
        decline(draft=first, by=desk.ola, why="They are two")
    assert states(desk) == {DraftState.DECLINED}
    assert (desk.document(), document(other)) == before


def test_where_the_other_half_has_moved_on_nothing_is_accepted(desk: Desk, other: Group) -> None:
    first, _second = merge_drafted(desk, other)
    with scope(clinic=desk.clinic):
        record(Act(desk.clinic, ChangeKind.EDITED, desk.ola), [Edit(other, {**document(other), "venue": "Torget"})])
        with pytest.raises(ConflictError):
            accept(draft=first, by=desk.ola)
    assert states(desk) == {DraftState.WAITING}
    assert desk.document()["venue"] != "Bryggen 3"


def test_the_page_names_what_belongs_together(desk: Desk, other: Group) -> None:
    first, second = merge_drafted(desk, other)
    html = html_of(signed_in_client(desk.ola), reverse("draft", args=[first.pk]))
    assert reverse("draft", args=[second.pk]) in html
    assert "accepted or declined with it" in html


def test_single_drafts_do_not_hang_together(desk: Desk, other: Group) -> None:
    with scope(clinic=desk.clinic):
        act = Act(desk.clinic, ChangeKind.EDITED, desk.kari)
        first = submit(act, [Edit(desk.group, {**desk.document(), "venue": "A"})]).drafts[0]
        submit(act, [Edit(other, {**document(other), "venue": "B"})])
        accept(draft=first, by=desk.ola)
    assert states(desk) == {DraftState.ACCEPTED, DraftState.WAITING}
