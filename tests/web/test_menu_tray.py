"""Choosing groups into the tray, and putting them back."""

import pytest
from django.test import Client
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.models import Group
from tests.catalog_factories import a_group
from tests.factories import a_clinic
from tests.web.menu_world import WISH, address, choose, entry, five_groups, in_tray, said, shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic(user: User) -> Clinic:
    return user.membership.clinic


@pytest.mark.parametrize("by_script", [False, True])
def test_the_tray_holds_four_and_a_fifth_is_refused_with_a_reason(
    by_script: bool, browser: Client, user: User, clinic: Clinic
) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    for group in groups[:4]:
        assert "Four groups at most" not in choose(browser, consultation, group, by_script=by_script)
    assert "Four groups at most" in choose(browser, consultation, groups[4], by_script=by_script)
    assert in_tray(consultation) == tuple(groups[:4])


def test_choosing_twice_changes_nothing_the_second_time(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    choose(browser, consultation, groups[0])
    choose(browser, consultation, groups[0])
    assert in_tray(consultation) == (groups[0],)


def test_a_group_that_is_put_back_makes_room_for_another(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    for group in groups[:4]:
        choose(browser, consultation, group)
    for _twice in range(2):
        browser.post(address(consultation, "menu-put-back"), {"group": groups[1]})
    choose(browser, consultation, groups[4])
    assert in_tray(consultation) == (groups[0], groups[2], groups[3], groups[4])


def test_choosing_keeps_the_answers(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, matters="q7_format", **WISH)
    choose(browser, consultation, groups[0])
    assert "To talk together and get answers" in shown(browser, consultation)
    assert 'aria-pressed="true"' in entry(shown(browser, consultation), groups[0])


def test_with_script_only_the_button_and_the_tray_come_back(browser: Client, user: User, clinic: Clinic) -> None:
    groups = five_groups(clinic)
    part = choose(browser, said(user, **WISH), groups[0], by_script=True)
    assert "<h1" not in part
    assert f'id="pick-{groups[0]}"' in part
    assert 'hx-swap-oob="true"' in part


@pytest.mark.parametrize("name", ["menu-choose", "menu-put-back"])
@pytest.mark.parametrize("group", ["", "no-such-group", "draft", "theirs", "x" * 500, "æøå"])
def test_only_a_published_group_of_the_clinic_can_be_chosen(
    name: str, group: str, browser: Client, user: User, clinic: Clinic
) -> None:
    a_group(clinic, "draft", status="draft")
    a_group(a_clinic(), "theirs")
    consultation = said(user, **WISH)
    assert browser.post(address(consultation, name), {"group": group}).status_code == 404
    assert in_tray(consultation) == ()


def test_a_chosen_group_that_is_closed_meanwhile_leaves_the_tray(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    choose(browser, consultation, groups[0])
    with scope(clinic=clinic):
        Group.objects.filter(slug=groups[0]).update(status="closed")
    assert "0 chosen" in words(shown(browser, consultation))


@pytest.mark.parametrize(("page", "view"), [("menu", ""), ("menu-all", "all"), ("menu-anyway", "anyway")])
@pytest.mark.parametrize("action", ["menu-choose", "menu-put-back"])
def test_without_script_the_page_one_was_on_is_shown_again(
    page: str, view: str, action: str, browser: Client, user: User, clinic: Clinic
) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    choose(browser, consultation, groups[1])
    html = shown(browser, consultation, page)
    assert html.count(f'name="view" value="{view}"') == (len(groups) + 1 if view else 0)
    answer = browser.post(address(consultation, action), {"group": groups[1], "view": view})
    assert (answer.status_code, answer.headers["Location"]) == (302, address(consultation, page))


def test_the_further_pages_are_come_back_to_as_well(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    sent = {"group": groups[0], "view": "all", "page": "2"}
    answer = browser.post(address(consultation, "menu-choose"), sent)
    assert answer.headers["Location"] == address(consultation, "menu-all") + "?page=2"


@pytest.mark.parametrize("sent", [{"view": "//elsewhere.example"}, {"view": "x" * 500}, {"page": "-1; drop"}])
def test_only_pages_of_the_menu_are_come_back_to(
    sent: dict[str, str], browser: Client, user: User, clinic: Clinic
) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    answer = browser.post(address(consultation, "menu-choose"), {"group": groups[0], **sent})
    assert answer.headers["Location"] == address(consultation)


def test_a_refused_choice_is_answered_by_a_redirect_and_told_as_long_as_the_tray_is_full(
    browser: Client, user: User, clinic: Clinic
) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    for group in groups[:4]:
        choose(browser, consultation, group)
    answer = browser.post(address(consultation, "menu-choose"), {"group": groups[4], "view": "all"})
    assert answer.status_code == 302
    told = answer.headers["Location"]
    assert told == address(consultation, "menu-all") + "?full=1"
    assert "Four groups at most" in browser.get(told).content.decode()
    browser.post(address(consultation, "menu-put-back"), {"group": groups[0]})
    assert "Four groups at most" not in browser.get(told).content.decode()
