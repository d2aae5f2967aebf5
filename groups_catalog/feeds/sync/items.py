"""The proposals of a run as its preview shows them. A constant number of queries, however many there are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.comparing import Ours
from groups_catalog.feeds.sync.deciding import asks_about_the_entry
from groups_catalog.feeds.sync.holding import why_held
from groups_catalog.feeds.sync.listings import ASSUMED_MINUTES, onto
from groups_catalog.feeds.sync.new_entries import List, assumed, assumed_length, new_document
from groups_catalog.feeds.sync.notes import NOTES
from groups_catalog.feeds.sync.planning import ENTRY, OURS, THEIRS
from groups_catalog.models import Proposal, ProposalKind, Run
from groups_catalog.upkeep.comparison import PAIRS, FieldDifference, compare
from groups_catalog.upkeep.documents import FACTS, Document
from groups_catalog.upkeep.entries.locating import whereabouts
from groups_catalog.upkeep.field_words import PAIR_NAMES, field_lines, field_name
from groups_catalog.wording import MODES

SPOT = "latitude"
SHOWN_OF_NEW = ("meetings", "mode", "place", SPOT, "venue", "link", "languages", "access_step_free", *NOTES)
WHERE_TOLD = ("status", "membership")
"""Shown of a new one only where the list tells of it: of anything else it is silent, not general."""
Lines = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Choice:
    difference: FieldDifference
    name: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal as it is shown."""

    pk: int
    kind: str
    name: str
    row: int
    slug: str
    entry: str
    """What was decided of the whole: for a new one publish, draft or leave."""
    asks_entry: bool
    choices: list[Choice]
    lines: Lines
    """For a new one, all that would be written of it."""
    held: str
    """Why a new one cannot be published yet."""
    assumed: list[str]
    raw: str


def items(run: Run, proposals: Sequence[Proposal]) -> list[Item]:
    ours = stored.ours({one.group_id for one in proposals if one.group_id is not None})
    of = stored.list_of(run.source)
    return [_item(one, ours, of, timezone.localdate()) for one in proposals]


def _item(proposal: Proposal, ours: Mapping[int, Ours], of: List, today: date) -> Item:
    new = proposal.kind == ProposalKind.NEW
    made = new_document(proposal.theirs, of) if new else {}
    return Item(
        pk=proposal.pk,
        kind=proposal.kind,
        name=proposal.name,
        row=proposal.row,
        slug=proposal.group.slug if proposal.group else "",
        entry=_new_entry(proposal) if new else proposal.decided.get(ENTRY, ""),
        asks_entry=asks_about_the_entry(proposal),
        choices=[] if new else _choices(proposal, ours, of),
        lines=_lines(made, proposal.theirs) if new else [],
        held=why_held(made, of, today=today) if new else "",
        assumed=_assumed_of_new(proposal, made) if new else _assumed_of_known(proposal, ours),
        raw=json.dumps(proposal.raw, ensure_ascii=False, indent=1) if proposal.raw else "",
    )


def _new_entry(proposal: Proposal) -> str:
    if proposal.decided.get(ENTRY) == OURS:
        return "leave"
    if proposal.decided.get(ENTRY) == THEIRS:
        return "publish" if proposal.decided.get("status") == THEIRS else "draft"
    return ""


def _choices(proposal: Proposal, ours: Mapping[int, Ours], of: List) -> list[Choice]:
    if proposal.group_id is None or not proposal.fields:
        return []
    mine = ours[proposal.group_id].document
    differences = compare(mine, onto(mine, proposal.theirs, source=of.source), proposal.fields)
    return [Choice(one, f"p{proposal.pk}.{one.field}", proposal.decided.get(one.field, "")) for one in differences]


def _assumed_of_new(proposal: Proposal, made: Document) -> list[str]:
    words = {
        "meetings": _length_words(),
        "mode": _("how people meet: {mode}").format(mode=str(MODES[made["mode"]]).lower()),
        SPOT: _("the coordinates are those of {place}").format(place=made["place"]),
    }
    return [words[name] for name in assumed(proposal.theirs, made)]


def _assumed_of_known(proposal: Proposal, ours: Mapping[int, Ours]) -> list[str]:
    if "meetings" not in proposal.fields or proposal.group_id is None:
        return []
    return [_length_words()] if assumed_length(proposal.theirs, ours[proposal.group_id].document) else []


def _length_words() -> str:
    words = ngettext("a meeting lasts {count} minute", "a meeting lasts {count} minutes", ASSUMED_MINUTES)
    return words.format(count=ASSUMED_MINUTES)


def _lines(made: Document, said: Document) -> Lines:
    told = [name for name in WHERE_TOLD if name in said and (name, made[name]) != ("status", "published")]
    names = (*SHOWN_OF_NEW, *told, *(name for name in made if name.startswith(FACTS)))
    found = [(str(PAIR_NAMES.get(name) or field_name(name)), _told(name, made)) for name in names]
    return [(name, lines) for name, lines in found if lines]


def _told(name: str, made: Document) -> list[str]:
    return _spot_lines(made) if name == SPOT else field_lines(name, made.get(name))


def _spot_lines(made: Document) -> list[str]:
    """Also where they are: nobody reads a place out of two numbers."""
    where = whereabouts(made[SPOT], made[PAIRS[SPOT]])
    if where is None:
        return []
    numbers = ", ".join(line for name in (SPOT, PAIRS[SPOT]) for line in field_lines(name, made[name]))
    outside = [_("This is outside Norway. The coordinates are kept: check them.")] if where.outside else []
    return [f"{numbers} – {where.words}", *outside]
