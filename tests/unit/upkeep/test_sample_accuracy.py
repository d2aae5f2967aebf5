"""The measured accuracy of the catalog and how far it can be trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.upkeep.sample.accuracy import Accuracy, Standing, accuracy
from groups_catalog.upkeep.sample.wilson import Interval, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (18, 20, 0.6990, 0.9721),
        (19, 20, 0.7639, 0.9911),
        (20, 20, 0.8389, 1.0),
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_the_interval_agrees_with_published_values(successes: int, n: int, low: float, high: float) -> None:
    """The last four are from Newcombe 1998, Statistics in Medicine 17:857, table I."""
    found = wilson(successes, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_of_no_calls_anything_may_be_true() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5)])
def test_more_successes_than_calls_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="of"):
        wilson(successes, n)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_lies_within_0_and_1_and_mirrors(case: tuple[int, int]) -> None:
    successes, n = case
    found, mirrored = wilson(successes, n), wilson(n - successes, n)
    assert 0 <= found.low <= successes / n <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-12)


def test_calls_that_reached_nobody_are_counted_apart() -> None:
    counts = accuracy({"right": 16, "small": 2, "wrong": 0, "no_answer": 1, "": 1})
    assert (counts.calls, counts.reached) == (20, 18)
    assert (counts.functional.count, counts.functional.of) == (18, 18)
    assert counts.exact.value == pytest.approx(16 / 18)


def test_before_the_first_call_nothing_is_claimed() -> None:
    counts = accuracy({"": 20})
    assert counts.standing is Standing.NO_CALLS
    assert counts.functional.value == 0


@pytest.mark.parametrize(
    ("counts", "standing"),
    [
        (Accuracy(right=20), Standing.OPEN),
        (Accuracy(right=18, wrong=2), Standing.OPEN),
        (Accuracy(right=10, wrong=10), Standing.BELOW),
        (Accuracy(right=90, small=10), Standing.ABOVE),
        (Accuracy(no_answer=20), Standing.NO_CALLS),
    ],
)
def test_twenty_calls_do_not_prove_the_target(counts: Accuracy, standing: Standing) -> None:
    assert counts.standing is standing
