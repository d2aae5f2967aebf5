"""Every page and state, in both languages: nothing for axe to find, no sideways scroll, a silent console."""

import pytest

from tests.browser import states_upkeep
from tests.browser.axe import AXE_WIDTHS, WIDTHS, at_width, too_wide, violations
from tests.browser.states import STATES, State
from tests.browser.visitor import Visitor

assert states_upkeep, "imported for the states that it adds"
LANGUAGES = [pytest.param(code, marks=pytest.mark.xdist_group(f"browser-{code}")) for code in ("en", "nb")]
HEAD = "() => [document.querySelectorAll('h1').length, document.documentElement.lang, document.title]"
# What the browser itself says of a page that is answered with such a status.
STATUS_LINE = "error: Failed to load resource: the server responded with a status of {status} "


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name.replace(" ", "_"))
def test_a_page_is_sound(state: State, language: str, window: Visitor) -> None:
    visitor = window.as_new(state.person, language)
    at_width(visitor.page, max(WIDTHS))
    state.reach(visitor)
    headings, spoken, title = visitor.page.evaluate(HEAD)
    assert headings == 1
    assert spoken == language
    assert title.strip(" –").removesuffix("Veivalg")
    assert too_wide(visitor.page) == []
    assert complaints(visitor, state) == []
    assert outside(visitor) == []
    assert [found for width in AXE_WIDTHS for found in violations_at(visitor, width)] == []


def complaints(visitor: Visitor, state: State) -> list[str]:
    """The console, without the browser's own line on the page's expected status."""
    expected = STATUS_LINE.format(status=state.status)
    return [line for line in visitor.console if state.status == 200 or not line.startswith(expected)]


def outside(visitor: Visitor) -> list[str]:
    return [address for address in visitor.requests if not address.startswith(visitor.site.address)]


def violations_at(visitor: Visitor, width: int) -> list[str]:
    at_width(visitor.page, width)
    return violations(visitor.page)
