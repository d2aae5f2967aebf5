"""The benchmark's pure parts: what it measures with stays the same, and a missed target is never rounded away."""

from benchmarks.catalog import PROFILES, local_groups
from benchmarks.intake import CHOICES, MARKS
from benchmarks.measure import Taken, Times, missed, target
from benchmarks.recommend import engine_groups
from referral.knowledge import rules
from referral.matching.catalog import Catalog


def test_the_smaller_catalog_is_the_beginning_of_the_larger_one() -> None:
    assert local_groups(400)[:50] == local_groups(50)


def test_the_groups_have_300_distinct_profiles() -> None:
    assert len(Catalog(engine_groups(2 * PROFILES)).profiles) == PROFILES


def test_every_fact_is_a_word_of_the_vocabulary() -> None:
    known = {attribute.id: set(attribute.values) for attribute in rules().attributes.values()}
    assert all(fact.values <= known[name] for group in engine_groups(PROFILES) for name, fact in group.facts.items())


def test_the_intake_chooses_options_that_exist() -> None:
    questions = rules().questionnaire.questions
    assert all(chosen <= questions[question].option_ids() for question, chosen in CHOICES.items())
    assert CHOICES.keys() >= MARKS


def test_the_p95_is_a_time_that_was_measured() -> None:
    taken = tuple(Taken(wall=float(second), cpu=0.0) for second in range(1, 41))
    assert Times(taken).p95 == 38.0


def test_a_target_missed_by_a_hair_is_missed() -> None:
    assert target(6.00001, 6.0) == {"measured": 6.0, "at_most": 6.0, "met": False}


def test_missed_targets_are_named_by_their_path() -> None:
    report = {"menu": {"sizes": [{"median": target(7, 6)}, {"median": target(5, 6)}]}, "same": {"met": False}}
    assert list(missed(report)) == ["menu.sizes[0].median", "same"]
