"""What a list would change: what it says now, beside what it said before and what we have. Pure.

               said before   ours
in the list    the same      whatever     nothing: it was decided before
               other         the same     nothing to decide: the list has come round to us
               other         other        changed: field by field
not before     –             –            new, or a meeting that we have, under a new id
not in it now  –             –            gone
gone before, in the list now              back
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from groups_catalog.feeds.sync.listings import EVERYONE, RIGHT_ON, Listed, onto
from groups_catalog.feeds.sync.notes import NOTES
from groups_catalog.feeds.sync.sameness import km_apart, located, pairs
from groups_catalog.feeds.told_by_list import list_named
from groups_catalog.upkeep.comparison import asked_as
from groups_catalog.upkeep.documents import FACTS, Document

LEAST = 5
SHARE = 0.05
SAME_SPOT_KM = 0.01
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Known:
    """A row that was kept before."""

    listing: int
    source_key: str
    seen: Document
    gone: bool
    group: int
    """The group that it is about today, after any merging."""


@dataclass(frozen=True, slots=True)
class Ours:
    document: Document
    number: int
    """Of its newest version."""


@dataclass(frozen=True, slots=True)
class Proposed:
    kind: str
    source_key: str
    row: int
    name: str
    theirs: Document
    """What the list says now; an empty fact is one that it no longer tells."""
    fields: tuple[str, ...] = ()
    listing: int | None = None
    group: int | None = None
    based_on: int = 0


@dataclass(frozen=True, slots=True)
class Catalog:
    """What the comparison may look up; groups are read only where something is new."""

    ours: Callable[[Collection[int]], Mapping[int, Ours]]
    by_hand: Callable[[], Mapping[int, Ours]]
    """The organisation's groups that no list speaks of yet."""
    source: str
    """The name of the list."""


@dataclass(slots=True)
class Compared:
    proposals: list[Proposed] = field(default_factory=list)
    unchanged: int = 0
    agreed: dict[int, Document] = field(default_factory=dict)
    """By listing, what the list says now where it has come round to us."""
    quietly_back: list[int] = field(default_factory=list)
    quietly_gone: list[int] = field(default_factory=list)
    """Listings whose group is closed already, or still stands in the list under another key."""

    def count(self, kind: str) -> int:
        return sum(proposal.kind == kind for proposal in self.proposals)


@dataclass(frozen=True, slots=True)
class _Pair:
    listed: Listed
    known: Known
    kind: str

    @property
    def now(self) -> Document:
        return with_the_unsaid(self.listed.said, self.known.seen)


def quarantined(gone: int, known: int) -> bool:
    """More would go than an ordinary month loses: it is likelier that the list is broken."""
    return gone > max(LEAST, SHARE * known)


def compare(
    listed: Sequence[Listed], known: Sequence[Known], catalog: Catalog, *, still_there: Collection[str] = ()
) -> Compared:
    """`still_there`: keys of rows that are in the list and could not be read; they are not gone."""
    by_key = {one.source_key: one for one in known}
    present = {one.source_key for one in listed}
    same = [_pair(one, by_key[one.source_key]) for one in listed if one.source_key in by_key]
    strangers = [one for one in listed if one.source_key not in by_key]
    missing = [one for one in known if one.source_key not in present and one.source_key not in still_there]
    renamed = _renamed(strangers, missing, {pair.known.group for pair in same})
    found_again = {pair.known.listing for pair in renamed}
    new_ids = {pair.listed.source_key for pair in renamed}
    result = Compared()
    _add_known(same, renamed, catalog, result)
    _add_strangers([one for one in strangers if one.source_key not in new_ids], catalog, result)
    lost = [one for one in missing if not one.gone and one.listing not in found_again]
    _add_gone(lost, {pair.known.group for pair in (*same, *renamed)}, catalog, result)
    return result


def fields_to_decide(now: Document, seen: Document, ours: Document, *, source: str) -> tuple[str, ...]:
    """Of what the list says, what differs from what it said before and from what we have."""
    whole = onto(ours, now, source=source)
    news = [key for key in now if _is_news(key, now, seen) and not _is_our_note(key, seen, ours)]
    asked = [key for key in news if _differs(key, now, whole, ours)]
    return tuple(dict.fromkeys(asked_as(key) for key in asked))


def with_the_unsaid(said: Document, seen: Document) -> Document:
    """A list tells by silence that it takes back a code; of anything else silence says nothing."""
    unsaid: Document = {key: [] for key in seen if key.startswith(FACTS) and key not in said}
    if seen.get("membership", EVERYONE) != EVERYONE and "membership" not in said:
        unsaid["membership"] = EVERYONE
    if seen.get("meetings") and "meetings" not in said and said.get("mode") == "by_appointment":
        unsaid["meetings"] = []
    return {**said, **unsaid}


def says_the_same(said: Document, seen: Document) -> bool:
    now = with_the_unsaid(said, seen)
    return not any(_is_news(key, now, seen) for key in now)


def _pair(listed: Listed, known: Known) -> _Pair:
    return _Pair(listed, known, "back" if known.gone else "changed")


