"""Cautions that several groups share stand once, above them all, and nothing of them is lost."""

import re

import pytest
from django.test import Client

from clinics.models import Clinic, User
from referral.knowledge import rules
from tests.catalog_factories import a_fact, a_group, an_organisation
from tests.web.menu_world import entry, said, shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
SAID = {"q7_format": "dialogue", "q9_avoid": "step_tasks speaking", "q4_mental_health": "yes_hard_in_groups"}

ALIKE = ("one", "two", "three")


@pytest.fixture
def clinic(user: User) -> Clinic:
    return user.membership.clinic


def steps(clinic: Clinic, slug: str, **facts: str) -> None:
    organisation = an_organisation(f"{slug}-fellowship", kind="twelve_step_fellowship")
    group = a_group(clinic, slug, organisation=organisation)
    for attribute, value in facts.items():
        a_fact(group, attribute, value, basis="observed", source=f"Visit to {slug}")


def three_alike_and_one_more(clinic: Clinic) -> None:
    for slug in ALIKE:
        steps(clinic, slug, meeting_format="narrative_turns_no_dialogue")
    steps(clinic, "other", step_work="expected")


def above(page: str) -> str:
    found = re.search(r'<section [^>]*aria-labelledby="shared".*?</section>', page)
    return found[0] if found else ""


def cautions_in(html: str) -> list[str]:
    return [
        told
        for box in re.findall(r'<div class="care">.*?</div>', html)
        for told in re.findall(r"#message-([\w-]+)", box)
    ]


def test_a_shared_caution_stands_once_and_names_its_groups(browser: Client, user: User, clinic: Clinic) -> None:
    three_alike_and_one_more(clinic)
    page = shown(browser, said(user, **SAID))
    shared = cautions_in(above(page))
    assert shared
    assert len(set(shared)) == len(shared)
    for message in shared:
        assert cautions_in(page).count(message) == 1
        assert rules().messages[message].client.en in above(page)
    lines = re.findall(r'<li id="caution-\d+">.*?</li>', above(page))
    assert all(f'href="#group-{slug}"' in line for line in lines for slug in ALIKE)
    assert any("You said:" in line for line in lines)


def test_the_card_points_to_it_in_one_short_line(browser: Client, user: User, clinic: Clinic) -> None:
    three_alike_and_one_more(clinic)
    page = shown(browser, said(user, **SAID))
    for group in ALIKE:
        pointed_to = re.findall(r'href="#(caution-\d+)"', entry(page, group))
        assert pointed_to
        assert all(f'id="{place}"' in above(page) for place in pointed_to)


def test_what_is_good_about_a_group_stays_on_its_card_and_beside_the_shared_cautions(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_alike_and_one_more(clinic)
    page = shown(browser, said(user, **SAID))
    for group in (*ALIKE, "other"):
        assert '<div class="good">' in entry(page, group)
    assert '<div class="good">' in above(page)


def test_a_caution_about_one_group_stays_on_its_card(browser: Client, user: User, clinic: Clinic) -> None:
    three_alike_and_one_more(clinic)
    page = shown(browser, said(user, **SAID))
    own = set(cautions_in(entry(page, "other"))) - set(cautions_in(above(page)))
    assert own


def test_what_only_two_share_stays_on_their_cards(browser: Client, user: User, clinic: Clinic) -> None:
    for slug in ALIKE[:2]:
        steps(clinic, slug, meeting_format="narrative_turns_no_dialogue")
    page = shown(browser, said(user, **SAID))
    assert above(page) == ""
    assert cautions_in(entry(page, "one"))
    assert "Told above" not in words(page)
