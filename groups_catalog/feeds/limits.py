"""How much of somebody else's file is held, and the one way to say no to a whole list.

Everything is counted before memory is spent on it, so that the worst file stays under 300 MB.
"""

from groups_catalog.feeds.model import Refused

MAX_BYTES = 20 * 1024 * 1024
"""Of a file as it comes, and again once it is unpacked."""
MAX_VALUES = 1_000_000
"""Cells of a table; names and values of a JSON text. A value takes up to a hundred bytes, however short it is."""
MAX_DEPTH = 20
"""Of JSON inside JSON; a meeting list needs three."""
MAX_ROWS = 50_000
MAX_MEETINGS = 100_000
"""A row may stand for thirty-five: every day of five weeks."""
MAX_COLUMNS = 200
MAX_CELL = 100_000
"""Characters."""
MAX_PARTS = 500
"""Files inside a workbook."""
MAX_RATIO = 200
"""How many times larger than its packed size a workbook may be; real ones stay under a hundred."""
MAX_GIVEN = 80
"""Characters of what stood there that a report repeats."""


class NotReadable(Exception):  # noqa: N818 - it says what the list is
    """Nothing of the list can be used; `refused` tells why."""

    def __init__(self, reason: str, given: object = "") -> None:
        self.refused = Refused(reason, str(given)[:MAX_GIVEN])
        super().__init__(reason)
