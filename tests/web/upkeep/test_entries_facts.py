"""Facts by hand, one question a page: what is recorded, inherited, told once, or not known."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic, User
from groups_catalog.models import Change, Draft, Fact, Group, Organisation
from groups_catalog.vocabulary import vocabulary
from tests.catalog_factories import a_fact, a_group, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.sent_forms import Sent, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
TOUCH = "/groups/havna/facts/touch_custom/"
RANK = "/groups/havna/facts/hierarchy_observed/"
STEPS = "/groups/havna/facts/step_work/"
WRITTEN = {"answer": "ask_first", "basis": "observed", "source": "Visit in May", "dated": "2026-05"}


@pytest.fixture
def na() -> Organisation:
    return an_organisation("na", name_en="NA")


@pytest.fixture
def clinic() -> Clinic:
    return a_clinic()


@pytest.fixture
def person(clinic: Clinic) -> User:
    return a_member(clinic, "curator")


@pytest.fixture
def curator(person: User) -> Client:
    return signed_in_client(person)


@pytest.fixture
def havna(clinic: Clinic, na: Organisation) -> Group:
    return a_group(clinic, "havna", name="Havna", organisation=na)


def opened(browser: Client, address: str, **changes: Any) -> Sent:
    answer = browser.get(address)
    assert answer.status_code == 200
    return sent(answer.content.decode(), **changes)


def facts(about: Group | Organisation) -> list[Fact]:
    with scopes_disabled():
        return list(about.facts.order_by("pk"))


def page(browser: Client, address: str) -> str:
    return browser.get(address).content.decode().replace("&#x27;", "'")


# --- of a group -----------------------------------------------------------------------------------------------


def test_a_fact_is_recorded_with_whose_word_it_is(curator: Client, person: User, havna: Group) -> None:
    answer = curator.post(TOUCH, opened(curator, TOUCH, **WRITTEN))
    assert answer.url == "/groups/havna/facts/#touch_custom"
    (fact,) = facts(havna)
    assert (fact.values, fact.basis, fact.source, fact.dated) == (
        ["ask_first"],
        "observed",
        "Visit in May",
        "2026-05",
    )
    assert fact.recorded_by_id == person.pk


def test_save_and_next_goes_on_with_the_next_question(curator: Client, havna: Group) -> None:
    answer = curator.post(TOUCH, {**opened(curator, TOUCH, **WRITTEN), "next": ["1"]})
    assert answer.url == "/groups/havna/facts/anonymity_practice/"
    assert len(facts(havna)) == 1


def test_every_question_is_reached_from_the_first(curator: Client, havna: Group) -> None:
    ids = [attribute.id for attribute in vocabulary().askable()]
    for one, after in zip(ids, [*ids[1:], ""], strict=True):
        html = page(curator, f"/groups/havna/facts/{one}/")
        assert ("Save, next question" in html) == bool(after)
        assert not after or f"/groups/havna/facts/{after}/" in html


def test_not_known_takes_the_fact_away(curator: Client, havna: Group) -> None:
    a_fact(havna, "touch_custom", "ask_first")
    curator.post(TOUCH, opened(curator, TOUCH, answer="not_known"))
    assert facts(havna) == []


def test_not_known_stays_not_known(curator: Client, havna: Group) -> None:
    answer = curator.post(TOUCH, opened(curator, TOUCH), follow=True)
    assert "Nothing was changed." in answer.content.decode()
    with scopes_disabled():
        assert not Change.objects.exists()


def test_stated_and_observed_stand_beside_each_other(curator: Client, havna: Group) -> None:
    a_fact(havna, "touch_custom", "no_touch", basis="stated")
    curator.post(TOUCH, opened(curator, f"{TOUCH}?fact=new", **WRITTEN))
    assert sorted(fact.basis for fact in facts(havna)) == ["observed", "stated"]
    html = page(curator, "/groups/havna/facts/")
    assert "2 facts are recorded beside each other." in html


def test_of_two_facts_the_page_changes_the_one_it_names(curator: Client, havna: Group) -> None:
    a_fact(havna, "touch_custom", "no_touch", basis="stated")
    a_fact(havna, "touch_custom", "ask_first", basis="observed")
    curator.post(TOUCH, opened(curator, f"{TOUCH}?fact=1", answer="not_known"))
    assert [fact.basis for fact in facts(havna)] == ["observed"]


def test_the_page_opens_with_the_fact_that_counts(curator: Client, havna: Group) -> None:
    a_fact(havna, "touch_custom", "no_touch", basis="stated", dated="2026-01-01")
    a_fact(havna, "touch_custom", "ask_first", basis="observed", dated="2025-01-01")
    assert opened(curator, TOUCH)["answer"] == ["ask_first"]


def test_several_answers_may_be_true(curator: Client, havna: Group) -> None:
    address = "/groups/havna/facts/activities/"
    curator.post(address, opened(curator, address, **{**WRITTEN, "answer": ["sport", "culture"]}))
    assert facts(havna)[0].values == ["culture", "sport"]


@pytest.mark.parametrize(
    ("address", "changes", "message"),
    [
        (TOUCH, {**WRITTEN, "answer": None}, "Choose an answer, or “Not known”."),
        (TOUCH, {**WRITTEN, "answer": "always"}, "Choose among the answers shown."),
        (TOUCH, {**WRITTEN, "basis": None}, "Say whether it is stated or observed."),
        (TOUCH, {**WRITTEN, "source": " "}, "Say where it is known from."),
        (TOUCH, {**WRITTEN, "dated": "May"}, "Write a year, a month or a day: 2024, 2024-05 or 2024-05-17."),
        (TOUCH, {**WRITTEN, "dated": "2199"}, "The date lies in the future."),
        (
            "/groups/havna/facts/activities/",
            {**WRITTEN, "answer": ["sport", "not_known"]},
            "“Not known” cannot stand together with another answer.",
        ),
        (RANK, {"answer": "marked", "observers": "1"}, "Say who has told it."),
        (RANK, {"answer": "marked", "told_by": "member"}, "Say how many have told it."),
        (RANK, {"answer": "marked", "told_by": "Kari said so", "observers": "1"}, "Select a valid choice."),
    ],
)
def test_each_mistake_is_told_and_nothing_is_written(
    address: str, changes: dict[str, Any], message: str, curator: Client, havna: Group
) -> None:
    answer = curator.post(address, opened(curator, address, **changes))
    html = answer.content.decode().replace("&#x27;", "'")
    assert "<title>Error:" in html
    assert message in html
    assert facts(havna) == []


# --- about people ---------------------------------------------------------------------------------------------


def test_about_people_there_is_no_room_for_free_text(curator: Client, havna: Group) -> None:
    html = page(curator, RANK)
    assert "<textarea" not in html
    assert 'name="source"' not in html
    assert 'name="note_en"' not in html


def test_what_one_person_tells_is_shown_as_reported_once(curator: Client, havna: Group) -> None:
    curator.post(RANK, opened(curator, RANK, answer="marked", told_by="member", observers="1"))
    (fact,) = facts(havna)
    assert (fact.basis, fact.source, fact.observers) == ("observed", "A member’s own account", 1)
    assert "Reported once" in page(curator, "/groups/havna/facts/")
    assert "Reported once" in page(curator, "/groups/havna/")


def test_what_two_tell_independently_is_not(curator: Client, havna: Group) -> None:
    curator.post(RANK, opened(curator, RANK, answer="marked", told_by="went", observers="2"))
    assert facts(havna)[0].observers == 2
    assert "Reported once" not in page(curator, "/groups/havna/facts/")


def test_the_groups_own_words_are_stated_and_need_no_witnesses(curator: Client, havna: Group) -> None:
    curator.post(RANK, opened(curator, RANK, answer="little", told_by="own"))
    assert facts(havna)[0].basis == "stated"


def test_gossip_that_is_sent_anyway_is_not_kept(curator: Client, havna: Group) -> None:
    page = opened(curator, RANK, answer="marked", told_by="member", observers="1")
    curator.post(RANK, {**page, "source": ["Kari"], "note_en": ["Kari shouts"], "note_nb": ["Kari roper"]})
    (fact,) = facts(havna)
    assert "Kari" not in fact.source + fact.note_en + fact.note_nb


# --- inherited ------------------------------------------------------------------------------------------------


def test_what_is_inherited_is_shown_and_said(curator: Client, havna: Group, na: Organisation) -> None:
    a_fact(na, "step_work", "expected")
    html = page(curator, "/groups/havna/facts/")
    assert "Inherited" in html
    assert "about the organisation" in html
    assert "Without a fact of its own the group takes this over." in page(curator, STEPS)


def test_practice_is_not_taken_over_and_the_page_says_so(curator: Client, havna: Group, na: Organisation) -> None:
    a_fact(na, "touch_custom", "hugging_common")
    assert "It has to be seen in each group." in page(curator, TOUCH)
    assert "Has to be seen in each group." in page(curator, "/groups/havna/facts/")


def test_a_fact_of_its_own_goes_before_the_inherited_one(curator: Client, havna: Group, na: Organisation) -> None:
    a_fact(na, "step_work", "expected")
    curator.post(STEPS, opened(curator, STEPS, **{**WRITTEN, "answer": "optional"}))
    html = page(curator, "/groups/havna/")
    assert "Step work is up to you." in html
    assert "Step work is advised" not in html


# --- of an organisation ---------------------------------------------------------------------------------------

NA_STEPS = "/organisations/na/facts/step_work/"


def test_a_clinics_own_word_stands_beside_the_shared_fact(
    curator: Client, clinic: Clinic, havna: Group, na: Organisation
) -> None:
    shared = a_fact(na, "step_work", "expected")
    curator.post(NA_STEPS, opened(curator, NA_STEPS, **{**WRITTEN, "answer": "optional"}))
    kept, own = facts(na)
    assert (kept, kept.values, kept.clinic_id) == (shared, ["expected"], None)
    assert (own.values, own.clinic_id) == (["optional"], clinic.pk)
    html = page(curator, NA_STEPS)
    assert "Shared by all clinics" in html
    assert "Step work is advised" in html


def test_no_other_clinic_sees_it(curator: Client, havna: Group, na: Organisation) -> None:
    curator.post(NA_STEPS, opened(curator, NA_STEPS, **{**WRITTEN, "source": "Our own visit", "answer": "optional"}))
    stranger = signed_in_client(a_member(a_clinic(), "curator"))
    assert "Our own visit" not in page(stranger, "/organisations/na/facts/")
    assert "Our own visit" in page(curator, "/organisations/na/facts/")


def test_it_may_hold_for_the_organisation_only(curator: Client, havna: Group, na: Organisation) -> None:
    curator.post(NA_STEPS, opened(curator, NA_STEPS, **{**WRITTEN, "answer": "optional"}, inherit=None))
    assert facts(na)[0].inherit is False
    assert "Step work is up to you." not in page(curator, "/groups/havna/")


# --- who may, and two at once ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [TOUCH, "/groups/havna/facts/"])
def test_a_clinician_may_not_and_another_clinics_curator_finds_nothing(
    address: str, clinic: Clinic, havna: Group
) -> None:
    assert signed_in_client(a_member(clinic)).get(address).status_code == 403
    assert signed_in_client(a_member(a_clinic(), "curator")).get(address).status_code == 404
    assert signed_in_client(a_member(a_clinic(), "curator")).post(TOUCH, WRITTEN).status_code == 404
    assert facts(havna) == []


@pytest.mark.parametrize("attribute", ["verified_on", "no_such_thing"])
def test_what_is_no_question_has_no_page(attribute: str, curator: Client, havna: Group) -> None:
    assert curator.get(f"/groups/havna/facts/{attribute}/").status_code == 404


def test_the_second_of_two_is_told(curator: Client, clinic: Clinic, havna: Group) -> None:
    mine = opened(curator, TOUCH, **WRITTEN)
    other = signed_in_client(a_member(clinic, "curator"))
    other.post(TOUCH, opened(other, TOUCH, **{**WRITTEN, "answer": "no_touch"}))
    assert curator.post(TOUCH, mine).status_code == 409
    assert [fact.values for fact in facts(havna)] == [["no_touch"]]


def test_a_fact_waits_where_two_people_are_asked_for(curator: Client, clinic: Clinic, havna: Group) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    curator.post(TOUCH, opened(curator, TOUCH, **WRITTEN))
    with scope(clinic=clinic):
        assert "facts.touch_custom" in Draft.objects.get().document
    assert facts(havna) == []


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("address", ["/groups/havna/facts/", TOUCH, "/organisations/na/facts/"])
def test_the_pages_ask_the_database_as_often_for_many_facts_as_for_one(
    count: int, address: str, curator: Client, havna: Group, na: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        a_fact(havna, "touch_custom", "ask_first", source=f"Visit {number}")
        a_fact(na, "step_work", "optional", source=f"Leaflet {number}")
    curator.get(address)
    with django_assert_max_num_queries(16):
        curator.get(address)
