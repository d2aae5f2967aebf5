"""Days, clock times, lengths, dates and time zones, as meeting lists write them. Pure.

weekday   0 is Monday, whatever the list counts from
time      wall-clock `HH:MM`, 24 hours
length    whole minutes; an end at or before the start is on the next day
"""

import re
import unicodedata
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from groups_catalog.spelling import without_accents

SUNDAY_IS_0 = 0
"""Meeting Guide counts from Sunday = 0; a 7 is Sunday too, as peers and ISO have it."""
SUNDAY_IS_1 = 1
"""BMLT counts from Sunday = 1."""
DAY_MINUTES = 1440

_WORDS = {
    0: "monday mon mo mandag måndag man ma mån lunes lundi lun montag maandag maanantai segunda lunedi poniedzialek",
    1: "tuesday tues tue tu tirsdag tysdag tisdag tir tirs tys tis ti martes mardi mar dienstag di dinsdag martedi",
    2: "wednesday wed weds we onsdag ons on miercoles mie mercredi mer mittwoch mi woensdag keskiviikko quarta sroda",
    3: "thursday thurs thur thu th torsdag tor tors to jueves jue jeudi jeu donnerstag do donderdag torstai quinta",
    4: "friday fri fr fredag fre viernes vie vendredi ven freitag vrijdag perjantai sexta venerdi piatek",
    5: "saturday sat sa lordag laurdag lor lau lo sabado sab samedi sam samstag zaterdag lauantai sabato sobota",
    6: "sunday sun su sondag sundag son so domingo dom dimanche dim sonntag zondag sunnuntai domenica niedziela",
}
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ł": "l"})
"""Of the words that lists are written in, Polish ones too. Sámi letters stand in names, and no name is read here."""
_EVERY_DAY = frozenset(
    ("daily", "daglig", "dagleg", "everyday", "every", "each", "day", "alle", "hver", "kvar", "dag", "dager", "dagar")
)
_PARTS_OF_WEEK = {
    **dict.fromkeys(("weekdays", "hverdager", "kvardagar", "vardagar"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekends", "weekend", "helg", "helger", "helgar"), (5, 6)),
}
_NAMES_OF_HOURS = {
    **dict.fromkeys(("noon", "midday", "12 noon", "mediodia", "midi", "mittag"), "12:00"),
    **dict.fromkeys(("midnight", "12 midnight", "midnatt", "medianoche", "minuit", "mitternacht"), "00:00"),
}
_BETWEEN_DAYS = re.compile(r"[,;/&+|\n]|\b(?:and|og|och|y|et|und|en|e|i)\b")
_RANGE_OF_DAYS = re.compile(r"([^\W\d_]+)\s*(?:-|\bto\b|\btil\b|\btill\b|\bbis\b)\s*([^\W\d_]+)")
_BY_DAY = re.compile(r".*\bbyday=([^;]*).*", re.DOTALL)
"""A calendar's rule: FREQ=WEEKLY;BYDAY=MO,WE."""
_WHOLE = re.compile(r"\d{1,4}(?:\.0+)?")
_CLOCK = re.compile(
    r"(?:(?:fra|from)\s+)?(?:kl(?:okka|okken|ockan)?\.?\s*)?"
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:[:.]\d{2}(?:\.\d+)?)?|(?P<packed>\d{2})|\s*h)?"
    r"\s*(?:(?P<half>[ap])\.?\s*m?\.?)?\s*(?:uhr|hrs|o'clock)?"
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[t ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?")
"""Without an offset: 17:00Z is no hour on the wall here, and 19:00Z is often meant as one."""
_SPAN = re.compile(r"\s*(?:[-‐-―]|\bto\b|\btil\b|\btill\b|\bbis\b)\s*")
_LENGTH = re.compile(
    r"(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)(?::\d{2}(?:\.\d+)?)?"
    r"|(?P<whole>\d{1,5})\s*(?:m|min|mins|minutes|minutt|minutter)?\.?"
)
_LENGTH_IN_WORDS = re.compile(
    r"(?:pt)?(?P<hours>\d{1,2}(?:[.,]\d{1,2})?)\s*(?:t|h|hrs?|hours?|time|timer|timar)(?![a-z])\.?"
    r"(?:\s*(?:og|and)?\s*(?P<minutes>[0-5]?\d)\s*(?:m|min|mins|minutes|minutt|minutter)\.?)?"
)
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_SLASHED_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_NOT_PLACES = frozenset(("factory", "localtime", "posixrules"))


def parse_days(value: object, base: int) -> tuple[int, ...]:
    """The weekdays that can be read, each once, in the order of the week. `base` is the number that means Sunday."""
    return read_days(value, base)[0]


def read_days(value: object, base: int) -> tuple[tuple[int, ...], tuple[object, ...]]:
    """The weekdays, and what could not be read as one."""
    known: set[int] = set()
    unread: list[object] = []
    for part in _day_parts(value):
        days = _days(part, base)
        known.update(days)
        if not days:
            unread.append(part)
    return tuple(sorted(known)), tuple(unread)


def parse_time(value: object) -> str | None:
    """«8:00 PM», «20.00», «kl 20», «18:00:00», «noon» → `HH:MM`; None where it cannot be read."""
    written = _written(value)
    if stamp := _STAMP.fullmatch(written):
        written = stamp["clock"]
    if written in _NAMES_OF_HOURS:
        return _NAMES_OF_HOURS[written]
    found = _CLOCK.fullmatch(written)
    return _clock(found, found["half"]) if found else None


def parse_span(value: object) -> tuple[str | None, str | None]:
    """A start and, where the cell holds one as in «kl. 19.00–20.30» or «7-8 pm», an end."""
    whole = parse_time(value)
    parts = _SPAN.split(_written(value))
    if whole is not None or len(parts) != 2:
        return whole, None
    end = parse_end(parts[1])
    start = parse_time(parts[0])
    return (_same_half(parts[0], parts[1], end) or start, end) if end else (None, None)


def parse_end(value: object) -> str | None:
    """As a start, and «24:00» for midnight."""
    return "00:00" if re.fullmatch(r"24[:.]00(?:[:.]00)?", _written(value)) else parse_time(value)


def minutes_between(start: str, end: str) -> int:
    """From 1 to 1440: an end at or before the start is on the next day."""
    return (_minutes(end) - _minutes(start)) % DAY_MINUTES or DAY_MINUTES


def parse_minutes(value: object) -> int | None:
    """«01:30:00», «1:30», «90», «90 min», «1,5 timer» or «1 t 30 min» → 90; None where it cannot be read."""
    written = _written(value)
    if found := _LENGTH.fullmatch(written):
        return int(found["whole"]) if found["whole"] else 60 * int(found["hours"]) + int(found["minutes"])
    if found := _LENGTH_IN_WORDS.fullmatch(written):
        return round(60 * float(found["hours"].replace(",", "."))) + int(found["minutes"] or 0)
    return None


def parse_date(value: object) -> str:
    """`YYYY-MM-DD`, or empty. Dots: the day first. Slashes: the month first, unless that is no date."""
    written = _written(value)
    if found := _ISO_DATE.match(written):
        return _date(found[1], found[2], found[3])
    if found := _DOTTED_DATE.match(written):
        return _date(f"{2000 + int(found[3])}" if len(found[3]) == 2 else found[3], found[2], found[1])
    if found := _SLASHED_DATE.match(written):
        return _date(found[3], found[1], found[2]) or _date(found[3], found[2], found[1])
    return ""


def parse_zone(value: object) -> str:
    """The IANA name, in its own spelling; empty where there is no such zone."""
    return _zones().get(_written(value), "")


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if name.casefold() not in _NOT_PLACES}


@cache
def _day_words() -> dict[str, int]:
    return {folded(word): day for day, words in _WORDS.items() for word in words.split()}


def folded(text: str) -> str:
    """Lower case without accents, so that «Lørdag» and «lordag» are one word."""
    return without_accents(text, _LETTERS)


def _written(value: object) -> str:
    """A text or a plain number as it would be typed; anything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, int) and abs(value) > 10**12:
        return ""
    return " ".join(unicodedata.normalize("NFKC", str(value)[:200]).split()).casefold()


def _day_parts(value: object) -> tuple[object, ...]:
    if isinstance(value, list | tuple):
        return tuple(part for item in value[:50] for part in ([item] if isinstance(item, list) else _day_parts(item)))
    if isinstance(value, str):
        return tuple(part.strip(" .[]{}\"'") for part in _split_days(value) if part.strip(" .[]{}\"'"))
    return () if value is None else (value,)


def _split_days(text: str) -> list[str]:
    folded_text = _BY_DAY.sub(r"\1", folded(unicodedata.normalize("NFKC", text[:200]))).strip()
    return [folded_text] if folded_text in _EVERY_DAY else _BETWEEN_DAYS.split(folded_text)


def _days(part: object, base: int) -> tuple[int, ...]:
    written = folded(_written(part))
    if _WHOLE.fullmatch(written):
        return _numbered(int(float(written)), base)
    words = written.split()
    if words and set(words) <= _EVERY_DAY:
        return tuple(range(7))
    if words and words[-1] in _PARTS_OF_WEEK and set(words[:-1]) <= _EVERY_DAY:
        return _PARTS_OF_WEEK[words[-1]]
    days = [_named(word) for word in words]
    return tuple(day for day in days if day is not None) if words and None not in days else _ranged(written)


def _ranged(written: str) -> tuple[int, ...]:
    """«Mon-Fri», «mandag til fredag»."""
    found = _RANGE_OF_DAYS.fullmatch(written)
    first, last = (_named(found[1]), _named(found[2])) if found else (None, None)
    return () if first is None or last is None else tuple((first + n) % 7 for n in range((last - first) % 7 + 1))


def _numbered(number: int, base: int) -> tuple[int, ...]:
    last = base + 6 if base else 7
    return ((number - base - 1) % 7,) if base <= number <= last else ()


def _named(word: str) -> int | None:
    """Plurals too: «Mondays», «mandager», «lunes»."""
    words = _day_words()
    bare = word.rstrip(".").removesuffix("-feira")
    tries = (bare, bare.removesuffix("s"), bare.removesuffix("er"), bare.removesuffix("ar"), bare.removesuffix("ene"))
    return next((words[form] for form in tries if form in words), None)


def _clock(found: re.Match[str], half: str | None) -> str | None:
    hour, minute = int(found["hour"]), int(found["minute"] or found["packed"] or 0)
    if half:
        if not 1 <= hour <= 12:
            return f"{hour:02}:{minute:02}" if half == "p" and 13 <= hour <= 23 and minute < 60 else None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _same_half(first: str, second: str, end: str) -> str | None:
    """«7-8 pm» starts at 7 pm, and «10-1 pm» at 10 am; None where the start says it itself or nobody does."""
    start, stop = _CLOCK.fullmatch(first), _CLOCK.fullmatch(second)
    if not start or not stop or start["half"] or not stop["half"]:
        return None
    halves = [time for half in (stop["half"], "a") if (time := _clock(start, half)) and time < end]
    return halves[0] if halves else None


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return 60 * int(hour) + int(minute)


def _date(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
