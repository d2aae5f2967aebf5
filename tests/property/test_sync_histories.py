"""Whatever a publisher does and whatever the curators decide: nothing is lost, ids stay, undoing is exact."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinics.models import User
from groups_catalog.feeds.sync.deciding import decide, questions
from groups_catalog.feeds.sync.planning import is_open
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.feeds.sync.runs import release
from groups_catalog.models import Run, Source
from groups_catalog.upkeep.documents import Document
from tests.factories import a_member
from tests.sync_world import Row, a_row, a_source, catalog, fresh, read, take_over, write

pytestmark = pytest.mark.django_db
SIDES = st.sampled_from(["ours", "theirs", "theirs", ""])


@dataclass(frozen=True)
class Step:
    """One reading: the list as it is then, what is decided in turn, and what becomes of it afterwards: whether all
    of it is undone, or what was left open is decided as well.
    """

    listed: list[Row]
    sides: list[str] = field(default_factory=list)
    undo: bool = False
    finish: bool = False


@st.composite
def lists(draw: st.DrawFn) -> list[Row]:
    present = draw(st.sets(st.integers(0, 6), min_size=1))
    found = [draw(changed_rows(number)) for number in sorted(present)]
    return draw(st.permutations(found))


@st.composite
def changed_rows(draw: st.DrawFn, number: int) -> Row:
    changes: dict[str, Any] = {}
    if draw(st.booleans()):
        changes["slug"] = draw(st.sampled_from([f"ny-{number}", f"gruppe-{number}", f"enda-nyere-{number}"]))
    if draw(st.booleans()):
        changes["time"] = draw(st.sampled_from(["12:00", "20:00", None]))
    if draw(st.booleans()):
        changes["types"] = draw(st.sampled_from([["W"], ["M", "C"], [], ["TC"]]))
    if draw(st.booleans()):
        changes["name"] = draw(st.sampled_from(["Havna", f"Gruppe {number}", "Fjellet"]))
    return a_row(number, **changes)


STEPS = st.builds(Step, lists(), st.lists(SIDES, min_size=1, max_size=12), st.booleans(), st.booleans())


def decided(run: Run, by: User, sides: list[str]) -> bool:
    """Gives each question the next of the answers; an empty one leaves it open. Whether none was left open."""
    with scope(clinic=run.source.clinic):
        if run.state == "quarantined":
            release(run=run, typed=str(run.counts["gone"]))
        turn, complete, choices = 0, True, {}
        for proposal in run.proposals.all():
            chosen = {}
            for name in questions(proposal):
                side = sides[turn % len(sides)]
                turn += 1
                complete = complete and bool(side)
                chosen |= {name: side} if side else {}
            choices[proposal] = chosen
        decide(run=fresh(run), choices=choices, by=by)
    return complete


def anything_decided(run: Run) -> bool:
    with scope(clinic=run.source.clinic):
        return run.proposals.exclude(decided={}).exists()


def open_rows(run: Run) -> set[str]:
    """Of which nothing is decided, or not what they are at all."""
    with scope(clinic=run.source.clinic):
        return {one.source_key for one in run.proposals.all() if not one.decided or is_open(one)}


def the_rest(source: Source) -> Run | None:
    with scope(clinic=source.clinic):
        found: Run | None = source.runs.filter(state="ready", counts__rest=1).first()
        return found


def keeps_the_rest(source: Source, left: set[str]) -> None:
    rest = the_rest(source)
    with scope(clinic=source.clinic):
        asked = set(rest.proposals.values_list("source_key", flat=True)) if rest else set()
    assert left <= asked, "what was not decided still waits"


def finish(source: Source, by: User, listed: list[Row]) -> None:
    """What waits is decided and taken over at once, and then nothing is left to ask."""
    rest = the_rest(source)
    if rest is None:
        return
    run = take_over(fresh(rest), by)
    assert (run.state, the_rest(source)) == ("done", None)
    assert read(source, listed, by).state == "unchanged"


def play(source: Source, by: User, step: Step) -> None:
    before = catalog(source.clinic)
    run = read(source, step.listed, by)
    assert catalog(source.clinic) == before, "reading changes nothing"
    assert run.state in {"ready", "quarantined", "unchanged"}
    if run.state == "unchanged":
        return
    complete = decided(run, by, step.sides)
    if not anything_decided(run):
        return
    left = open_rows(run)
    run = write(fresh(run), by)
    after = catalog(source.clinic)
    assert run.state == "done"
    assert set(before) <= set(after), "no group is lost"
    keeps_the_rest(source, left)
    if complete:
        assert not left
        assert read(source, step.listed, by).state == "unchanged", "what was decided is not asked again"
    if step.undo:
        undone_exactly(run, by, before)
    elif step.finish:
        finish(source, by, step.listed)


def undone_exactly(run: Run, by: User, before: dict[str, Document]) -> None:
    with scope(clinic=run.source.clinic):
        if run.change is None:
            return
        result = undo_run(run=run, by=by)
    assert result is not None
    assert not result.left
    after = catalog(run.source.clinic)
    assert {slug: after[slug] for slug in before} == before
    assert {after[slug]["status"] for slug in set(after) - set(before)} <= {"closed"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=1, max_size=5))
def test_no_sequence_of_lists_and_decisions_loses_anything(steps: list[Step]) -> None:
    with transaction.atomic():
        kari = a_member(role="curator")
        source = a_source(kari.membership.clinic)
        for step in steps:
            play(source, kari, step)
        transaction.set_rollback(True)
