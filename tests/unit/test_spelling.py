"""Letters without their accents. Each who asks has letters of their own to put in."""

import pytest

from groups_catalog.feeds.times import folded
from groups_catalog.places import norway, plain
from groups_catalog.spelling import without_accents
from groups_catalog.upkeep.slugs import spelled_plainly


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Årdal", "ardal"),
        ("KÅFJORD", "kafjord"),
        ("Ｍö\N{COMBINING ACUTE ACCENT}", "mo"),
        ("Straße", "strasse"),
        ("ø", "ø"),
    ],
)
def test_accents_fall_away_and_other_letters_stay(written: str, spelled: str) -> None:
    assert without_accents(written, {}) == spelled


@pytest.mark.parametrize(
    ("written", "address", "place", "word"),
    [
        ("Ålesund øst", "alesund ost", "alesundost", "alesund ost"),
        ("Kárášjohka/Æra", "karasjohka/aera", "karasjohkaaera", "karasjohka/aera"),
        ("Đŋ", "dn", "dn", "đŋ"),
        ("Łódź", "łodz", "łodz", "lodz"),
    ],
)
def test_addresses_and_places_know_sami_letters_and_lists_know_polish_ones(
    written: str, address: str, place: str, word: str
) -> None:
    assert (spelled_plainly(written), plain(written), folded(written)) == (address, place, word)


def test_every_town_can_be_typed_with_plain_letters() -> None:
    assert [place.name for place in norway() if not plain(place.name).isascii()] == []
