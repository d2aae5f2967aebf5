"""What the pages of a list and of a run show, put into words. A constant number of queries, however many rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from groups_catalog.feeds.sync import stored, words
from groups_catalog.feeds.sync.deciding import undecided
from groups_catalog.feeds.sync.items import items
from groups_catalog.feeds.sync.problems import alike
from groups_catalog.feeds.sync.purging import KEPT
from groups_catalog.feeds.sync.results import results
from groups_catalog.feeds.sync.runs import SAME_AS_WAITING, TO_DECIDE, UNDER_WAY, is_interrupted
from groups_catalog.feeds.sync.sources import waits_for_its_columns
from groups_catalog.feeds.sync.the_rest import LEFT, REST, rest_of, taken_part
from groups_catalog.models import Proposal, ProposalKind, Run, RunState, Source
from groups_catalog.upkeep.changes import may_be_undone
from groups_catalog.wording import here

PAGE_SIZE = 25
RUNS_SHOWN = 20
PROBLEMS = "problems"
HEAVY = ("upload", "problems")


@dataclass(frozen=True, slots=True)
class Tab:
    kind: str
    name: str
    count: int
    left: int
    """How many of them nobody has decided."""


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    slug: str
    became: str
    """What was decided of it, in words, where it was taken over."""


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
    left = _left(by_key.values())
    return [
        SourceLine(source, here(source.organisation.name), run, *_newest(run, now, left))
        for source in sources
        for run in [by_key.get(source.newest)]
    ]


def _newest(run: Run | None, now: datetime, left: Counter[UUID]) -> tuple[str, str]:
    return (words.when_words(run.at), words.run_sentence(run, now, left[run.pk])) if run else ("", "")


def _left(runs: Iterable[Run]) -> Counter[UUID]:
    """By run, how much of it is undecided."""
    ready = [run.pk for run in runs if run.state == RunState.READY]
    found: Counter[UUID] = Counter()
    for (run, _kind), count in undecided(Proposal.objects.filter(run__in=ready)).items():
        found[run] += count
    return found


def source_page(source: Source) -> dict[str, Any]:
    now = timezone.now()
    runs = list(source.runs.select_related("change__undone_by", "started_by").defer(*HEAVY)[:RUNS_SHOWN])
    left = _left(runs)
    listed = [(run, *_newest(run, now, left)) for run in runs]
    return {
        "runs": listed,
        "organisation": here(source.organisation.name),
        "left_out": len(stored.left_out(source)),
        "groups": source.listings.count(),
    }


def run_state(run: Run, left: int | None = None) -> dict[str, Any]:
    """Enough for the line that says how far it has come."""
    now = timezone.now()
    interrupted = is_interrupted(run, now)
    return {
        "run": run,
        "source": run.source,
        "when": words.when_words(run.at),
        "says": words.run_sentence(run, now, left),
        "why": words.reason_sentence(run) if run.state == RunState.READY else "",
        "interrupted": interrupted,
        "under_way": run.state in UNDER_WAY and not interrupted,
        "undone": words.is_undone(run),
        "may_be_undone": run.state == RunState.DONE and run.change is not None and may_be_undone(run.change),
        "may_be_matched": run.state == RunState.REFUSED and waits_for_its_columns(run),
    }


def seen(run: Run) -> str:
    """Another one when the run has come back from being written: then a page of choices is of yesterday."""
    return run.beat_at.isoformat()


def run_page(run: Run, show: str, page: str | None) -> dict[str, Any]:
    """The preview: one kind at a time, a page of it, each proposal with its choices."""
    if run.state not in {*TO_DECIDE, RunState.DONE, RunState.UNCHANGED, RunState.UNDONE}:
        return run_state(run)
    tabs = _tabs(run)
    chosen = show if show in {tab.kind for tab in tabs} else _first(run, tabs)
    left = sum(tab.left for tab in tabs)
    context = run_state(run, left) | _beside(run)
    decided = sum(tab.count - tab.left for tab in tabs if tab.kind != PROBLEMS)
    came = results(run) if run.state == RunState.DONE and not context["undone"] else []
    asked = {"tabs": tabs, "show": chosen, "left": left, "decided": decided, "seen": seen(run), "came": came}
    asked["emptied"] = run.at < timezone.now() - KEPT and sum(tab.count for tab in tabs) < words.told(run)
    return context | asked | _listed(run, chosen, page)


def _beside(run: Run) -> dict[str, Any]:
    """Other readings of the list that this one leads to, and what became of them."""
    rest = rest_of(run)
    waiting = run.source.runs.filter(state__in=TO_DECIDE) if run.reason == SAME_AS_WAITING else Run.objects.none()
    return {
        "rest": rest,
        "rest_says": words.run_sentence(rest, timezone.now(), _left([rest])[rest.pk]) if rest else "",
        "left_open": run.counts.get(LEFT, 0),
        "is_rest": bool(run.counts.get(REST)),
        "part": taken_part(run),
        "waiting": waiting.only("pk", "source").first(),
    }


def _tabs(run: Run) -> list[Tab]:
    counted = run.proposals.order_by().values_list("kind").annotate(count=Count("pk"))
    by_kind: dict[str, int] = dict(counted)
    left = undecided(run.proposals.all()) if run.state == RunState.READY else Counter()
    tabs = [
        Tab(kind.value, str(kind.label), by_kind[kind], left[run.pk, kind.value])
        for kind in ProposalKind
        if kind in by_kind
    ]
    problems = run.counts.get(PROBLEMS, 0) if _problems_kept(run) else 0
    return [*tabs, Tab(PROBLEMS, _("Problems"), problems, 0)] if problems else tabs


def _problems_kept(run: Run) -> bool:
    """Those of an old run are deleted; how many there were is still told by its counts."""
    return bool(run.counts.get(PROBLEMS)) and Run.objects.filter(pk=run.pk).exclude(problems=[]).exists()


def _first(run: Run, tabs: Sequence[Tab]) -> str:
    """Where too much would go, that is what to look at."""
    if run.state == RunState.QUARANTINED:
        return ProposalKind.GONE
    return tabs[0].kind if tabs else ""


def _listed(run: Run, show: str, page: str | None) -> dict[str, Any]:
    if show == PROBLEMS:
        kept = Run.objects.filter(pk=run.pk).values_list("problems", flat=True).get()
        found = Paginator(alike(kept), 2 * PAGE_SIZE).get_page(page)
        return {"page": found, "problems": list(found)}
    proposals = run.proposals.filter(kind=show).select_related("group", "listing")
    shown: Page[Proposal] = Paginator(proposals, PAGE_SIZE).get_page(page)
    listed = items(run, list(shown)) if run.state == RunState.READY else _named(run, list(shown))
    return {"page": shown, "items": listed}


def _named(run: Run, proposals: Sequence[Proposal]) -> list[Named]:
    """Of a reading in which nothing is to be decided."""
    keys = [one.source_key for one in proposals]
    added = run.source.listings.filter(source_key__in=keys).values_list("source_key", "group__slug")
    slugs = dict(added) if run.state == RunState.DONE else {}
    return [
        Named(one.name, one.group.slug if one.group else slugs.get(one.source_key, ""), words.became(one, run.state))
        for one in proposals
    ]
