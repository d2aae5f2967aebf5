"""What the pages about duplicates show, in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from groups_catalog.cards import GroupCard, group_cards
from groups_catalog.models import Change, ChangeKind, Group, Status, Version
from groups_catalog.places import plain
from groups_catalog.snapshot import read_groups
from groups_catalog.upkeep.changes import may_be_undone
from groups_catalog.upkeep.duplicates.finding import Reason, Suggestion
from groups_catalog.upkeep.field_words import Names
from groups_catalog.wording import here

REASONS: dict[Reason, Promise] = {
    Reason.SAME_NAME: _("the same name"),
    Reason.ALIKE_NAMES: _("names that are alike"),
    Reason.SAME_TIMES: _("the same days and times"),
    Reason.SHARED_TIME: _("a meeting at the same time"),
    Reason.NO_TIMES: _("no times to compare"),
    Reason.SAME_SPOT: _("less than 150 metres apart"),
    Reason.SAME_VENUE: _("the same venue"),
    Reason.SAME_TOWN: _("the same town"),
    Reason.SAME_LINK: _("the same link"),
    Reason.BOTH_ONLINE: _("both online"),
}
MERGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Pair:
    first: GroupCard
    second: GroupCard
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups that were made one, and may be parted again."""

    change: Change
    kept: str
    gone: str


@dataclass(frozen=True, slots=True)
class Found:
    slug: str
    name: str
    organisation: str
    place: str


def pairs(suggestions: Iterable[Suggestion], today: date) -> list[Pair]:
    """A constant number of queries for any number of pairs."""
    listed = list(suggestions)
    found = cards({slug for pair in listed for slug in (pair.first, pair.second)}, today)
    return [
        Pair(found[pair.first], found[pair.second], tuple(str(REASONS[reason]) for reason in pair.reasons))
        for pair in listed
        # One of them may have gone since the suggestions were made.
        if pair.first in found and pair.second in found
    ]


def cards(slugs: Collection[str], today: date) -> dict[str, GroupCard]:
    """By slug."""
    rows = Group.objects.filter(slug__in=slugs).for_matching()
    return {card.slug: card for card in group_cards(read_groups(rows, today=today), today)}


def labels(kept: GroupCard, gone: GroupCard) -> tuple[str, str]:
    """What the two are called; of one name, with what tells them apart."""
    if kept.name != gone.name:
        return kept.name, gone.name
    for mine, yours in ((kept.where, gone.where), (_when(kept), _when(gone))):
        if mine and yours and mine != yours:
            return f"{kept.name}, {mine}", f"{gone.name}, {yours}"
    return f"{kept.name}, {_('the first')}", f"{gone.name}, {_('the second')}"


def _when(card: GroupCard) -> str:
    return ", ".join(str(time) for time in card.times)


def merges() -> list[Merge]:
    """The newest that can still be parted."""
    changes = Change.objects.filter(kind=ChangeKind.MERGED).select_related("undone_by", "by").newest_first()
    recent = {change.pk: change for change in changes[:MERGES_SHOWN] if may_be_undone(change)}
    closed = [version for version in Version.objects.filter(change__in=recent) if version.document["merged_into"]]
    into = {version.document["merged_into"] for version in closed}
    names = dict(Group.objects.filter(slug__in=into).values_list("slug", "name"))
    newest = sorted(closed, key=lambda version: list(recent).index(version.change_id or 0))
    return [_merge(recent[version.change_id or 0], version, names) for version in newest]


def names_of(*groups: Group) -> Names:
    return Names(organisations={group.organisation.slug: here(group.organisation.name) for group in groups})


def search(written: str, *, besides: Group) -> list[Found]:
    """Groups whose name or place holds what was written, first those of the same organisation. None is closed."""
    wanted = plain(written)
    if not wanted:
        return []
    name = "organisation__name_nb" if get_language() == "nb" else "organisation__name_en"
    others = Group.objects.exclude(status=Status.CLOSED).exclude(pk=besides.pk).order_by("name", "pk")
    rows = others.values_list("slug", "name", name, "place", "organisation")
    found = [row for row in rows if wanted in plain(row[1]) or wanted in plain(row[3])]
    return [Found(*row[:4]) for row in sorted(found, key=lambda row: row[4] != besides.organisation_id)]


def _merge(change: Change, closed: Version, names: Mapping[str, str]) -> Merge:
    into = str(closed.document["merged_into"])
    return Merge(change, names.get(into, into), str(closed.document["name"]))
