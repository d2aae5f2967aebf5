"""Facts by hand, one question a page: what is recorded, inherited, told once, or not known."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic, User
from groups_catalog.models import Change, Draft, Fact, Group, Organisation
from groups_catalog.vocabulary import vocabulary
from tests.catalog_factories import a_fact, a_group
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.upkeep.entries_world import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
LISTEN = "/groups/havna/facts/speaking_expectation/"
RANK = "/groups/havna/facts/hierarchy_observed/"
STEPS = "/groups/havna/facts/step_work/"
WRITTEN = {"answer": "listening_is_fine", "basis": "observed", "source": "Visit in May", "dated": "2026-05"}


@pytest.fixture
def havna(clinic: Clinic, na: Organisation) -> Group:
    return a_group(clinic, "havna", name="Havna", organisation=na)


def facts(about: Group | Organisation) -> list[Fact]:
    with scopes_disabled():
        return list(about.facts.order_by("pk"))


def page(browser: Client, address: str) -> str:
    return browser.get(address).content.decode().replace("&#x27;", "'")


# --- of a group -----------------------------------------------------------------------------------------------


def test_a_fact_is_recorded_with_whose_word_it_is(browser: Client, curator: User, havna: Group) -> None:
    answer = browser.post(LISTEN, opened(browser, LISTEN, **WRITTEN))
    assert answer.url == "/groups/havna/facts/#speaking_expectation"
    (fact,) = facts(havna)
    assert (fact.values, fact.basis, fact.source, fact.dated) == (
        ["listening_is_fine"],
        "observed",
        "Visit in May",
        "2026-05",
    )
    assert fact.recorded_by_id == curator.pk


def test_save_and_next_goes_on_with_the_next_question(browser: Client, havna: Group) -> None:
    answer = browser.post(LISTEN, {**opened(browser, LISTEN, **WRITTEN), "next": ["1"]})
    assert answer.url == "/groups/havna/facts/facilitation/"
    assert len(facts(havna)) == 1


def test_every_question_is_reached_from_the_first(browser: Client, havna: Group) -> None:
    ids = [attribute.id for attribute in vocabulary().askable()]
    for one, after in zip(ids, [*ids[1:], ""], strict=True):
        html = page(browser, f"/groups/havna/facts/{one}/")
        onwards = "Skip to the next question" if "Follows from the entry." in html else "Save, next question"
        assert (onwards in html) == bool(after)
        assert not after or f"/groups/havna/facts/{after}/" in html


def test_not_known_takes_the_fact_away(browser: Client, havna: Group) -> None:
    a_fact(havna, "speaking_expectation", "listening_is_fine")
    browser.post(LISTEN, opened(browser, LISTEN, answer="not_known"))
    assert facts(havna) == []


def test_not_known_stays_not_known(browser: Client, havna: Group) -> None:
    answer = browser.post(LISTEN, opened(browser, LISTEN), follow=True)
    assert "Nothing was changed." in answer.content.decode()
    with scopes_disabled():
        assert not Change.objects.exists()


def test_stated_and_observed_stand_beside_each_other(browser: Client, havna: Group) -> None:
    a_fact(havna, "speaking_expectation", "expected_to_share", basis="stated")
    browser.post(LISTEN, opened(browser, f"{LISTEN}?fact=new", **WRITTEN))
    assert sorted(fact.basis for fact in facts(havna)) == ["observed", "stated"]
    html = page(browser, "/groups/havna/facts/")
    assert "2 facts are recorded beside each other." in html


def test_of_two_facts_the_page_changes_the_one_it_names(browser: Client, havna: Group) -> None:
    a_fact(havna, "speaking_expectation", "expected_to_share", basis="stated")
    a_fact(havna, "speaking_expectation", "listening_is_fine", basis="observed")
    browser.post(LISTEN, opened(browser, f"{LISTEN}?fact=1", answer="not_known"))
    assert [fact.basis for fact in facts(havna)] == ["observed"]


def test_the_page_opens_with_the_fact_that_counts(browser: Client, havna: Group) -> None:
    a_fact(havna, "speaking_expectation", "expected_to_share", basis="stated", dated="2026-01-01")
    a_fact(havna, "speaking_expectation", "listening_is_fine", basis="observed", dated="2025-01-01")
    assert opened(browser, LISTEN)["answer"] == ["listening_is_fine"]


def test_several_answers_may_be_true(browser: Client, havna: Group) -> None:
    address = "/groups/havna/facts/activities/"
    browser.post(address, opened(browser, address, **{**WRITTEN, "answer": ["sport", "culture"]}))
    assert facts(havna)[0].values == ["culture", "sport"]


@pytest.mark.parametrize(
    ("address", "changes", "message"),
    [
        (LISTEN, {**WRITTEN, "answer": None}, "Choose an answer, or “Not known”."),
        (LISTEN, {**WRITTEN, "answer": "always"}, "Choose among the answers shown."),
        (LISTEN, {**WRITTEN, "basis": None}, "Say whether it is stated or observed."),
        (LISTEN, {**WRITTEN, "source": " "}, "Say where it is known from."),
        (LISTEN, {**WRITTEN, "dated": "May"}, "Write a year, a month or a day: 2024, 2024-05 or 2024-05-17."),
        (LISTEN, {**WRITTEN, "dated": "2199"}, "The date lies in the future."),
        (
            "/groups/havna/facts/activities/",
            {**WRITTEN, "answer": ["sport", "not_known"]},
            "“Not known” cannot stand together with another answer.",
        ),
        (LISTEN, {**WRITTEN, "source": "Kari, tlf. 998 87 766"}, "Write a role, not a phone number"),
        (LISTEN, {**WRITTEN, "note_en": "Write to kari@example.org"}, "Write a role, not a phone number"),
        (LISTEN, {**WRITTEN, "note_nb": "Passord: rosebud"}, "Write a role, not a phone number"),
        (RANK, {"answer": "marked", "observers": "1"}, "Say who has told it."),
        (RANK, {"answer": "marked", "told_by": "member"}, "Say how many have told it."),
        (RANK, {"answer": "marked", "told_by": "Kari said so", "observers": "1"}, "Select a valid choice."),
    ],
)
def test_each_mistake_is_told_and_nothing_is_written(
    address: str, changes: dict[str, Any], message: str, browser: Client, havna: Group
) -> None:
    answer = browser.post(address, opened(browser, address, **changes))
    html = answer.content.decode().replace("&#x27;", "'")
    assert "<title>Error:" in html
    assert message in html
    assert facts(havna) == []


# --- about people ---------------------------------------------------------------------------------------------


def test_a_contact_that_was_kept_on_purpose_may_stay_in_a_fact(browser: Client, havna: Group) -> None:
    a_fact(havna, "speaking_expectation", "listening_is_fine", source="Tlf. 998 87 766")
    browser.post(LISTEN, opened(browser, LISTEN, answer="expected_to_share"))
    assert [fact.values for fact in facts(havna)] == [["expected_to_share"]]


@pytest.mark.parametrize(
    "attribute", ["touch_custom", "comorbidity_practice", "trauma_practice", "mentor_trauma_practice"]
)
def test_how_a_group_receives_people_is_told_without_free_text(attribute: str, browser: Client, havna: Group) -> None:
    address = f"/groups/havna/facts/{attribute}/"
    html = page(browser, address)
    assert 'name="told_by"' in html
    assert 'name="source"' not in html
    value = next(iter(vocabulary().attributes[attribute].values))
    browser.post(address, opened(browser, address, answer=value, told_by="member", observers="1"))
    assert "Reported once" in page(browser, "/groups/havna/facts/")


def test_about_people_there_is_no_room_for_free_text(browser: Client, havna: Group) -> None:
    html = page(browser, RANK)
    assert "<textarea" not in html
    assert 'name="source"' not in html
    assert 'name="note_en"' not in html


def test_what_one_person_tells_is_shown_as_reported_once(browser: Client, havna: Group) -> None:
    browser.post(RANK, opened(browser, RANK, answer="marked", told_by="member", observers="1"))
    (fact,) = facts(havna)
    assert (fact.basis, fact.source, fact.observers) == ("observed", "A member’s own account", 1)
    assert "Reported once" in page(browser, "/groups/havna/facts/")
    assert "Reported once" in page(browser, "/groups/havna/")


def test_what_two_tell_independently_is_not(browser: Client, havna: Group) -> None:
    browser.post(RANK, opened(browser, RANK, answer="marked", told_by="went", observers="2"))
    assert facts(havna)[0].observers == 2
    assert "Reported once" not in page(browser, "/groups/havna/facts/")


def test_the_groups_own_words_are_stated_and_need_no_witnesses(browser: Client, havna: Group) -> None:
    browser.post(RANK, opened(browser, RANK, answer="little", told_by="own"))
    assert facts(havna)[0].basis == "stated"


def test_gossip_that_is_sent_anyway_is_not_kept(browser: Client, havna: Group) -> None:
    page = opened(browser, RANK, answer="marked", told_by="member", observers="1")
    browser.post(RANK, {**page, "source": ["Kari"], "note_en": ["Kari shouts"], "note_nb": ["Kari roper"]})
    (fact,) = facts(havna)
    assert "Kari" not in fact.source + fact.note_en + fact.note_nb


# --- inherited ------------------------------------------------------------------------------------------------


def test_what_is_inherited_is_shown_and_said(browser: Client, havna: Group, na: Organisation) -> None:
    a_fact(na, "step_work", "expected")
    html = page(browser, "/groups/havna/facts/")
    assert "Inherited" in html
    assert "about the organisation" in html
    assert "Without a fact of its own the group takes this over." in page(browser, STEPS)


def test_practice_is_not_taken_over_and_the_page_says_so(browser: Client, havna: Group, na: Organisation) -> None:
    a_fact(na, "touch_custom", "hugging_common")
    assert "It has to be seen in each group." in page(browser, "/groups/havna/facts/touch_custom/")
    assert "Has to be seen in each group." in page(browser, "/groups/havna/facts/")


def test_a_fact_of_its_own_goes_before_the_inherited_one(browser: Client, havna: Group, na: Organisation) -> None:
    a_fact(na, "step_work", "expected")
    browser.post(STEPS, opened(browser, STEPS, **{**WRITTEN, "answer": "optional"}))
    html = page(browser, "/groups/havna/")
    assert "Step work is up to you." in html
    assert "Step work is advised" not in html


# --- of an organisation ---------------------------------------------------------------------------------------

NA_STEPS = "/organisations/na/facts/step_work/"


def test_a_clinics_own_word_stands_beside_the_shared_fact(
    browser: Client, clinic: Clinic, havna: Group, na: Organisation
) -> None:
    shared = a_fact(na, "step_work", "expected")
    browser.post(NA_STEPS, opened(browser, NA_STEPS, **{**WRITTEN, "answer": "optional"}))
    kept, own = facts(na)
    assert (kept, kept.values, kept.clinic_id) == (shared, ["expected"], None)
    assert (own.values, own.clinic_id) == (["optional"], clinic.pk)
    html = page(browser, NA_STEPS)
    assert "Shared by all clinics" in html
    assert "Step work is advised" in html


def test_no_other_clinic_sees_it(browser: Client, havna: Group, na: Organisation) -> None:
    browser.post(NA_STEPS, opened(browser, NA_STEPS, **{**WRITTEN, "source": "Our own visit", "answer": "optional"}))
    stranger = signed_in_client(a_member(a_clinic(), "curator"))
    assert "Our own visit" not in page(stranger, "/organisations/na/facts/")
    assert "Our own visit" in page(browser, "/organisations/na/facts/")


def test_it_may_hold_for_the_organisation_only(browser: Client, havna: Group, na: Organisation) -> None:
    browser.post(NA_STEPS, opened(browser, NA_STEPS, **{**WRITTEN, "answer": "optional"}, inherit=None))
    assert facts(na)[0].inherit is False
    assert "Step work is up to you." not in page(browser, "/groups/havna/")


# --- who may, and two at once ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [LISTEN, "/groups/havna/facts/"])
def test_a_clinician_may_not_and_another_clinics_curator_finds_nothing(
    address: str, clinic: Clinic, havna: Group
) -> None:
    assert signed_in_client(a_member(clinic)).get(address).status_code == 403
    assert signed_in_client(a_member(a_clinic(), "curator")).get(address).status_code == 404
    assert signed_in_client(a_member(a_clinic(), "curator")).post(LISTEN, WRITTEN).status_code == 404
    assert facts(havna) == []


@pytest.mark.parametrize("attribute", ["verified_on", "no_such_thing"])
def test_what_is_no_question_has_no_page(attribute: str, browser: Client, havna: Group) -> None:
    assert browser.get(f"/groups/havna/facts/{attribute}/").status_code == 404


def test_the_second_of_two_is_told(browser: Client, clinic: Clinic, havna: Group) -> None:
    mine = opened(browser, LISTEN, **WRITTEN)
    other = signed_in_client(a_member(clinic, "curator"))
    other.post(LISTEN, opened(other, LISTEN, **{**WRITTEN, "answer": "expected_to_share"}))
    assert browser.post(LISTEN, mine).status_code == 409
    assert [fact.values for fact in facts(havna)] == [["expected_to_share"]]


def test_a_fact_waits_where_two_people_are_asked_for(browser: Client, clinic: Clinic, havna: Group) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    browser.post(LISTEN, opened(browser, LISTEN, **WRITTEN))
    with scope(clinic=clinic):
        assert "facts.speaking_expectation" in Draft.objects.get().document
    assert facts(havna) == []


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("address", ["/groups/havna/facts/", LISTEN, "/organisations/na/facts/"])
def test_the_pages_ask_the_database_as_often_for_many_facts_as_for_one(
    count: int, address: str, browser: Client, havna: Group, na: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        a_fact(havna, "speaking_expectation", "listening_is_fine", source=f"Visit {number}")
        a_fact(na, "step_work", "optional", source=f"Leaflet {number}")
    browser.get(address)
    with django_assert_max_num_queries(16):
        browser.get(address)
