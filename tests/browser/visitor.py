"""A person at a browser: what they do, in the words of the journey. Selectors live here and nowhere else."""

from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import FilePayload, Locator, Page, expect

from clinics.demo import DEMO_PASSWORD
from tests.browser.site import Site

MOST_TABS = 400


@dataclass(slots=True)
class Visitor:
    page: Page
    site: Site
    has_script: bool = True
    console: list[str] = field(default_factory=list)
    """What the browser complained of: console lines, page errors, policy reports, failed requests."""
    requests: list[str] = field(default_factory=list)

    def opens(self, path: str) -> Self:
        self.page.goto(self.site.address + path)
        return self

    def as_new(self, person: str | None, language: str) -> Self:
        """In a window that remembers nothing but who is signed in, if anybody, and their language."""
        said = {"django_language": language, **({"sessionid": self.site.session_of(person)} if person else {})}
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.site.address} for name, value in said.items()]
        )
        # Nothing is pointed at.
        self.page.mouse.move(0, 0)
        self.console.clear()
        self.requests.clear()
        return self

    def signs_in(self, username: str = "clinician", password: str = DEMO_PASSWORD) -> Self:
        self.opens("/sign-in/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(password)
        self.presses("main form button[type=submit]")
        return self

    def starts(self) -> Self:
        """A consultation with no answers, whatever was open before."""
        self.opens("/intake/")
        clear = self.page.locator("main form[action='/clear-next/'] button")
        if clear.count():
            clear.click()
        else:
            self.presses("main form[action='/intake/'] button")
        self.page.wait_for_url("**/intake/*-*/")
        return self

    def answers(self, question: str, *options: str) -> Self:
        for option in options:
            self._lets_the_page_follow(self.option(question, option))
        return self

    def marks(self, *questions: str) -> Self:
        """This matters most."""
        for question in questions:
            self._lets_the_page_follow(self.page.locator(f"[name=matters][value={question}]"))
        return self

    def names_the_place(self, place: str) -> Self:
        box = self.page.locator("input[list=places]")
        box.fill(place)
        if self.has_script:
            with self.page.expect_response("**/live/"):
                box.blur()
        return self

    def shows_the_menu(self) -> Self:
        """By the button in sight: on a small screen it stands in a bar at the bottom."""
        return self.presses("#intake-form .btn--go:visible")

    def chooses(self, number: int) -> Self:
        """Takes the first so many groups that are not in the tray yet."""
        for _ in range(number):
            before = self.tray.count()
            self.page.locator("main .item__act button[aria-pressed=false]").first.click()
            expect(self.tray).to_have_count(before + 1)
        return self

    def tries_one_more(self) -> Self:
        self.page.locator("main .item__act button[aria-pressed=false]").first.click()
        return self

    def puts_one_back(self) -> Self:
        """By the entry's own button, which every screen has; a phone's tray shows no names."""
        before = self.tray.count()
        self.page.locator("main .item__act button[aria-pressed=true]").first.click()
        expect(self.tray).to_have_count(before - 1)
        return self

    def clears_and_leaves(self) -> Self:
        self.presses("[data-leave] button")
        self.page.wait_for_url("**/left/")
        return self

    def switches_the_language(self) -> Self:
        self.presses(".lang button[name=language]")
        return self

    def unfolds_everything(self) -> Self:
        self.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        return self

    def presses(self, selector: str) -> Self:
        """Presses a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self

    def fills(self, name: str, text: str) -> Self:
        self.page.locator(f"main [name='{name}']").fill(text)
        return self

    def ticks(self, name: str, value: str) -> Self:
        self.page.locator(f"main [name='{name}'][value='{value}'], main [name='{name}']:not([value])").check()
        return self

    def uploads(self, name: str, file: str, data: bytes) -> Self:
        given = FilePayload(name=file, mimeType="application/octet-stream", buffer=data)
        self.page.locator(f"main [name='{name}']").set_input_files(given)
        return self

    def tabs_to(self, selector: str, key: str = "Tab") -> Self:
        """Only with the Tab key, onwards or back."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return self
            self.page.keyboard.press(key)
        raise AssertionError(f"{selector} cannot be reached with Tab")

    def types(self, *keys: str) -> Self:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def option(self, question: str, option: str) -> Locator:
        return self.page.locator(f"[name={question}][value={option}]")

    @property
    def tray(self) -> Locator:
        return self.page.locator("#tray .pill")

    @property
    def order(self) -> list[str]:
        """The groups on the menu, from the top."""
        return self.page.locator("main article.item").evaluate_all("items => items.map(item => item.id)")

    @property
    def total_so_far(self) -> int:
        return int(self.page.locator("#so-far .big").inner_text())

    def _lets_the_page_follow(self, box: Locator) -> None:
        if not self.has_script:
            box.check()
            return
        with self.page.expect_response("**/live/"):
            box.check()
