"""Which groups of a catalog may be the same one twice, and how long it takes to tell."""

import random
import time
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.upkeep.duplicates.finding import CROWD, Entry, Reason, Spot, find, judge, near_in_time
from groups_catalog.upkeep.duplicates.names import alike, read_name

MONDAY_18_30 = 18 * 60 + 30
DAY = 24 * 60
KM = 1 / 111.2
"""In degrees of latitude."""


def an_entry(slug: str = "a", name: str = "Havna", **fields: Any) -> Entry:
    """In Oslo on Mondays at 18:30, with coordinates unless `coordinates` is None."""
    valid = {
        "organisation": "na",
        "membership": "everyone",
        "online": False,
        "place": "oslo",
        "venue": "",
        "link": "",
        "coordinates": Spot(59.91, 10.75),
        "times": frozenset((MONDAY_18_30,)),
    }
    return Entry(slug, read_name(name, ["NA", "Anonyme Narkomane"]), **{**valid, **fields})


def same(**fields: Any) -> bool:
    return judge(an_entry(), an_entry("b", **fields)) is not None


def test_two_entries_that_say_the_same_are_suggested() -> None:
    (found,) = find([an_entry(), an_entry("b")])
    assert (found.first, found.second) == ("a", "b")
    assert found.reasons == (Reason.SAME_NAME, Reason.SAME_TIMES, Reason.SAME_SPOT)


@pytest.mark.parametrize(
    ("changed", "suggested"),
    [
        ({"organisation": "aa"}, False),
        ({"name": "NA Havna"}, True),
        ({"name": "Havnagruppa"}, True),
        ({"name": "Lyset"}, False),
        ({"name": "Havna 2"}, False),
        ({"name": "NA-gruppe"}, True),
        ({"times": frozenset((MONDAY_18_30 + 15,))}, True),
        ({"times": frozenset((MONDAY_18_30 + 16,))}, False),
        ({"times": frozenset((MONDAY_18_30 + DAY,))}, False),
        ({"times": frozenset((MONDAY_18_30 - 10, MONDAY_18_30 + 3 * DAY))}, True),
        ({"times": frozenset()}, True),
        ({"times": frozenset(), "name": "Havnagruppa"}, False),
        ({"coordinates": Spot(59.91 + 0.149 * KM, 10.75)}, True),
        ({"coordinates": Spot(59.91 + 0.151 * KM, 10.75)}, False),
        ({"coordinates": None}, True),
        ({"coordinates": None, "place": "bodo"}, False),
        ({"coordinates": None, "place": ""}, False),
    ],
)
def test_each_condition_holds_up_to_its_limit(changed: dict[str, Any], suggested: bool) -> None:
    assert same(**changed) is suggested
    assert bool(find([an_entry(), an_entry("b", **changed)])) is suggested


def test_without_coordinates_another_venue_is_another_group() -> None:
    here, there = an_entry(coordinates=None, venue="torget1"), an_entry("b", coordinates=None, venue="torget9")
    assert not find([here, there])
    (found,) = find([here, an_entry("b", coordinates=None, venue="torget1")])
    assert Reason.SAME_VENUE in found.reasons


@pytest.mark.parametrize(
    ("link", "other", "reason"),
    [
        ("https://a", "https://a", Reason.SAME_LINK),
        ("https://a", "", Reason.BOTH_ONLINE),
        ("https://a", "https://b", None),
    ],
)
def test_online_the_link_is_the_place(link: str, other: str, reason: Reason | None) -> None:
    online: dict[str, Any] = {"online": True, "place": "", "coordinates": None}
    found = find([an_entry(link=link, **online), an_entry("b", link=other, **online)])
    assert [pair.reasons[-1] for pair in found] == ([reason] if reason else [])


def test_a_group_for_women_and_one_for_men_are_two() -> None:
    assert not find([an_entry(membership="women"), an_entry("b", membership="men")])
    assert find([an_entry(membership="women"), an_entry("b")])


