"""What stands on paper, and what is left behind in the browser."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser-journeys")
# Every text inside the page's main part that can be seen. What can only be pressed is not for paper.
WORDS = """
() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.replace(/\\s+/g, " ").trim();
    const place = node.parentElement;
    if (!text || place.closest(".noprint, .item__act, .btn")) continue;
    // What only screen readers say is one pixel wide.
    const {width, height} = place.getBoundingClientRect();
    const seen = place.checkVisibility({visibilityProperty: true, opacityProperty: true});
    if (seen && width > 1 && height > 1) found.push(text);
  }
  return found;
}
"""
KEPT = """
async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(one => one.name), ...(await caches.keys())]
"""


@pytest.fixture
def menu(visitor: Visitor) -> Visitor:
    """A menu of all entries, with groups out of reach, as it opens: folded."""
    visitor.signs_in().starts().answers("q1_help_with", "alcohol").answers("q7_format", "dialogue")
    visitor.answers("q9_avoid", "touch").answers("q12_language", "en").shows_the_menu()
    return visitor.presses("a[href$='/all/']")


def test_paper_shows_every_word_of_the_menu(menu: Visitor) -> None:
    menu.page.emulate_media(media="print")
    on_paper = menu.page.evaluate(WORDS)
    menu.page.emulate_media(media="screen")
    menu.unfolds_everything()
    on_screen = menu.page.evaluate(WORDS)
    assert len(on_screen) > 500
    assert [words for words in on_screen if words not in set(on_paper)] == []
    assert len(on_paper) >= len(on_screen)


def test_every_part_of_an_entry_and_of_the_menu_is_on_paper(menu: Visitor) -> None:
    menu.page.emulate_media(media="print")
    for part in (
        ".why li",
        ".care li",
        ".good li",
        ".ask li",
        ".change li",
        ".change p",
        ".facts dd",
        ".made",
        "#reach",
    ):
        places = menu.page.locator(f"main {part}")
        assert places.count(), part
        assert all(place.is_visible() for place in places.all()), part


def test_the_printed_file_holds_every_word(menu: Visitor, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed, so the printed file cannot be read")
    pdf = tmp_path / "menu.pdf"
    menu.page.pdf(path=pdf, format="A4")
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S603,S607
    menu.unfolds_everything()
    on_screen = menu.page.evaluate(WORDS)
    assert [words for words in on_screen if packed(words) not in packed(text)] == []


def packed(text: str) -> str:
    """Letters and digits only: lines are broken and hyphens set anew on paper."""
    return "".join(filter(str.isalnum, text))


def test_nothing_stays_in_the_browser_and_no_answer_is_in_an_address(menu: Visitor) -> None:
    menu.chooses(2)
    assert menu.page.evaluate(KEPT) == []
    assert {cookie["name"] for cookie in menu.page.context.cookies()} <= {"sessionid", "csrftoken", "django_language"}
    assert all(cookie["httpOnly"] for cookie in menu.page.context.cookies())
    menu.clears_and_leaves()
    assert menu.page.evaluate(KEPT) == []
    assert menu.page.context.cookies() == []


def test_no_answer_is_in_an_address_or_in_the_log(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    visitor.signs_in().starts().names_the_place("Canaryby").answers("q5_safety_history", "yes_want_group_for_it")
    visitor.marks("q7_format").switches_the_language().shows_the_menu()
    visitor.chooses(1).presses("a[href$='/all/']").switches_the_language()
    told = "".join(visitor.requests) + visitor.site.log
    assert "/live/" in told
    for canary in ("Canaryby", "yes_want_group_for_it", "safety", "q7_format"):
        assert canary not in told
    assert all(address.startswith(visitor.site.address) for address in visitor.requests)
