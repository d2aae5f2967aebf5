"""Promise 5: cautions never stand alone, the first entries show a real choice, and equals take turns."""

from hypothesis import given
from hypothesis import strategies as st

from referral.knowledge import rules
from referral.matching.model import LANES, Answers, Group, Menu
from referral.matching.rules import Role, Verdict
from referral.offline.output import as_data
from tests.engine_factories import TWELVE_STEP, by_group
from tests.property import sums
from tests.property.menus import quick_menu, stripped
from tests.property.strategies import all_answers, catalogs

FIRST = 5


@given(all_answers(), catalogs())
def test_at_most_three_cautions_are_shown_and_never_alone(answers: Answers, groups: list[Group]) -> None:
    for entry in quick_menu(answers, groups).entries:
        cautions = [m for m in entry.shown if rules().messages[m].role is Role.CAUTION]
        benefits = [m for m in entry.shown if rules().messages[m].role is Role.BENEFIT]
        assert len(cautions) <= 3
        assert not cautions or benefits or any(found.verdict is Verdict.FITS for found in entry.findings)
        assert set(cautions) <= set(entry.cautions)
        assert set(benefits) <= set(entry.benefits)


@given(all_answers(max_size=4), catalogs(min_size=7, max_size=11))
def test_the_first_five_hold_two_kinds_and_a_twelve_step_option_or_the_page_says_why(
    answers: Answers, groups: list[Group]
) -> None:
    menu = quick_menu(answers, groups)
    kinds = kinds_of(menu, groups)
    twelve_step = any(TWELVE_STEP in kind for kind in kinds[:FIRST])
    two_kinds = len({kind for kind in kinds[:FIRST] if kind}) > 1
    missing = set((menu.variety or "").split())
    assert twelve_step == ("no_twelve_step" not in missing)
    assert two_kinds == ("one_kind" not in missing)


@given(all_answers(max_size=4), catalogs(min_size=7, max_size=11))
def test_what_the_catalog_has_the_first_five_show(answers: Answers, groups: list[Group]) -> None:
    menu = quick_menu(answers, groups)
    kinds = kinds_of(menu, groups)
    if any(TWELVE_STEP in kind for kind in kinds):
        assert any(TWELVE_STEP in kind for kind in kinds[:FIRST])
    if len({kind for kind in kinds if kind}) > 1:
        assert len({kind for kind in kinds[:FIRST] if kind}) > 1


@given(all_answers(max_size=4), catalogs(min_size=7, max_size=11))
def test_pinning_shows_an_entry_and_changes_neither_place_nor_band(answers: Answers, groups: list[Group]) -> None:
    known = {group.id: group for group in groups}
    entries = as_data(quick_menu(answers, groups), rules(), "en")["entries"]
    keys = [(entry["lane"], sums.standing_key(entry, known[entry["groups"][0]], answers)) for entry in entries]
    places = sums.places(keys)
    for entry, key in zip(entries, keys, strict=True):
        assert (entry["band"], entry["place"]) == (sums.band(entry), places[key])


@given(all_answers(max_size=4), catalogs(min_size=7, max_size=11))
def test_all_but_the_pinned_stand_by_lane_and_place(answers: Answers, groups: list[Group]) -> None:
    menu = quick_menu(answers, groups)
    order = [(menu.lanes.index(entry.lane), entry.place) for entry in menu.entries if not entry.pinned]
    assert order == sorted(order)
    assert sorted(menu.lanes) == sorted(LANES)
    assert all(entry in menu.entries[:FIRST] for entry in menu.entries if entry.pinned)


@given(all_answers(), catalogs(min_size=4), st.integers(2, 1000))
def test_the_seed_alone_changes_nothing_but_the_order_of_equals(
    answers: Answers, groups: list[Group], seed: int
) -> None:
    one, other = quick_menu(answers, groups), quick_menu(answers, groups, seed)
    assert stripped(one) == stripped(other)
    assert (one.out_of_reach, one.general, one.not_used) == (other.out_of_reach, other.general, other.not_used)


@given(all_answers(), catalogs(min_size=4))
def test_groups_with_the_same_facts_have_the_same_place(answers: Answers, groups: list[Group]) -> None:
    entries = by_group(quick_menu(answers, groups))
    for one in groups:
        for other in groups:
            if one.lane == other.lane and one.facts == other.facts and {one.id, other.id} <= entries.keys():
                same, alike = entries[one.id], entries[other.id]
                assert (same.band, same.place, same.findings) == (alike.band, alike.place, alike.findings)


def kinds_of(menu: Menu, groups: list[Group]) -> list[frozenset[str]]:
    known = {group.id: group for group in groups}
    return [known[entry.groups[0]].values("kind") for entry in menu.entries]
