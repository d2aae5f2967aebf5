"""Every page and state, in both languages: nothing for axe to find, no sideways scroll, a silent console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import StorageState

from tests.browser import states_upkeep
from tests.browser.axe import AXE_WIDTHS, too_wide, violations
from tests.browser.conftest import NewVisitor
from tests.browser.states import STATES, State
from tests.browser.visitor import Visitor

assert states_upkeep, "imported for the states that it adds"
LANGUAGES = [pytest.param(code, marks=pytest.mark.xdist_group(f"browser-{code}")) for code in ("en", "nb")]
# What the browser itself says of a page that is answered with such a status.
STATUS_LINE = "error: Failed to load resource: the server responded with a status of {status} "


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name.replace(" ", "_"))
def test_a_page_is_sound(
    state: State, language: str, new_visitor: NewVisitor, signed_in: Callable[[str], StorageState]
) -> None:
    visitor = new_visitor(storage_state=signed_in(state.person)) if state.person else new_visitor()
    speaks(visitor, language)
    state.reach(visitor)
    assert visitor.page.locator("h1").count() == 1
    assert visitor.page.locator("html").get_attribute("lang") == language
    assert visitor.page.title().strip(" –").removesuffix("Veivalg")
    assert too_wide(visitor.page) == []
    assert complaints(visitor, state) == []
    assert outside(visitor) == []
    assert [found for width in AXE_WIDTHS for found in violations_at(visitor, width)] == []


def speaks(visitor: Visitor, language: str) -> None:
    cookie = {"name": "django_language", "value": language, "url": visitor.site.address}
    visitor.page.context.add_cookies([cookie])


def complaints(visitor: Visitor, state: State) -> list[str]:
    """The console, without the browser's own line on the page's expected status."""
    expected = STATUS_LINE.format(status=state.status)
    return [line for line in visitor.console if state.status == 200 or not line.startswith(expected)]


def outside(visitor: Visitor) -> list[str]:
    return [address for address in visitor.requests if not address.startswith(visitor.site.address)]


def violations_at(visitor: Visitor, width: int) -> list[str]:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    return violations(visitor.page)
