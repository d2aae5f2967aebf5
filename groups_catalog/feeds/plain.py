"""Whatever stands in a field of a list, as plain text: without markup, entities and characters nobody sees. Pure."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser
from math import isfinite

LONGEST = 4000
"""Characters of a field that are looked at."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_MARKUP = re.compile(r"[<&]")
_BREAKS = frozenset(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"])
_SILENT = frozenset(("script", "style"))


def plain(value: object) -> str:
    """A text or a number as lines of text; anything else as nothing."""
    text = _as_text(value)[:LONGEST]
    if _MARKUP.search(text):
        text = unescape(_without_markup(text))
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r", "\n").replace("\t", " ")))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def one_line(value: object) -> str:
    return plain(value).replace("\n", " ")


def has_digit(value: object) -> bool:
    """Whether a field for a number holds one, and not «n/a»."""
    return any(character.isdigit() for character in one_line(value))


def is_text(value: object) -> bool:
    """Whether a field holds something that can be read as text, be it empty."""
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where there is a gap."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:-") + "…"


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float):
        return f"{value:.10g}" if isfinite(value) else ""
    return str(value) if abs(value) < 10**40 else ""


def _without_markup(text: str) -> str:
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # The standard library's way of refusing a malformed «<![».
        return re.sub(r"<[^>]*>?", " ", text)
    return "".join(reader.said)


class _Reader(HTMLParser):
    """Keeps the text, breaks lines where a browser would, and says whom a link writes to or calls."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = self.silent or tag in _SILENT
        self.said.extend(["\n"] if tag in _BREAKS else [])
        target = dict(attrs).get("href") or ""
        # An address that only the markup holds has to be seen by `privacy`, which then leaves the sentence out.
        self.said.extend([f" {target} "] if target.casefold().startswith(("mailto:", "tel:", "sms:")) else [])

    def handle_endtag(self, tag: str) -> None:
        self.silent = self.silent and tag not in _SILENT
        self.said.extend(["\n"] if tag in _BREAKS else [])

    def handle_data(self, data: str) -> None:
        self.said.extend([] if self.silent else [data])
