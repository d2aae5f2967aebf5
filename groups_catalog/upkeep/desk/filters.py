"""The filters and the order of the desk. All of it stands in the address."""

from collections.abc import Mapping
from functools import reduce
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.models import Membership, Role, User
from groups_catalog.filters import ANY
from groups_catalog.models import Group, Organisation, Status
from groups_catalog.models.group import GroupQuerySet
from groups_catalog.places import plain
from groups_catalog.upkeep.desk.queries import groups_on, with_checker
from groups_catalog.upkeep.desk.urgency import BIT, Reason, needs_a_look, rank
from groups_catalog.upkeep.desk.wording import REASONS
from groups_catalog.wording import CHECKED_HOW, MODES, STATUSES, WEEKDAYS, here

EVERYTHING = "all"
URGENT = "urgent"
SORTS: dict[str, tuple[Promise, list[Any]]] = {
    URGENT: (_("Most urgent first"), [F("checked_on").asc(nulls_first=True)]),
    "oldest": (_("Oldest check first"), [F("checked_on").asc(nulls_first=True)]),
    "newest": (_("Newest check first"), [F("checked_on").desc(nulls_last=True)]),
    "name": (_("By name"), []),
    "place": (_("By place"), [Lower("place")]),
}
STATUS_CHOICES = [(status.value, STATUSES[status]) for status in (Status.DRAFT, Status.PAUSED, Status.CLOSED)]
SEARCHED = ("name", "place", "venue", "organisation__name_en", "organisation__name_nb")


class DeskFilter(forms.Form):
    """Each filter narrows. Where nothing is said of the status or the reason, the list is what needs a look today."""

    q = forms.CharField(label=_("Search by name or place"), required=False, max_length=80)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("In use")), *STATUS_CHOICES, (EVERYTHING, _("All"))]
    )
    reason = forms.ChoiceField(
        label=_("Why it is here"),
        required=False,
        choices=[("", _("Any reason")), *REASONS.items(), (EVERYTHING, _("All entries, also without a reason"))],
    )
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    weekday = forms.ChoiceField(
        label=_("Weekday"),
        required=False,
        choices=[ANY, *((str(number), name) for number, name in enumerate(WEEKDAYS))],
    )
    mode = forms.ChoiceField(label=_("In person or online"), required=False, choices=[ANY, *MODES.items()])
    how = forms.ChoiceField(label=_("How it was checked"), required=False, choices=[ANY, *CHECKED_HOW.items()])
    who = forms.ChoiceField(label=_("Who checked it"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(name, words) for name, (words, _fields) in SORTS.items()]
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.groups = groups_with(_status(data))
        for name, options in _choices(self.groups).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [ANY, *options]
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}
        """What makes sense of what was asked for."""

    def keys(self, standing: Mapping[int, int]) -> list[int]:
        """Of the entries that pass, in the order that was asked for. `standing`: which reasons hold for each."""
        _words, fields = SORTS[self._order()]
        passing = reduce(_narrowed, self.asked.items(), self.groups)
        ordered = passing.order_by(*fields, Lower("name"), "pk").values_list("pk", flat=True)
        keys = [key for key in ordered if self._wants(standing.get(key, 0))]
        # Sorted here: among equals the order of the database stays.
        return sorted(keys, key=lambda key: rank(standing.get(key, 0))) if self._order() == URGENT else keys

    def _wants(self, holds: int) -> bool:
        """Whether an entry for which these reasons hold belongs on the list."""
        reason = self.asked.get("reason", EVERYTHING if "status" in self.asked else "")
        if not reason:
            return needs_a_look(holds)
        return reason == EVERYTHING or bool(holds & BIT[Reason(reason)])

    def _order(self) -> str:
        return str(self.asked.get("sort", URGENT))

    def query(self, **others: str) -> str:
        """What was asked for, for the address of another page."""
        return urlencode({**self.asked, **others})

    def order_words(self) -> str:
        words, _fields = SORTS[self._order()]
        return str(words)

    def narrows(self) -> bool:
        return bool(self.asked.keys() - {"sort"})

    def wider(self) -> str:
        """The same search among all entries, whatever their status, where that is more."""
        leaves_out = self.asked.get("status") != EVERYTHING or self.asked.get("reason", EVERYTHING) != EVERYTHING
        return self.query(status=EVERYTHING, reason=EVERYTHING) if leaves_out else ""


def groups_with(status: str) -> GroupQuerySet:
    """Those in use, or those of one status, or all."""
    if status == EVERYTHING:
        return Group.objects.all()
    return Group.objects.with_status(status) if status else Group.objects.in_use()


def groups_around(form: DeskFilter) -> GroupQuerySet:
    """Those that can be listed, and those in use, which the figures are about."""
    return form.groups | Group.objects.in_use()


def _status(data: QueryDict) -> str:
    """What is asked for; empty where it makes no sense."""
    asked = data.get("status", "")
    return asked if asked == EVERYTHING or asked in dict(STATUS_CHOICES) else ""


def _narrowed(groups: Any, asked: tuple[str, str]) -> Any:
    name, value = asked
    match name:
        case "q":
            return groups.filter(pk__in=_found(groups, value))
        case "organisation":
            return groups.filter(organisation__slug=value)
        case "weekday":
            return groups.filter(groups_on(int(value)))
        case "who":
            return with_checker(groups).filter(checked_by=int(value))
    columns = {"place": "place", "mode": "mode", "how": "checked_how"}
    return groups.filter(Q(**{columns[name]: value})) if name in columns else groups


def _found(groups: Any, wanted: str) -> list[int]:
    """Compared here: no two databases agree on what is the same letter."""
    rows = groups.order_by().values_list("pk", *SEARCHED)
    return [key for key, *words in rows if plain(wanted) in plain(" ".join(words))]


def _choices(groups: GroupQuerySet) -> dict[str, list[Any]]:
    used = Organisation.objects.filter(pk__in=groups.order_by().values("organisation"))
    names = {row.slug: here(row.name) for row in used}
    places = groups.exclude(place="").order_by().values_list("place", flat=True).distinct()
    return {
        "organisation": sorted(names.items(), key=lambda pair: plain(pair[1])),
        "place": [(place, place) for place in sorted(places, key=plain)],
        "who": [(str(person.pk), str(person)) for person in curators()],
    }


def curators() -> list[User]:
    """Who may keep the clinic's catalog."""
    members = Membership.objects.exclude(role=Role.CLINICIAN).select_related("user")
    return sorted((member.user for member in members), key=str)
