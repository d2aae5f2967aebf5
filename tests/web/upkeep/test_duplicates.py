"""Two entries of one group: suggested, told apart, merged on a click, parted on another. Never by themselves."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from clinics.models import Clinic, User
from groups_catalog.models import ChangeKind, Draft, NotDuplicate, Version
from groups_catalog.services import catalog_changed
from groups_catalog.upkeep.duplicates import service
from tests.catalog_factories import a_group, a_meeting, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.upkeep.duplicates_world import LIST, MERGE, a_doubled_catalog, form, state
from tests.web.upkeep.history_world import changes, edited, html_of, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_another_test() -> None:
    service._kept.clear()


@pytest.fixture
def clinic() -> Clinic:
    return a_doubled_catalog()


def test_the_pair_is_suggested_with_its_reasons_and_nothing_happens(browser: Client, clinic: Clinic) -> None:
    before = state(clinic)
    html = html_of(browser, LIST)
    assert "Havna and Havnagruppa" in html
    for reason in ("names that are alike", "a meeting at the same time", "less than 150 metres apart"):
        assert reason in html
    assert state(clinic) == before
    assert changes(clinic) == []


def test_a_closed_group_is_not_suggested(browser: Client, clinic: Clinic) -> None:
    edited(named(clinic, "havnagruppa"), a_member(clinic), status="closed")
    assert "No two groups look alike." in html_of(browser, LIST)


def test_what_was_found_is_kept_until_the_catalog_changes(browser: Client, clinic: Clinic) -> None:
    with scope(clinic=clinic):
        catalog_changed(clinic=clinic)
    html_of(browser, LIST)
    assert service._kept[clinic.pk][1]
    edited(named(clinic, "havnagruppa"), a_member(clinic), name="Lyset")
    assert "No two groups look alike." in html_of(browser, LIST)


def test_they_are_two_until_somebody_takes_that_back(browser: Client, clinic: Clinic) -> None:
    told = {"first": "havnagruppa", "second": "havna"}
    browser.post(reverse("not-duplicates"), told)
    html = html_of(browser, reverse("not-duplicates"), **told)
    assert "No two groups look alike." in html
    assert "Told apart" in html
    with scope(clinic=clinic):
        (apart,) = NotDuplicate.objects.all()
    html = html_of(browser, reverse("maybe-duplicates", args=[apart.pk]), sure="1")
    assert "Compare and merge" in html
    assert "Told apart" not in html


def test_the_merge_page_shows_both_sides_and_what_is_chosen_at_first(browser: Client) -> None:
    html = html_of(browser, MERGE)
    assert "“Havna” stays. “Havnagruppa” is closed" in html
    for name, side in form().items():
        if name.startswith("choice-"):
            assert (
                f'name="{name}" value="{side}" id="id_{name}_{["ours", "theirs", "both"].index(side)}" checked'
                in html
            )


def test_two_of_one_name_are_told_apart_by_place_or_time(browser: Client, clinic: Clinic) -> None:
    edited(named(clinic, "havnagruppa"), a_member(clinic), name="Havna", venue="")
    assert "Mondays 18:30" in html_of(browser, MERGE).split('class="lead"')[1].split("</p>")[0]
    edited(named(clinic, "havnagruppa"), a_member(clinic), place="Bodø")
    lead = html_of(browser, MERGE).split('class="lead"')[1].split("</p>")[0]
    assert "Bodø” is closed" in lead


def test_a_merge_is_one_change_and_loses_nothing(browser: Client, clinic: Clinic, curator: User) -> None:
    html = html_of(browser, MERGE, **form(why="Both are on Torget"))
    assert "“Havnagruppa” and “Havna” are now one group." in html
    kept, gone = state(clinic)
    assert (kept["name"], kept["venue"], kept["note_en"], kept["status"]) == (
        "Havna",
        "Torget 1",
        "Ring the bell.",
        "published",
    )
    assert [(one["weekday"], one["start"]) for one in kept["meetings"]] == [(0, "18:30"), (3, "12:00")]
    assert kept["facts.touch_custom"][0]["values"] == ["ask_first"]
    assert (gone["status"], gone["merged_into"]) == ("closed", "havna")
    assert 'href="/groups/havna/"' in html_of(browser, "/groups/havnagruppa/")
    (change,) = changes(clinic)
    assert (change.kind, change.by, change.why) == (ChangeKind.MERGED, curator, "Both are on Torget")
    with scope(clinic=clinic):
        assert Version.objects.filter(change=change).count() == 2


def test_the_other_group_may_be_the_one_that_stays(browser: Client, clinic: Clinic) -> None:
    assert "/upkeep/duplicates/havnagruppa/havna/" in html_of(browser, MERGE)
    browser.post("/upkeep/duplicates/havnagruppa/havna/", form())
    assert named(clinic, "havna").merged_into == named(clinic, "havnagruppa")


def test_a_second_press_merges_nothing_again(browser: Client, clinic: Clinic) -> None:
    browser.post(MERGE, form())
    html = html_of(browser, MERGE, **form())
    assert "The two are one group already." in html
    assert len(changes(clinic)) == 1


def test_parting_them_brings_both_back_as_they_were(browser: Client, clinic: Clinic) -> None:
    before = state(clinic)
    browser.post(MERGE, form())
    assert "Part them again" in html_of(browser, LIST)
    html = html_of(browser, reverse("unmerge", args=[changes(clinic)[0].pk]), sure="1")
    assert "The two groups are two again." in html
    assert state(clinic) == before
    assert "Part them again" not in html


def test_a_group_edited_since_keeps_its_edits_and_the_page_says_what_stayed(browser: Client, clinic: Clinic) -> None:
    before = state(clinic)
    browser.post(MERGE, form())
    merge = changes(clinic)[0]
    edited(named(clinic, "havna"), a_member(clinic), venue="Torget 9")
    html = html_of(browser, reverse("unmerge", args=[merge.pk]), sure="1")
    assert "“Havna” was changed after the merge, so what it took over stays there." in html
    assert "The two groups are two again." in html
    kept, gone = state(clinic)
    assert gone == before[1]
    assert kept["venue"] == "Torget 9"
    assert len(kept["meetings"]) == 2


def test_a_closed_one_edited_since_stays_closed_and_the_page_says_so(browser: Client, clinic: Clinic) -> None:
    browser.post(MERGE, form())
    merge = changes(clinic)[0]
    edited(named(clinic, "havnagruppa"), a_member(clinic), note_en="Closed in May.")
    html = html_of(browser, reverse("unmerge", args=[merge.pk]), sure="1")
    assert "“Havnagruppa” was changed after the merge, so it stays closed." in html
    assert "are two again" not in html


def test_parting_twice_is_told_and_does_nothing(browser: Client, clinic: Clinic) -> None:
    browser.post(MERGE, form())
    address = reverse("unmerge", args=[changes(clinic)[0].pk])
    browser.post(address)
    before = state(clinic)
    assert "This can no longer be undone here." in html_of(browser, address, sure="1")
    assert state(clinic) == before


def test_who_merges_what_a_colleague_changed_meanwhile_is_told(browser: Client, clinic: Clinic) -> None:
    edited(named(clinic, "havna"), a_member(clinic), place="Bodø")
    before = state(clinic)
    html = html_of(browser, MERGE, **form())
    assert "One of the groups was changed while you looked at it." in html
    assert "<title>Error:" in html
    assert 'name="first_number" value="2"' in html
    assert state(clinic) == before


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"choice-venue": "both"}, "Select a valid choice"),
        ({"choice-venue": ""}, "Choose what is to stand there."),
        ({"why": "x" * 201}, "Why: use at most 200 characters."),
    ],
)
def test_a_choice_that_makes_no_sense_changes_nothing_and_is_told(
    changed: dict[str, str], told: str, browser: Client, clinic: Clinic
) -> None:
    before = state(clinic)
    html = html_of(browser, MERGE, **form(**changed))
    assert told in html
    assert "There is a problem" in html
    assert state(clinic) == before


def test_what_cannot_stand_together_is_refused_with_the_reason(browser: Client, clinic: Clinic) -> None:
    na = an_organisation()
    online = {"place": "", "latitude": None, "longitude": None, "mode": "online", "status": "draft"}
    a_group(clinic, "nett", name="Nett", organisation=na, **online)
    choices = dict.fromkeys(("mode", "organisation", "name", "status", "note_en", "latitude", "meetings"), "ours")
    said = {f"choice-{field}": side for field, side in {**choices, "place": "theirs"}.items()}
    html = html_of(browser, "/upkeep/duplicates/havna/nett/", first_number=1, second_number=1, **said)
    assert "A published group that meets in person needs a place." in html
    assert changes(clinic) == []


def test_where_four_eyes_are_asked_for_a_merge_waits(browser: Client, clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    before = state(clinic)
    html = html_of(browser, MERGE, **form())
    assert "A second person" in html
    assert state(clinic) == before
    with scope(clinic=clinic):
        assert Draft.objects.count() == 2


def test_any_two_groups_are_merged_from_the_page_of_one(browser: Client, clinic: Clinic) -> None:
    a_group(clinic, "lyset", name="Lyset", place="Bodø")
    edited(named(clinic, "havnagruppa"), a_member(clinic), status="closed")
    html = html_of(browser, "/groups/havna/merge/?q=bodo")
    assert "/upkeep/duplicates/havna/lyset/" in html
    assert "No group has that in its name or place." in html_of(browser, "/groups/havna/merge/?q=havna")


def test_three_people(browser: Client, clinic: Clinic) -> None:
    clinician, stranger = signed_in_client(a_member(clinic)), signed_in_client(a_member(a_clinic(), "curator"))
    browser.post(reverse("not-duplicates"), {"first": "havna", "second": "havnagruppa"})
    browser.post(MERGE, form())
    with scope(clinic=clinic):
        apart = NotDuplicate.objects.get()
    posts = [
        (MERGE, form()),
        (reverse("not-duplicates"), {"first": "havna", "second": "havnagruppa"}),
        (reverse("maybe-duplicates", args=[apart.pk]), {}),
        (reverse("unmerge", args=[changes(clinic)[0].pk]), {}),
    ]
    for address, sent in posts:
        assert clinician.post(address, sent).status_code == 403
        assert stranger.post(address, sent).status_code == 404
    for address in (MERGE, "/groups/havna/merge/"):
        assert clinician.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
    assert "Havna" not in html_of(stranger, LIST)
    assert len(changes(clinic)) == 1


@pytest.mark.parametrize("pair", [("havna", "havna"), ("havna", "nobody"), ("", "")])
def test_a_pair_that_is_none_is_not_found(pair: tuple[str, str], browser: Client) -> None:
    answer = browser.post(reverse("not-duplicates"), {"first": pair[0], "second": pair[1]})
    assert answer.status_code == 404


def test_fifty_pairs_cost_as_many_queries_as_one(
    browser: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(clinic=clinic):
        catalog_changed(clinic=clinic)
    html_of(browser, LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    queries = len(one)
    assert queries < MOST_QUERIES
    na = named(clinic, "havna").organisation
    for number in range(50):
        for twin in ("a", "b"):
            row = a_group(clinic, f"{twin}{number}", name=f"Group {number}", organisation=na, place="Bodø")
            a_meeting(row, 2, "10:00")
    service._kept.clear()
    html_of(browser, LIST)
    with django_assert_num_queries(queries):
        assert "Group 0 and Group 0" in browser.get(LIST).content.decode()


MOST_QUERIES = 20
