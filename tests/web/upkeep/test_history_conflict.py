"""Two people edit one entry: the second is told, sees both, and loses nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django_scopes import scope

from clinics.access import MemberRequest
from clinics.models import User
from groups_catalog.models import ChangeKind, Draft, Organisation
from groups_catalog.upkeep.documents import Document, organisation_document, patched
from groups_catalog.upkeep.history.conflict import conflict_page
from groups_catalog.upkeep.history.entries import Entry
from tests.catalog_factories import an_organisation
from tests.factories import signed_in_client
from tests.web.upkeep.history_world import Desk, a_desk, a_said_fact, organisation_edited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
SAVE = reverse("group-conflict", args=["havna"])
BACK = reverse("group", args=["havna"])
HIDDEN = re.compile(r'<input type="hidden" name="(mine|seen|everything)" value="([^"]*)">')


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def kari(desk: Desk) -> Client:
    return signed_in_client(desk.kari)


def asked(desk: Desk, by: User, entry: Entry, mine: Document, based_on: int = 1, why: str = "") -> HttpResponse:
    """The page that a view shows when it meets a conflict."""
    request = RequestFactory().post("/")
    request.user, request.clinic, request.membership = by, desk.clinic, by.membership  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    with scope(clinic=desk.clinic):
        member: MemberRequest = request  # type: ignore[assignment]
        return conflict_page(member, entry=entry, mine=mine, based_on=based_on, back=BACK, why=why)


def hidden(answer: HttpResponse) -> dict[str, str]:
    return dict(HIDDEN.findall(answer.content.decode()))


def page(desk: Desk, why: str = "", **mine: Any) -> HttpResponse:
    named = {key.replace("__", "."): value for key, value in mine.items()}
    return asked(desk, desk.kari, desk.group, patched(desk.versions()[0].document, named), why=why)


def test_the_second_one_is_told_who_saved_what_and_when_and_sees_both(desk: Desk) -> None:
    desk.edited(desk.ola, why="They moved", place="Bergen")
    answer = page(desk, place="Oslo")
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Nothing of yours is lost", "Ola", "They moved", "Bergen", "Oslo", 'name="choice-place"'):
        assert words in html
    assert html.count("<h1") == 1


def test_what_only_one_changed_is_merged_and_listed(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, venue="Huset")
    answer = page(desk, place="Oslo")
    html = answer.content.decode()
    assert "Only you changed" in html
    assert "Only the other one changed" in html
    assert 'type="radio"' not in html
    assert kari.post(SAVE, {**hidden(answer), "why": "Both"}).url == BACK
    now = desk.document()
    assert (now["place"], now["venue"]) == ("Oslo", "Huset")


@pytest.mark.parametrize(("side", "place"), [("ours", "Oslo"), ("theirs", "Bergen")])
def test_each_field_that_both_changed_is_chosen(side: str, place: str, desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen", venue="Huset")
    answer = page(desk, place="Oslo", note_en="Ring twice")
    sent = kari.post(SAVE, {**hidden(answer), "choice-place": side, "why": "We talked"})
    assert sent.url == BACK
    now = desk.document()
    assert (now["place"], now["venue"], now["note_en"]) == (place, "Huset", "Ring twice")
    assert [version.number for version in desk.versions()] == [1, 2, 3]
    newest = desk.versions()[-1].change
    assert newest
    assert (newest.by, newest.why) == (desk.kari, "We talked")


def test_two_who_moved_two_times_of_one_group_both_keep_theirs(desk: Desk, kari: Client) -> None:
    (monday,) = desk.document()["meetings"]
    thursday = {**monday, "weekday": 3, "start": "19:00"}
    desk.edited(desk.ola, meetings=[monday, thursday])
    desk.edited(desk.ola, meetings=[monday, {**thursday, "start": "19:45"}])
    mine = {**desk.versions()[1].document, "meetings": [{**monday, "start": "17:15"}, thursday]}
    answer = asked(desk, desk.kari, desk.group, mine, based_on=2)
    html = answer.content.decode()
    assert 'type="radio"' not in html
    assert all(words in html for words in ("These go together by themselves", "17:15", "19:45"))
    kari.post(SAVE, hidden(answer))
    assert sorted(meeting["start"] for meeting in desk.document()["meetings"]) == ["17:15", "19:45"]


@pytest.mark.parametrize(("side", "starts"), [("ours", ["17:15", "19:45"]), ("theirs", ["17:30", "19:45"])])
def test_of_one_time_that_both_moved_a_side_is_chosen_and_the_rest_stays(
    side: str, starts: list[str], desk: Desk, kari: Client
) -> None:
    (monday,) = desk.document()["meetings"]
    thursday = {**monday, "weekday": 3, "start": "19:00"}
    desk.edited(desk.ola, meetings=[monday, thursday])
    desk.edited(desk.ola, meetings=[{**monday, "start": "17:30"}, {**thursday, "start": "19:45"}])
    mine = {**desk.versions()[1].document, "meetings": [{**monday, "start": "17:15"}, thursday]}
    answer = asked(desk, desk.kari, desk.group, mine, based_on=2)
    kari.post(SAVE, {**hidden(answer), "choice-meetings": side})
    assert sorted(meeting["start"] for meeting in desk.document()["meetings"]) == starts


def test_a_field_left_undecided_is_asked_for_and_nothing_is_saved(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    answer = kari.post(SAVE, {**hidden(page(desk, place="Oslo")), "why": "x"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "<title>Error:" in html
    assert "Place: choose one." in html
    assert 'href="#id_choice-place_0"' in html
    assert 'id="id_choice-place_0"' in html
    assert hidden(answer)["mine"]
    assert len(desk.versions()) == 2


def test_a_third_save_in_between_is_shown_again_with_nothing_lost(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    first = page(desk, place="Oslo", venue="Huset")
    desk.edited(desk.ola, place="Tromsø")
    again = kari.post(SAVE, {**hidden(first), "choice-place": "ours"})
    assert again.status_code == 409
    assert "Tromsø" in again.content.decode()
    assert kari.post(SAVE, {**hidden(again), "choice-place": "ours"}).url == BACK
    assert (desk.document()["place"], desk.document()["venue"]) == ("Oslo", "Huset")


def test_pressing_save_twice_saves_once(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen", venue="Huset")
    form = {**hidden(page(desk, place="Oslo", venue="Kaia")), "choice-place": "ours", "choice-venue": "theirs"}
    assert [kari.post(SAVE, form).url for _press in range(2)] == [BACK, BACK]
    assert len(desk.versions()) == 3


def test_choosing_theirs_throughout_leaves_no_empty_version(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    assert kari.post(SAVE, {**hidden(page(desk, place="Oslo")), "choice-place": "theirs"}).url == BACK
    assert len(desk.versions()) == 2


def test_what_would_break_a_rule_together_is_told_and_every_field_can_be_chosen(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, status="draft", place="")
    desk.edited(desk.ola, status="published", mode="online")
    mine = {**desk.versions()[1].document, "mode": "hybrid"}
    asking = asked(desk, desk.kari, desk.group, mine, based_on=2)
    told = kari.post(SAVE, {**hidden(asking), "choice-mode": "ours", "why": ""})
    html = told.content.decode()
    assert "A published group that meets in person needs a place." in html
    assert "Decide every field" in html
    assert hidden(told)["everything"] == "1"
    choices = {"choice-mode": "ours", "choice-status": "ours"}
    assert kari.post(SAVE, {**hidden(told), **choices}).url == BACK
    assert (desk.document()["mode"], desk.document()["status"]) == ("hybrid", "draft")


def forged(value: str) -> str:
    return value[:-3] + "abc"


@pytest.mark.parametrize("spoilt", [forged, lambda _value: "", lambda _value: "x" * 4000])
def test_what_was_not_signed_here_is_refused(spoilt: Callable[[str], str], desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    form = hidden(page(desk, place="Oslo"))
    answer = kari.post(SAVE, {**form, "mine": spoilt(form["mine"]), "choice-place": "ours"})
    assert answer.url == reverse("group-history", args=["havna"])
    assert desk.document()["place"] == "Bergen"


def test_what_was_signed_for_one_person_or_entry_is_no_good_for_another(desk: Desk) -> None:
    desk.edited(desk.ola, place="Bergen")
    form = {**hidden(page(desk, place="Oslo")), "choice-place": "ours"}
    elsewhere = a_desk()
    for person in (desk.ola, elsewhere.kari):
        signed_in_client(person).post(SAVE, form)
    assert desk.document()["place"] == "Bergen"
    assert elsewhere.document()["place"] == "Fjordlia"


def test_a_conflict_about_an_organisation_is_settled_in_the_same_way(desk: Desk, kari: Client) -> None:
    shared = an_organisation("wfs")
    organisation_edited(shared, desk.clinic, desk.ola, facts__touch_custom=[a_said_fact("ask_first")])
    mine = {"facts.touch_custom": [a_said_fact("no_touch")], "facts.cost": [a_said_fact("free")]}
    answer = asked(desk, desk.kari, shared, mine)
    save = reverse("organisation-conflict", args=["wfs"])
    assert kari.post(save, {**hidden(answer), "choice-facts.touch_custom": "theirs"}).url == BACK
    with scope(clinic=desk.clinic):
        now = organisation_document(Organisation.objects.for_page().get(pk=shared.pk), desk.clinic)
    assert now["facts.touch_custom"][0]["values"] == ["ask_first"]
    assert "facts.cost" in now


def test_with_four_eyes_what_was_brought_together_waits_as_a_draft(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, venue="Huset")
    answer = page(desk, place="Oslo")
    type(desk.clinic).objects.update(four_eyes=True)
    kari.post(SAVE, hidden(answer))
    with scope(clinic=desk.clinic):
        draft = Draft.objects.get()
    assert (draft.based_on, draft.kind) == (2, ChangeKind.EDITED)
    assert (draft.document["place"], draft.document["venue"]) == ("Oslo", "Huset")
    assert desk.document()["place"] == "Fjordlia"
