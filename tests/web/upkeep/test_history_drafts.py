"""Four eyes: what one person saves goes live by a second one only."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from groups_catalog.models import ChangeKind, Draft, Group, Organisation
from groups_catalog.upkeep.changes import LATEST, Act, Edit
from groups_catalog.upkeep.documents import Document, group_document
from groups_catalog.upkeep.four_eyes import (
    DecidedError,
    SamePersonError,
    accept,
    decline,
    submit,
    submit_organisation,
)
from tests.catalog_factories import an_organisation
from tests.document_factories import BASE
from tests.factories import signed_in_client
from tests.web.upkeep.history_world import Desk, a_curator, a_desk, a_said_fact, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
DRAFTS, SETTINGS = reverse("drafts"), reverse("clinic-settings")


@pytest.fixture
def desk() -> Desk:
    return a_desk(four_eyes=True)


@pytest.fixture
def kari(desk: Desk) -> Client:
    return signed_in_client(desk.kari)


@pytest.fixture
def ola(desk: Desk) -> Client:
    return signed_in_client(desk.ola)


def drafted(
    desk: Desk,
    document: Document | None = None,
    *,
    group: Group | None = None,
    based_on: int = LATEST,
    **changes: Any,
) -> Draft:
    """By Kari, about Havna unless a whole document says otherwise."""
    edit = Edit(group, document, based_on) if document else Edit(desk.group, {**desk.document(), **changes}, based_on)
    kind = ChangeKind.EDITED if edit.group else ChangeKind.ADDED
    with scope(clinic=desk.clinic):
        return submit(Act(desk.clinic, kind, desk.kari, "They told me"), [edit]).drafts[0]


def page(draft: Draft) -> str:
    return reverse("draft", args=[draft.pk])


def decided(client: Client, draft: Draft, decision: str = "accept", **form: Any) -> str:
    fields = {"decision": decision, "seen": "1", **form}
    return html_of(client, reverse("draft-decide", args=[draft.pk]), **fields)


def state(draft: Draft) -> str:
    with scope(clinic=draft.clinic):
        draft.refresh_from_db()
    return draft.state


def four_eyes_on(desk: Desk) -> bool:
    desk.clinic.refresh_from_db()
    return desk.clinic.four_eyes


def test_what_is_saved_waits_and_the_catalog_stays_as_it_was(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="Bergen")
    assert desk.document()["place"] == "Fjordlia"
    assert desk.versions() == []
    assert "Havna" in html_of(ola, DRAFTS)
    html = html_of(ola, page(draft))
    for words in ("What would change", "Fjordlia", "Bergen", "They told me", "Kari"):
        assert words in html


def test_a_second_person_accepts_and_both_are_named(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="Bergen")
    assert "Accepted: it stands in the catalog now." in decided(ola, draft)
    assert desk.document()["place"] == "Bergen"
    newest = desk.versions()[-1].change
    assert newest
    assert (newest.by, newest.approved_by, newest.why) == (desk.kari, desk.ola, "They told me")
    assert "accepted by Ola" in html_of(ola, reverse("group-history", args=["havna"]))


def test_the_author_cannot_accept(desk: Desk, kari: Client) -> None:
    draft = drafted(desk, place="Bergen")
    html = html_of(kari, page(draft))
    assert "This draft is your own." in html
    assert 'value="accept"' not in html
    assert "Somebody else than its author has to accept a draft." in decided(kari, draft)
    assert (state(draft), desk.document()["place"]) == ("waiting", "Fjordlia")
    with scope(clinic=desk.clinic), pytest.raises(SamePersonError):
        accept(draft=draft, by=desk.kari)


def test_a_second_person_declines_and_says_why(desk: Desk, ola: Client, kari: Client) -> None:
    draft = drafted(desk, place="Bergen")
    assert "Say why, in a few words." in decided(ola, draft, "decline", why="")
    assert state(draft) == "waiting"
    assert "The catalog is as it was." in decided(ola, draft, "decline", why="They are still here")
    assert state(draft) == "declined"
    assert "They are still here" in html_of(kari, DRAFTS)
    html = html_of(kari, page(draft))
    assert "They are still here" in html
    assert "declined.why" not in html


def test_the_author_takes_it_back_without_a_word(desk: Desk, kari: Client) -> None:
    draft = drafted(desk, place="Bergen")
    decided(kari, draft, "decline")
    assert state(draft) == "declined"


def test_a_decision_is_made_once(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="Bergen")
    decided(ola, draft)
    assert "Somebody decided or changed this" in decided(ola, draft, "decline", why="No")
    assert (state(draft), desk.document()["place"]) == ("accepted", "Bergen")
    with scope(clinic=desk.clinic):
        for decide in (accept, decline):
            with pytest.raises(DecidedError):
                decide(draft=draft, by=desk.ola)
    assert len(desk.versions()) == 2


def test_neither_yes_nor_no_decides_nothing(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="Bergen")
    assert "Nothing was changed." in decided(ola, draft, "perhaps")
    assert state(draft) == "waiting"


def test_a_draft_of_an_entry_that_changed_since_shows_both_and_is_decided_by_field(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="Bergen", note_en="Ring twice")
    desk.edited(desk.ola, place="Oslo", venue="Huset")
    html = html_of(ola, page(draft))
    assert "The entry has changed since the draft was written." in html
    assert 'name="choice-place"' in html
    assert "Place: choose one." in decided(ola, draft, seen="2")
    assert state(draft) == "waiting"
    decided(ola, draft, seen="2", **{"choice-place": "ours"})
    now = desk.document()
    assert (now["place"], now["venue"], now["note_en"]) == ("Bergen", "Huset", "Ring twice")


def test_two_drafts_of_one_version_both_come_through(desk: Desk, ola: Client) -> None:
    one, other = drafted(desk, place="Bergen"), drafted(desk, venue="Huset")
    decided(ola, one)
    decided(ola, other, seen="2")
    assert (desk.document()["place"], desk.document()["venue"]) == ("Bergen", "Huset")


def test_two_drafts_of_two_times_both_come_through(desk: Desk, ola: Client) -> None:
    (monday,) = desk.document()["meetings"]
    friday, sunday = {**monday, "weekday": 4}, {**monday, "weekday": 6}
    one, other = drafted(desk, meetings=[monday, friday]), drafted(desk, meetings=[monday, sunday])
    decided(ola, one)
    decided(ola, other, seen="2")
    assert desk.document()["meetings"] == [monday, friday, sunday]


def test_an_entry_changed_while_the_draft_was_looked_at_is_shown_again(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="Bergen")
    desk.edited(desk.ola, venue="Huset")
    assert "Somebody changed the entry while you looked at it." in decided(ola, draft, seen="1")
    assert desk.document()["place"] == "Fjordlia"


def test_a_draft_that_would_break_a_rule_together_with_the_entry_is_not_accepted(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, place="", status="draft")
    desk.edited(desk.ola, name="Havnen")
    decided(ola, draft, seen="2")
    again = drafted(desk, status="published", place="")
    assert "A published group that meets in person needs a place." in decided(ola, again, seen="3")
    assert state(again) == "waiting"


def test_a_draft_of_a_new_group_is_shown_whole_and_made_when_accepted(desk: Desk, ola: Client) -> None:
    draft = drafted(desk, {**BASE, "name": "Kaia"})
    html = html_of(ola, page(draft))
    assert "A new entry" in html
    assert "Kaia" in html
    decided(ola, draft)
    with scope(clinic=desk.clinic):
        made = Group.objects.for_documents().get(slug="kaia")
        assert group_document(made)["mode"] == "online"


def test_drafts_of_organisations_wait_and_come_through_as_well(desk: Desk, ola: Client) -> None:
    fields = {"kind": "ngo", "lane": "addiction", "name_en": "House", "name_nb": "Hus", "site": ""}
    whole = {**fields, "short_name_en": "House", "short_name_nb": "Hus"}
    shared = an_organisation("wfs")
    with scope(clinic=desk.clinic):
        act = Act(desk.clinic, ChangeKind.EDITED, desk.kari)
        new = submit_organisation(act, None, whole).drafts[0]
        own_word = submit_organisation(act, shared, {"facts.touch_custom": [a_said_fact("ask_first")]}).drafts[0]
    assert "House" in html_of(ola, page(new))
    assert "People ask before they hug" in html_of(ola, page(own_word))
    decided(ola, new)
    decided(ola, own_word)
    with scope(clinic=desk.clinic):
        assert Organisation.objects.get(slug="house").clinic == desk.clinic
        assert [fact.clinic for fact in shared.facts.all()] == [desk.clinic]


def test_that_an_entry_is_still_correct_needs_no_second_person(desk: Desk) -> None:
    document = {**desk.document(), "checked_on": "2026-05-17"}
    with scope(clinic=desk.clinic):
        done = submit(Act(desk.clinic, ChangeKind.CHECKED, desk.kari), [Edit(desk.group, document)])
    assert done.change
    assert desk.document() == document


def test_a_restored_version_waits_too(desk: Desk, ola: Client) -> None:
    desk.edited(desk.kari, place="Bergen")
    address = reverse("group-restore", args=["havna", 1])
    html = html_of(ola, address, why="A mistake", seen="2")
    assert "It waits as a draft until a second person accepts it." in html
    assert desk.document()["place"] == "Bergen"


def test_nobody_undoes_alone_what_two_agreed_on(desk: Desk, ola: Client, kari: Client) -> None:
    change = desk.edited(desk.kari, place="Bergen")
    address = reverse("change-undo", args=[change.pk])
    assert "somebody else has to undo your change" in html_of(kari, address, sent="1")
    assert desk.document()["place"] == "Bergen"
    html_of(ola, address, sent="1")
    assert desk.document()["place"] == "Fjordlia"


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_of_drafts_costs_the_same_however_many_wait(count: int, desk: Desk, ola: Client) -> None:
    for _number in range(count):
        drafted(desk, venue="Huset")
    with CaptureQueriesContext(connection) as asked:
        html_of(ola, DRAFTS)
    assert len(asked) == 8


def test_drafts_of_another_clinic_are_not_there_and_clinicians_may_not(desk: Desk) -> None:
    draft = drafted(desk, place="Bergen")
    stranger, clinician = a_desk().kari, a_curator(desk.clinic, "Per", "clinician")
    for person, status in ((stranger, 404), (clinician, 403)):
        client = signed_in_client(person)
        assert client.get(page(draft)).status_code == status
        form = {"decision": "accept", "seen": "1"}
        assert client.post(reverse("draft-decide", args=[draft.pk]), form).status_code == status
    assert "Havna" not in html_of(signed_in_client(stranger), DRAFTS)
    assert state(draft) == "waiting"


def test_the_administrator_switches_four_eyes_and_is_told_what_still_waits(desk: Desk) -> None:
    drafted(desk, place="Bergen")
    admin = signed_in_client(a_curator(desk.clinic, "Anne", "clinic_admin"))
    assert "1 draft waits now." in html_of(admin, SETTINGS)
    html = html_of(admin, SETTINGS, sent="1")
    assert "Four eyes are off. 1 draft still waits, and still needs a second person." in html
    assert not four_eyes_on(desk)
    assert "Four eyes are on." in html_of(admin, SETTINGS, sent="1", four_eyes="on")
    assert four_eyes_on(desk)


def test_a_draft_still_needs_a_second_person_after_four_eyes_are_off(desk: Desk, kari: Client) -> None:
    draft = drafted(desk, place="Bergen")
    type(desk.clinic).objects.update(four_eyes=False)
    decided(kari, draft)
    assert state(draft) == "waiting"


def test_only_the_administrator_may_switch(desk: Desk, kari: Client) -> None:
    assert kari.get(SETTINGS).status_code == 403
    assert kari.post(SETTINGS, {"sent": "1"}).status_code == 403
    assert four_eyes_on(desk)
