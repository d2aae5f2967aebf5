"""Two documents side by side, and two people's changes to one document brought together. Pure.

    base ──┬─▶ ours   ─┐
           └─▶ theirs ─┴─ three_way ─▶ merged, and the fields that both changed differently
                                                    └─ decided, field by field ─▶ one document

Some fields mean nothing without their partner: half of one place and half of another is a third place. Such a
pair is judged, shown and chosen as one, under the name of its first field. A list that both changed is brought
together row by row: to choose a side of it decides on the rows that both changed, and on no others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Any

from groups_catalog.upkeep.documents import FACTS, TEXTS, Document, changed_fields
from groups_catalog.upkeep.field_words import (
    NO_NAMES,
    PAIR_NAMES,
    Names,
    field_lines,
    field_name,
    in_reading_order,
    nothing_words,
)
from groups_catalog.upkeep.list_merging import Joined, is_a_list, join

PAIRS = {"latitude": "longitude", "checked_on": "checked_how"}
SPOKEN_FOR = {second: first for first, second in PAIRS.items()}
READ_WHOLE = 3
"""Equal characters between two changes, fewer than these, are marked with them: single letters are hard to read."""
LETTER_BY_LETTER = 400
"""Longer lines are compared word by word."""
NUMBER = re.compile(r"\d+(?:[:.-]\d+)*")
"""Marked as a whole: a time or a house number of which one figure differs is another one."""
WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    changed: bool


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of which the two sides say different things, in words. No line: nothing stands there."""

    field: str
    name: str
    ours: tuple[Line, ...]
    theirs: tuple[Line, ...]
    marked: bool
    """Whether both sides say something, so that the marks show where they part."""
    nothing: str
    """What to show on the side that has no line."""


@dataclass(frozen=True, slots=True)
class ThreeWay:
    merged: Document
    """Where both changed the same field differently, ours stands until somebody decides."""
    conflicts: tuple[str, ...]
    ours_only: tuple[str, ...]
    theirs_only: tuple[str, ...]
    ours: Document
    """What to decide between: ours, with what they changed in other rows of the lists that both changed."""
    theirs: Document
    joined: Mapping[str, Joined]
    """The lists that both changed, whether or not something is left to decide in them."""

    def decided(self, choices: Mapping[str, str]) -> Document:
        """The merge, with these choices over it."""
        return decided(self.ours, self.theirs, {**dict.fromkeys(self.theirs_only, "theirs"), **choices})


def compare(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    fields: Iterable[str] | None = None,
    *,
    names: Names = NO_NAMES,
) -> list[FieldDifference]:
    """What differs, in the order in which an entry is read; of these fields only, where some are named."""
    wanted = None if fields is None else {asked_as(field) for field in fields}
    differing = in_reading_order({asked_as(field) for field in changed_fields(ours, theirs)})
    return [_difference(field, ours, theirs, names) for field in differing if wanted is None or field in wanted]


def three_way(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], *, by_row: bool = True
) -> ThreeWay:
    """What one side alone changed is taken from that side; the same change made twice is no conflict.

    Not `by_row` where the base is not known: then every row would seem to be new.
    """
    by_us = _asked(changed_fields(base, ours))
    by_them = _asked(changed_fields(base, theirs))
    both = [key for key in _asked(changed_fields(ours, theirs)) if key in by_us and key in by_them]
    joined = {key: _joined(key, base, ours, theirs) for key in both if by_row and is_a_list(key)}
    sides = {key: one.whole() for key, one in joined.items()}
    mine, yours = ({**side, **_lists(sides, number)} for number, side in enumerate((ours, theirs)))
    theirs_only = tuple(key for key in by_them if key not in by_us)
    return ThreeWay(
        merged=decided(mine, yours, dict.fromkeys(theirs_only, "theirs")),
        conflicts=tuple(key for key in both if mine.get(key) != yours.get(key) or key not in joined),
        ours_only=tuple(key for key in by_us if key not in by_them),
        theirs_only=theirs_only,
        ours=decided(mine, {}, {}),
        theirs=decided(yours, {}, {}),
        joined=joined,
    )


