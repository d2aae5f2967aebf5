"""The whole chain: answers and groups in, a menu out."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice

from referral.matching.catalog import Catalog
from referral.matching.entries import TWELVE_STEP, LineUp, Row, arranged, lane_order, variety
from referral.matching.evaluation import Evaluation, Places
from referral.matching.ground import Ground
from referral.matching.hard_facts import HardFacts
from referral.matching.messages import about_a_group, called, said_once
from referral.matching.model import Answers, Ask, Band, Entry, Group, Menu, Move
from referral.matching.moves import Mover
from referral.matching.reach import ReachKey, ReachOrder
from referral.matching.rules import RuleSet
from referral.matching.seats import Room, Seat, lane_seats

REACH_QUESTIONS = frozenset(
    {"q12_place", "q12_travel", "q12_times", "q12_language", "q12_other_languages", "q12_access"}
)

EVERYTHING = slice(None)

KmAway = Callable[[Group], float | None]


def recommend(
    answers: Answers, groups: Iterable[Group] | Catalog | Ground, rules: RuleSet, *, today: date, seed: int
) -> Menu:
    """The menu for these answers. Pure, total, independent of the order of its input.

    `groups` are resolved groups, or a Catalog or Ground of them made once. `seed` orders equals; with the same
    answers, groups, rules, seed and date the menu is the same, byte for byte.
    """
    with undisturbed():
        return Recommendation(answers, groups, rules, seed=seed).menu(today, explained=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A million small objects are made and none is garbage; looking for some in between takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Recommendation:
    """One menu in the making. Entries and their moves are worked out only as far as they are asked for."""

    def __init__(
        self,
        answers: Answers,
        groups: Iterable[Group] | Catalog | Ground,
        rules: RuleSet,
        *,
        seed: int,
        km_away: KmAway = lambda group: group.km_away,
    ) -> None:
        self.rules = rules
        self.seed = seed
        self.km_away = km_away
        ground = Ground.of(groups, rules)
        self.catalog = ground.catalog
        self.evaluation = Evaluation(answers, rules)
        self.said = self.evaluation.said
        self.heard = called(answers, rules)
        self.hard_facts = HardFacts(self.catalog, self.said)
        lanes = lane_seats(ground, Room(self.evaluation, self.hard_facts, about_a_group(self.heard)))
        self.seats = [seat for lane in lanes.values() for seat in lane.seats]
        self.places = Places((seat.lane, seat.standing, seat.size) for seat in self.seats)
        self.line_up = LineUp(self.seats, lane_order(self.said), _reach(ReachOrder(self.said, seed), km_away))
        self._seat_of: dict[tuple[str, ...], Seat] = {}
        self._common: dict[tuple[int, bool, bool], Entry] = {}
        rules_of_membership = any(sample.members != "everyone" for sample, _ in self.catalog.alike["membership"])
        not_tried = frozenset({"q12_gender"} if rules_of_membership else ())
        self._mover = Mover(self.evaluation, lanes, self.places, ground, not_tried=not_tried)
        self._explained: dict[tuple[int, bool, bool], tuple[tuple[Move, ...], tuple[Ask, ...]]] = {}

    def menu(
        self,
        today: date,
        rows: Callable[[LineUp], Iterable[Row]] = iter,
        *,
        part: slice = EVERYTHING,
        greyed: slice = EVERYTHING,
        explained: bool = False,
    ) -> Menu:
        """The menu; its entries are not yet explained, unless told.

        Only what is looked at need be made: `rows` picks the rows, `part` cuts a page out of their final order,
        and `greyed` one out of the groups out of reach; `line_up` and `hard_facts` know how many there are.
        """
        choice = variety(self.line_up)
        picked = arranged(islice(rows(self.line_up), part.stop), choice)[part]
        return Menu(
            version=self.rules.version,
            fingerprint=self.rules.fingerprint,
            seed=self.seed,
            today=today,
            entries=tuple([self._entry(row, pinned=row in choice.pinned, explained=explained) for row in picked]),
            out_of_reach=self.hard_facts.out_of_reach(greyed),
            general=said_once(self.heard, [profile.facts for profile in self.catalog.profiles]),
            not_used=self._not_used(),
            lanes=tuple(self.line_up.lanes),
            variety=choice.missing,
        )

    def explained(self, entry: Entry, *, bands_only: bool = False) -> Entry:
        """The entry with its moves, and with its asks in the order of what they could change.

        `bands_only`: of the moves by an answer only those that change the band.
        """
        seat = self._seat_of[entry.groups]
        moves, asks = self._explanation(seat, len(entry.groups), bands_only=bands_only)
        return entry._replace(moves=moves, asks=asks)

    def _explanation(self, seat: Seat, groups: int, *, bands_only: bool) -> tuple[tuple[Move, ...], tuple[Ask, ...]]:
        alone = self.places.alone(seat.lane, seat.standing, groups)
        key = (id(seat), alone, bands_only)
        if key not in self._explained:
            moves = self._mover.moves(seat, alone=alone, bands_only=bands_only)
            self._explained[key] = moves, _sorted_asks(seat, moves)
        return self._explained[key]

    def groups_by_band(self) -> dict[tuple[str, Band], int]:
        """How many groups in reach stand in each band of each lane."""
        counts: Counter[tuple[str, Band]] = Counter()
        for seat in self.seats:
            counts[seat.lane, seat.standing.band] += seat.size
        return dict(counts)

    def _entry(self, row: Row, *, pinned: bool, explained: bool) -> Entry:
        groups = tuple([group.id for group in row.groups])
        self._seat_of[groups] = row.seat
        return self._sitting(row.seat, len(groups), explained=explained)._replace(groups=groups, pinned=pinned)

    def _sitting(self, seat: Seat, groups: int, *, explained: bool) -> Entry:
        """What the entries of a seat have in common; an explanation also depends on whether they sit alone."""
        key = (id(seat), explained and self.places.alone(seat.lane, seat.standing, groups), explained)
        if key not in self._common:
            moves, asks = self._explanation(seat, groups, bands_only=False) if explained else ((), seat.asks)
            self._common[key] = self._without_groups(seat, moves, asks)
        return self._common[key]

    def _without_groups(self, seat: Seat, moves: tuple[Move, ...], asks: tuple[Ask, ...]) -> Entry:
        attached = seat.attached
        return Entry(
            groups=(),
            lane=seat.lane,
            band=seat.standing.band,
            place=self.places.place(seat.lane, seat.standing),
            pinned=False,
            findings=seat.findings,
            cautions=attached.cautions,
            benefits=attached.benefits,
            shown=attached.shown,
            asks=asks,
            moves=moves,
            message_answers=attached.answers,
            not_asked_for=seat.not_asked_for,
            studied=bool(attached.cautions) or TWELVE_STEP in seat.kind,
        )

    def _not_used(self) -> tuple[str, ...]:
        """The questions whose answers, if any, had no part in this menu."""
        pairs = {pair for wish in self.evaluation.wishes for case in wish.cases for pair in case.answers}
        pairs |= {pair for heard in self.heard for pair in heard.answers}
        used = {pair.split(".", 1)[0] for pair in pairs} | (REACH_QUESTIONS & self.said.keys())
        return tuple(q for q in self.rules.questionnaire.questions if q not in used)


def _reach(order: ReachOrder, km_away: KmAway) -> Callable[[Group], ReachKey]:
    """Not a method: a menu that leads back to itself would outlive its page, until somebody looks for garbage."""
    return lambda group: order.key(group, km_away(group))


def _sorted_asks(seat: Seat, moves: Iterable[Move]) -> tuple[Ask, ...]:
    band = seat.standing.band
    telling = {m.change.subject for m in moves if m.change.kind == "fact" and m.band is not band}
    marked = [ask._replace(could_change_band=True) if ask.attribute in telling else ask for ask in seat.asks]
    return tuple(sorted(marked, key=lambda ask: not ask.could_change_band))
