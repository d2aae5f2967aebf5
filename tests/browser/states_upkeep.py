"""The pages of upkeep, in every state: a clinic that has kept nothing yet, and one that has for a while."""

import re

from playwright.sync_api import expect

from tests.browser.people import ADMIN, CURATOR, SECOND, WITHOUT_ANYTHING_KEPT
from tests.browser.states import page, prepared_page, state
from tests.browser.visitor import Visitor

CLINICIAN = "kept-clinician"
A_TABLE = "Id,Version,Navn,Status\r\nhavna,x,,gone\r\nnobody,1,Havna,published\r\n"


def then_the_summary_has_the_focus(visitor: Visitor) -> None:
    expect(visitor.page.locator("#error-summary")).to_be_focused()
    expect(visitor.page).to_have_title(re.compile("^(Error|Feil):"))


# --- a clinic that has kept nothing yet ---
for room in ("", "feeds/", "drafts/", "reports/", "duplicates/", "sample/", "organisations/", "changes/"):
    page(f"upkeep, nothing yet, {room or 'desk'}", f"/upkeep/{room}", person=WITHOUT_ANYTHING_KEPT)

# --- the desk ---
page("desk", "/upkeep/", person=CURATOR)
page("desk, filtered", "/upkeep/?reason=all&mode=in_person&sort=name&q=a", person=CURATOR)
page("desk, no entry passes the filters", "/upkeep/?q=no+such+group", person=CURATOR)
for status in ("draft", "paused", "closed", "all"):
    page(f"desk, {status}", f"/upkeep/?status={status}", person=CURATOR)


