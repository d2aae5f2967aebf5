"""Whether two rows are the same meeting under different ids. Pure.

The same weekday and hour, and the same place: within 150 metres, the same venue in the same words, or the same link.
Where a place is not told, the name must be the same. Which fellowship it is was settled before: a list has one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from groups_catalog.places import SAME_PLACE_KM, Place, distance_km, plain

CELL = 0.005
"""Degrees: no two points within 150 m lie further apart than one cell, up to 72° north."""
CROWD = 100
"""Rows at one hour and one place that are looked at; no real list has more."""
Document = Mapping[str, Any]


def pairs(new: Sequence[Document], old: Sequence[Document]) -> list[tuple[int, int]]:
    """Which new row is which old one, by their places in the lists; the likest first, each of them once."""
    blocks: dict[object, list[int]] = {}
    for number, document in enumerate(old):
        for key in _own_blocks(document):
            blocks.setdefault(key, []).append(number)
    found = {
        (number, other): likeness
        for number, document in enumerate(new)
        for other in _candidates(document, blocks)
        if (likeness := alike(document, old[other]))
    }
    return list(_each_once(sorted(found, key=lambda pair: (-found[pair], pair))))


def alike(one: Document, other: Document) -> float:
    """0 for different meetings; more, the liker they are."""
    slots, others = set(_slots(one)), set(_slots(other))
    shared = len(slots & others) / len(slots | others)
    same_name = plain(one["name"]) == plain(other["name"])
    if not shared or not (same_place(one, other) or (same_name and not _far_apart(one, other))):
        return 0
    return shared + _shared_words(one["name"], other["name"]) + same_name + _agreement(one, other)


def same_place(one: Document, other: Document) -> bool:
    if one.get("link") and one.get("link") == other.get("link"):
        return True
    if plain(one.get("venue", "")) and _address(one) == _address(other):
        return True
    return located(one) and located(other) and km_apart(one, other) <= SAME_PLACE_KM


def _far_apart(one: Document, other: Document) -> bool:
    """Two places that are both told and are not the same."""
    if located(one) and located(other):
        return km_apart(one, other) > SAME_PLACE_KM
    places = plain(one.get("place", "")), plain(other.get("place", ""))
    return all(places) and places[0] != places[1]


def _each_once(ranked: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    for new, old in ranked:
        if new not in taken_new and old not in taken_old:
            taken_new.add(new)
            taken_old.add(old)
            yield new, old


def _slots(document: Document) -> list[object]:
    """By appointment is a time of its own."""
    return [(meeting["weekday"], meeting["start"]) for meeting in document.get("meetings", [])] or ["by appointment"]


def _own_blocks(document: Document) -> set[object]:
    return {(slot, *key) for slot in _slots(document) for key in _places(document, around=False)}


def _candidates(document: Document, blocks: Mapping[object, Sequence[int]]) -> set[int]:
    """Only those that share an hour and a place or a name are looked at: the cost follows the length of the list."""
    keys = {(slot, *key) for slot in _slots(document) for key in _places(document, around=True)}
    return {number for key in keys for number in blocks.get(key, ())[:CROWD]}


def _places(document: Document, *, around: bool) -> Iterator[tuple[object, ...]]:
    yield "name", plain(document["name"])
    if document.get("link"):
        yield "link", document["link"]
    if plain(document.get("venue", "")):
        yield "venue", _address(document)
    if located(document):
        steps = (-1, 0, 1) if around else (0,)
        north, east = int(document["latitude"] // CELL), int(document["longitude"] // CELL)
        yield from (("cell", north + up, east + along) for up in steps for along in steps)


def _address(document: Document) -> tuple[str, str]:
    return plain(document.get("place", "")), plain(document.get("venue", ""))


def located(document: Document) -> bool:
    return document.get("latitude") is not None and document.get("longitude") is not None


def km_apart(one: Document, other: Document) -> float:
    return distance_km(Place("", one["latitude"], one["longitude"]), Place("", other["latitude"], other["longitude"]))


def _agreement(one: Document, other: Document) -> float:
    """How much both say alike: of two meetings at one hour in one house, each finds itself again."""
    same = sum(1 for key, value in one.items() if value == other.get(key))
    return same / len({**one, **other})


def _shared_words(one: str, other: str) -> float:
    words, others = ({plain(word) for word in name.split()} for name in (one, other))
    return len(words & others) / (len(words | others) or 1)