def test_sunday_at_midnight_is_near_monday() -> None:
    assert near_in_time(7 * DAY - 5, 5)
    assert find([an_entry(times=frozenset((7 * DAY - 5,))), an_entry("b", times=frozenset((5,)))])


def test_the_likeliest_pair_stands_first() -> None:
    found = find([an_entry("a"), an_entry("b", name="Havnagruppa", coordinates=None), an_entry("c")])
    assert (found[0].first, found[0].second) == ("a", "c")
    assert len(found) == 3


@pytest.mark.parametrize(
    ("one", "other", "suggested"),
    [
        ("Torsdag", "Torsdags", True),
        ("Andre pust", "Annen pust", True),
        ("Kvinnegruppa", "Mannsgruppa", False),
        ("Ålesund øst", "ALESUND OST", True),
        ("Gruppe 1", "Gruppe 01", True),
        ("Gruppe 1", "Gruppe 2", False),
    ],
)
def test_spelling_does_not_part_names_and_numbers_do(one: str, other: str, suggested: bool) -> None:
    assert alike(read_name(one), read_name(other)) is suggested
    assert alike(read_name(other), read_name(one)) is suggested


ENTRIES = st.lists(
    st.builds(
        an_entry,
        st.just(""),
        name=st.sampled_from(["Havna", "Havnagruppa", "Lyset", "Lyset 2", "NA"]),
        organisation=st.sampled_from(["na", "aa"]),
        online=st.booleans(),
        place=st.sampled_from(["", "oslo", "bodo"]),
        venue=st.sampled_from(["", "torget1", "torget9"]),
        link=st.sampled_from(["", "https://a", "https://b"]),
        coordinates=st.none() | st.builds(Spot, st.floats(59.909, 59.912), st.floats(10.745, 10.755)),
        times=st.frozensets(st.integers(0, 50) | st.integers(7 * DAY - 20, 7 * DAY - 1), max_size=2),
    ),
    max_size=6,
)


@given(ENTRIES)
def test_the_short_way_finds_what_comparing_all_with_all_finds(entries: list[Entry]) -> None:
    named = [Entry(str(number), *(getattr(one, name) for name in FIELDS)) for number, one in enumerate(entries)]
    slowly = {(pair.first, pair.second) for a, b in combinations(named, 2) if (pair := judge(a, b))}
    assert {(pair.first, pair.second) for pair in find(named)} == slowly


FIELDS = [name for name in Entry.__slots__ if name != "slug"]


def test_a_crowd_at_one_time_and_spot_is_only_compared_by_equal_names() -> None:
    names = [f"{first}{second}{third}" for first in "bdfg" for second in "aeiou" for third in "lmnr"]
    crowd = [an_entry(f"g{number}", name=name) for number, name in enumerate(names)]
    assert len(crowd) > CROWD
    assert not find(crowd)
    assert [(pair.first, pair.second) for pair in find([*crowd, an_entry("again", name=names[0])])] == [
        ("g0", "again")
    ]


def test_twenty_thousand_groups_take_seconds() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    words = ("Havna", "Lyset", "Brua", "Torget", "Kilden", "Stien", "Fjellet", "Elva", "Veien", "Gnisten")

    def one(number: int, *, everywhere: bool) -> Entry:
        spot = Spot(58 + 10 * chance.random(), 5 + 10 * chance.random())
        times = frozenset(chance.randrange(7) * DAY + chance.choice((12, 17, 18, 19, 20)) * 60 for _ in range(2))
        name = f"{chance.choice(words)} {chance.choice(words)}"
        return an_entry(f"g{number}", name=name, coordinates=spot if everywhere else None, times=times)

    for everywhere in (True, False):
        entries = [one(number, everywhere=everywhere) for number in range(20_000)]
        began = time.process_time()
        find(entries)
        assert time.process_time() - began < 15
