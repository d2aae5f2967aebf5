"""Which week of the month a meeting returns in: «1. og 3. mandag i måneden», «siste», «every week». Pure."""

import re

from groups_catalog.feeds.columns import columns
from groups_catalog.feeds.times import SUNDAY_IS_0, folded, parse_days

WEEKLY = ("week",)
ORDER = ("first", "second", "third", "fourth", "last")
TOKEN = re.compile(r"\d+(?:st|nd|rd|th)|\d+\.?|[^\W\d_]+")
EVERY_OTHER = re.compile(r"\b(?:every|each|hver|hvert|kvar)\s+(?:other|second|2nd|2\.?|annen|annet|andre|anna)\b")
OF_THE_MONTH = re.compile(r"\b(?:month|maned)")
EACH = re.compile(r"\b(?:every|each|hver|hvert|kvar)\b")


def weeks_of(text: str) -> tuple[str, ...] | None:
    """`week`, or weeks of the month; None for what the catalog has no word for, such as every other week."""
    written = folded(text)
    tokens = TOKEN.findall(written)
    if not tokens or columns().word("every", text) == "week":
        return WEEKLY
    known = [_week(token) for token in tokens]
    strange = any(not week and not _beside(token) for token, week in zip(tokens, known, strict=True))
    if strange or _is_every_other(written):
        return None
    return tuple(week for week in ORDER if week in known) or (WEEKLY if "week" in known else None)


def day_and_weeks(text: str) -> tuple[str, tuple[str, ...]]:
    """The weekday of «første mandag i måneden» and its weeks; without any, the cell as it stands and nothing."""
    written = folded(text)
    tokens = TOKEN.findall(written)
    weeks = tuple(week for week in ORDER if week in map(_week, tokens))
    if not weeks:
        return EACH.sub("", written).strip(), ()
    days = [token for token in tokens if not _week(token) and _is_day(token)]
    rest = [token for token in tokens if not _week(token) and not _beside(token)]
    return (days[0], weeks) if len(days) == 1 and not rest and not _is_every_other(written) else (text, ())


def _week(token: str) -> str:
    """A number alone may count anything, so it needs its full stop or its ending."""
    return "" if token.isdigit() else columns().word("every", token)


def _beside(token: str) -> bool:
    return bool(columns().word("beside", token)) or _is_day(token)


def _is_day(token: str) -> bool:
    return token.isalpha() and bool(parse_days(token, SUNDAY_IS_0))


def _is_every_other(written: str) -> bool:
    return bool(EVERY_OTHER.search(written)) and not OF_THE_MONTH.search(written)
