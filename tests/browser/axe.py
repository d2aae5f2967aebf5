"""Automatic checks of a page as it stands: axe (WCAG 2.2 A and AA), sideways scroll."""

import os
from functools import cache
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.browser.site import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390, 320)
# The layout has no break between 390 and 320 px, so one of the two is enough for axe. The one at which `too_wide`
# leaves the page comes first: each new width is a page drawn anew.
AXE_WIDTHS = (320, 1280)
RUN = """
async tags => (await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}))
  .violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.html).join(" | ").slice(0, 600)}`)
"""
TOO_WIDE = """
() => {
  const {scrollWidth} = document.documentElement;
  if (scrollWidth <= innerWidth) return [];
  const all = [...document.body.querySelectorAll("*")];
  const out = all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 3);
  return [`${scrollWidth} > ${innerWidth}: ` + out.map(one => one.outerHTML.slice(0, 150)).join(" | ")];
}
"""


def axe_core() -> Path:
    return Path(os.environ.get("AXE_CORE", ROOT / "node_modules/axe-core/axe.min.js"))


def violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def too_wide(page: Page) -> list[str]:
    """What sticks out, at every width the site promises."""
    found: list[str] = []
    for width in WIDTHS:
        at_width(page, width)
        found += page.evaluate(TOO_WIDE)
    return found


def at_width(page: Page, width: int) -> None:
    wanted: ViewportSize = {"width": width, "height": 900}
    if page.viewport_size != wanted:
        page.set_viewport_size(wanted)


@cache
def _source() -> str:
    return axe_core().read_text(encoding="utf-8")
