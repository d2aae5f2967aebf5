"""Corners of the engine where one rule meets another."""

from referral.matching.moves import applied
from tests.engine_factories import (
    TWELVE_STEP,
    a_group,
    a_menu,
    by_group,
    the_answers,
    the_entry,
    with_answer,
    with_fact,
)


def test_telling_of_trauma_with_a_mark_on_it_does_not_lower_a_group() -> None:
    hugs = a_group(
        "na", {"touch_custom": "hugging_common", "meeting_format": "dialogue_feedback", "spirituality": "secular"}
    )
    silent = the_answers(
        q9_avoid="touch", q7_format="dialogue", q10_belief="secular_required", matters_most=["q5_safety_history"]
    )
    told = with_answer(silent, "q5_safety_history", "yes_take_into_account")
    assert the_entry(silent, hugs).band.value == "fits_some"
    assert the_entry(told, hugs).band.value == "fits_some"


def test_all_skipped_ranks_nothing_above_anything() -> None:
    menu = a_menu(
        the_answers(), [a_group("women", {"gender_setting": "women"}), a_group("na", {"gender_setting": "mixed"})]
    )
    assert {e.place for e in menu.entries} == {1}


def test_a_pin_does_not_push_the_only_twelve_step_option_out() -> None:
    f = {"meeting_format": "dialogue_feedback"}
    gs = [a_group(f"u{i}", f, km_away=1) for i in range(4)] + [
        a_group("na", {**f, "kind": TWELVE_STEP}, km_away=90),
        a_group("ngo", {"kind": "ngo"}, km_away=99),
    ]
    menu = a_menu(the_answers(q7_format="dialogue"), gs)
    assert "na" in [e.groups[0] for e in menu.entries[:5]]


def test_two_kinds_further_down_are_shown() -> None:
    f = {"meeting_format": "dialogue_feedback"}
    gs = [a_group(f"u{i}", f) for i in range(5)] + [
        a_group("ngo", {"kind": "ngo"}),
        a_group("uo", {"kind": "user_organisation"}),
    ]
    menu = a_menu(the_answers(q7_format="dialogue"), gs)
    assert menu.variety == "no_twelve_step"


def test_a_move_that_changes_who_is_in_reach_names_the_right_place() -> None:
    women = a_group("women", {"gender_setting": "women"}, members="women")
    other = a_group("other", {"meeting_format": "dialogue_feedback"})
    third = a_group("third", {"meeting_format": "mixed", "gender_setting": "mixed"})
    gs = [women, other, third]
    for now in ("men", "women", "mixed"):
        a = the_answers(q12_gender=now, q7_format="dialogue")
        for e in a_menu(a, gs).entries:
            for m in e.moves:
                if m.change.kind == "answer":
                    after = by_group(a_menu(applied(m.change, a), gs))
                    assert e.groups[0] in after, (now, e.groups, m)
                    assert (after[e.groups[0]].band, after[e.groups[0]].place) == (m.band, m.place), (
                        now,
                        e.groups,
                        m,
                    )


def test_an_unknown_fact_that_could_change_the_band_is_marked_so() -> None:
    group = a_group(facts={"problem_focus": "alcohol"})
    answers = the_answers(q4_mental_health="yes_ok_in_groups")
    entry = the_entry(answers, group)
    ask = next(ask for ask in entry.asks if ask.attribute == "comorbidity_practice")
    moved = the_entry(answers, with_fact(group, "comorbidity_practice", "dual_focus"))
    assert moved.band is entry.band or ask.could_change_band
