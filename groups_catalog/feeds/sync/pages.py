"""What the pages of a list and of a run show, put into words. A constant number of queries, however many rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from groups_catalog.feeds.model import Problem
from groups_catalog.feeds.sync import stored, words
from groups_catalog.feeds.sync.comparing import Ours
from groups_catalog.feeds.sync.deciding import asks_about_the_entry
from groups_catalog.feeds.sync.holding import why_held
from groups_catalog.feeds.sync.listings import assumed, new_document, onto
from groups_catalog.feeds.sync.planning import ENTRY, OURS, THEIRS
from groups_catalog.feeds.sync.runs import TO_DECIDE, UNDER_WAY, is_interrupted
from groups_catalog.feeds.wording import FIELDS, problem_sentence
from groups_catalog.models import Proposal, ProposalKind, Run, RunState, Source
from groups_catalog.upkeep.comparison import FieldDifference, compare
from groups_catalog.upkeep.documents import FACTS, Document
from groups_catalog.upkeep.field_words import field_lines, field_name
from groups_catalog.wording import here

PAGE_SIZE = 25
RUNS_SHOWN = 20
PROBLEMS = "problems"
SHOWN_OF_NEW = ("meetings", "mode", "place", "venue", "link", "languages", "membership", "access_step_free")
HEAVY = ("upload", "problems")


@dataclass(frozen=True, slots=True)
class Tab:
    kind: str
    name: str
    count: int
    left: int
    """How many of them nobody has decided."""


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
    lines: list[tuple[str, list[str]]]
    """For a new one, what the list says of it."""
    held: str
    """Why a new one cannot be published yet."""
    assumed: list[str]
    raw: str


@dataclass(frozen=True, slots=True)
class ProblemLine:
    row: int
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    source: Source
    organisation: str
    run: Run | None
    when: str
    says: str


def source_lines() -> list[SourceLine]:
    """Every list with what became of its newest reading."""
    newest = Run.objects.filter(source=OuterRef("pk")).order_by("-at").values("pk")[:1]
    sources = list(Source.objects.select_related("organisation").annotate(newest=Subquery(newest)))
    runs = Run.objects.select_related("change__undone_by").defer(*HEAVY)
    by_key = runs.in_bulk([source.newest for source in sources if source.newest])
    now = timezone.now()
    return [
        SourceLine(source, here(source.organisation.name), run, *_newest(run, now))
        for source in sources
        for run in [by_key.get(source.newest)]
    ]


def _newest(run: Run | None, now: datetime) -> tuple[str, str]:
    return (words.when_words(run.at), words.run_sentence(run, now)) if run else ("", "")


def source_page(source: Source) -> dict[str, Any]:
    now = timezone.now()
    runs = source.runs.select_related("change__undone_by", "started_by").defer(*HEAVY)[:RUNS_SHOWN]
    listed = [(run, *_newest(run, now)) for run in runs]
    return {
        "runs": listed,
        "organisation": here(source.organisation.name),
        "left_out": len(stored.left_out(source)),
        "groups": source.listings.count(),
    }


def run_state(run: Run) -> dict[str, Any]:
    """Enough for the line that says how far it has come."""
    now = timezone.now()
    interrupted = is_interrupted(run, now)
    return {
        "run": run,
        "source": run.source,
        "when": words.when_words(run.at),
        "says": words.run_sentence(run, now),
        "why": words.reason_sentence(run) if run.state == RunState.READY else "",
        "interrupted": interrupted,
        "under_way": run.state in UNDER_WAY and not interrupted,
        "undone": words.is_undone(run),
    }


def run_page(run: Run, show: str, page: str | None) -> dict[str, Any]:
    """The preview: one kind at a time, a page of it, each proposal with its choices."""
    context = run_state(run)
    if run.state not in {*TO_DECIDE, RunState.DONE, RunState.UNCHANGED, RunState.UNDONE}:
        return context
    tabs = _tabs(run)
    chosen = show if show in {tab.kind for tab in tabs} else _first(run, tabs)
    left = sum(tab.left for tab in tabs)
    decided = sum(tab.count - tab.left for tab in tabs if tab.kind != PROBLEMS)
    return context | {"tabs": tabs, "show": chosen, "left": left, "decided": decided} | _listed(run, chosen, page)


def _tabs(run: Run) -> list[Tab]:
    counted = (
        run.proposals.order_by().values("kind").annotate(count=Count("pk"), left=Count("pk", filter=Q(decided={})))
    )
    by_kind = {row["kind"]: row for row in counted}
    tabs = [
        Tab(kind.value, str(kind.label), by_kind[kind]["count"], by_kind[kind]["left"])
        for kind in ProposalKind
        if kind in by_kind
    ]
    problems = run.counts.get(PROBLEMS, 0)
    return [*tabs, Tab(PROBLEMS, _("Problems"), problems, 0)] if problems else tabs


def _first(run: Run, tabs: Sequence[Tab]) -> str:
    """Where too much would go, that is what to look at."""
    if run.state == RunState.QUARANTINED:
        return ProposalKind.GONE
    return tabs[0].kind if tabs else ""


def _listed(run: Run, show: str, page: str | None) -> dict[str, Any]:
    if show == PROBLEMS:
        kept = Run.objects.filter(pk=run.pk).values_list("problems", flat=True).get()
        found = Paginator(kept, 2 * PAGE_SIZE).get_page(page)
        return {"page": found, "problems": [_problem_line(entry) for entry in found]}
    proposals = run.proposals.filter(kind=show).select_related("group", "listing")
    shown: Page[Proposal] = Paginator(proposals, PAGE_SIZE).get_page(page)
    return {"page": shown, "items": _items(run, list(shown))}


def _problem_line(entry: Sequence[Any]) -> ProblemLine:
    problem = Problem(int(entry[0]), str(entry[1]), str(entry[2]), str(entry[3]))
    return ProblemLine(problem.row, str(FIELDS.get(problem.field, problem.field)), problem_sentence(problem))


def _items(run: Run, proposals: Sequence[Proposal]) -> list[Item]:
    ours = stored.ours({one.group_id for one in proposals if one.group_id is not None})
    keys = [one.source_key for one in proposals]
    added = run.source.listings.filter(source_key__in=keys).values_list("source_key", "group__slug")
    slugs = dict(added) if run.state == RunState.DONE else {}
    return [_item(run, one, ours, slugs) for one in proposals]


def _item(run: Run, proposal: Proposal, ours: Mapping[int, Ours], added: Mapping[str, str]) -> Item:
    new = proposal.kind == ProposalKind.NEW
    document = _new_document(run, proposal) if new else {}
    return Item(
        pk=proposal.pk,
        kind=proposal.kind,
        name=proposal.name,
        row=proposal.row,
        slug=proposal.group.slug if proposal.group else added.get(proposal.source_key, ""),
        entry=_new_entry(proposal) if new else proposal.decided.get(ENTRY, ""),
        asks_entry=asks_about_the_entry(proposal),
        choices=[] if new else _choices(run, proposal, ours),
        lines=_lines(document),
        held=why_held(document, today=timezone.localdate()) if new else "",
        assumed=[field_name(name) for name in assumed(proposal.theirs, new=new)],
        raw=json.dumps(proposal.raw, ensure_ascii=False, indent=1) if proposal.raw else "",
    )


def _new_document(run: Run, proposal: Proposal) -> Document:
    organisation = run.source.organisation
    return new_document(
        proposal.theirs, organisation=organisation.slug, lane=organisation.lane, source=run.source.name
    )


def _new_entry(proposal: Proposal) -> str:
    if proposal.decided.get(ENTRY) == OURS:
        return "leave"
    if proposal.decided.get(ENTRY) == THEIRS:
        return "publish" if proposal.decided.get("status") == THEIRS else "draft"
    return ""


def _choices(run: Run, proposal: Proposal, ours: Mapping[int, Ours]) -> list[Choice]:
    if proposal.group_id is None or not proposal.fields:
        return []
    mine = ours[proposal.group_id].document
    differences = compare(mine, onto(mine, proposal.theirs, source=run.source.name), proposal.fields)
    return [Choice(one, f"p{proposal.pk}.{one.field}", proposal.decided.get(one.field, "")) for one in differences]


def _lines(document: Document) -> list[tuple[str, list[str]]]:
    paused = ("status",) if document.get("status") == "paused" else ()
    names = (*SHOWN_OF_NEW, *paused, *(name for name in document if name.startswith(FACTS)))
    found = [(field_name(name), field_lines(name, document.get(name))) for name in names]
    return [(name, lines) for name, lines in found if lines]
