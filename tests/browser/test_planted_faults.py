"""Each check of these tests finds the fault it is there for."""

import pytest

from tests.browser.axe import WIDTHS, too_wide, violations
from tests.browser.test_paper_and_traces import KEPT, WORDS
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.xdist_group("browser-journeys")


@pytest.fixture
def page(visitor: Visitor) -> Visitor:
    return visitor.opens("/sign-in/")


def planted(visitor: Visitor, html: str) -> None:
    visitor.page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<img src="/static/veivalg/icon.svg">', "image-alt"),
        ('<input type="text" name="x">', "label"),
        ('<button type="button"></button>', "button-name"),
        ('<a class="btn--go" href="#">a</a><a class="btn--go" href="#">b</a>', "target-size"),
    ],
)
def test_axe_finds_a_planted_violation(page: Visitor, html: str, rule: str) -> None:
    assert violations(page.page) == []
    planted(page, html)
    assert any(found.startswith(rule) for found in violations(page.page))


def test_axe_finds_faint_words(page: Visitor) -> None:
    page.page.locator("h1").evaluate("heading => { heading.style.color = '#ccc' }")
    assert any(found.startswith("color-contrast") for found in violations(page.page))


@pytest.mark.parametrize(
    ("tag", "attribute", "value"),
    [
        ("script", "textContent", "1"),
        ("script", "src", "https://elsewhere.invalid/a.js"),
        ("style", "textContent", "p{}"),
    ],
)
def test_what_the_policy_forbids_is_reported(page: Visitor, tag: str, attribute: str, value: str) -> None:
    page.page.evaluate(
        "([tag, more]) => document.head.append(Object.assign(document.createElement(tag), more))",
        [tag, {attribute: value}],
    )
    page.page.wait_for_timeout(200)
    assert any("Content Security Policy" in line for line in page.console)


def test_a_page_error_is_reported(page: Visitor) -> None:
    page.page.evaluate("setTimeout(() => { throw new Error('planted') }, 0)")
    page.page.wait_for_timeout(200)
    assert any("planted" in line for line in page.console)


def test_a_missing_file_is_reported(page: Visitor) -> None:
    planted(page, '<img src="/static/veivalg/no-such-file.svg" alt="">')
    page.page.wait_for_timeout(500)
    assert any("404" in line for line in page.console)


@pytest.mark.parametrize("width", WIDTHS)
def test_something_too_wide_is_found(page: Visitor, width: int) -> None:
    assert too_wide(page.page) == []
    planted(page, '<p id="wide">wide</p>')
    page.page.locator("#wide").evaluate("(one, width) => { one.style.width = `${width + 20}px` }", width)
    assert too_wide(page.page)


def test_something_kept_in_the_browser_is_found(page: Visitor) -> None:
    page.page.evaluate("localStorage.setItem('answer', '1'); sessionStorage.setItem('other', '2')")
    assert page.page.evaluate(KEPT) == ["answer", "other"]


def test_words_that_are_missing_on_paper_are_found(page: Visitor) -> None:
    planted(page, '<p class="tray">only on the screen</p><p hidden>nowhere</p>')
    assert "only on the screen" in page.page.evaluate(WORDS)
    assert "nowhere" not in page.page.evaluate(WORDS)
    page.page.emulate_media(media="print")
    assert "only on the screen" not in page.page.evaluate(WORDS)
