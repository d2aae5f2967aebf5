"""A date as one writes it in Norway, known to the day, the month or the year: 17.05.2026, 05.2026, 2026. Pure."""

import re

_DOTTED = re.compile(r"(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?(\d{4})")


def as_iso(written: str) -> str:
    """`2026-05-17`, `2026-05` or `2026`; what is no such date comes back as it was written."""
    found = _DOTTED.fullmatch(written.strip().rstrip("."))
    if not found:
        return written
    day, month, year = found.groups()
    return "-".join([year, f"{month:>02}", *([f"{day:>02}"] if day else [])])
