"""What a browser would send for a form as it stands on a page, with some answers changed."""

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict

Sent = dict[str, list[str]]


class _Fields(HTMLParser):
    """Reads every field, as if all of them stood in one form; buttons are not pressed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: Sent = {}
        self.open: str = ""
        self.text = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "input" and has.get("name") and has.get("type") != "submit":
            self._input(has)
        elif tag in {"textarea", "select"}:
            self.open, self.text, self.options = has.get("name") or "", "", []
        elif tag == "option" and self.open:
            self.options.append((has.get("value") or "", "selected" in has))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.open:
            # A browser leaves out the line break that Django writes first.
            self._send(self.open, self.text.removeprefix("\n"))
        elif tag == "select" and self.open:
            chosen = [value for value, selected in self.options if selected]
            self._send(self.open, (chosen or [value for value, _selected in self.options[:1]])[0])
        if tag in {"textarea", "select"}:
            self.open = ""

    def _input(self, has: dict[str, str | None]) -> None:
        if has.get("type") in {"radio", "checkbox"} and "checked" not in has:
            return
        self._send(has["name"] or "", has.get("value") or ("on" if has.get("type") == "checkbox" else ""))

    def _send(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def sent(html: str, **changes: Any) -> Sent:
    """Of what stands in the page's main part. `meetings__0__start="18:30"` stands for the field `meetings-0-start`;
    None sends nothing under the name."""
    parser = _Fields()
    _head, _main, body = html.partition("<main")
    parser.feed(body.partition("</main>")[0] or html)
    parser.close()
    for name, value in changes.items():
        key = name.replace("__", "-")
        parser.sent.pop(key, None)
        if value is not None:
            parser.sent[key] = value if isinstance(value, list) else [value]
    return parser.sent


def query(said: Sent) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in said.items():
        data.setlist(name, values)
    return data
