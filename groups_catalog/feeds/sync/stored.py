"""What the database holds of a source, in the shape that the comparison reads."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from groups_catalog.feeds.model import Settings
from groups_catalog.feeds.sync.comparing import Catalog, Known, Ours
from groups_catalog.feeds.sync.new_entries import List
from groups_catalog.models import Group, Listing, Proposal, ProposalKind, RunState, Source, Status
from groups_catalog.upkeep.changes import version_numbers
from groups_catalog.upkeep.documents import group_document
from groups_catalog.upkeep.entries.locating import own_places

T = TypeVar("T")
NOTE_LANGUAGE = "note_language"
"""Kept beside the headings of the columns: no table has a column of this id."""
CHUNK = 2000
"""Ids in one question to the database."""


def settings_of(source: Source) -> Settings:
    return Settings(
        organisation=source.organisation.slug,
        timezone=source.timezone,
        keep_contacts=source.keep_contacts,
        columns=dict(sorted(matched_columns(source).items())),
    )


def matched_columns(source: Source) -> dict[str, str]:
    """What the clinic has said that the columns of its table hold: our field → heading."""
    return {name: heading for name, heading in source.columns.items() if name != NOTE_LANGUAGE}


def list_of(source: Source) -> List:
    organisation = source.organisation
    return List(organisation.slug, organisation.lane, source.name, own_places(), source.keep_contacts)


def catalog_of(source: Source) -> Catalog:
    return Catalog(ours=ours, by_hand=lambda: by_hand(source), source=source.name)


def known_rows(source: Source) -> list[Known]:
    """Every row that was ever taken over from this source, with the group that it is about today."""
    merged = mergings()
    rows = Listing.objects.filter(source=source).values_list("pk", "source_key", "seen", "gone_since", "group")
    return [
        Known(pk, key, seen, gone_since is not None, group_today(group, merged))
        for pk, key, seen, gone_since, group in rows.order_by("pk")
    ]


def mergings() -> dict[int, int | None]:
    """By group, the one that it became."""
    return dict(Group.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))


def compare_next_time(source: Source) -> None:
    """What was asked and not answered is asked at the next reading, even of the very same list."""
    counted = (RunState.READY, RunState.QUARANTINED, RunState.WRITING, RunState.DONE, RunState.UNCHANGED)
    source.runs.filter(state__in=counted).exclude(fingerprint="").update(fingerprint="")
    source.etag = source.last_modified = ""
    Source.objects.filter(pk=source.pk).update(etag="", last_modified="")


def left_out(source: Source) -> set[str]:
    """Keys of rows that somebody decided to leave out: they are not asked about again."""
    decided = Proposal.objects.filter(run__source=source, run__state=RunState.DONE, kind=ProposalKind.NEW)
    return set(decided.filter(decided__entry="ours").order_by().values_list("source_key", flat=True))


def ours(groups: Collection[int]) -> dict[int, Ours]:
    return {key: one for part in chunks(sorted(groups)) for key, one in _ours(part).items()}


def by_hand(source: Source) -> dict[int, Ours]:
    """Groups of the organisation that no list speaks of."""
    rows = Group.objects.filter(organisation=source.organisation, listings__isnull=True, merged_into__isnull=True)
    return ours(set(rows.exclude(status=Status.CLOSED).values_list("pk", flat=True)))


def chunks(items: list[T], size: int = CHUNK) -> Iterator[list[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _ours(groups: list[int]) -> dict[int, Ours]:
    """The numbers come first: what somebody saves in between is then newer than its number, and is asked about."""
    numbers = version_numbers(Group(pk=key) for key in groups)
    rows = Group.objects.filter(pk__in=groups).for_documents()
    return {row.pk: Ours(group_document(row), numbers[row.pk]) for row in rows}


def group_today(group: int, merged: Mapping[int, int | None]) -> int:
    """The end of a chain of mergings; a chain that bites its tail ends where it was entered."""
    seen = {group}
    while (onwards := merged.get(group)) and onwards not in seen:
        group = onwards
        seen.add(group)
    return group
