"""A browser, a site of its own, and people signed in to it. What is missing is skipped with its reason."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.axe import axe_core
from tests.browser.curating import WAYS, Meet, Person
from tests.browser.site import Site, prepared, serving
from tests.browser.visitor import Visitor

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Of several such lists the browser heeds the last, so what Playwright switches off stands here again. The first
    # two are pages of the browser's own that it would draw below the address line of each window, at a third of the
    # cost of all these tests.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning",
)
WIDE = {"width": 1280, "height": 900}
# What Chromium tells of what it has done, which is no complaint: a header obeyed, a focus that was set already.
TOLD = re.compile(
    r"info: (Clear-Site-Data header on '[^']*': Cleared|Autofocus processing was blocked) .*", re.DOTALL
)
SECONDS_TO_WAIT = 20
NewVisitor = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what stands in this folder, and skips it where the browser or the checker is missing."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if reason := missing():
                item.add_marker(pytest.mark.skip(reason=reason))


def missing() -> str:
    """Why the browser tests cannot run here; empty when they can."""
    if not os.access(CHROMIUM, os.X_OK):
        return f"no browser at {CHROMIUM}: install Chromium, or name it in CHROMIUM"
    if not axe_core().is_file():
        return f"no axe-core at {axe_core()}: run `npm ci`, or name the file in AXE_CORE"
    return ""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    base, folder = tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("site")
    # Several processes share what is prepared; each serves a copy of its own.
    prepared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base, folder)
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Per module: while it is open its event loop stands in the way of database tests on the same worker.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def new_visitor(chromium: Browser, site: Site) -> Iterator[NewVisitor]:
    """Opens a browser window with nothing remembered: `new_visitor(script=False, width=390)`."""
    visitors: list[Visitor] = []

    def open_window(**options: Any) -> Visitor:
        visitors.append(a_window(chromium, site, **options))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.page.context.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()


@pytest.fixture(scope="module")
def window(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """One for many pages, since opening a window costs as much as a page: each test starts with `as_new`."""
    visitor = a_window(chromium, site)
    yield visitor
    visitor.page.context.close()


@pytest.fixture
def meet(new_visitor: NewVisitor) -> Meet:
    """`meet("desk", "keys")`: the curator of the clinic of that journey, who uses the keyboard alone."""

    def person(journey: str, way: str, who: str = "curator") -> Person:
        visitor = new_visitor(script=way != "plain")
        visitor.as_new(f"{journey}-{way}-{who}", "en")
        return Person(visitor, WAYS[way](visitor.page))

    return person


def a_window(
    chromium: Browser, site: Site, *, script: bool = True, width: int = WIDE["width"], **options: Any
) -> Visitor:
    context = chromium.new_context(
        java_script_enabled=script, viewport=WIDE | {"width": width}, reduced_motion="reduce", **options
    )
    context.set_default_timeout(SECONDS_TO_WAIT * 1000)
    return watched(Visitor(context.new_page(), site, script))


def watched(visitor: Visitor) -> Visitor:
    """Writes down everything the browser complains of, and every address it asks for."""
    page: Page = visitor.page

    def said(message: ConsoleMessage) -> None:
        line = f"{message.type}: {message.text}"
        if not TOLD.fullmatch(line):
            visitor.console.append(line)

    page.on("console", said)
    page.on("pageerror", lambda error: visitor.console.append(f"error: {error}"))
    page.on("request", lambda request: visitor.requests.append(request.url))
    return visitor
