"""Two ways of using a page: with the mouse, and with the keyboard alone. A journey is told once, for both."""

import re
from typing import Protocol

from playwright.sync_api import FilePayload, Locator, Page, expect

MOST_TABS = 400
IS_FOCUSED = "element => element === document.activeElement"
HAS_THE_GROUP = "element => document.activeElement.type === 'radio' && document.activeElement.name === element.name"
UNLESS_GONE = "element => element.isConnected ? ({sign})(element) : null"


class Hands(Protocol):
    def presses(self, what: Locator) -> None:
        """Something that leads to another page."""

    def pushes(self, what: Locator) -> None:
        """Something that changes the page it stands on."""

    def ticks(self, what: Locator) -> None:
        """A box, or one of several round ones."""

    def writes(self, where: Locator, text: str) -> None: ...

    def chooses(self, where: Locator, words: str) -> None:
        """From a list that folds out."""

    def gives(self, where: Locator, name: str, data: bytes) -> None:
        """A file."""


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def presses(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()

    def pushes(self, what: Locator) -> None:
        what.click()

    def ticks(self, what: Locator) -> None:
        what.check()

    def writes(self, where: Locator, text: str) -> None:
        where.fill(f"{text[:2]}:{text[2:]}" if where.get_attribute("type") == "time" else text)

    def chooses(self, where: Locator, words: str) -> None:
        where.select_option(label=words)

    def gives(self, where: Locator, name: str, data: bytes) -> None:
        where.set_input_files(payload(name, data))


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.at_hand: list[FilePayload] = []
        # Listened for from the start: the browser opens a window of its own where nobody listens yet.
        page.on("filechooser", lambda asked: asked.set_files(self.at_hand))

    def presses(self, what: Locator) -> None:
        self.reaches(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def pushes(self, what: Locator) -> None:
        self.reaches(what)
        self.page.keyboard.press("Enter")

    def ticks(self, what: Locator) -> None:
        """Of round ones Tab reaches one, and the arrows the others."""
        if what.get_attribute("type") != "radio":
            self.reaches(what)
            self.page.keyboard.press("Space")
        else:
            self._turns_to(what)
        expect(what).to_be_checked()

    def writes(self, where: Locator, text: str) -> None:
        self.reaches(where)
        if where.get_attribute("type") == "time":
            # This browser's clock has twelve hours, and takes twenty-four as well.
            text += "PM" if text >= "1200" else "AM"
        else:
            self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def chooses(self, where: Locator, words: str) -> None:
        """With the arrows; typing what one looks for is quicker, but not on a slow machine."""
        self.reaches(where)
        for _ in range(MOST_TABS):
            if where.locator("option:checked").inner_text() == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{words}” is not to choose from")

    def gives(self, where: Locator, name: str, data: bytes) -> None:
        self.at_hand = [payload(name, data)]
        self.reaches(where)
        self.page.keyboard.press("Space")
        expect(where).to_have_value(re.compile(re.escape(name)))

    def reaches(self, what: Locator, sign: str = IS_FOCUSED) -> None:
        """With the Tab key only, from wherever the focus is."""
        # Looked for once, and again where the page was drawn anew meanwhile: looking by words costs more than a key.
        element, unless_gone = what.element_handle(), UNLESS_GONE.format(sign=sign)
        for _ in range(MOST_TABS):
            reached = element.evaluate(unless_gone)
            if reached:
                return
            if reached is None:
                element = what.element_handle()
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} cannot be reached with Tab")

    def _turns_to(self, what: Locator) -> None:
        self.reaches(what, HAS_THE_GROUP)
        self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if what.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{what} cannot be reached with the arrows")


def payload(name: str, data: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
