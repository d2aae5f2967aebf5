"""Which of several facts holds for a group, how old it is, and what is not taken over."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.resolution import (
    Freshness,
    KnownFact,
    Reached,
    Refusal,
    Resolution,
    freshness,
    resolve,
)
from groups_catalog.vocabulary import vocabulary
from tests.catalog_factories import a_known_fact

TODAY = date(2025, 11, 1)


def resolved(*facts: KnownFact) -> Resolution:
    return resolve(facts, vocabulary(), today=TODAY)


def refusals(*facts: KnownFact) -> list[Refusal]:
    return [left.reason for left in resolved(*facts).not_taken]


# --- precedence ------------------------------------------------------------------------------------------

LOWER_AND_HIGHER = [
    pytest.param(
        a_known_fact("cost", "free", reached=Reached.ORGANISATION, basis="observed", dated="2025-10-31"),
        a_known_fact("cost", "paid", dated=""),
        id="a local fact beats an inherited one, however new and observed that is",
    ),
    pytest.param(
        a_known_fact("cost", "free", reached=Reached.ORGANISATION, dated="2025-10-31"),
        a_known_fact("cost", "paid", reached=Reached.CLINIC, dated="2020"),
        id="the clinic's word on the organisation beats the shared library",
    ),
    pytest.param(
        a_known_fact("touch_custom", "hugging_common", basis="stated", dated="2025-10-31"),
        a_known_fact("touch_custom", "ask_first", basis="observed", dated="2024-01-01"),
        id="observed beats stated at the same level",
    ),
    pytest.param(
        a_known_fact("touch_custom", "no_touch", dated="2025-09"),
        a_known_fact("touch_custom", "ask_first", dated="2025-09-02"),
        id="the newer date beats the older one",
    ),
    pytest.param(
        a_known_fact("touch_custom", "no_touch", dated=""),
        a_known_fact("touch_custom", "ask_first", dated="1999"),
        id="any date beats none",
    ),
    pytest.param(
        a_known_fact("mode", "online", derived=True, dated="2025-10-31"),
        a_known_fact("mode", "both", dated=""),
        id="a recorded fact beats what the entry says by itself",
    ),
    pytest.param(
        a_known_fact("mode", "both", reached=Reached.CLINIC),
        a_known_fact("mode", "in_person", derived=True, dated=""),
        id="the group's own entry beats what its organisation usually does",
    ),
]


@pytest.mark.parametrize(("lower", "higher"), LOWER_AND_HIGHER)
def test_the_stronger_fact_holds(lower: KnownFact, higher: KnownFact) -> None:
    assert resolved(lower, higher).held[lower.attribute].values == higher.values


@pytest.mark.parametrize(("lower", "higher"), LOWER_AND_HIGHER)
def test_the_weaker_fact_is_listed_as_overruled(lower: KnownFact, higher: KnownFact) -> None:
    assert refusals(lower, higher) == [Refusal.OVERRULED]


# --- what travels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [Reached.ORGANISATION, Reached.CLINIC])
@pytest.mark.parametrize("basis", ["stated", "observed"])
@pytest.mark.parametrize(
    "attribute",
    [known.id for known in vocabulary().askable() if known.inherit == "never"],
)
def test_practice_never_travels_from_an_organisation(attribute: str, basis: str, level: Reached) -> None:
    value = next(iter(vocabulary().attributes[attribute].values))
    fact = a_known_fact(attribute, value, reached=level, basis=basis)
    assert resolved(fact).held == {}
    assert refusals(fact) == [Refusal.NEVER_TRAVELS]


WRITTEN = a_known_fact("meeting_format", "dialogue_feedback", reached=Reached.ORGANISATION)


def test_a_sourced_written_meeting_format_travels() -> None:
    held = resolved(WRITTEN).held["meeting_format"]
    assert (held.values, held.reached) == (("dialogue_feedback",), Reached.ORGANISATION)


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (replace(WRITTEN, basis="observed"), Refusal.NOT_WRITTEN),
        (replace(WRITTEN, source=""), Refusal.NOT_WRITTEN),
        (replace(WRITTEN, inherit=False), Refusal.KEPT_TO_ORGANISATION),
        (replace(WRITTEN, unverified=True), Refusal.UNVERIFIED),
    ],
)
def test_a_meeting_format_that_is_not_written_and_sourced_stays(fact: KnownFact, reason: Refusal) -> None:
    assert resolved(fact).held == {}
    assert refusals(fact) == [reason]


def test_a_fact_marked_for_the_organisation_only_stays_there() -> None:
    fact = a_known_fact("cost", "free", reached=Reached.ORGANISATION, inherit=False)
    assert refusals(fact) == [Refusal.KEPT_TO_ORGANISATION]


def test_an_unverified_fact_counts_as_not_known_and_is_kept() -> None:
    fact = a_known_fact(unverified=True)
    resolution = resolved(fact)
    assert resolution.held == {}
    assert resolution.unverified() == (fact,)


def test_an_unverified_local_fact_does_not_hide_a_verified_inherited_one() -> None:
    inherited = a_known_fact("cost", "free", reached=Reached.ORGANISATION)
    assert resolved(a_known_fact("cost", "paid", unverified=True), inherited).held["cost"].values == ("free",)


def test_facts_on_attributes_outside_the_vocabulary_are_left_out() -> None:
    assert resolved(a_known_fact("shoe_size", "43")).held == {}


# --- who and when ----------------------------------------------------------------------------------------


def test_one_report_about_how_people_behave_counts_and_is_marked() -> None:
    held = resolved(a_known_fact("hierarchy_observed", "marked", basis="observed", observers=1)).held
    assert held["hierarchy_observed"].reported_once


@pytest.mark.parametrize(
    "fact",
    [
        a_known_fact("hierarchy_observed", "marked", basis="observed", observers=2),
        a_known_fact("hierarchy_observed", "marked", basis="stated", observers=1),
        a_known_fact("speaking_expectation", "listening_is_fine", basis="observed", observers=1),
    ],
)
def test_other_facts_are_not_marked_as_reported_once(fact: KnownFact) -> None:
    assert not resolved(fact).held[fact.attribute].reported_once


@pytest.mark.parametrize(
    ("dated", "clock", "state"),
    [
        ("2025-11-01", "meeting", Freshness.FRESH),
        ("2025-08-03", "meeting", Freshness.FRESH),
        ("2025-08-02", "meeting", Freshness.DUE),
        ("2025-06-19", "meeting", Freshness.DUE),
        ("2025-06-18", "meeting", Freshness.OVERDUE),
        ("2025-05-05", "meeting", Freshness.OVERDUE),
        ("2025-05-04", "meeting", Freshness.STALE),
        ("2025-05-05", "practice", Freshness.FRESH),
        ("2025-05-04", "practice", Freshness.DUE),
        ("2024-11-01", "organisation", Freshness.FRESH),
        ("2024", "organisation", Freshness.OVERDUE),
        ("2025-10", "meeting", Freshness.FRESH),
        ("", "meeting", Freshness.DATE_UNKNOWN),
        ("2026-01-01", "meeting", Freshness.FRESH),
    ],
)
def test_a_fact_ages_by_its_attributes_clock(dated: str, clock: str, state: Freshness) -> None:
    assert freshness(dated, clock, today=TODAY) is state


def test_an_old_fact_still_holds_and_says_its_age() -> None:
    held = resolved(a_known_fact("touch_custom", "ask_first", dated="1999")).held["touch_custom"]
    assert (held.values, held.freshness) == (("ask_first",), Freshness.STALE)


# --- properties ------------------------------------------------------------------------------------------

facts = st.builds(
    KnownFact,
    attribute=st.sampled_from(["touch_custom", "meeting_format", "cost"]),
    values=st.sampled_from([("free",), ("paid",), ("ask_first",)]),
    basis=st.sampled_from(["stated", "observed"]),
    reached=st.sampled_from(list(Reached)),
    source=st.sampled_from(["", "A leaflet", "A visit"]),
    dated=st.sampled_from(["", "2024", "2025-03", "2025-03-14"]),
    unverified=st.booleans(),
    inherit=st.booleans(),
    observers=st.integers(1, 3),
    derived=st.booleans(),
)


@given(st.lists(facts, max_size=8), st.randoms())
def test_the_order_of_the_facts_never_matters(known: list[KnownFact], random: object) -> None:
    shuffled = list(known)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolved(*shuffled) == resolved(*known)


@given(st.lists(facts, max_size=8))
def test_saying_a_thing_twice_changes_nothing(known: list[KnownFact]) -> None:
    assert resolved(*known, *known) == resolved(*known)


@given(st.lists(facts, max_size=8))
def test_every_fact_either_holds_or_is_listed_with_a_reason(known: list[KnownFact]) -> None:
    resolution = resolved(*known)
    assert len(resolution.held) + len(resolution.not_taken) == len(set(known))


@given(st.lists(facts, max_size=8), facts)
def test_a_further_unverified_fact_never_changes_what_holds(known: list[KnownFact], more: KnownFact) -> None:
    assert resolved(*known, replace(more, unverified=True)).held == resolved(*known).held


@given(st.lists(facts, min_size=1, max_size=8))
def test_what_holds_was_said_by_one_of_the_facts(known: list[KnownFact]) -> None:
    for attribute, held in resolved(*known).held.items():
        assert any(
            (fact.attribute, fact.values, fact.reached, fact.dated)
            == (attribute, held.values, held.reached, held.dated)
            for fact in known
            if not fact.unverified
        )
