"""Every page and state of the site, and how a visitor comes to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.people import WITHOUT_GROUPS
from tests.browser.visitor import Visitor

# The administrator never starts a consultation, so the start page has nothing open.
NEVER_STARTS = "admin"
Reach = Callable[[Visitor], object]


@dataclass(frozen=True, slots=True)
class State:
    name: str
    reach: Reach
    person: str | None
    status: int


STATES: list[State] = []


def state(name: str, *, person: str | None = "clinician", status: int = 200) -> Callable[[Reach], Reach]:
    def add(reach: Reach) -> Reach:
        STATES.append(State(name, reach, person, status))
        return reach

    return add


def page(name: str, path: str, *, person: str | None = "clinician", status: int = 200) -> None:
    """A state that an address alone shows."""
    STATES.append(State(name, lambda visitor: visitor.opens(path), person, status))


def prepared_page(name: str, prepared: str, more: str = "", *, person: str | None) -> None:
    """One whose address is known only once the site is prepared; `more` is the rest of the address."""
    STATES.append(State(name, lambda visitor: visitor.opens(visitor.site.addresses[prepared] + more), person, 200))


page("sign in", "/sign-in/", person=None)
page("left", "/left/", person=None)
page("not found, signed out", "/nowhere/", person=None, status=404)
page("not found", "/nowhere/", status=404)
page("start", "/intake/", person=NEVER_STARTS)
page("how the menu is made", "/how/")
page("all groups", "/groups/")
page("filtered groups", "/groups/?lane=next_of_kin&mode=online")
page("no group passes the filters", "/groups/?q=no+such+group")
page("no groups at all", "/groups/", person=WITHOUT_GROUPS)
page("change password", "/password/")
page("password changed", "/password/changed/")


@state("sign-in error", person=None)
def _(visitor: Visitor) -> None:
    visitor.signs_in("nobody", "a wrong password")
    expect(visitor.page.locator("#error-summary")).to_be_focused()


@state("password error")
def _(visitor: Visitor) -> None:
    visitor.opens("/password/").presses("main form button[type=submit]")
    expect(visitor.page.locator("#error-summary")).to_be_focused()


@state("start with an open one")
def _(visitor: Visitor) -> None:
    visitor.starts().opens("/intake/")
    expect(visitor.page.locator("main .note h2")).to_be_visible()


@state("intake, empty")
def _(visitor: Visitor) -> None:
    visitor.starts()


@state("intake, filled, branches open")
def filled(visitor: Visitor) -> None:
    visitor.starts().answers("q1_help_with", "alcohol", "opioids").answers("q2_goal", "stay_stopped")
    visitor.answers("q3_stage", "used_again_recently").answers("b3_after_use", "practical_plan")
    visitor.answers("q4_mental_health", "yes_hard_in_groups").answers("q5_safety_history", "yes_want_group_for_it")
    visitor.answers("b5_safe", "ask_before_touch").answers("q6_medicines", "omt_now").answers("q7_format", "dialogue")
    visitor.answers("q9_avoid", "touch", "life_story").answers("q11_experience", "attend_thinking_of_leaving")
    visitor.answers("b11_leaving", "lose_friends").names_the_place("Fjordlia").answers("q12_language", "other")
    visitor.answers("q12_other_languages", "pl").marks("q7_format")


@state("intake, a place nobody knows")
def _(visitor: Visitor) -> None:
    visitor.starts().names_the_place("Atlantis")
    expect(visitor.page.locator("#notes-q12_place .note")).to_be_visible()


@state("intake error")
def _(visitor: Visitor) -> None:
    visitor.starts().answers("q7_format", "dialogue", "course", "activity").shows_the_menu()
    expect(visitor.page.locator("#error-summary")).to_be_focused()


@state("one question")
def one_question(visitor: Visitor) -> None:
    visitor.starts().presses("[formaction$='/one/']")


@state("one question, a later one with a lead and an offer")
def _(visitor: Visitor) -> None:
    one_question(visitor)
    for _ in range(4):
        visitor.presses("#intake-form .btn--go")


@state("one question, the place")
def _(visitor: Visitor) -> None:
    one_question(visitor)
    visitor.opens("/".join(["", *visitor.page.url.split("/")[3:6], "q12_place", ""]))
    expect(visitor.page.locator("input[list=places]")).to_be_visible()


@state("one question, error")
def _(visitor: Visitor) -> None:
    one_question(visitor)
    visitor.opens("/".join(["", *visitor.page.url.split("/")[3:6], "q7_format", ""]))
    for option in ("dialogue", "course", "activity"):
        visitor.option("q7_format", option).check()
    visitor.presses("#intake-form .btn--go")
    expect(visitor.page.locator("#error-summary")).to_be_focused()


@state("expired consultation", status=410)
def _(visitor: Visitor) -> None:
    visitor.starts().site.leave_idle()
    visitor.page.reload()


@state("cleared consultation", status=410)
def _(visitor: Visitor) -> None:
    before = visitor.starts().page.url
    visitor.starts().page.goto(before)


@state("menu, nothing answered")
def _(visitor: Visitor) -> None:
    visitor.starts().shows_the_menu()


@state("menu, next of kin")
def _(visitor: Visitor) -> None:
    visitor.starts().answers("q1_help_with", "someone_elses_use").shows_the_menu()


@state("menu")
def menu(visitor: Visitor) -> None:
    visitor.starts().answers("q1_help_with", "alcohol").answers("q5_safety_history", "yes_want_group_for_it")
    visitor.answers("q7_format", "dialogue").answers("q9_avoid", "touch").answers("q12_language", "nb").marks(
        "q7_format"
    )
    visitor.shows_the_menu()


@state("menu, all entries, everything unfolded")
def _(visitor: Visitor) -> None:
    menu(visitor)
    visitor.presses("a[href$='/all/']").unfolds_everything()


@state("menu, out of reach shown anyway")
def _(visitor: Visitor) -> None:
    menu(visitor)
    visitor.presses("a[href$='/anyway/']")


@state("menu, tray full")
def _(visitor: Visitor) -> None:
    menu(visitor)
    visitor.chooses(4).tries_one_more()
    expect(visitor.page.locator("#tray .wrap > span")).to_be_visible()


@state("menu, no groups at all", person=WITHOUT_GROUPS)
def _(visitor: Visitor) -> None:
    visitor.starts().shows_the_menu()


@state("intake, no groups at all", person=WITHOUT_GROUPS)
def _(visitor: Visitor) -> None:
    visitor.starts()


@state("one group")
def _(visitor: Visitor) -> None:
    visitor.opens("/groups/").presses("main article h3 a")


@state("one organisation")
def _(visitor: Visitor) -> None:
    visitor.opens("/groups/").presses("main article p a")