def _renamed(strangers: Sequence[Listed], missing: Sequence[Known], present: set[int]) -> list[_Pair]:
    """Rows that vanished and rows that nobody knows, brought together; those that went lately before older ones."""
    open_ones = [one for one in missing if one.group not in present]
    found: list[_Pair] = []
    for before in (False, True):
        taken = {pair.listed.source_key for pair in found}
        left = [one for one in strangers if one.source_key not in taken]
        old = [one for one in open_ones if one.gone is before]
        matched = pairs([one.said for one in left], [one.seen for one in old])
        found.extend(_Pair(left[new], old[number], "renamed") for new, number in matched)
    return found


def _add_known(same: Sequence[_Pair], renamed: Sequence[_Pair], catalog: Catalog, result: Compared) -> None:
    news = [pair for pair in same if pair.known.gone or not says_the_same(pair.listed.said, pair.known.seen)]
    ours = catalog.ours({pair.known.group for pair in (*news, *renamed)})
    result.unchanged = len(same) - len(news)
    for pair in (*news, *renamed):
        proposal = _proposed(pair, ours[pair.known.group], catalog.source)
        if proposal.fields or pair.kind == "renamed":
            result.proposals.append(proposal)
        else:
            _agree(pair, result)


def _agree(pair: _Pair, result: Compared) -> None:
    result.unchanged += 1
    result.agreed[pair.known.listing] = pair.listed.said
    if pair.known.gone:
        result.quietly_back.append(pair.known.listing)


def _proposed(pair: _Pair, ours: Ours, source: str) -> Proposed:
    fields = fields_to_decide(pair.now, pair.known.seen, ours.document, source=source)
    if pair.known.gone and ours.document["status"] == CLOSED:
        fields = tuple(dict.fromkeys(("status", *fields)))
    kind = pair.kind if pair.kind != "back" or "status" in fields else "changed"
    return Proposed(
        kind=kind,
        source_key=pair.listed.source_key,
        row=pair.listed.row,
        name=str(pair.listed.said["name"]),
        theirs=pair.now,
        fields=fields,
        listing=pair.known.listing,
        group=pair.known.group,
        based_on=ours.number,
    )


def _add_strangers(strangers: Sequence[Listed], catalog: Catalog, result: Compared) -> None:
    """New ones, and those that are a group which somebody entered by hand: that one is to be kept, not doubled."""
    by_hand = list(catalog.by_hand().items()) if strangers else []
    matched = dict(pairs([one.said for one in strangers], [ours.document for _group, ours in by_hand]))
    for number, one in enumerate(strangers):
        if number in matched:
            group, ours = by_hand[matched[number]]
            fields = fields_to_decide(one.said, {}, ours.document, source=catalog.source)
            result.proposals.append(_stranger(one, "changed", fields, group, ours.number))
        else:
            result.proposals.append(_stranger(one, "new", (), None, 0))


def _stranger(one: Listed, kind: str, fields: tuple[str, ...], group: int | None, based_on: int) -> Proposed:
    name = str(one.said["name"])
    return Proposed(kind, one.source_key, one.row, name, one.said, fields, group=group, based_on=based_on)


def _add_gone(lost: Sequence[Known], present: set[int], catalog: Catalog, result: Compared) -> None:
    ours = catalog.ours({one.group for one in lost if one.group not in present})
    asked: set[int] = set()
    for one in lost:
        if one.group in present or one.group in asked or ours[one.group].document["status"] == CLOSED:
            result.quietly_gone.append(one.listing)
            continue
        asked.add(one.group)
        document, number = ours[one.group].document, ours[one.group].number
        result.proposals.append(
            Proposed("gone", one.source_key, 0, document["name"], {}, (), one.listing, one.group, number)
        )


def _differs(key: str, now: Document, whole: Document, ours: Document) -> bool:
    if key.startswith(FACTS):
        return _facts_differ(now[key], whole.get(key, []), ours.get(key, []))
    if key in {"latitude", "longitude"}:
        return not _same_spot(whole, ours)
    return bool(whole.get(key) != ours.get(key))


def _is_our_note(key: str, seen: Document, ours: Document) -> bool:
    """What our own people wrote stays; only a note that came from the list follows the list."""
    return key in NOTES and bool(ours.get(key)) and ours[key] != seen.get(key)


def _facts_differ(said: Any, whole: Any, ours: Any) -> bool:
    """A value that somebody else told us already is no news, unless the list told us another one before."""
    if not said:
        return len(whole) != len(ours)
    name = list_named(said[0]["source"])
    own = [entry for entry in ours if list_named(entry["source"]) == name]
    return all(entry["values"] != said[0]["values"] for entry in own or ours)


def _is_news(key: str, now: Document, seen: Document) -> bool:
    """The day on which a row was right, the day of a fact, or a pin moved by a hair is none."""
    if key == RIGHT_ON:
        return False
    if key.startswith(FACTS):
        return [entry["values"] for entry in now[key]] != [entry["values"] for entry in seen.get(key, ())]
    if key in {"latitude", "longitude"}:
        return not _same_spot(now, seen)
    return bool(now[key] != seen.get(key))


def _same_spot(one: Document, other: Document) -> bool:
    if located(one) and located(other):
        return km_apart(one, other) <= SAME_SPOT_KM
    return located(one) == located(other)
