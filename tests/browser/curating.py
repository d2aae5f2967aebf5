"""What the journeys of upkeep share: a person of one of the journeys' clinics at a browser, and their hands."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.visitor import Visitor

WAYS = {"mouse": Mouse, "keys": Keyboard, "plain": Mouse}
"""`plain` is with the mouse and without script."""
MOST_LOOKS = 200
ANSWERED = "error: Failed to load resource: the server responded with a status of "
"""The browser's own line on a page that comes with such a status."""


@dataclass(slots=True)
class Person:
    visitor: Visitor
    hands: Hands

    @property
    def page(self) -> Page:
        return self.visitor.page

    def opens(self, path: str) -> None:
        self.visitor.opens(path)

    def follows(self, name: str, about: str = "", *, within: Locator | None = None) -> None:
        """A link; `about` is what it says besides to those who hear the page."""
        self.hands.presses((within or self.page).get_by_role("link", name=said(name, about)).first)

    def presses(self, name: str, about: str = "", *, within: Locator | None = None) -> None:
        """A button that leads to another page."""
        self.hands.presses((within or self.page).get_by_role("button", name=said(name, about)).first)

    def writes(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.hands.writes((within or self.page).get_by_label(label, exact=True), text)

    def chooses(self, label: str, words: str, *, within: Locator | None = None) -> None:
        self.hands.chooses((within or self.page).get_by_label(label, exact=True), words)

    def answers(self, question: str, words: str, *, within: Locator | None = None) -> None:
        """Ticks an answer below a question."""
        self.hands.ticks(self.question(question, within).get_by_label(words, exact=True))

    def prefers(self, field: str, side: str) -> None:
        """Of two texts beside each other."""
        self.hands.ticks(self.question(field).get_by_label(re.compile(f"^{side}")))

    def question(self, words: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("group", name=words, exact=True)

    def sees(self, *words: str, within: Locator | None = None) -> None:
        for text in words:
            expect(within or self.page.locator("main")).to_contain_text(text)

    def waits_for(self, words: str) -> None:
        """For what a worker does meanwhile. Without script one looks again."""
        for _ in range(MOST_LOOKS):
            if self.visitor.has_script or self.page.get_by_text(words).count():
                break
            self.page.reload()
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=30_000)

    def complaints(self, *statuses: int) -> list[str]:
        """The browser's, besides its own lines on these statuses."""
        expected = tuple(f"{ANSWERED}{status} " for status in statuses)
        return [line for line in self.visitor.console if not expected or not line.startswith(expected)]


def said(name: str, about: str) -> re.Pattern[str]:
    """Whether hidden words come with a space before them is the browser's business."""
    return re.compile(rf"^{re.escape(name)}\s*:?\s*{re.escape(about)}$")


Meet = Callable[..., Person]
