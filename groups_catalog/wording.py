"""Turns what the catalog holds into words, in the language of the page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.utils.formats import date_format, time_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language, gettext, gettext_noop, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.feeds.told_by_list import list_named
from groups_catalog.models import Basis, CheckedHow, Lane, Members, Mode, Status
from groups_catalog.resolution import Freshness, Reached, first_day
from groups_catalog.snapshot import CatalogMeeting
from groups_catalog.text import Text

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
EACH_WEEKDAY = (
    _("Mondays"),
    _("Tuesdays"),
    _("Wednesdays"),
    _("Thursdays"),
    _("Fridays"),
    _("Saturdays"),
    _("Sundays"),
)
NTH = {
    "fortnight": _("every other {weekday}"),
    "first": _("first {weekday} of the month"),
    "second": _("second {weekday} of the month"),
    "third": _("third {weekday} of the month"),
    "fourth": _("fourth {weekday} of the month"),
    "last": _("last {weekday} of the month"),
}
YEARS = 2
"""From so many years on nobody counts the days."""
WITHIN_A_MONTH = {every: place for place, every in enumerate(NTH)}
LANGUAGES = {
    "nb": _("Norwegian"),
    "nn": _("Norwegian"),
    "en": _("English"),
    "ar": _("Arabic"),
    "da": _("Danish"),
    "de": _("German"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "lt": _("Lithuanian"),
    "pl": _("Polish"),
    "ru": _("Russian"),
    "sign": _("Norwegian sign language"),
    "sme": _("Northern Sámi"),
    "so": _("Somali"),
    "sv": _("Swedish"),
    "ti": _("Tigrinya"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
}
MODES = {mode.value: mode.label for mode in Mode}
MEMBERS = {members.value: members.label for members in Members}
LANES = {lane.value: lane.label for lane in Lane}
STATUSES = {status.value: status.label for status in Status}
CHECKED_HOW = {how.value: how.label for how in CheckedHow}
BASES = {basis.value: basis.label for basis in Basis}
ACCESS = {
    "step_free": (_("Step-free access"), _("No step-free access")),
    "hearing": (_("Suited for people with hearing loss"), _("Not suited for people with hearing loss")),
    "sight": (_("Suited for people with sight loss"), _("Not suited for people with sight loss")),
    "child_care": (_("Child care during the meeting"), _("No child care")),
}
ACCESS_QUESTIONS = {
    "step_free": _("Can one get in without steps?"),
    "hearing": _("Is it suited for people with hearing loss?"),
    "sight": _("Is it suited for people with sight loss?"),
    "child_care": _("Is there child care?"),
}
REACHED = {
    Reached.GROUP: _("about this group"),
    Reached.CLINIC: _("your clinic, about the organisation"),
    Reached.ORGANISATION: _("about the organisation"),
}
FRESHNESS = {
    Freshness.FRESH: _("Up to date"),
    Freshness.DUE: _("Due for a check"),
    Freshness.OVERDUE: _("Check overdue"),
    Freshness.STALE: _("Old: check before use"),
    Freshness.DATE_UNKNOWN: _("Due for a check"),
}
SOURCES = {
    "seed article": gettext_noop("The study: Vederhus, Høie and Birkeland 2020"),
    "UNVERIFIED background": gettext_noop("Background knowledge, not verified"),
    "Visit by staff": gettext_noop("Visit by staff"),
    "Account by somebody who went": gettext_noop("Account by somebody who went"),
    "A member’s own account": gettext_noop("A member’s own account"),
    "The group’s own words": gettext_noop("The group’s own words"),
    "group entry": gettext_noop("The group's entry in the catalog"),
    "organisation entry": gettext_noop("The organisation's entry in the catalog"),
    "Invented for the demo": gettext_noop("Invented for the demo"),
    "Visit by the clinic (invented)": gettext_noop("Visit by the clinic (invented)"),
    "Call with the group (invented)": gettext_noop("Call with the group (invented)"),
    "Accounts from people who went (invented)": gettext_noop("Accounts from people who went (invented)"),
    "The group's own leaflet or page (invented)": gettext_noop("The group's own leaflet or page (invented)"),
}
"""Sources that are not an address, in words."""


@dataclass(frozen=True, slots=True)
class Source:
    words: str
    address: str = ""


def here(text: Text) -> str:
    """The text in the language of the page."""
    return text.in_language(get_language())


def clock_words(start: time) -> str:
    """«18:30», in Norwegian «kl. 18.30»."""
    return pgettext("time of day", "{hour}:{minute}").format(hour=f"{start:%H}", minute=f"{start:%M}")


def hours_words(begins: time, ends: time) -> str:
    """«18:30–20:00», in Norwegian «kl. 18.30–20.00»."""
    return f"{clock_words(begins)}–{time_format(ends)}"


def meeting_words(meeting: CatalogMeeting) -> str:
    """«Mondays 18:30» or «First Monday of the month 18:30»."""
    if meeting.every == "week":
        day = str(EACH_WEEKDAY[meeting.weekday])
    else:
        day = str(NTH[meeting.every]).format(weekday=WEEKDAYS[meeting.weekday])
    return capfirst(f"{day} {clock_words(meeting.start)}")


def meeting_details(meeting: CatalogMeeting, today: date | None = None) -> str:
    """«90 minutes, open meeting»; with today, also the days to come on which it is not held."""
    length = ngettext("{count} minute", "{count} minutes", meeting.minutes).format(count=meeting.minutes)
    kinds = {True: gettext("open meeting"), False: gettext("closed meeting")}
    kind = [kinds[meeting.open]] if meeting.open is not None else []
    return ", ".join([length, *_ends_next_day(meeting), *kind, *_span_words(meeting), *_off_days(meeting, today)])


def _ends_next_day(meeting: CatalogMeeting) -> Iterator[str]:
    begins = datetime.combine(date.min, meeting.start)
    ends = begins + timedelta(minutes=meeting.minutes)
    if ends.date() > begins.date():
        yield gettext("ends {time} the next day").format(time=clock_words(ends.time()))


def _span_words(meeting: CatalogMeeting) -> Iterator[str]:
    """Of every other week one has to know which; a beginning long ago says nothing else."""
    if meeting.every == "fortnight" and meeting.valid_from:
        yield gettext("counted from {day}").format(day=date_words(meeting.valid_from.isoformat()))
    if meeting.valid_until:
        yield gettext("until {day}").format(day=date_words(meeting.valid_until.isoformat()))


def _off_days(meeting: CatalogMeeting, today: date | None) -> Iterator[str]:
    ahead = [date_words(day) for day in meeting.except_on if today and day >= today.isoformat()]
    if ahead:
        yield not_on_words(ahead)


def not_on_words(days: Sequence[str]) -> str:
    """«not on 24 December 2026 and 31 December 2026», of days already in words."""
    return gettext("not on {days}").format(days=get_text_list(list(days), gettext("and")))


def meetings_words(meetings: Iterable[CatalogMeeting]) -> list[str]:
    """In the order of the week, those of one week of the month last; days at one time share a line."""
    lines: dict[object, list[CatalogMeeting]] = {}
    for meeting in in_order(meetings):
        key = meeting.start if meeting.every == "week" else (meeting.every, meeting.weekday, meeting.start)
        lines.setdefault(key, []).append(meeting)
    return [_line_words(line) for line in lines.values()]


def _line_words(line: list[CatalogMeeting]) -> str:
    """«Mondays and Wednesdays 18:30», «Every day 18:30»."""
    if len(line) == 1:
        return meeting_words(line[0])
    days = [str(EACH_WEEKDAY[meeting.weekday]) for meeting in line]
    named = gettext("every day") if len(days) == len(WEEKDAYS) else get_text_list(days, gettext("and"))
    return capfirst(f"{named} {clock_words(line[0].start)}")


def in_order(meetings: Iterable[CatalogMeeting]) -> list[CatalogMeeting]:
    """Those of every week first, the others as they come in a month."""
    return sorted(meetings, key=lambda m: (m.every != "week", WITHIN_A_MONTH.get(m.every, 0), m.weekday, m.start))


def language_words(codes: Iterable[str]) -> str:
    """«Norwegian, English»; an unlisted code stands as it is."""
    return ", ".join(dict.fromkeys(str(LANGUAGES.get(code, code)) for code in codes))


def access_words(access: Mapping[str, bool]) -> list[str]:
    return [str(words[not access[name]]) for name, words in ACCESS.items() if name in access]


def distance_words(km: float) -> str:
    """Great-circle estimates are rounded so that they claim no more than they know."""
    if km < 1:
        return gettext("less than 1 km")
    return gettext("about {km} km").format(km=round(km) if km < 20 else 5 * round(km / 5))


def age_words(day: date, today: date) -> str:
    days = (today - day).days
    if days < 1:
        return gettext("today")
    if (years := _whole_years(day, today)) >= YEARS:
        return gettext("more than {count} years ago").format(count=years)
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def _whole_years(day: date, today: date) -> int:
    """Those that are over: the anniversary itself is not counted yet."""
    return today.year - day.year - ((today.month, today.day) <= (day.month, day.day))


def checked_words(checked_on: date | None, how: str, today: date) -> str:
    """«Checked 12 days ago, by phone»."""
    if checked_on is None:
        return gettext("Not checked yet")
    checked = gettext("Checked {when}").format(when=age_words(checked_on, today))
    return f"{checked}, {CHECKED_HOW[how]}" if how else checked


def date_words(dated: str) -> str:
    """A date known to the day, the month or the year."""
    if not dated:
        return gettext("date not known")
    formats = {
        4: "Y",
        7: pgettext("date format", "F Y"),
        10: pgettext("date format", "j F Y"),
    }
    return date_format(first_day(dated), formats[len(dated)])


def sources(written: str) -> list[Source]:
    """A source may name several, parted by « ; »; addresses become links named by their site."""
    return [_source(part.strip()) for part in written.split(" ; ") if part.strip()]


def _source(part: str) -> Source:
    if name := list_named(part):
        return Source(gettext("Meeting list: {name}").format(name=name))
    if part.startswith(("http://", "https://")):
        return Source(urlsplit(part).netloc.removeprefix("www."), part)
    return Source(gettext(SOURCES[part]) if part in SOURCES else part)
