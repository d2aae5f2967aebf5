"""Reads what was chosen on a page of a run's preview."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

from clinics.models import User
from groups_catalog.feeds.sync.deciding import NEW_CHOICES, decide, decide_all
from groups_catalog.feeds.sync.pages import PAGE_SIZE
from groups_catalog.feeds.sync.planning import ENTRY
from groups_catalog.models import Proposal, ProposalKind, Run

SIDES = ("ours", "theirs")


def save(*, run: Run, data: QueryDict, by: User) -> None:
    """`all` answers for a whole kind; otherwise `p<number>.<question>` for what stands on the page."""
    kind = data.get("show", "")
    if (answer := data.get("all", "")) in _answers(kind):
        decide_all(run=run, kind=kind, choice=answer, by=by)
        return
    chosen = dict(_chosen(data))
    proposals = run.proposals.filter(pk__in=list(chosen)[:PAGE_SIZE])
    decide(run=run, choices={one: _sides(one, chosen[one.pk]) for one in proposals}, by=by)


def next_page(run: Run, data: QueryDict) -> str:
    """The kind that was shown, and the page after it; the last one stays."""
    kind = data.get("show", "")
    pages = Paginator(run.proposals.filter(kind=kind), PAGE_SIZE)
    number = pages.get_page(data.get("page")).number
    onwards = min(number + 1, pages.num_pages) if "all" not in data else number
    return urlencode({"show": kind, "page": onwards})


def _answers(kind: str) -> tuple[str, ...]:
    if kind not in ProposalKind.values:
        return ()
    return tuple(NEW_CHOICES) if kind == ProposalKind.NEW else SIDES


def _chosen(data: QueryDict) -> Iterator[tuple[int, dict[str, str]]]:
    found: dict[int, dict[str, str]] = {}
    for name, value in data.items():
        number, dot, question = name.partition(".")
        if dot and number[:1] == "p" and number[1:].isdecimal() and len(number) < 20:
            found.setdefault(int(number[1:]), {})[question] = str(value)
    yield from found.items()


def _sides(proposal: Proposal, chosen: dict[str, str]) -> dict[str, str]:
    """A new one has three answers, which are two questions."""
    if proposal.kind != ProposalKind.NEW:
        return chosen
    return NEW_CHOICES.get(chosen.get(ENTRY, ""), {})
