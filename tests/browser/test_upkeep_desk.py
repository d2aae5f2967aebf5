"""The desk: ten entries noted as still correct at once, and taken back; reports told, seen and dealt with."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.curating import WAYS, Meet, Person

pytestmark = pytest.mark.xdist_group("browser-upkeep")
ALL, TEN = 12, 10


def entries(person: Person, count: int) -> None:
    expect(person.page.get_by_role("heading", level=2).filter(has_text="entr")).to_have_text(f"{count} entries")


@pytest.mark.parametrize("way", ["mouse", "plain"])
def test_ten_entries_are_noted_as_still_correct_and_taken_back(meet: Meet, way: str) -> None:
    kari = given_the_desk(meet, way)
    boxes = kari.page.locator("[data-row] input[type=checkbox]")
    for number in range(TEN):
        boxes.nth(number).check()
    kari.chooses("How it was checked", "by phone", within=kari.page.locator("[data-bar]"))
    kari.presses("Still correct today")
    entries(kari, ALL - TEN)
    then_it_is_taken_back(kari)


def test_ten_entries_are_noted_with_the_keys_of_the_desk(meet: Meet) -> None:
    kari = given_the_desk(meet, "keys")
    boxes = kari.page.locator("[data-row] input[type=checkbox]")
    kari.chooses("How it was checked", "by phone", within=kari.page.locator("[data-bar]"))
    kari.visitor.tabs_to("[data-row] input[type=checkbox]")
    # Down to the tenth, one up and down again, selecting each.
    kari.visitor.types("x", *["j", "x"] * (TEN - 1), "k", "j")
    expect(boxes.nth(TEN - 1)).to_be_focused()
    kari.sees("10 selected")
    # The bar stands above the list.
    kari.visitor.tabs_to("[data-bar] .btn--go", "Shift+Tab")
    with kari.page.expect_navigation():
        kari.visitor.types("Enter")
    entries(kari, ALL - TEN)
    then_it_is_taken_back(kari)


def test_one_entry_is_noted_with_a_key_and_the_place_in_the_list_is_kept(meet: Meet) -> None:
    """In another clinic than the others, whose list stays as it is."""
    kari = meet("two", "keys")
    kari.opens("/upkeep/")
    boxes = kari.page.locator("[data-row] input[type=checkbox]")
    count = boxes.count()
    kari.visitor.tabs_to("[data-row] input[type=checkbox]").types("j", "j")
    # How it was checked has to be said first: the key leads there.
    kari.visitor.types("v")
    expect(kari.page.locator("[data-bar] select")).to_be_focused()
    kari.chooses("How it was checked", "by phone", within=kari.page.locator("[data-bar]"))
    kari.visitor.tabs_to("[data-row] input[type=checkbox]").types("j", "j")
    with kari.page.expect_navigation():
        kari.visitor.types("v")
    expect(boxes).to_have_count(count - 1)
    expect(boxes.nth(2)).to_be_focused()
    expect(kari.page.locator("[data-say]")).to_contain_text("1 entry is noted")
    with kari.page.expect_navigation():
        kari.visitor.types("e")
    expect(kari.page.get_by_role("heading", level=1)).to_contain_text("Edit")
    assert kari.complaints() == []


def test_the_key_for_one_entry_notes_all_that_are_selected(meet: Meet) -> None:
    """In a clinic whose list the others leave as it was; taken back in the end."""
    kari = meet("two", "mouse")
    kari.opens("/upkeep/")
    boxes = kari.page.locator("[data-row] input[type=checkbox]")
    count = boxes.count()
    kari.chooses("How it was checked", "by phone", within=kari.page.locator("[data-bar]"))
    boxes.first.focus()
    # Two are selected, and the focus stands on a third.
    kari.visitor.types("x", "j", "x", "j")
    kari.sees("2 selected")
    with kari.page.expect_navigation():
        kari.visitor.types("v")
    expect(boxes).to_have_count(count - 2)
    expect(kari.page.locator("[data-say]")).to_contain_text("2 entries are noted")
    expect(boxes.nth(2)).to_be_focused()
    kari.presses("Undo")
    kari.opens("/upkeep/")
    expect(boxes).to_have_count(count)
    assert kari.complaints() == []


def test_single_keys_do_nothing_outside_the_list(meet: Meet) -> None:
    kari = meet("feed", "keys")
    kari.opens("/upkeep/")
    kari.visitor.types("x", "j", "v", "e")
    kari.page.locator("summary").first.press("Enter")
    search = kari.page.get_by_label("Search by name or place")
    search.press_sequentially("jkxve")
    expect(search).to_have_value("jkxve")
    expect(kari.page.locator("[data-row] input:checked")).to_have_count(0)
    expect(kari.page).to_have_url(f"{kari.visitor.site.address}/upkeep/")


@pytest.mark.parametrize("way", ["mouse", "plain"])
def test_samples_are_drawn_one_after_the_other_and_calls_are_noted(meet: Meet, way: str) -> None:
    kari = meet("sample", way)
    for number in range(1, 4):
        kari.opens("/upkeep/sample/")
        kari.presses("Draw a sample")
        kari.opens("/upkeep/sample/")
        expect(kari.page.locator("tbody tr")).to_have_count(number)
    # The newest stands on top, and is the one without a call.
    kari.hands.presses(kari.page.locator("tbody tr a").first)
    kari.sees("12 not called yet")
    kari.chooses("What the call came to: Ankeret", "Everything was right")
    kari.presses("Save", "Ankeret")
    kari.sees("100 %", "11 not called yet", "Noted by Kari")
    assert kari.complaints() == []


@pytest.mark.parametrize("way", ["mouse", "keys", "plain"])
def test_a_colleague_and_a_client_report_and_a_curator_deals_with_it(
    meet: Meet, new_visitor: NewVisitor, way: str
) -> None:
    per, kari = meet("report", way, "clinician"), meet("report", way)
    per.opens("/groups/havna/")
    per.follows("Something is not right")
    per.answers("What is not right?", "Moved")
    per.presses("Send")
    per.sees("Thank you. Somebody will look into it.")

    # when somebody without a sign-in comes through the short address on paper
    visitor = new_visitor(script=way != "plain", width=390)
    visitor.site.forget_senders()
    client = Person(visitor, WAYS[way](visitor.page))
    client.opens(visitor.site.addresses[f"report-{way}"])
    client.sees("Broen")
    client.answers("What is not right?", "Closed, or nobody came")
    client.presses("Send")
    client.sees("Thank you")
    assert {cookie["name"] for cookie in visitor.page.context.cookies()} <= {"csrftoken"}

    # then both stand on top of the desk, and the listings are as they were
    kari.opens("/upkeep/")
    first = kari.page.locator("[data-row]")
    expect(first.nth(0)).to_contain_text("Reported closed")
    expect(first.nth(1)).to_contain_text("Reported: not as listed")
    kari.opens("/upkeep/reports/")
    kari.sees("through the short address", "Per")
    kari.presses("Looked into", "Broen")
    kari.presses("Not so", "Havna")
    kari.sees("Nothing waits here.", "Dealt with")
    for person in (per, client, kari):
        assert person.complaints() == []


def given_the_desk(meet: Meet, way: str) -> Person:
    kari = meet("desk", way)
    kari.opens("/upkeep/")
    entries(kari, ALL)
    return kari


def then_it_is_taken_back(kari: Person) -> None:
    kari.sees("10 entries are noted as still correct today.")
    kari.presses("Undo")
    kari.opens("/upkeep/")
    entries(kari, ALL)
    assert kari.complaints() == []
