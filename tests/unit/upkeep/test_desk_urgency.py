"""Why an entry needs a look: which reasons hold, and in which order."""

from datetime import date, timedelta

import pytest

from groups_catalog.upkeep.desk.urgency import (
    BIT,
    MEETING_DAYS,
    NO_REASON,
    OUT_OF_USE,
    OVER_DAYS,
    PRACTICE_DAYS,
    SOON_DAYS,
    Reason,
    Signs,
    age_reason,
    dated_before,
    needs_a_look,
    rank,
    reasons,
)
from groups_catalog.upkeep.desk.wording import LOOKS, REASONS

TODAY = date(2026, 3, 1)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (0, None),
        (76, None),
        (77, Reason.SOON),
        (90, Reason.SOON),
        (91, Reason.DUE),
        (135, Reason.DUE),
        (136, Reason.OVERDUE),
        (180, Reason.OVERDUE),
        (181, Reason.OFF_HANDOUT),
        (4000, Reason.OFF_HANDOUT),
    ],
)
def test_the_age_of_the_last_check_gives_one_reason_at_most(days: int, reason: Reason | None) -> None:
    assert age_reason(days_ago(days), TODAY) is reason


def test_an_entry_that_nobody_has_checked_says_so() -> None:
    assert age_reason(None, TODAY) is Reason.NEVER


def test_a_check_in_the_future_asks_for_nothing() -> None:
    assert age_reason(days_ago(-3), TODAY) is None


def test_a_fresh_entry_without_reports_needs_no_look() -> None:
    assert reasons(Signs(days_ago(1)), today=TODAY) == ()


@pytest.mark.parametrize(
    ("signs", "first"),
    [
        (Signs(None, reports=["closed", "unsafe", "other"]), Reason.UNSAFE),
        (Signs(None, reports=["moved", "closed"]), Reason.CLOSED),
        (Signs(None, reports=["wrong_time"], feed=["gone"]), Reason.REPORTED),
        (Signs(days_ago(999), feed=["changed", "gone"]), Reason.GONE),
        (Signs(days_ago(999), feed=["changed"]), Reason.DIFFERS),
        (Signs(days_ago(999), facts_dated=["2020"]), Reason.OFF_HANDOUT),
        (Signs(None, facts_dated=["2020"]), Reason.NEVER),
        (Signs(days_ago(80), facts_dated=["2020"]), Reason.FACTS),
        (Signs(days_ago(80), facts_dated=["", "2026-02"]), Reason.SOON),
    ],
    ids=str,
)
def test_the_most_urgent_reason_stands_first(signs: Signs, first: Reason) -> None:
    assert reasons(signs, today=TODAY)[0] is first


def test_every_reason_that_holds_is_told_in_the_order_of_urgency() -> None:
    everything = Signs(days_ago(999), ["unsafe", "closed", "moved"], ["gone", "changed"], ["2020"])
    found = reasons(everything, today=TODAY)
    assert list(found) == sorted(found, key=BIT.__getitem__)
    assert set(Reason) - set(found) == {Reason.OVERDUE, Reason.DUE, Reason.NEVER, Reason.SOON}


def test_the_first_of_an_entrys_reasons_gives_its_rank() -> None:
    assert rank(BIT[Reason.UNSAFE]) < rank(BIT[Reason.CLOSED] | BIT[Reason.SOON]) < rank(BIT[Reason.SOON])
    assert rank(0) == NO_REASON == 1 + rank(BIT[Reason.SOON])


def test_what_will_be_due_soon_needs_no_look_by_that_alone() -> None:
    assert not needs_a_look(0)
    assert not needs_a_look(BIT[Reason.SOON])
    assert needs_a_look(BIT[Reason.SOON] | BIT[Reason.FACTS])


def test_what_is_not_in_use_needs_no_look_and_comes_last() -> None:
    assert not needs_a_look(OUT_OF_USE | BIT[Reason.UNSAFE])
    assert rank(OUT_OF_USE) == NO_REASON
    assert rank(OUT_OF_USE | BIT[Reason.UNSAFE]) == rank(BIT[Reason.UNSAFE])


def test_of_what_is_not_in_use_only_what_is_told_of_it_counts() -> None:
    signs = Signs(days_ago(999), ["unsafe"], ["gone"], ["2020"], in_use=False)
    assert reasons(signs, today=TODAY) == (Reason.UNSAFE, Reason.GONE)


def test_the_limits_are_those_of_the_catalogs_law() -> None:
    assert (MEETING_DAYS, PRACTICE_DAYS, SOON_DAYS) == (90, 180, 14)
    assert OVER_DAYS == {Reason.OFF_HANDOUT: 180, Reason.OVERDUE: 135, Reason.DUE: 90}


def test_every_reason_has_words_and_a_colour() -> None:
    assert list(REASONS) == list(LOOKS) == list(Reason)


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2026, 5, 17), "2026-05-17"), (date(2026, 5, 1), "2026-05"), (date(2026, 1, 1), "2026")],
)
def test_a_first_day_is_compared_as_the_month_or_year_it_begins(day: date, text: str) -> None:
    assert dated_before(day) == text
