"""Two people's changes to one list of small documents, a group's meetings or its facts on one question. Pure.

    base  Mon 18:30, Thu 19:00 ──┬─▶ ours   Mon 17:15, Thu 19:00 ─┐
                                 └─▶ theirs Mon 18:30, Thu 19:45 ─┴─▶ Mon 17:15, Thu 19:45

A row that only one of them added, changed or took out is merged by itself. What has to be decided is a row that
both changed differently, and two rows that cannot stand beside each other.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from groups_catalog.upkeep.documents import FACTS, Document, facts_in_order, in_order

Rows = tuple[Document, ...]
MEETINGS = "meetings"


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of the base with what became of them on either side; for most it is one row each."""

    base: Rows
    ours: Rows
    theirs: Rows

    def settled(self) -> Rows | None:
        """What it is without being asked; None where both have changed it differently."""
        base, ours, theirs = (Counter(map(_text, side)) for side in (self.base, self.ours, self.theirs))
        if ours in (base, theirs):
            return self.theirs
        return self.ours if theirs == base else None

    def with_all_of(self, other: "Piece") -> "Piece":
        return Piece(self.base + other.base, self.ours + other.ours, self.theirs + other.theirs)


@dataclass(frozen=True, slots=True)
class Joined:
    """One list brought together."""

    field: str
    pieces: tuple[Piece, ...]

    def asked(self) -> tuple[list[Document], list[Document]]:
        """Only the rows that somebody has to decide on, as either side has them."""
        open_ones = [piece for piece in self.pieces if piece.settled() is None]
        return self._rows(piece.ours for piece in open_ones), self._rows(piece.theirs for piece in open_ones)

    def whole(self) -> tuple[list[Document], list[Document]]:
        """The list with our rows where they were asked about, and with theirs; elsewhere both are the same."""
        known = [(piece, piece.settled()) for piece in self.pieces]
        ours = self._rows(piece.ours if settled is None else settled for piece, settled in known)
        theirs = self._rows(piece.theirs if settled is None else settled for piece, settled in known)
        return ours, theirs

    def by_us(self) -> tuple[list[Document], list[Document]]:
        """Before and after: the rows that we alone have changed."""
        alone = [piece for piece in self.pieces if piece.settled() == piece.ours != piece.base]
        return self._rows(piece.base for piece in alone), self._rows(piece.ours for piece in alone)

    def by_them(self) -> tuple[list[Document], list[Document]]:
        settled = [piece for piece in self.pieces if piece.settled() == piece.theirs != piece.base]
        alone = [piece for piece in settled if piece.theirs != piece.ours]
        return self._rows(piece.base for piece in alone), self._rows(piece.theirs for piece in alone)

    def _rows(self, parts: Iterable[Rows]) -> list[Document]:
        rows = sorted((row for part in parts for row in part), key=_text)
        return in_order(rows) if self.field == MEETINGS else facts_in_order(rows)


def is_a_list(field: str) -> bool:
    return field == MEETINGS or field.startswith(FACTS)


def join(field: str, base: Sequence[Document], ours: Sequence[Document], theirs: Sequence[Document]) -> Joined:
    """Both sides' changes to the list of that field."""
    by_us, by_them = _successors(field, base, ours), _successors(field, base, theirs)
    held = [
        Piece((row,), (by_us[number],) if by_us[number] else (), (by_them[number],) if by_them[number] else ())
        for number, row in enumerate(base)
    ]
    added = _added(_left_over(ours, by_us), _left_over(theirs, by_them))
    return Joined(field, tuple(_apart(field, sorted([*held, *added], key=_whoever_asks))))


def _successors(field: str, base: Sequence[Document], side: Sequence[Document]) -> list[Document]:
    """By the number of the row in the base, what it is on that side; empty where it was taken out."""
    rest = list(side)
    found: list[Document] = [{} for _row in base]
    for number, row in enumerate(base):
        if row in rest:
            rest.remove(row)
            found[number] = row
    gone = [number for number, row in enumerate(found) if not row]
    if len(gone) == len(rest) == 1:
        found[gone[0]] = rest[0]
        return found
    for number, row in _likeliest(field, [(number, base[number]) for number in gone], rest):
        if not found[number] and row in rest:
            rest.remove(row)
            found[number] = row
    return found


def _likeliest(
    field: str, gone: Sequence[tuple[int, Document]], rest: Sequence[Document]
) -> Iterator[tuple[int, Document]]:
    """What may have become of what, the likeliest first."""
    pairs = [(number, old, new) for number, old in gone for new in rest if _alike(field, old, new)]
    for number, _old, new in sorted(pairs, key=lambda pair: (-_equal(*pair[1:]), pair[0], _text(pair[2]))):
        yield number, new


def _alike(field: str, old: Document, new: Document) -> bool:
    if field == MEETINGS:
        return bool(old["weekday"] == new["weekday"] or old["start"] == new["start"])
    return bool(old["basis"] == new["basis"])


def _equal(old: Document, new: Document) -> int:
    return sum(old[name] == new.get(name) for name in old)


def _left_over(side: Sequence[Document], taken: Iterable[Document]) -> list[Document]:
    rest = list(side)
    for row in taken:
        if row:
            rest.remove(row)
    return rest


def _added(ours: Sequence[Document], theirs: Sequence[Document]) -> Iterator[Piece]:
    """What both have added alike is one."""
    rest = list(theirs)
    for row in ours:
        same = row in rest
        if same:
            rest.remove(row)
        yield Piece((), (row,), (row,) if same else ())
    yield from (Piece((), (), (row,)) for row in rest)


def _apart(field: str, pieces: list[Piece]) -> list[Piece]:
    """Pieces whose rows cannot stand beside each other become one, to be decided as one."""
    for one, other in combinations(pieces, 2):
        if _collide(field, one, other):
            rest = [piece for piece in pieces if piece is not one and piece is not other]
            return _apart(field, [*rest, one.with_all_of(other)])
    return pieces


def _collide(field: str, one: Piece, other: Piece) -> bool:
    """Not where somebody has both beside each other: then they go together."""
    sides = ((one.ours, other.ours), (one.theirs, other.theirs))
    together = any(_keys(field, mine) & _keys(field, yours) for mine, yours in sides)
    return bool(_possible(field, one) & _possible(field, other)) and not together


def _possible(field: str, piece: Piece) -> set[Any]:
    settled = piece.settled()
    return _keys(field, piece.ours + piece.theirs if settled is None else settled)


def _keys(field: str, rows: Rows) -> set[Any]:
    """One day and time is held once; of two answers that two people gave, one stands."""
    if field == MEETINGS:
        return {(row["weekday"], row["start"], row["every"]) for row in rows}
    return {row["basis"] for row in rows}


def _whoever_asks(piece: Piece) -> tuple[list[str], list[list[str]]]:
    """The same order whichever side is called ours."""
    base, ours, theirs = ([_text(row) for row in side] for side in (piece.base, piece.ours, piece.theirs))
    return base, sorted([ours, theirs])


def _text(row: Document) -> str:
    return json.dumps(row, sort_keys=True)
