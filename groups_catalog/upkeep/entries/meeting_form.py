"""The times of a group as rows of a form. One row may name several days that share everything else:

    Mon ☑  Wed ☑  Fri ☑   18:30–19:30   each week        one row, three meetings of the document

An end before the start is the next day.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups_catalog.models import Every
from groups_catalog.upkeep.documents import NEW_MEETING, Document
from groups_catalog.wording import WEEKDAYS

DAY_MINUTES = 24 * 60
MOST_ROWS = 60
TIMES = ("%H:%M", "%H.%M", "%H:%M:%S")
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
EVERY = (
    (Every.WEEK.value, gettext_lazy("Each week")),
    (Every.FORTNIGHT.value, gettext_lazy("Every other week, counted from the first day")),
    (Every.FIRST.value, gettext_lazy("The first of the month")),
    (Every.SECOND.value, gettext_lazy("The second of the month")),
    (Every.THIRD.value, gettext_lazy("The third of the month")),
    (Every.FOURTH.value, gettext_lazy("The fourth of the month")),
    (Every.LAST.value, gettext_lazy("The last of the month")),
)
OPEN = (
    ("", gettext_lazy("Not known")),
    ("yes", gettext_lazy("Open meeting")),
    ("no", gettext_lazy("Closed meeting")),
)
OPEN_VALUES = {"": None, "yes": True, "no": False}
BETWEEN_DAYS = re.compile(r"[\s,;]+")
NO_TIME = gettext_lazy("Write the time as 18:30.")
NO_DAY = gettext_lazy("Write a day as 2026-05-17.")
NOT_SAID = gettext_lazy("Choose how often it is held.")


class ClockField(forms.TimeField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "field--s"})
        words = {"invalid": NO_TIME, "required": NO_TIME}
        super().__init__(input_formats=TIMES, widget=widget, error_messages=words, **options)


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "field--d"})
        words = {"invalid": NO_DAY}
        super().__init__(input_formats=DAYS, widget=widget, error_messages=words, required=False, **options)


class DaysField(forms.CharField):
    """Several days in one line; gives them as ISO text, in order, each once."""

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        return sorted({_iso_day(word) for word in BETWEEN_DAYS.split(written) if word})


class MeetingForm(forms.Form):
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"),
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a day of the week.")},
    )
    start = ClockField(label=gettext_lazy("Begins"))
    ends = ClockField(label=gettext_lazy("Ends"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("or lasts, in minutes"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "field--s"}),
        error_messages={"invalid": gettext_lazy("Write the minutes as a whole number.")},
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=EVERY,
        error_messages={"required": NOT_SAID, "invalid_choice": NOT_SAID},
    )
    open = forms.ChoiceField(label=gettext_lazy("Open or closed"), choices=OPEN, required=False)
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_until = DayField(label=gettext_lazy("Last day"))
    except_on = DaysField(
        label=gettext_lazy("Not held on"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Days such as 2026-12-24, with a space between them."),
    )
    timezone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        error_messages={"required": gettext_lazy("Write a time zone such as Europe/Oslo.")},
    )

    def clean(self) -> dict[str, Any]:
        start, ends, minutes = (self.cleaned_data.get(name) for name in ("start", "ends", "minutes"))
        if start is None or {"ends", "minutes"} & self.errors.keys():
            return self.cleaned_data
        if ends is None and minutes is None:
            self.add_error("ends", _("Say when it ends, or how long it lasts."))
        elif ends == start:
            self.add_error("ends", _("It ends when it begins. Write only the minutes if it lasts a whole day."))
        elif minutes is not None and not 1 <= minutes <= DAY_MINUTES:
            self.add_error("minutes", _("A meeting lasts from one minute to a whole day."))
        elif ends and minutes is not None and minutes_between(start, ends) != minutes:
            self.add_error("minutes", _("The end and the minutes do not agree. One of them is enough."))
        return self.cleaned_data

    def has_more(self) -> bool:
        """Whether what is folded away says something, or has to."""
        folded = any(self[name].value() for name in ("valid_from", "valid_until", "except_on"))
        elsewhere = self["timezone"].value() != NEW_MEETING["timezone"]
        return folded or elsewhere or self["every"].value() == Every.FORTNIGHT

    def is_taken_away(self) -> bool:
        return bool(self.cleaned_data.get("DELETE"))

    def meetings(self) -> Iterator[Document]:
        """One for each day; nothing of a row that is empty, broken or taken away."""
        if self.errors or not self.cleaned_data.get("days") or self.is_taken_away():
            return
        said = self.cleaned_data
        for day in sorted(int(day) for day in said["days"]):
            yield {
                "weekday": day,
                "start": f"{said['start']:%H:%M}",
                "minutes": said["minutes"] or minutes_between(said["start"], said["ends"]),
                "timezone": said["timezone"],
                "every": said["every"],
                "valid_from": _written(said["valid_from"]),
                "valid_until": _written(said["valid_until"]),
                "open": OPEN_VALUES[said["open"]],
                "except_on": said["except_on"],
            }


# The class cannot be named with its form outside of the type checker.
class MeetingRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows that are empty are no meetings; the page always offers one empty row more."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this time away")
        form.empty_permitted = True

    def numbered(self) -> Iterator[tuple[int, Document]]:
        """Each meeting with the number of the row that says it."""
        for number, row in enumerate(self.forms):
            yield from ((number, meeting) for meeting in row.meetings())


MeetingFormSet = forms.formset_factory(
    MeetingForm, formset=MeetingRows, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=2 * MOST_ROWS
)
PREFIX = "meetings"
EMPTY_ROW = {"every": Every.WEEK.value, "timezone": NEW_MEETING["timezone"]}


def unbound_rows(meetings: Iterable[Document]) -> Any:
    """The rows for what stands there, and an empty one."""
    return _offered(list(_rows(meetings)))


def bound_rows(data: QueryDict) -> Any:
    return MeetingFormSet(data, prefix=PREFIX, form_kwargs={"initial": dict(EMPTY_ROW)})


def rows_sent_again(data: QueryDict) -> Any:
    """What was sent, as it was written, and an empty row; one is enough, however many were left empty."""
    sent = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    count = min(int(sent), MOST_ROWS) if sent.isdecimal() else 0
    written = [_as_written(data, f"{PREFIX}-{number}") for number in range(count)]
    return _offered([row for row in written if row != EMPTY_ROW])


def _offered(written: list[dict[str, Any]]) -> Any:
    rows = MeetingFormSet(initial=written, prefix=PREFIX)
    for form in rows.extra_forms:
        form.initial = dict(EMPTY_ROW)
    return rows


def _as_written(data: QueryDict, prefix: str) -> dict[str, Any]:
    one = {name: data.get(f"{prefix}-{name}", "") for name in (*MeetingForm.base_fields, "DELETE")}
    row = {**one, "days": data.getlist(f"{prefix}-days")}
    return {name: value for name, value in row.items() if value}


def minutes_between(start: time, ends: time) -> int:
    """From one time of day to when the clock next shows the other."""
    begins, stops = (datetime.combine(date.min, moment) for moment in (start, ends))
    return (int((stops - begins).total_seconds()) // 60) % DAY_MINUTES


def _rows(meetings: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """Meetings that differ in nothing but the day stand in one row."""
    rows: dict[str, dict[str, Any]] = {}
    for meeting in meetings:
        same = repr([meeting[name] for name in sorted(meeting) if name != "weekday"])
        row = rows.setdefault(same, {**_row(meeting), "days": []})
        row["days"].append(str(meeting["weekday"]))
    yield from rows.values()


def _row(meeting: Document) -> dict[str, Any]:
    start, whole_day = time.fromisoformat(meeting["start"]), meeting["minutes"] == DAY_MINUTES
    return {
        **{name: meeting[name] for name in ("every", "timezone", "valid_from", "valid_until")},
        "start": start,
        "ends": None if whole_day else _end(start, meeting["minutes"]),
        "minutes": DAY_MINUTES if whole_day else None,
        "open": {known: word for word, known in OPEN_VALUES.items()}[meeting["open"]],
        "except_on": " ".join(meeting["except_on"]),
    }


def _end(start: time, minutes: int) -> time:
    whole = (start.hour * 60 + start.minute + minutes) % DAY_MINUTES
    return time(whole // 60, whole % 60)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _iso_day(word: str) -> str:
    for written in DAYS:
        try:
            return datetime.strptime(word, written).date().isoformat()
        except ValueError:
            continue
    raise forms.ValidationError(_("“{value}” is not a day such as 2026-12-24.").format(value=word[:30]))