def decided(ours: Mapping[str, Any], theirs: Mapping[str, Any], choices: Mapping[str, str]) -> Document:
    """Ours, with the fields for which `theirs` was chosen. A choice counts for the field's partner as well."""
    taken = {key for field, side in choices.items() if side == "theirs" for key in _with_partner(field, choices)}
    keys = dict.fromkeys((*ours, *theirs))
    whole = {key: (theirs if key in taken else ours).get(key) for key in keys}
    return {key: value for key, value in whole.items() if value is not None or _may_be_empty(key)}


def asked_as(field: str) -> str:
    """The field under which this one is shown and chosen: itself, or its partner."""
    return SPOKEN_FOR.get(field, field)


def marked_lines(ours: Sequence[str], theirs: Sequence[str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Both texts in pieces, the characters that differ marked; put together again the pieces are the texts."""
    left: list[Line] = []
    right: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for mine, yours in zip_longest(ours[a:b], theirs[c:d]):
            pair = ((Piece(mine, False),), (Piece(yours, False),)) if tag == "equal" else _marked(mine, yours)
            left.extend([pair[0]] if mine is not None else [])
            right.extend([pair[1]] if yours is not None else [])
    return tuple(left), tuple(right)


def _difference(field: str, ours: Mapping[str, Any], theirs: Mapping[str, Any], names: Names) -> FieldDifference:
    fields = [field, PAIRS[field]] if field in PAIRS else [field]
    mine, yours = (
        [line for key in fields for line in field_lines(key, side.get(key), names)] for side in (ours, theirs)
    )
    left, right = marked_lines(mine, yours)
    name = str(PAIR_NAMES.get(field) or field_name(field))
    return FieldDifference(field, name, left, right, bool(mine and yours), nothing_words(field))


def _joined(key: str, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Joined:
    return join(key, base.get(key) or [], ours.get(key) or [], theirs.get(key) or [])


def _lists(sides: Mapping[str, tuple[list[Document], list[Document]]], number: int) -> Document:
    """Of one side; a question without a fact is absent."""
    return {key: lists[number] or ([] if _may_be_empty(key) else None) for key, lists in sides.items()}


def _asked(fields: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(asked_as(field) for field in fields)


def _with_partner(field: str, choices: Mapping[str, str]) -> Iterator[str]:
    yield field
    if field in PAIRS and PAIRS[field] not in choices:
        yield PAIRS[field]


def _may_be_empty(key: str) -> bool:
    """A fact or text that nobody has is absent; any other field may be there and empty."""
    return not key.startswith((FACTS, TEXTS))


def _marked(ours: str | None, theirs: str | None) -> tuple[Line, Line]:
    if ours is None or theirs is None:
        return _whole(ours), _whole(theirs)
    left, right = _units(ours), _units(theirs)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    kept = [step for step in steps if step[0] == "equal" and _reads_alone("".join(left[step[1] : step[2]]))]
    same_left = {index for _tag, start, end, _c, _d in kept for index in range(start, end)}
    same_right = {index for _tag, _a, _b, start, end in kept for index in range(start, end)}
    return _line(left, same_left), _line(right, same_right)


def _reads_alone(text: str) -> bool:
    return len(text) >= READ_WHOLE


def _whole(text: str | None) -> Line:
    return (Piece(text or "", True),)


def _units(text: str) -> list[str]:
    return list(text) if len(text) <= LETTER_BY_LETTER else WORD.findall(text)


def _line(units: Sequence[str], same: set[int]) -> Line:
    text = "".join(units)
    changed = [index not in same for index, unit in enumerate(units) for _letter in unit]
    for number in NUMBER.finditer(text):
        if any(changed[slice(*number.span())]):
            changed[slice(*number.span())] = [True] * len(number.group())
    runs = groupby(zip(text, changed, strict=True), key=lambda pair: pair[1])
    return tuple(Piece("".join(letter for letter, _flag in run), flag) for flag, run in runs)
