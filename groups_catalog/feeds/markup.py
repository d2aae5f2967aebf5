"""Reads the XML of a workbook as it streams by, and holds nothing that is not asked for."""

from collections.abc import Sized
from typing import Any
from xml.sax.handler import ContentHandler

from defusedxml import sax

from groups_catalog.feeds.limits import MAX_BYTES, MAX_CELL, NotReadable

MAX_NESTING = 50
MAX_NAMES = 2_000
"""A parser remembers every name it meets."""
MAX_ELEMENTS = 3_000_000
"""A few seconds' reading."""
MAX_LISTED = 20_000
"""Styles, sheets, links."""

Attributes = dict[str, str]


class Streamed(ContentHandler):
    """Calls `begin` and `finish` by the names without their prefix; `heard` is the text since `listen`."""

    def __init__(self) -> None:
        super().__init__()
        self._nesting = self._elements = 0
        self._names: set[str] = set()
        self._listening = False
        self._pieces: list[str] = []
        self._length = 0
        self._total = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element starts."""

    def finish(self, name: str) -> None:
        """An element ends."""

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the parser's name for it
        self._nesting += 1
        self._elements += 1
        self._names.add(name)
        self._names.update(attrs.keys())
        if self._nesting > MAX_NESTING or self._elements > MAX_ELEMENTS or len(self._names) > MAX_NAMES:
            raise NotReadable("workbook_too_complex")
        self.begin(_plain(name), {_plain(key): value for key, value in attrs.items()})

    def endElement(self, name: str) -> None:  # noqa: N802 - the parser's name for it
        self._nesting -= 1
        self.finish(_plain(name))

    def characters(self, content: str) -> None:
        if self._listening:
            self._length += len(content)
            if self._length > MAX_CELL:
                raise NotReadable("cell_too_large")
            self._pieces.append(content)

    def fresh(self) -> None:
        self._pieces, self._length = [], 0

    def listen(self, on: bool) -> None:
        self._listening = on

    def heard(self) -> str:
        text = "".join(self._pieces)
        self.count_text(text)
        return text

    def count_text(self, text: str) -> None:
        """One long text that thousands of cells point to becomes thousands of long texts further on."""
        self._total += len(text)
        if self._total > MAX_BYTES:
            raise NotReadable("too_large_unpacked")


def _plain(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def at_most(listed: Sized, limit: int = MAX_LISTED) -> None:
    if len(listed) > limit:
        raise NotReadable("workbook_too_complex")


def stream(xml: bytes, handler: Streamed) -> None:
    """No document type, no entities, nothing fetched from outside: a workbook needs none of them."""
    if not xml:
        return
    try:
        sax.parseString(xml, handler, forbid_dtd=True)
    except NotReadable:
        raise
    except Exception as error:
        # What a hostile or broken part can set off has no end: numbers, encodings, nesting, the parser's own errors.
        raise NotReadable("workbook_broken") from error
