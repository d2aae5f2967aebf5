"""Reads what was chosen on a page of a run's preview."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

from clinics.models import User
from groups_catalog.feeds.sync.deciding import NEW_CHOICES, SIDES, decide, decide_all, questions
from groups_catalog.feeds.sync.pages import PAGE_SIZE, seen
from groups_catalog.feeds.sync.planning import ENTRY
from groups_catalog.models import Proposal, ProposalKind, Run

Choices = dict[int, dict[str, str]]


class ChoiceError(Exception):
    """What was sent does not answer what the run asks now; nothing was kept."""


def save(*, run: Run, data: QueryDict, by: User) -> bool:
    """`all` answers for a whole kind; otherwise what stands on the page. Whether anything of it is new.

    Raises ChoiceError, or as `decide`.
    """
    if "all" not in data:
        return save_page(run=run, data=data, by=by)
    kind, answer = data.get("show", ""), data.get("all", "")
    if answer not in _answers(kind):
        raise ChoiceError
    decide_all(run=run, kind=kind, choice=answer, by=by)
    return True


def save_page(*, run: Run, data: QueryDict, by: User) -> bool:
    """`p<number>.<question>`, for the proposals of one page. Whether anything of it is new: who sends back what a
    colleague has decided has decided nothing. Raises ChoiceError, or as `decide`.
    """
    chosen = _chosen(data)
    if len(chosen) > PAGE_SIZE:
        raise ChoiceError
    choices = {one: _sides(one, chosen[one.pk]) for one in run.proposals.filter(pk__in=chosen)}
    if len(choices) < len(chosen):
        raise ChoiceError
    new = {one: sides for one, sides in choices.items() if not sides.items() <= one.decided.items()}
    if not new:
        return False
    if data.get("seen", seen(run)) != seen(run):
        raise ChoiceError
    decide(run=run, choices=new, by=by)
    run.decided_by = by
    return True


def this_page(data: QueryDict) -> str:
    return urlencode({"show": data.get("show", ""), "page": data.get("page", "1")})


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
    return tuple(NEW_CHOICES) if kind == ProposalKind.NEW else tuple(SIDES)


def _chosen(data: QueryDict) -> Choices:
    found: Choices = {}
    for name, value in data.items():
        number, dot, question = name.partition(".")
        if not dot:
            continue
        if not _is_number(number[1:]) or number[:1] != "p":
            raise ChoiceError
        found.setdefault(int(number[1:]), {})[question] = str(value)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _sides(proposal: Proposal, chosen: Mapping[str, str]) -> dict[str, str]:
    """A new one has three answers, which are two questions."""
    if proposal.kind == ProposalKind.NEW:
        if set(chosen) != {ENTRY} or chosen[ENTRY] not in NEW_CHOICES:
            raise ChoiceError
        return NEW_CHOICES[chosen[ENTRY]]
    if not set(chosen) <= set(questions(proposal)) or not SIDES.issuperset(chosen.values()):
        raise ChoiceError
    return dict(chosen)
