"""How much of the menu is shown, and what is out of reach."""

import pytest
from django.test import Client

from clinics.models import Clinic, User
from referral.intake.models import Consultation
from tests.catalog_factories import a_fact, a_group
from tests.web.menu_world import PAGES, WISH, address, group_named, order, said, shown, three_groups, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic(user: User) -> Clinic:
    return user.membership.clinic


def test_twelve_entries_stand_first_then_all_of_them(browser: Client, user: User, clinic: Clinic) -> None:
    for number in range(15):
        a_group(clinic, f"group-{number}")
    consultation = said(user, **WISH)
    page = shown(browser, consultation)
    assert len(order(page)) == 12
    assert "Show all: 3 more" in page
    everything = shown(browser, consultation, "menu-all")
    assert len(order(everything)) == 15
    assert order(everything)[:12] == order(page)
    assert "Show all:" not in everything


def test_a_practical_fact_greys_a_group_out_with_its_reason_and_a_way_back(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    a_group(clinic, "polsk", name="Polska", languages=["pl"])
    consultation = said(user, q12_language="nb", **WISH)
    page = shown(browser, consultation)
    assert "polsk" not in order(page)
    assert "Polska – The language: it meets in Polish." in words(page)
    assert address(consultation, "menu-anyway") in page
    again = shown(browser, consultation, "menu-anyway")
    assert "polsk" in order(again)
    assert set(order(page)) < set(order(again))


@pytest.mark.parametrize(
    "answer",
    [
        {"q4_mental_health": "yes_hard_in_groups"},
        {"q5_safety_history": "yes_want_group_for_it"},
        {"q6_medicines": "omt_now"},
        {"q3_stage": "using_now"},
        {"q10_belief": "secular_required"},
        {"q12_place": "Fjordlia", "q12_travel": "15"},
    ],
    ids=str,
)
def test_no_answer_about_the_person_takes_a_group_away(
    answer: dict[str, str], browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    a_fact(group_named("turns"), "spiritual_frame", "christian")
    page = shown(browser, said(user, **answer), "menu-all")
    assert sorted(order(page)) == ["talks", "turns", "unasked"]
    assert "Out of reach" not in page


def test_a_clinic_without_groups_is_told_so(browser: Client, user: User) -> None:
    for name in PAGES:
        assert "no published groups in the catalog within reach" in shown(browser, said(user, **WISH), name)


@pytest.mark.parametrize("name", ["menu-all", "menu-anyway"])
def test_a_long_menu_is_shown_page_by_page_and_loses_nothing(
    name: str, browser: Client, user: User, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        a_group(clinic, f"group-{number}", languages=["pl"] if number % 3 == 0 else ["nb"])
    three_groups(clinic)
    consultation = said(user, q12_language="nb", **WISH)
    whole = order(shown(browser, consultation, name))
    monkeypatch.setattr("referral.menu.page.ON_ONE_PAGE", 4)
    pages = [browser.get(f"{address(consultation, name)}?page={n}").content.decode() for n in (1, 2, 3)]
    assert sorted(group for page in pages for group in order(page)) == sorted(whole)
    assert "Page 2 of 3" in pages[1]
    in_reach = [group for page in pages for group in order(page) if group in order(shown_all(browser, consultation))]
    assert sorted(in_reach, key=whole.index) == in_reach


@pytest.mark.parametrize("page", ["", "0", "99", "x", "-1"])
def test_a_page_that_does_not_exist_shows_one_that_does(
    page: str, browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    answer = browser.get(address(said(user, **WISH), "menu-all"), {"page": page})
    assert answer.status_code == 200
    assert len(order(answer.content.decode())) == 3


def shown_all(browser: Client, consultation: Consultation) -> str:
    return "".join(browser.get(f"{address(consultation, 'menu-all')}?page={n}").content.decode() for n in (1, 2))
