"""One wish against one group's facts: the table of verdicts."""

import pytest

from referral.matching.rules import Verdict
from tests.engine_factories import a_group, the_answers, the_entry, the_finding, with_answer, with_fact

ASKED_FOR_TALK = the_answers(q7_format="dialogue")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_never_true_or_false(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="one of four"):
        bool(verdict)


@pytest.mark.parametrize(
    ("meeting_format", "verdict", "band"),
    [
        ("dialogue_feedback", "fits", "fits_most"),
        ("mixed", "partly", "fits_some"),
        ("narrative_turns_no_dialogue", "conflicts", "fits_few"),
        (None, "not_known", "not_yet_known"),
    ],
)
def test_a_wish_for_talk_meets_each_way_of_meeting(meeting_format: str | None, verdict: str, band: str) -> None:
    facts = {"meeting_format": meeting_format} if meeting_format else {}
    entry = the_entry(ASKED_FOR_TALK, a_group(facts=facts))
    found = the_finding(entry, "meeting_way")
    assert found
    assert (found.verdict.value, entry.band.value) == (verdict, band)


@pytest.mark.parametrize(
    ("written", "verdict"),
    [("welcome_back", "partly"), ("excluded_for_a_time", "conflicts"), ("none_written", "not_known")],
)
def test_a_written_rule_standing_in_for_unseen_practice_is_partly_at_most(written: str, verdict: str) -> None:
    entry = the_entry(the_answers(q3_stage="used_again_recently"), a_group(facts={"lapse_policy": written}))
    found = the_finding(entry, "lapse_reception")
    assert found
    assert found.verdict.value == verdict
    assert found.stands_in == (verdict != "not_known")


@pytest.mark.parametrize(
    ("seen", "verdict"), [("supportive", "fits"), ("mixed", "partly"), ("sceptical", "conflicts")]
)
def test_what_was_seen_decides_before_what_is_written(seen: str, verdict: str) -> None:
    group = a_group(facts={"lapse_policy": "welcome_back", "lapse_reception_observed": seen})
    found = the_finding(the_entry(the_answers(q3_stage="used_again_recently"), group), "lapse_reception")
    assert found
    assert (found.verdict.value, found.attribute) == (verdict, "lapse_reception_observed")


def test_what_does_not_apply_scores_nothing_and_asks_nothing() -> None:
    entry = the_entry(the_answers(q2_goal="abstain_all"), a_group(facts={"abstinence_goal": "not_applicable"}))
    assert the_finding(entry, "goal") is None
    assert entry.band.value == "not_ranked"
    assert entry.asks == ()


@pytest.mark.parametrize(
    ("trauma_practice", "weight"),
    [("trauma_specific", 1), ("local_practice_seen", 1), ("none_known", None), (None, 0)],
)
def test_an_answer_about_trauma_enters_the_sums_only_where_it_fits(
    trauma_practice: str | None, weight: int | None
) -> None:
    group = a_group(facts={"trauma_practice": trauma_practice} if trauma_practice else {})
    found = the_finding(the_entry(the_answers(q5_safety_history="yes_take_into_account"), group), "trauma_practice")
    assert (found.weight if found else None) == weight


@pytest.mark.parametrize(
    ("seen", "weight", "band"),
    [
        ("welcoming", 1, "fits_most"),
        ("mixed", 0, "not_ranked"),
        ("unwelcoming", 1, "fits_few"),
        (None, 0, "not_ranked"),
    ],
)
def test_a_medicine_answer_counts_against_a_group_only_where_a_cold_reception_was_seen(
    seen: str | None, weight: int, band: str
) -> None:
    entry = the_entry(
        the_answers(q6_medicines="omt_now"), a_group(facts={"omt_reception_observed": seen} if seen else {})
    )
    found = the_finding(entry, "omt_reception")
    assert found
    assert (found.weight, entry.band.value) == (weight, band)


def test_a_finding_names_every_answer_behind_it() -> None:
    answers = the_answers(q9_avoid=["gossip_recognised", "touch"], q12_discreet="very")
    found = the_finding(the_entry(answers, a_group(facts={"venue_visibility": "visible"})), "discreet_venue")
    assert found
    assert found.answers == ("q12_discreet.very", "q9_avoid.gossip_recognised")


@pytest.mark.parametrize("mark", ["q7_format", "q7_format.dialogue"])
def test_a_mark_may_name_the_question_or_the_answer(mark: str) -> None:
    marked = the_answers(matters_most=[mark], q7_format="dialogue")
    found = the_finding(the_entry(marked, a_group()), "meeting_way")
    assert found
    assert (found.weight, found.matters_most) == (3, True)


def test_a_mark_on_another_answer_of_the_question_weighs_nothing_here() -> None:
    marked = the_answers(matters_most=["q9_avoid.touch"], q9_avoid=["touch", "step_tasks"])
    found = the_finding(the_entry(marked, a_group()), "no_step_tasks")
    assert found
    assert (found.weight, found.matters_most) == (1, False)


def test_a_wish_is_judged_anew_when_the_fact_or_the_answer_changes() -> None:
    group = a_group(facts={"meeting_format": "activity"})
    assert the_entry(ASKED_FOR_TALK, group).band.value == "fits_few"
    assert the_entry(with_answer(ASKED_FOR_TALK, "q7_format", "activity"), group).band.value == "fits_most"
    assert the_entry(ASKED_FOR_TALK, with_fact(group, "meeting_format", "mixed")).band.value == "fits_some"
    assert the_entry(with_answer(ASKED_FOR_TALK, "q7_format"), with_fact(group, "meeting_format")).findings == ()
