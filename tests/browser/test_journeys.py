"""From sign-in to *Clear and leave*: with the mouse, with the keyboard alone, and without script."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser-journeys")
CHANGE_ANSWERS = ".strip a[href^='/intake/']"


def given_a_menu(visitor: Visitor) -> Visitor:
    visitor.signs_in().starts().answers("q7_format", "dialogue").answers("q9_avoid", "touch")
    return visitor.shows_the_menu()


def then_back_shows_no_answers(visitor: Visitor) -> None:
    """Back, several times. A page that a form has answered is not asked for again, and shows nothing either."""
    for _ in range(6):
        with suppress_form_again():
            visitor.page.go_back()
        expect(visitor.page.locator("main article.item, #intake-form")).to_have_count(0)
    visitor.opens("/")
    expect(visitor.page).to_have_url(re.compile(r"/sign-in/\?next=/$"))


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_with_the_mouse_from_sign_in_to_clear_and_leave(new_visitor: NewVisitor, width: int) -> None:
    visitor = new_visitor(width=width)
    given_a_menu(visitor)
    first_order = visitor.order

    # when an answer is changed, then the menu changes
    visitor.presses(CHANGE_ANSWERS).answers("q10_belief", "christian_wanted")
    visitor.marks("q10_belief").shows_the_menu()
    assert visitor.order != first_order
    expect(visitor.page.locator(".strip")).to_contain_text("I would like a Christian group")

    # when four are chosen, then a fifth is refused until one is put back
    visitor.chooses(4).tries_one_more()
    expect(visitor.page.locator("#tray")).to_contain_text("Four groups at most")
    visitor.puts_one_back().chooses(1)

    # when the language is switched, then the answers are still there
    order = visitor.order
    visitor.switches_the_language()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nb")
    expect(visitor.page.locator(".strip")).to_contain_text("Jeg vil gjerne ha en kristen gruppe")
    assert visitor.order == order

    visitor.clears_and_leaves()
    expect(visitor.page.locator("h1")).to_be_visible()
    then_back_shows_no_answers(visitor)
    assert visitor.console == []


def test_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.opens("/sign-in/").tabs_to("[name=login]").page.keyboard.type("clinician")
    visitor.tabs_to("[name=password]").page.keyboard.type("veivalg-demo-2026")
    press(visitor, "Enter")
    visitor.opens("/intake/").tabs_to("main form button")
    press(visitor, "Enter")

    # when Space ticks a box and an arrow key chooses in a row, then both are answers, and a branch opens
    visitor.tabs_to("[name=q1_help_with][value=alcohol]").types("Space")
    visitor.tabs_to("[name=q3_stage]").types(*["ArrowDown"] * 5)
    expect(visitor.option("q3_stage", "used_again_recently")).to_be_checked()
    expect(visitor.page.locator("#slot-b3_after_use")).to_be_visible()
    visitor.tabs_to("[name=b3_after_use]").types("Space")
    visitor.tabs_to("#intake-form .actions .btn--go")
    press(visitor, "Enter")
    expect(visitor.page.locator(".strip")).to_contain_text("Alcohol")
    expect(visitor.page.locator(".strip")).to_contain_text("To be met with encouragement")

    # when groups are chosen and one is put back, then the tray follows
    visitor.tabs_to(".item__act button").types("Enter")
    expect(visitor.tray).to_have_count(1)
    visitor.tabs_to("#tray .pill button")
    visitor.types("Enter")
    expect(visitor.tray).to_have_count(0)

    visitor.page.locator("body").press("Home")
    visitor.tabs_to("[data-leave] button").types("Enter")
    visitor.page.wait_for_url("**/left/")
    assert visitor.console == []


def test_without_script_the_whole_way(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(script=False)
    visitor.signs_in().starts().answers("q3_stage", "used_again_recently")

    # when the page is told to look again, then the branch is there, and its answer counts
    visitor.presses("noscript button, #section-about_you [formaction*='/update/']").answers(
        "b3_after_use", "practical_plan"
    )
    visitor.names_the_place("Fjordlia").shows_the_menu()
    expect(visitor.page.locator(".strip")).to_contain_text("A practical plan for the next days")
    expect(visitor.page.locator(".strip")).to_contain_text("Fjordlia")

    # when four are chosen, then a fifth is refused with a reason
    visitor.chooses(4).tries_one_more()
    expect(visitor.page.locator("[role=alert]")).to_contain_text("Four groups at most")
    expect(visitor.tray).to_have_count(4)
    visitor.presses("#tray .pill button")
    expect(visitor.tray).to_have_count(3)

    visitor.switches_the_language()
    expect(visitor.page.locator(".strip")).to_contain_text("En praktisk plan for de neste dagene")
    visitor.clears_and_leaves()
    then_back_shows_no_answers(visitor)
    assert visitor.console == []


def test_one_question_at_a_time(visitor: Visitor) -> None:
    visitor.signs_in().starts().presses("[formaction$='/one/']")
    pages = 0
    while "/question/" in visitor.page.url:
        question = visitor.page.url.rstrip("/").rsplit("/", 1)[-1]
        if question == "q3_stage":
            visitor.option(question, "used_again_recently").check()
        if question == "b3_after_use":
            visitor.option(question, "encouragement").check()
        leave_it = question not in {"q3_stage", "b3_after_use"}
        visitor.presses("[formaction$='/skip/']" if leave_it else "#intake-form .btn--go")
        pages += 1
    assert pages > 20
    expect(visitor.page.locator(".strip .ans")).to_have_count(2)
    expect(visitor.page.locator(".strip")).to_contain_text("To be met with encouragement")
    assert visitor.console == []


def test_branches_come_and_go_and_the_total_never_shrinks(visitor: Visitor) -> None:
    visitor.signs_in().starts()
    total, counts = visitor.total_so_far, visitor.page.locator("#so-far .tally").inner_text()
    branch = visitor.page.locator("#slot-b3_after_use")
    expect(branch).to_be_hidden()
    visitor.answers("q3_stage", "used_again_recently")
    expect(branch).to_be_visible()
    assert visitor.total_so_far == total
    for question, option in [("q7_format", "dialogue"), ("q12_language", "en"), ("q12_times", "weekend")]:
        visitor.answers(question, option)
        expect(visitor.page.locator("#so-far .tally")).not_to_have_text(counts)
        assert visitor.total_so_far == total
    visitor.answers("q3_stage", "some_months")
    expect(branch).to_be_hidden()
    visitor.answers("q1_help_with", "someone_elses_use")
    expect(visitor.page.locator("#slot-q2_goal")).to_be_hidden()
    assert visitor.total_so_far == total
    assert visitor.console == []


def test_the_language_can_be_switched_in_the_middle_of_the_questions(visitor: Visitor) -> None:
    visitor.signs_in().starts().answers("q7_format", "dialogue").names_the_place("Fjordlia").switches_the_language()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nb")
    expect(visitor.option("q7_format", "dialogue")).to_be_checked()
    expect(visitor.page.locator("input[list=places]")).to_have_value("Fjordlia")
    expect(visitor.page.locator("#slot-q7_format")).to_contain_text("Å snakke sammen og få svar")
    visitor.switches_the_language()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.option("q7_format", "dialogue")).to_be_checked()
    assert visitor.console == []


def test_the_tray_takes_four_and_refuses_a_fifth(visitor: Visitor) -> None:
    given_a_menu(visitor).chooses(4).tries_one_more()
    expect(visitor.page.locator("#tray")).to_contain_text("Four groups at most")
    expect(visitor.tray).to_have_count(4)
    visitor.presses("#tray .pill button")
    expect(visitor.tray).to_have_count(3)
    visitor.chooses(1)
    expect(visitor.page.locator("#tray")).not_to_contain_text("Four groups at most")
    assert visitor.console == []


def test_from_the_menu_to_everything_around_it(visitor: Visitor) -> None:
    given_a_menu(visitor)
    visitor.presses(CHANGE_ANSWERS).answers("q12_language", "en").shows_the_menu()
    shown = len(visitor.order)
    visitor.presses("a[href$='/all/']")
    assert len(visitor.order) > shown
    everything = len(visitor.order)
    visitor.presses("a[href$='/anyway/']")
    assert len(visitor.order) > everything
    visitor.presses("nav a[href='/how/']")
    expect(visitor.page.locator("h1")).to_have_count(1)
    visitor.presses("nav a[href='/groups/']").presses("main article h3 a")
    expect(visitor.page.locator("#known")).to_be_visible()
    visitor.presses("main .lead a")
    expect(visitor.page.locator("#local")).to_be_visible()
    assert visitor.console == []


def test_every_reason_leads_to_its_source(visitor: Visitor) -> None:
    given_a_menu(visitor)
    visitor.presses("a[href^='/how/#criterion-']")
    expect(visitor.page.locator(":target")).to_have_count(1)
    visitor.page.go_back()
    visitor.presses("a[href^='/how/#message-']")
    expect(visitor.page.locator(":target")).to_have_count(1)


def test_clearing_for_the_next_client_wipes_and_stays_signed_in(visitor: Visitor) -> None:
    given_a_menu(visitor)
    menu = visitor.page.url
    visitor.presses("main form[action='/clear-next/'] button")
    expect(visitor.page).to_have_url(re.compile(r"/intake/[0-9a-f-]{36}/$"))
    expect(visitor.page.locator("#intake-form input:checked")).to_have_count(0)
    assert visitor.console == []
    visitor.page.goto(menu)
    expect(visitor.page.locator("main article.item")).to_have_count(0)


def test_an_error_takes_the_focus_and_leads_to_the_question(visitor: Visitor) -> None:
    visitor.signs_in().starts().answers("q7_format", "dialogue", "course", "activity").shows_the_menu()
    expect(visitor.page.locator("#error-summary")).to_be_focused()
    expect(visitor.page).to_have_title(re.compile("^Error:"))
    visitor.page.locator("#error-summary a").click()
    expect(visitor.page.locator("[name=q7_format]").first).to_be_focused()
    expect(visitor.option("q7_format", "activity")).to_be_checked()


@contextmanager
def suppress_form_again() -> Iterator[None]:
    try:
        yield
    except Error as error:
        if "ERR_CACHE_MISS" not in error.message:
            raise


def press(visitor: Visitor, key: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
