"""Promise 3: the verdicts come first, and band and place are nothing but what they give."""

from typing import Any

from hypothesis import given

from referral.knowledge import rules
from referral.matching.model import Answers, Group, Menu
from referral.offline.output import as_data
from tests.property import sums
from tests.property.menus import menu_without_weightless_criteria, quick_menu
from tests.property.strategies import all_answers, catalogs


def entries_of(menu: Menu) -> list[dict[str, Any]]:
    return as_data(menu, rules(), "en")["entries"]


@given(all_answers(), catalogs())
def test_the_band_is_what_the_verdicts_and_weights_give(answers: Answers, groups: list[Group]) -> None:
    for entry in entries_of(quick_menu(answers, groups)):
        assert entry["band"] == sums.band(entry)


@given(all_answers(), catalogs())
def test_the_place_is_the_dense_rank_within_the_lane(answers: Answers, groups: list[Group]) -> None:
    known = {group.id: group for group in groups}
    keys = [
        (entry["lane"], sums.standing_key(entry, known[entry["groups"][0]], answers), entry["place"])
        for entry in entries_of(quick_menu(answers, groups))
    ]
    places = sums.places((lane, key) for lane, key, _ in keys)
    for lane, key, place in keys:
        assert place == places[lane, key]


@given(all_answers(), catalogs())
def test_each_wish_is_heard_once_at_its_weight_or_three_times_it_or_not_at_all(
    answers: Answers, groups: list[Group]
) -> None:
    weights = {criterion.id: criterion.weight for criterion in rules().criteria}
    for entry in entries_of(quick_menu(answers, groups)):
        heard = [found["criterion"] for found in entry["findings"]]
        assert len(heard) == len(set(heard))
        assert all(
            f["weight"] in {0, weights[f["criterion"]], 3 * weights[f["criterion"]]} for f in entry["findings"]
        )


@given(all_answers(), catalogs())
def test_criteria_of_no_weight_change_no_standing(answers: Answers, groups: list[Group]) -> None:
    with_all, without = quick_menu(answers, groups), menu_without_weightless_criteria(answers, groups)
    assert [(e.groups, e.band, e.place, e.pinned) for e in with_all.entries] == [
        (e.groups, e.band, e.place, e.pinned) for e in without.entries
    ]


@given(all_answers(), catalogs())
def test_every_reason_rests_on_an_answer_that_was_given_and_on_a_listed_source(
    answers: Answers, groups: list[Group]
) -> None:
    given_pairs = {f"{q}.{option}" for q, chosen in answers.choices.items() for option in chosen}
    for entry in entries_of(quick_menu(answers, groups)):
        for found in entry["findings"]:
            assert found["answers"]
            assert set(found["answers"]) <= given_pairs
            assert found["evidence"]
            assert set(found["evidence"]) <= rules().evidence.keys()


@given(all_answers(), catalogs())
def test_a_reason_names_the_fact_it_was_read_from(answers: Answers, groups: list[Group]) -> None:
    known = {group.id: group for group in groups}
    for entry in quick_menu(answers, groups).entries:
        for found in entry.findings:
            fact = known[entry.groups[0]].facts.get(found.attribute)
            if found.verdict.value == "not_known":
                assert (found.values, found.basis) == ((), None)
            else:
                assert fact
                assert (frozenset(found.values), found.basis, found.source) == (fact.values, fact.basis, fact.source)
