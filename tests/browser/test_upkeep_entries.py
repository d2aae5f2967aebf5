"""Groups by hand: a new one with its facts, two curators at once, four eyes. With the mouse, with the keyboard alone,
and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.curating import Meet, Person

pytestmark = pytest.mark.xdist_group("browser-upkeep")
NAME = "Torsdagsgruppa"


@pytest.mark.parametrize("way", ["mouse", "keys", "plain"])
def test_a_new_group_with_two_meetings_and_its_facts_comes_on_the_menu(meet: Meet, way: str) -> None:
    kari = meet("entry", way)
    given_a_new_group(kari)
    practical = kari.page.get_by_role("complementary", name="Practical")
    kari.sees("Mondays 18:00", "Thursdays 12:00", "Hamar", within=practical)

    # when facts are recorded, then what one person has told of the people in it is shown as reported once
    kari.follows("Facts")
    kari.sees("Inherited")
    kari.follows("Record", "Are people expected to speak?")
    kari.answers("Can people come and just listen?", "You can just listen.")
    kari.answers("How is it known?", "Observed: somebody has been there and seen it")
    kari.writes("Where is it known from?", "A visit")
    kari.presses("Save")
    kari.follows("Record", "Standing in the group")
    kari.answers("How much does it matter how long someone has been in the group?", "New and old members are equals.")
    kari.answers("Who reported it?", "Staff have visited the group")
    kari.answers("How many people have told this independently of each other?", "One person")
    expect(kari.page.get_by_role("textbox", name="Note")).to_have_count(0)
    kari.presses("Save")
    kari.sees("You can just listen.", "Reported once")

    kari.opens("/groups/?q=torsdag")
    expect(kari.page.get_by_role("link", name=NAME, exact=True)).to_be_visible()
    kari.visitor.starts().shows_the_menu().opens(kari.page.url.removeprefix(kari.visitor.site.address) + "all/")
    kari.sees(NAME)
    assert kari.complaints() == []


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_of_two_who_edit_at_once_the_second_sees_both_and_nothing_is_lost(meet: Meet, way: str) -> None:
    kari, ola = meet("two", way), meet("two", way, "second")
    for person in (kari, ola):
        person.opens("/groups/havna/edit/")
    ola.writes("Venue", "Strandgata 12")
    ola.writes("Note, in English", "Ring the bell.")
    ola.presses("Save")
    kari.writes("Name", "Havna på fredag")
    kari.writes("Venue", "Strandgata 21")
    kari.presses("Save")

    # then the second is told who was first, and both are on the page
    expect(kari.page).to_have_title(re.compile("Saved meanwhile"))
    kari.sees("Ola", "Strandgata 12", "Strandgata 21", "Ring the bell.", "Havna på fredag")
    kari.prefers("Venue", "Yours")
    kari.presses("Save both together")
    kari.sees("Havna på fredag", "Strandgata 21", "Ring the bell.")

    # and what was not chosen stands in the history
    kari.follows("History")
    kari.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    kari.sees("Version 3", "Ola", "Strandgata 12")
    assert kari.complaints(409) == []
    assert ola.complaints() == []


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_where_four_eyes_are_asked_for_a_second_person_lets_a_change_stand(meet: Meet, way: str) -> None:
    kari, ola = meet("eyes", way), meet("eyes", way, "second")
    kari.opens("/groups/fyret/edit/")
    kari.writes("Venue", "Fyrveien 3")
    kari.presses("Save")
    kari.opens("/groups/fyret/")
    expect(kari.page.locator("main")).not_to_contain_text("Fyrveien 3")
    kari.opens("/upkeep/drafts/")
    kari.follows("Fyret")
    expect(kari.page.get_by_role("button", name=re.compile("^Accept"))).to_have_count(0)

    ola.opens("/upkeep/drafts/")
    ola.follows("Fyret")
    ola.sees("Fyrveien 3")
    ola.presses("Accept: let it stand in the catalog")
    ola.opens("/groups/fyret/")
    ola.sees("Fyrveien 3")
    assert kari.complaints() == []
    assert ola.complaints() == []


def given_a_new_group(person: Person) -> None:
    person.opens("/upkeep/")
    person.follows("Add a group")
    person.writes("Name", NAME)
    person.chooses("Organisation", "Narcotics Anonymous (NA)")
    person.answers("Stands under", "Addiction")
    person.answers("In person or online", "In person")
    with_a_time(person, 1, "Monday", "1800", "1930")
    if person.visitor.has_script:
        person.hands.pushes(person.page.get_by_role("button", name="Add another time"))
        expect(person.question("Time 2")).to_be_focused()
    else:
        person.presses("Add another time")
    with_a_time(person, 2, "Thursday", "1200", "1300")
    person.writes("Place", "Hamar")
    person.presses("Save and publish")


def with_a_time(person: Person, number: int, day: str, start: str, end: str) -> None:
    row = person.question(f"Time {number}")
    person.answers("Days", day, within=row)
    person.writes("Begins", start, within=row)
    person.writes("Ends", end, within=row)
