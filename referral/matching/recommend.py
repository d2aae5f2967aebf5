"""The whole chain: answers and groups in, a menu out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from referral.matching.catalog import Catalog
from referral.matching.entries import TWELVE_STEP, LineUp, Row, arranged, lane_order, variety
from referral.matching.evaluation import Evaluation, Places
from referral.matching.messages import called, said_once
from referral.matching.model import Answers, Ask, Band, Entry, Group, Menu, Move
from referral.matching.moves import Mover
from referral.matching.reach import reach_key
from referral.matching.rules import RuleSet, Verdict
from referral.matching.seats import Seat, seats

REACH_QUESTIONS = frozenset(
    {"q12_place", "q12_travel", "q12_times", "q12_language", "q12_other_languages", "q12_access"}
)

KmAway = Callable[[Group], float | None]


def recommend(answers: Answers, groups: Iterable[Group] | Catalog, rules: RuleSet, *, today: date, seed: int) -> Menu:
    """The menu for these answers. Pure, total, independent of the order of its input.

    `groups` are resolved groups, or a Catalog of them made once. `seed` orders equals; with the same answers,
    groups, rules, seed and date the menu is the same, byte for byte.
    """
    run = Recommendation(answers, groups, rules, seed=seed)
    menu = run.menu(today)
    return replace(menu, entries=tuple(run.explained(entry) for entry in menu.entries))


class Recommendation:
    """One menu in the making. Entries and their moves are worked out only as far as they are asked for."""

    def __init__(
        self,
        answers: Answers,
        groups: Iterable[Group] | Catalog,
        rules: RuleSet,
        *,
        seed: int,
        km_away: KmAway = lambda group: group.km_away,
    ) -> None:
        self.rules = rules
        self.seed = seed
        self.km_away = km_away
        self.catalog = Catalog.of(groups)
        self.evaluation = Evaluation(answers, rules)
        self.said = self.evaluation.said
        self.heard = called(answers, rules)
        self.seats, self.greyed = seats(self.catalog, self.evaluation, self.heard)
        self.places = Places((seat.lane, seat.standing, seat.size) for seat in self.seats)
        self.line_up = LineUp(self.seats, self.places, lane_order(self.said), self._reach)
        self._seat_of: dict[tuple[str, ...], Seat] = {}
        rules_of_membership = any(sample.members != "everyone" for sample in self.catalog.reach_samples)
        not_tried = frozenset({"q12_gender"} if rules_of_membership else ())
        self._mover = Mover(self.evaluation, self.seats, self.places, not_tried=not_tried)
        self._moves: dict[tuple[int, bool, bool], tuple[Move, ...]] = {}

    def menu(self, today: date, rows: Callable[[LineUp], list[Row]] = list) -> Menu:
        """The menu, its entries not yet explained. `rows` picks which entries are made: all, unless told."""
        choice = variety(self.line_up)
        picked = arranged(rows(self.line_up), choice)
        return Menu(
            version=self.rules.version,
            fingerprint=self.rules.fingerprint,
            seed=self.seed,
            today=today,
            entries=tuple(self._entry(row, pinned=row in choice.pinned) for row in picked),
            out_of_reach=tuple(self.greyed),
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
        alone = self.places.alone(entry.lane, seat.standing, len(entry.groups))
        key = (id(seat), alone, bands_only)
        if key not in self._moves:
            self._moves[key] = self._mover.moves(seat, alone=alone, bands_only=bands_only)
        moves = self._moves[key]
        return replace(entry, moves=moves, asks=_sorted_asks(entry, moves))

    def groups_by_band(self) -> dict[tuple[str, Band], int]:
        """How many groups in reach stand in each band of each lane."""
        counts: Counter[tuple[str, Band]] = Counter()
        for seat in self.seats:
            counts[seat.lane, seat.standing.band] += seat.size
        return dict(counts)

    def _reach(self, group: Group) -> tuple[bool, bool, float, bytes]:
        return reach_key(group, self.km_away(group), self.said, self.seed)

    def _entry(self, row: Row, *, pinned: bool) -> Entry:
        seat, groups = row.seat, tuple(group.id for group in row.groups)
        self._seat_of[groups] = seat
        attached = seat.attached
        unknown = [Ask(f.attribute) for f in seat.findings if f.verdict is Verdict.NOT_KNOWN]
        return Entry(
            groups=groups,
            lane=seat.lane,
            band=seat.standing.band,
            place=self.places.place(seat.lane, seat.standing),
            pinned=pinned,
            findings=seat.findings,
            cautions=attached.cautions,
            benefits=attached.benefits,
            shown=attached.shown,
            asks=_without_repeats((*unknown, *attached.asks)),
            moves=(),
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


def _without_repeats(asks: Collection[Ask]) -> tuple[Ask, ...]:
    """Each message once, and a plain question only where no message asks the same."""
    with_message = {ask.attribute for ask in asks if ask.message}
    kept = (ask for ask in asks if ask.message or ask.attribute not in with_message)
    return tuple(dict.fromkeys(kept))


def _sorted_asks(entry: Entry, moves: Iterable[Move]) -> tuple[Ask, ...]:
    telling = {m.change.subject for m in moves if m.change.kind == "fact" and m.band is not entry.band}
    marked = (replace(ask, could_change_band=ask.attribute in telling) for ask in entry.asks)
    return tuple(sorted(marked, key=lambda ask: not ask.could_change_band))
