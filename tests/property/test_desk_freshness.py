"""What the database is asked agrees with the catalog's law on freshness, on any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.resolution import Freshness, first_day, freshness
from groups_catalog.upkeep.desk.urgency import (
    BY_AGE,
    Reason,
    Signs,
    age_reason,
    dated_before,
    facts_due_before,
    reasons,
)

days = st.dates(min_value=date(2001, 1, 1), max_value=date(2099, 12, 31))
partial_dates = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
near = st.integers(min_value=-400, max_value=400)


@given(partial_dates, days)
def test_a_partial_date_sorts_before_a_day_exactly_when_its_first_day_lies_before_it(dated: str, day: date) -> None:
    assert (dated < dated_before(day)) == (first_day(dated) < day)


@given(days, near, st.sampled_from([4, 7, 10]))
def test_a_fact_is_due_exactly_when_the_law_says_so(today: date, offset: int, length: int) -> None:
    dated = (today + timedelta(days=offset)).isoformat()[:length]
    due = freshness(dated, "practice", today=today) is not Freshness.FRESH
    assert (dated < dated_before(facts_due_before(today))) == due
    assert (Reason.FACTS in reasons(Signs(today, facts_dated=[dated]), today=today)) == due


@given(days, near)
def test_the_age_gives_the_reason_that_the_law_gives(today: date, offset: int) -> None:
    checked_on = today - timedelta(days=offset)
    state = freshness(checked_on.isoformat(), "meeting", today=today)
    found = age_reason(checked_on, today)
    assert found is BY_AGE.get(state) or (found is Reason.SOON and state is Freshness.FRESH)


@given(
    st.lists(st.sampled_from(["unsafe", "closed", "moved", "wrong_time", "other"])),
    st.lists(st.sampled_from(["gone", "changed", "new", "back", "renamed"])),
    st.none() | days,
    days,
)
def test_one_more_sign_never_makes_an_entry_less_urgent(
    reports: list[str], feed: list[str], checked_on: date | None, today: date
) -> None:
    with_all = reasons(Signs(checked_on, reports, feed), today=today)
    without = reasons(Signs(checked_on), today=today)
    assert set(without) <= set(with_all)
    assert not with_all or not without or list(Reason).index(with_all[0]) <= list(Reason).index(without[0])
