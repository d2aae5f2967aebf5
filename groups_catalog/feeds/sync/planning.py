"""What the decisions of a run come to: documents to be written, and what is remembered of each row. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from groups_catalog.feeds.sync.comparing import CLOSED, Ours
from groups_catalog.feeds.sync.listings import EVERYONE, onto
from groups_catalog.feeds.sync.new_entries import List, new_document, with_check
from groups_catalog.upkeep.comparison import PAIRS, asked_as, decided
from groups_catalog.upkeep.documents import FACTS, Document

ENTRY = "entry"
OURS, THEIRS = "ours", "theirs"


class Decided(Protocol):
    """A proposal that somebody has decided."""

    kind: str
    theirs: Document
    fields: list[str]
    decided: dict[str, str]
    group_id: int | None
    listing_id: int | None


@dataclass(slots=True)
class Plan:
    new: list[tuple[Decided, Document]] = field(default_factory=list)
    rewritten: dict[int, Document] = field(default_factory=dict)
    """By group; two rows about one group come together in one document."""


def plan(proposals: Iterable[Decided], ours: Mapping[int, Ours], of: List) -> Plan:
    """`ours`: the groups as they stand, by key."""
    made = Plan()
    for proposal in proposals:
        if is_added(proposal):
            made.new.append((proposal, added_document(proposal, of)))
        if proposal.group_id is not None and not is_open(proposal):
            before = made.rewritten.get(proposal.group_id, ours[proposal.group_id].document)
            made.rewritten[proposal.group_id] = _rewritten(proposal, before, of)
    made.rewritten = {key: after for key, after in made.rewritten.items() if after != ours[key].document}
    return made


def is_added(proposal: Decided) -> bool:
    """Whether a group comes of it that we do not have yet."""
    side = proposal.decided.get(ENTRY)
    return side == (THEIRS if proposal.kind == "new" else OURS) and proposal.kind != "gone"


def is_open(proposal: Decided) -> bool:
    """Whether the first question, if it is the same thing at all, waits for its answer."""
    asks = proposal.kind in {"new", "gone", "renamed"} or (proposal.kind == "changed" and proposal.listing_id is None)
    return asks and ENTRY not in proposal.decided


def is_same(proposal: Decided) -> bool:
    """Whether the row is about the group that the proposal names."""
    return proposal.kind in {"changed", "back", "renamed"} and proposal.decided.get(ENTRY, THEIRS) == THEIRS


def added_document(proposal: Decided, of: List) -> Document:
    made = new_document(proposal.theirs, of)
    as_draft = proposal.kind == "new" and proposal.decided.get("status") != THEIRS
    return {**made, "status": "draft"} if as_draft else made


def seen_after(before: Document, proposal: Decided) -> Document:
    """What is remembered as decided: all that the list says, but for the questions that were left open."""
    left = {name for name in proposal.fields if name not in proposal.decided}
    said = {key: value for key, value in proposal.theirs.items() if asked_as(key) not in left}
    unsaid = {key for key, value in said.items() if is_unsaid(key, value)}
    return {key: value for key, value in {**before, **said}.items() if key not in unsaid}


def seen_before(after: Document, proposal: Decided, ours: Document) -> Document:
    """Turns `seen_after` back: of what was decided the list counts as having said what we say, and is asked again."""
    asked = {key for name in proposal.decided for key in (name, PAIRS.get(name, name)) if name != ENTRY}
    kept = {key: value for key, value in after.items() if key not in asked}
    return {**kept, **{key: ours[key] for key in asked if key in ours}}


def is_unsaid(key: str, value: object) -> bool:
    """What the list tells by its silence: see `comparing.with_the_unsaid`."""
    if key.startswith(FACTS) or key == "meetings":
        return value == []
    return key == "membership" and value == EVERYONE


def _rewritten(proposal: Decided, before: Document, of: List) -> Document:
    if not is_same(proposal):
        closes = proposal.kind == "renamed" or (proposal.kind == "gone" and proposal.decided[ENTRY] == THEIRS)
        return {**before, "status": CLOSED} if closes else before
    theirs = onto(before, proposal.theirs, source=of.source)
    choices = {name: proposal.decided[name] for name in proposal.fields if name in proposal.decided}
    after = decided(before, theirs, choices)
    if proposal.fields and all(choices.get(name) == THEIRS for name in proposal.fields):
        return with_check(after, proposal.theirs)
    return after
