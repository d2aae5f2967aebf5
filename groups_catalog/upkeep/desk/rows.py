"""The rows of one page of the desk, in words: a constant number of queries for any number of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clinics.models import User
from groups_catalog.cards import LOOK, Age
from groups_catalog.models import Group, Report, Status
from groups_catalog.models.group import IN_USE
from groups_catalog.resolution import freshness
from groups_catalog.snapshot import meetings_on
from groups_catalog.upkeep.changes import version_numbers
from groups_catalog.upkeep.desk.queries import held_practice_facts, waiting_proposals, with_checker
from groups_catalog.upkeep.desk.urgency import MEETING_DAYS, Reason, Signs, reasons
from groups_catalog.upkeep.desk.wording import LOOKS, REASONS
from groups_catalog.wording import CHECKED_HOW, MODES, STATUSES, age_words, here, meetings_words

BAR_DAYS = 2 * MEETING_DAYS
"""The bar is full where the entry leaves the handout."""


@dataclass(frozen=True, slots=True)
class DeskRow:
    slug: str
    number: int
    """Of the version that is shown."""
    name: str
    organisation: str
    about: tuple[str, ...]
    """When and where it meets."""
    status: str
    """In words, where it is not published."""
    in_use: bool
    """Otherwise there is nothing to note as still correct."""
    may_return: str
    """The words of the button that publishes it, where it is out of use and may be."""
    reported: bool
    reasons: tuple[Age, ...]
    age: str
    bar: int
    """How much of the way off the handout is gone, in percent."""
    look: str
    checked: str
    """How and by whom it was checked."""
    ticked: bool = False

    @property
    def key(self) -> str:
        """What a tick sends: the entry, and what of it was seen."""
        return f"{self.slug}:{self.number}"


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows of a page need beside themselves, by the group's key."""

    signs: dict[int, Signs]
    numbers: dict[int, int]
    checkers: dict[int, str]


def desk_rows(keys: Sequence[int], *, today: date, ticked: Iterable[str] = ()) -> list[DeskRow]:
    """In the order of the keys."""
    found = with_checker(Group.objects.filter(pk__in=keys)).select_related("organisation")
    rows = {row.pk: row for row in found.prefetch_related("meetings")}
    around, chosen = _around(list(rows.values())), set(ticked)
    return [_row(rows[key], around, today, ticked=rows[key].slug in chosen) for key in keys]


def signs_of(rows: Sequence[Group]) -> dict[int, Signs]:
    """By the group's key, all that could ask for a look at it."""
    dates = {row.pk: row.checked_on for row in rows}
    reports = _by_group(Report.objects.open().filter(group__in=dates).order_by(), "kind")
    feed = _by_group(waiting_proposals().filter(group__in=dates), "kind")
    facts = _by_group(held_practice_facts().filter(group__in=dates), "dated")
    used = {row.pk: row.status in IN_USE for row in rows}
    return {
        key: Signs(day, reports.get(key, ()), feed.get(key, ()), facts.get(key, ()), used[key])
        for key, day in dates.items()
    }


def _around(rows: list[Any]) -> Around:
    people = User.objects.in_bulk({row.checked_by for row in rows if row.checked_by})
    checkers = {row.pk: str(people[row.checked_by]) for row in rows if row.checked_by in people}
    return Around(signs_of(rows), version_numbers(rows), checkers)


def _by_group(rows: Any, column: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, value in rows.values_list("group", column):
        found.setdefault(key, []).append(value)
    return found


def _row(row: Any, around: Around, today: date, *, ticked: bool) -> DeskRow:
    state = freshness(row.checked_on.isoformat() if row.checked_on else "", "meeting", today=today)
    days = (today - row.checked_on).days if row.checked_on else BAR_DAYS
    signs = around.signs[row.pk]
    return DeskRow(
        slug=row.slug,
        number=around.numbers[row.pk],
        name=row.name,
        organisation=here(row.organisation.short_name),
        about=_about(row, today),
        status=str(STATUSES[row.status]) if row.status != Status.PUBLISHED else "",
        in_use=signs.in_use,
        may_return=_return_words(row),
        reported=bool(signs.reports),
        reasons=tuple(_tag(reason) for reason in reasons(signs, today=today)),
        age=age_words(row.checked_on, today) if row.checked_on else _("Not checked yet"),
        bar=max(0, min(100, 100 * days // BAR_DAYS)),
        look=LOOK[state],
        checked=_checked(row, around.checkers.get(row.pk, "")),
        ticked=ticked,
    )


def _tag(reason: Reason) -> Age:
    return Age(str(REASONS[reason]), LOOKS[reason])


def _about(row: Group, today: date) -> tuple[str, ...]:
    times = meetings_words(meetings_on(row, today))
    return tuple(word for word in (*times, row.place, str(MODES[row.mode])) if word)


def _return_words(row: Group) -> str:
    """A group that became part of another one comes back by parting the two."""
    if row.status in IN_USE or row.merged_into_id:
        return ""
    return _("Publish") if row.status == Status.DRAFT else _("Open again")


def _checked(row: Group, who: str) -> str:
    """«by phone, Ingrid»; what is known of it."""
    how = str(CHECKED_HOW[row.checked_how]) if row.checked_on and row.checked_how else ""
    return ", ".join(part for part in (how, who if row.checked_on else "") if part)
