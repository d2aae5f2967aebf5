"""The suggestions for one clinic's catalog, kept until the catalog changes, and what somebody has said of them."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from clinics.models import Clinic, User
from groups_catalog.models import CatalogState, Group, Meeting, NotDuplicate, Status
from groups_catalog.places import plain
from groups_catalog.upkeep.duplicates.finding import Entry, Spot, Suggestion, find
from groups_catalog.upkeep.duplicates.names import read_name

ONLINE = ("online", "hybrid")
NAMES = tuple(f"organisation__{name}_{language}" for name in ("name", "short_name") for language in ("en", "nb"))
COLUMNS = (
    *("pk", "slug", "status", "name", "membership", "mode", "place", "venue", "link", "latitude", "longitude"),
    *NAMES,
)

_kept: dict[int, tuple[uuid.UUID, tuple[Suggestion, ...]]] = {}


def suggestions(clinic: Clinic) -> list[Suggestion]:
    """Those on which nobody has decided, the likeliest first."""
    apart = {frozenset(pair) for pair in NotDuplicate.objects.values_list("first__slug", "second__slug")}
    return [pair for pair in _all(clinic) if frozenset((pair.first, pair.second)) not in apart]


def tell_apart(*, clinic: Clinic, pair: tuple[Group, Group], by: User) -> None:
    """They are two. Said twice it is said once."""
    first, second = sorted(pair, key=lambda group: group.pk)
    NotDuplicate.objects.get_or_create(first=first, second=second, defaults={"clinic": clinic, "by": by})


def _all(clinic: Clinic) -> tuple[Suggestion, ...]:
    """Three queries; one as long as the catalog has not changed."""
    version = CatalogState.objects.version_of(clinic)
    kept = _kept.get(clinic.pk)
    if kept and kept[0] == version:
        return kept[1]
    # The version was read first: what is read now is at least as new as it says.
    found = find(list(_entries()))
    if version:
        _kept[clinic.pk] = (version, found)
    return found


def _entries() -> Iterator[Entry]:
    """Every group that is not closed; the published ones first, so that a pair begins with the one to keep."""
    times = _times()
    rows = Group.objects.exclude(status=Status.CLOSED).order_by("pk").values(*COLUMNS)
    for row in sorted(rows, key=lambda row: row["status"] != Status.PUBLISHED):
        yield _entry(row, frozenset(times[row["pk"]]))


def _times() -> defaultdict[int, set[int]]:
    times: defaultdict[int, set[int]] = defaultdict(set)
    for group, weekday, start in Meeting.objects.values_list("group", "weekday", "start").order_by():
        times[group].add(weekday * 1440 + start.hour * 60 + start.minute)
    return times


def _entry(row: dict[str, Any], times: frozenset[int]) -> Entry:
    known = row["latitude"] is not None and row["longitude"] is not None
    return Entry(
        slug=row["slug"],
        name=read_name(row["name"], [row[name] for name in NAMES]),
        # By its name, since a clinic may have an organisation of its own beside the shared one.
        organisation=plain(row["organisation__name_nb"]),
        membership=row["membership"],
        online=row["mode"] in ONLINE,
        place=plain(row["place"]),
        venue=plain(row["venue"]),
        link=row["link"].strip().rstrip("/").casefold(),
        coordinates=Spot(row["latitude"], row["longitude"]) if known else None,
        times=times,
    )
