"""*What would move this?* promises: each change, made, gives exactly the band and place that it names."""

from dataclasses import replace

from hypothesis import given, settings

from referral.knowledge import rules
from referral.matching.model import Answers, Change, Entry, Group, Menu
from referral.matching.moves import applied
from tests.engine_factories import a_menu, by_group, facts_of, with_answer
from tests.property.menus import quick_menu
from tests.property.strategies import all_answers, answer_to, catalogs

A_WISH = answer_to("q7_format", "q8_structure", "q9_avoid", "q10_belief", "q12_mode", "q12_gender", "q2_goal")


@settings(max_examples=2 * settings.default.max_examples)
@given(all_answers(max_size=5), A_WISH, catalogs(min_size=2, max_size=7))
def test_each_move_applied_gives_exactly_the_band_and_place_it_names(
    answers: Answers, wish: tuple[str, frozenset[str]], groups: list[Group]
) -> None:
    wished = with_answer(answers, wish[0], *wish[1])
    menus: dict[Change, Menu] = {}
    for entry in a_menu(wished, groups).entries:
        for move in entry.moves:
            if move.change.kind == "answer":
                menu = menus.setdefault(move.change, quick_menu(applied(move.change, wished), groups))
            else:
                menu = quick_menu(wished, with_changed_fact(groups, entry, move.change))
            moved = by_group(menu)
            assert {(moved[g].band, moved[g].place) for g in entry.groups} == {(move.band, move.place)}, move


@given(all_answers(max_size=5), A_WISH, catalogs(min_size=2, max_size=7))
def test_a_move_always_changes_something(
    answers: Answers, wish: tuple[str, frozenset[str]], groups: list[Group]
) -> None:
    for entry in a_menu(with_answer(answers, wish[0], *wish[1]), groups).entries:
        assert all((move.band, move.place) != (entry.band, entry.place) for move in entry.moves)
        assert len({move.change for move in entry.moves}) == len(entry.moves)


@given(all_answers(max_size=6), catalogs(max_size=4))
def test_no_move_asks_anybody_to_change_health_history_or_reach(answers: Answers, groups: list[Group]) -> None:
    sensitive_or_reach = {"q4_mental_health", "q5_safety_history", "b5_safe", "q6_medicines", "q11_experience"}
    for entry in a_menu(answers, groups).entries:
        changed = {move.change.subject for move in entry.moves if move.change.kind == "answer"}
        assert not changed & sensitive_or_reach
        assert changed <= set(rules().move_questions)


@given(all_answers(max_size=6), catalogs(max_size=4))
def test_an_ask_that_could_change_the_band_is_one_whose_fact_moves_it(answers: Answers, groups: list[Group]) -> None:
    for entry in a_menu(answers, groups).entries:
        facts = {m.change.subject for m in entry.moves if m.change.kind == "fact" and m.band is not entry.band}
        assert all(ask.could_change_band == (ask.attribute in facts) for ask in entry.asks)
        told_first = [ask.could_change_band for ask in entry.asks]
        assert told_first == sorted(told_first, reverse=True)


def with_changed_fact(groups: list[Group], entry: Entry, change: Change) -> list[Group]:
    """The catalog after the change was seen at every group of the entry."""
    seen = facts_of({change.subject: change.values})
    return [replace(g, facts={**g.facts, **seen}) if g.id in entry.groups else g for g in groups]
