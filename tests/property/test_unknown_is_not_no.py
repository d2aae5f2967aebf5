"""Promise 2: what nobody said and nobody checked never counts against a group."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from referral.knowledge import rules
from referral.matching.model import BAND_ORDER, Answers, Entry, Group
from referral.matching.rules import Verdict
from tests.engine_factories import by_group, with_fact
from tests.property.menus import quick_menu
from tests.property.strategies import SKIPPED, all_answers, answerable, catalogs


@given(all_answers(), catalogs(), st.sampled_from(SKIPPED))
def test_skipping_a_question_is_the_same_as_not_being_asked(
    answers: Answers, groups: list[Group], skipped: str
) -> None:
    silent = {question.id: frozenset({skipped}) for question in answerable()}
    filled = replace(answers, choices=silent | dict(answers.choices))
    assert quick_menu(filled, groups) == quick_menu(answers, groups)


@given(st.sampled_from([*SKIPPED, None]), catalogs())
def test_when_everything_is_skipped_nothing_ranks_above_anything(skipped: str | None, groups: list[Group]) -> None:
    choices = {question.id: frozenset({skipped}) for question in answerable()} if skipped else {}
    menu = quick_menu(Answers(choices), groups)
    assert {(entry.band.value, entry.place) for entry in menu.entries} == {("not_ranked", 1)}
    assert not menu.out_of_reach


@given(all_answers(min_size=2), catalogs(min_size=3), st.data())
def test_a_fact_that_turns_from_not_known_to_fits_never_lowers(
    answers: Answers, groups: list[Group], data: st.DataObject
) -> None:
    before, after = turned(answers, groups, Verdict.FITS, data)
    assert BAND_ORDER.index(after.band) <= BAND_ORDER.index(before.band)
    assert after.place <= before.place


@given(all_answers(min_size=2), catalogs(min_size=3), st.data())
def test_a_fact_that_turns_from_not_known_to_conflicts_never_raises(
    answers: Answers, groups: list[Group], data: st.DataObject
) -> None:
    before, after = turned(answers, groups, Verdict.CONFLICTS, data)
    assert BAND_ORDER.index(after.band) >= BAND_ORDER.index(before.band)
    assert after.place >= before.place


@given(all_answers(), catalogs())
def test_what_nobody_recorded_never_puts_a_group_out_of_reach(answers: Answers, groups: list[Group]) -> None:
    unrecorded = [replace(g, languages=frozenset(), access={}, meetings=(), members="everyone") for g in groups]
    assert not quick_menu(answers, unrecorded).out_of_reach


@given(all_answers(), catalogs())
def test_what_is_not_known_becomes_a_question(answers: Answers, groups: list[Group]) -> None:
    for entry in quick_menu(answers, groups).entries:
        unknown = {found.attribute for found in entry.findings if found.verdict is Verdict.NOT_KNOWN}
        assert unknown <= {ask.attribute for ask in entry.asks}


def turned(answers: Answers, groups: list[Group], verdict: Verdict, data: st.DataObject) -> tuple[Entry, Entry]:
    """One group's entry while a fact is not known, and when it is known and every wish that hears it says this."""
    group = data.draw(st.sampled_from(groups))
    telling = telling_values(answers, group.lane, verdict)
    assume(telling)
    attribute, value = data.draw(st.sampled_from(telling))
    rest = [other for other in groups if other.id != group.id]
    before = by_group(quick_menu(answers, [*rest, with_fact(group, attribute)])).get(group.id)
    after = by_group(quick_menu(answers, [*rest, with_fact(group, attribute, value)])).get(group.id)
    assume(before is not None and after is not None)
    assert before
    assert after
    heard = {(f.criterion, f.verdict, f.weight) for f in after.findings}
    changed = heard - {(f.criterion, f.verdict, f.weight) for f in before.findings}
    gone = {f.criterion for f in before.findings} - {f.criterion for f in after.findings}
    assume(changed and not gone and all(now is verdict for _, now, _ in changed))
    return before, after


def telling_values(answers: Answers, lane: str, verdict: Verdict) -> list[tuple[str, str]]:
    """The values that one of the wishes switched on in this lane would call so."""
    said = answers.informative()
    cases = [case for criterion in rules().criteria if lane in criterion.lanes for case in criterion.cases]
    reads = [read for case in cases if any(trigger.hits(said) for trigger in case.triggers) for read in case.reads]
    return sorted({(r.attribute, v) for r in reads for v in (r.fits if verdict is Verdict.FITS else r.conflicts)})