@state("desk, some selected", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/").tabs_to("[name=groups]").types("x", "j", "x")
    expect(visitor.page.locator("[data-row].on")).to_have_count(2)


@state("desk, with the keys among drafts and closed groups", person=CURATOR)
def _(visitor: Visitor) -> None:
    """Which cannot be selected: the focus stands on their names."""
    visitor.opens("/upkeep/?status=closed").tabs_to("[data-name]").types("x", "v", "j")
    expect(visitor.page.locator("[data-name]").nth(1)).to_be_focused()
    expect(visitor.page.locator("[data-row].on")).to_have_count(0)


@state("desk, nothing selected", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/").presses("[data-bar] .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("noted as still correct, with undo", person=WITHOUT_ANYTHING_KEPT)
def _(visitor: Visitor) -> None:
    """Any notice will do; this one changes nothing that another state shows."""
    visitor.opens("/upkeep/settings/").presses("main .btn--go")
    expect(visitor.page.locator(".notices")).to_be_visible()


# --- entries ---
page("one group, as a curator", "/groups/havna/", person=CURATOR)
page("one group, paused", "/groups/lyset/", person=CURATOR)
page("one group, closed", "/groups/grinda/", person=CURATOR)
page("one group, a draft", "/groups/myra/", person=CURATOR)
page("one group, by appointment", "/groups/neset/", person=CLINICIAN)
page("one group, merged into another", "/groups/odden-2/", person=CURATOR)
page("one organisation, as a curator", "/organisations/na/", person=CURATOR)
page("new group", "/upkeep/groups/new/", person=CURATOR)
page("edit a group", "/groups/havna/edit/", person=CURATOR)
page("facts of a group", "/groups/havna/facts/", person=CURATOR)
page("facts of an organisation", "/organisations/na/facts/", person=CURATOR)
page("one fact", "/groups/havna/facts/touch_custom/", person=CURATOR)
page("one fact, with several answers", "/groups/havna/facts/problem_focus/", person=CURATOR)
page("one fact, which the entry answers", "/groups/havna/facts/mode/", person=CURATOR)
page("one fact, about people", "/groups/havna/facts/hierarchy_observed/", person=CURATOR)
page("one fact, of an organisation", "/organisations/na/facts/spirituality/", person=CURATOR)
page("organisations", "/upkeep/organisations/", person=CURATOR)
page("new organisation", "/upkeep/organisations/new/", person=CURATOR)
prepared_page("edit an organisation", "own organisation", "edit/", person=CURATOR)


@state("new group, errors", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/groups/new/").fills("name", " ").fills("meetings-0-start", "18:00")
    visitor.fills("link", "http://example.org").presses("[name=publish]")
    then_the_summary_has_the_focus(visitor)


@state("edit a group, one time more, another place", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/groups/havna/edit/")
    times = visitor.page.locator("#times > .time")
    before = times.count()
    # There is an empty one already, which is filled in first.
    times.last.locator("input[type=checkbox]").first.check()
    times.last.locator("input[type=time]").first.fill("18:00")
    visitor.page.locator("[name=redraw][value=row]").click()
    expect(times).to_have_count(before + 1)
    visitor.page.locator("[data-zoom='0.5']").click()
    visitor.page.locator("[data-map] svg").click(position={"x": 20, "y": 20})
    expect(visitor.page.locator("#whereabouts .care")).to_be_visible()


@state("one fact, errors", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/groups/kaia/facts/hierarchy_observed/").ticks("answer", "marked")
    visitor.fills("dated", "yesterday").presses("[name=save]")
    then_the_summary_has_the_focus(visitor)


@state("new organisation, errors", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/organisations/new/").fills("text-first_meeting-text_en", "You are met at the door.")
    visitor.presses("main .btn--go")
    then_the_summary_has_the_focus(visitor)


# --- history ---
page("history", "/groups/havna/history/", person=CURATOR)
page("history, nobody has edited it", "/organisations/aa/history/", person=CURATOR)
page("one version", "/groups/havna/history/3/", person=CURATOR)
page("the version that stands", "/groups/havna/history/6/", person=CURATOR)
page("all changes", "/upkeep/changes/", person=CURATOR)
page("all changes, none fits", "/upkeep/changes/?kind=closed", person=CURATOR)
page("settings of the clinic", "/upkeep/settings/", person=ADMIN)
page("drafts", "/upkeep/drafts/", person=CURATOR)
prepared_page("one change", "a change", person=CURATOR)
prepared_page("draft, one's own", "draft, unmoved", person=CURATOR)
for name in ("new", "unmoved", "moved", "declined"):
    prepared_page(f"draft, {name}", f"draft, {name}", person=SECOND)
prepared_page("draft, of an organisation", "draft, of an organisation", person=CURATOR)


@state("draft, accepted without a choice", person=SECOND)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["draft, moved"]).presses("[value=accept]")
    then_the_summary_has_the_focus(visitor)


@state("draft, declined without a reason", person=SECOND)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["draft, new"]).presses("[value=decline]")
    then_the_summary_has_the_focus(visitor)


@state("saved meanwhile", person=CURATOR, status=409)
def saved_meanwhile(visitor: Visitor) -> None:
    """As if the page had been opened before a colleague saved."""
    visitor.opens("/groups/havna/edit/").page.locator("[name=based_on]").evaluate("field => { field.value = 4 }")
    visitor.fills("name", "Havna på fredag").fills("venue", "Strandgata 16").presses("[name=save][value='1']")
    expect(visitor.page.locator("main .note--warn")).to_be_visible()


@state("saved meanwhile, without a choice", person=CURATOR, status=409)
def _(visitor: Visitor) -> None:
    saved_meanwhile(visitor)
    visitor.presses("main .btn--go")
    then_the_summary_has_the_focus(visitor)


# --- sample, duplicates, spreadsheet, reports ---
page("samples", "/upkeep/sample/", person=CURATOR)
prepared_page("a sample", "a sample", person=CURATOR)
prepared_page("a sample, all called", "a sample, all called", person=CURATOR)
page("duplicates", "/upkeep/duplicates/", person=CURATOR)
page("merge", "/upkeep/duplicates/elvebredden/elvebredden-2/", person=CURATOR)
page("merge with another group", "/groups/havna/merge/", person=CURATOR)
page("merge with another group, found", "/groups/havna/merge/?q=hamar", person=CURATOR)
page("merge with another group, none found", "/groups/havna/merge/?q=no+such+group", person=CURATOR)
page("spreadsheet", "/upkeep/spreadsheet/", person=CURATOR)
prepared_page("what a sheet changes", "a sheet", person=CURATOR)
page("reports", "/upkeep/reports/", person=CURATOR)
page("report", "/groups/havna/report/", person=CLINICIAN)
prepared_page("report, by anybody", "a public report", person=None)
page("reported, by anybody", "/r/thanks/", person=None)


@state("a sample, a call without a result", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["a sample"]).presses("main li:last-child article form .btn")
    expect(visitor.page.locator(".q__error")).to_be_visible()


@state("spreadsheet, no file", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/spreadsheet/").presses("main form .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("spreadsheet, faults", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/spreadsheet/").uploads("sheets", "groups.csv", A_TABLE.encode())
    visitor.presses("main form .btn--go")
    expect(visitor.page.locator("main .errsum").first).to_be_visible()


@state("what a sheet changes, without a choice", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["a sheet"]).presses("main form .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("report, error", person=CLINICIAN)
def _(visitor: Visitor) -> None:
    visitor.opens("/groups/havna/report/").presses("main form .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("report, by anybody, error", person=None)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["a public report"]).presses("main form .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("report, by anybody, too many", person=None, status=429)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["a public report too many"]).ticks("kind", "moved")
    visitor.presses("main form .btn--go")


# --- meeting lists ---
page("meeting lists", "/upkeep/feeds/", person=CURATOR)
page("new list", "/upkeep/feeds/new/", person=CURATOR)
page("new list, by address", "/upkeep/feeds/new/", person=ADMIN)
prepared_page("a list", "a list", person=CURATOR)
prepared_page("a list with an address", "a list with an address", person=ADMIN)
prepared_page("settings of a list", "a list with an address", "settings/", person=ADMIN)
for kind in ("new", "changed", "gone", "back", "renamed", "problems"):
    prepared_page(f"reading, {kind}", "list, ready", f"?show={kind}", person=CURATOR)
OUTCOMES = ("taken over", "refused", "headings not known", "held back", "undone", "unchanged", "waiting")
LEFT_OPEN = ("partly taken over", "the rest")
for outcome in (*OUTCOMES, *LEFT_OPEN, "being read", "being written", "interrupted", "failed", "given up"):
    prepared_page(f"reading, {outcome}", f"list, {outcome}", person=CURATOR)
prepared_page("match the columns", "list, columns", person=CURATOR)


@state("new list, errors", person=ADMIN)
def _(visitor: Visitor) -> None:
    visitor.opens("/upkeep/feeds/new/").fills("timezone", "Nowhere").ticks("scheduled", "on")
    visitor.presses("main form .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("a list, no file", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["a list"]).presses("main form.panel .btn--go")
    then_the_summary_has_the_focus(visitor)


@state("match the columns, errors", person=CURATOR)
def _(visitor: Visitor) -> None:
    visitor.opens(visitor.site.addresses["list, columns"]).presses("main form .btn--go")
    then_the_summary_has_the_focus(visitor)
