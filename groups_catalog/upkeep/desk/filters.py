"""The filters and the order of the desk. All of it stands in the address."""

from datetime import date
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
from groups_catalog.models import CheckedHow, Organisation
from groups_catalog.models.group import GroupQuerySet
from groups_catalog.places import plain
from groups_catalog.upkeep.desk.queries import conditions, groups_on, with_checker
from groups_catalog.upkeep.desk.urgency import NO_REASON, Reason
from groups_catalog.upkeep.desk.wording import REASONS
from groups_catalog.wording import CHECKED_HOW, MODES, WEEKDAYS, here

EVERYTHING = "all"
URGENT = "urgent"
SORTS: dict[str, tuple[Promise, list[Any]]] = {
    URGENT: (_("Most urgent first"), ["urgency", F("checked_on").asc(nulls_first=True)]),
    "oldest": (_("Oldest check first"), [F("checked_on").asc(nulls_first=True)]),
    "newest": (_("Newest check first"), [F("checked_on").desc(nulls_last=True)]),
    "name": (_("By name"), []),
    "place": (_("By place"), [Lower("place")]),
}
SEARCHED = ("name", "place", "venue", "organisation__name_en", "organisation__name_nb")


class DeskFilter(forms.Form):
    """Each filter narrows; an empty one does nothing, except that entries without a reason are left out."""

    q = forms.CharField(label=_("Search by name or place"), required=False, max_length=80)
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
    said = forms.ChoiceField(required=False, choices=[ANY, *CheckedHow.choices], widget=forms.HiddenInput)
    """How the last entries were checked; proposed for the next ones."""

    def __init__(self, data: QueryDict, *, groups: GroupQuerySet) -> None:
        super().__init__(data)
        for name, options in _choices(groups).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [ANY, *options]
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}
        """What makes sense of what was asked for."""

    def narrowed(self, groups: Any, today: date) -> Any:
        """The rows come with their urgency."""
        for name, value in self.asked.items():
            groups = _narrowed(groups, name, value, today)
        return groups if "reason" in self.asked else groups.filter(urgency__lt=NO_REASON)

    def in_order(self, groups: Any) -> Any:
        _words, fields = SORTS[self.asked.get("sort", URGENT)]
        return groups.order_by(*fields, Lower("name"), "pk")

    def query(self, **others: str) -> str:
        """What was asked for, for the address of another page."""
        return urlencode({**self.asked, **others})

    def order_words(self) -> str:
        words, _fields = SORTS[self.asked.get("sort", URGENT)]
        return str(words)

    def narrows(self) -> bool:
        return bool(self.asked.keys() - {"sort", "said"})


def _narrowed(groups: Any, name: str, value: str, today: date) -> Any:
    match name:
        case "q":
            return groups.filter(pk__in=_found(groups, value))
        case "reason":
            return groups if value == EVERYTHING else groups.filter(conditions(today)[Reason(value)])
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
