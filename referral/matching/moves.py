"""Moves: the single facts or answers that would change an entry's band or place.

Nothing is estimated. Each candidate is applied, every wish it touches is judged again, and only what really
changes the band or the place is told, with exactly what it gives.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import sub

from referral.matching.evaluation import Evaluation, Places, Sums, read
from referral.matching.ground import Alone, Column, Ground
from referral.matching.model import Answers, Band, Change, Fact, Move
from referral.matching.rules import Criterion, Question, RuleSet
from referral.matching.seats import LaneSeats, Seat, added, unasked_for
from referral.matching.standing import SETTING_ATTRIBUTES, SETTING_QUESTIONS, Standing, not_asked_for
from referral.matching.wishes import Wish, in_lane, wish_of


class Mover:
    """Finds the moves of any entry; what all entries share is worked out once."""

    def __init__(
        self,
        evaluation: Evaluation,
        lanes: Mapping[str, LaneSeats],
        places: Places,
        ground: Ground,
        *,
        not_tried: frozenset[str],
    ) -> None:
        """`not_tried` names questions whose answers would also change who is in reach."""
        self._now = evaluation
        self._ground = ground
        self._not_tried = not_tried
        self._places = places
        self._lanes = lanes
        self._trials: dict[str, tuple[Trial, ...]] = {}

    def moves(self, seat: Seat, *, alone: bool, bands_only: bool) -> tuple[Move, ...]:
        """The moves of an entry on this seat; `alone`: no other group shares its standing in the lane.

        `bands_only` leaves out answers that would change nothing but the place: those are the costly ones.
        """
        return (*self._by_fact(seat, alone=alone), *self._by_answer(seat, bands_only=bands_only))

    def _by_fact(self, seat: Seat, *, alone: bool) -> list[Move]:
        # Many values lead to the same sums; where the sums stay, nothing moves.
        known: dict[Sums, tuple[Band, int] | None] = {(seat.sums, seat.not_asked_for): None}
        found = []
        for trial in self._trials_of(seat.lane):
            for sums, values in trial.sums(seat):
                if sums not in known:
                    known[sums] = self._leads(seat, sums, alone=alone)
                there = known[sums]
                if there:
                    found += [Move(Change("fact", trial.attribute, (value,)), *there) for value in values]
        return sorted(found)

    def _leads(self, seat: Seat, sums: Sums, *, alone: bool) -> tuple[Band, int] | None:
        """Where a group of this seat would stand with these sums, if that is another band or place."""
        lane, old, new = seat.lane, seat.standing, self._now.standing(*sums)
        there = self._places.place_after_leaving(lane, old, new, alone=alone)
        is_move = new.band_rank != old.band_rank or there != self._places.place(lane, old)
        return (new.band, there) if is_move else None

    def _by_answer(self, seat: Seat, *, bands_only: bool) -> Iterator[Move]:
        old = seat.standing
        place = self._places.place(seat.lane, old)
        for other in self._other_answers:
            new = other.standing(seat)
            if bands_only and new.band_rank == old.band_rank:
                continue
            there = other.place(seat.lane, new)
            if there != place or new.band_rank != old.band_rank:
                yield Move(other.change, new.band, there)

    def _trials_of(self, lane: str) -> tuple["Trial", ...]:
        if lane not in self._trials:
            self._trials[lane] = trials(self._now.in_lane(lane), self._now, self._lanes[lane], self._ground.alone)
        return self._trials[lane]

    @cached_property
    def _other_answers(self) -> tuple["OtherAnswers", ...]:
        return tuple(
            OtherAnswers(change, self._ground.hanging[change.subject], self._now, self._lanes)
            for change in answer_changes(self._now.answers, self._now.rules)
            if change.subject not in self._not_tried
        )


class Trial:
    """One attribute that some wishes of a lane read: what each of its values would change."""

    def __init__(
        self, attribute: str, wishes: Sequence[Wish], now: Evaluation, seats: LaneSeats, alone: Alone
    ) -> None:
        self.attribute = attribute
        self._now = now
        self._settings = attribute in SETTING_ATTRIBUTES
        self._columns = [seats.columns[wish.criterion.id] for wish in wishes]
        self._read_with_others = [(w, w.attributes.index(attribute)) for w in wishes if len(w.attributes) > 1]
        come = [now.judge.sums_by_value(w, alone) for w in wishes if len(w.attributes) == 1]
        cases = [(wish.criterion.id, case.number) for wish in wishes for case in wish.cases]
        telling = frozenset().union(*[alone.telling(case) for case in cases])
        self._if_unknown: dict[int, list[str]] = {}
        self._if_known: dict[int, list[str]] = {}
        for value in now.rules.attributes[attribute].values:
            only = frozenset((value,))
            adds = sum([one[only] for one in come])
            self._if_unknown.setdefault(adds, []).append(value)
            if (attribute, value) in telling:
                self._if_known.setdefault(adds, []).append(value)

    def sums(self, seat: Seat) -> Iterable[tuple[Sums, list[str]]]:
        """What the seat's sums would be, and the values that would make them so."""
        rest = seat.sums - sum([column[seat.number] for column in self._columns])
        adding = self._if_known if self.attribute in seat.facts else self._if_unknown
        if self._settings or self._read_with_others:
            return self._value_by_value(seat, rest, adding)
        return [((rest + adds, seat.not_asked_for), values) for adds, values in adding.items()]

    def _value_by_value(
        self, seat: Seat, rest: int, adding: Mapping[int, list[str]]
    ) -> Iterator[tuple[Sums, list[str]]]:
        beside = [(wish, at, read(wish.attributes, seat.facts)) for wish, at in self._read_with_others]
        for adds, value in [(adds, value) for adds, values in adding.items() for value in values]:
            only, sums = frozenset((value,)), rest + adds
            for wish, at, held in beside:
                sums += self._now.judge.sums_with(wish, (*held[:at], only, *held[at + 1 :]))
            yield (sums, self._unasked(seat, only) if self._settings else seat.not_asked_for), [value]

    def _unasked(self, seat: Seat, values: frozenset[str]) -> bool:
        return not_asked_for({**seat.facts, self.attribute: Fact(values)}, self._now.said)


class OtherAnswers:
    """The answers after one change; only the wishes that hang on the changed question are judged again."""

    def __init__(
        self, change: Change, touched: Iterable[Criterion], now: Evaluation, lanes: Mapping[str, LaneSeats]
    ) -> None:
        then = applied(change, now.answers)
        self.change = change
        self._now = now
        self._lanes = lanes
        self._said = {**now.said, change.subject: frozenset(change.values)}
        self._settings = change.subject in SETTING_QUESTIONS
        pairs = ((now.wish(criterion.id), wish_of(criterion, self._said, then)) for criterion in touched)
        changed = [(before, after) for before, after in pairs if not _alike(before, after)]
        self._left = [before.criterion.id for before, _ in changed if before]
        self._come = [after for _, after in changed if after]
        self._changed: dict[str, tuple[list[tuple[Wish, list[Column]]], list[list[int]]]] = {}
        self._ranks: dict[str, list[Standing]] = {}

    def standing(self, seat: Seat) -> Standing:
        come, gone = self._of_lane(seat.lane)
        sums, number = seat.sums, seat.number
        for wish, heard in come:
            sums += self._now.judge.sums(wish, tuple([column[number] for column in heard]))
        for column in gone:
            sums -= column[number]
        unasked = not_asked_for(seat.facts, self._said) if self._settings else seat.not_asked_for
        return self._now.standing(sums, unasked)

    def place(self, lane: str, standing: Standing) -> int:
        """The place among everybody, who all stand where these answers put them."""
        if lane not in self._ranks:
            self._ranks[lane] = sorted(self._everybody(self._lanes[lane], lane))
        return bisect_left(self._ranks[lane], standing) + 1

    def _everybody(self, seats: LaneSeats, lane: str) -> set[Standing]:
        come, gone = self._of_lane(lane)
        judge = self._now.judge
        sums = added([seats.sums, *(judge.column(wish, heard) for wish, heard in come)], len(seats.sums))
        for column in gone:
            sums = list(map(sub, sums, column))
        unasked = unasked_for(seats.held, self._said) if self._settings else seats.unasked
        there = {(sums[seat.number], unasked[seat.number]) for seat in seats.seats}
        return {self._now.standing(*one) for one in there}

    def _of_lane(self, lane: str) -> tuple[list[tuple[Wish, list[Column]]], list[list[int]]]:
        """The wishes that come with what they hear, and what those that are gone add now.

        A wish that changes both goes and comes.
        """
        if lane not in self._changed:
            seats = self._lanes[lane]
            come = [(wish, seats.heard(wish)) for wish in in_lane(self._come, lane)]
            self._changed[lane] = come, [seats.columns[one] for one in self._left if one in seats.columns]
        return self._changed[lane]


def trials(wishes: Sequence[Wish], now: Evaluation, seats: LaneSeats, alone: Alone) -> tuple[Trial, ...]:
    """One for every attribute that some of these wishes reads."""
    attributes = sorted({attribute for wish in wishes for attribute in wish.attributes})
    return tuple(Trial(a, [wish for wish in wishes if a in wish.attributes], now, seats, alone) for a in attributes)


def _alike(before: Wish | None, after: Wish | None) -> bool:
    """Whether a wish is the same before and after a change, so that nobody need be judged again."""
    if before is None or after is None:
        return before is after
    return (before.cases, before.weight, before.matters_most) == (after.cases, after.weight, after.matters_most)


def answer_changes(answers: Answers, rules: RuleSet) -> tuple[Change, ...]:
    """For every wish that was answered: another option, one tick less, or the answer taken back."""
    said = answers.informative()
    return tuple(
        change
        for question_id in rules.move_questions
        if question_id in said
        for change in _other_options(rules.questionnaire.questions[question_id], said[question_id])
    )


def _other_options(question: Question, chosen: frozenset[str]) -> list[Change]:
    taken_back = Change("answer", question.id, ())
    if question.type == "single":
        others = [o.id for o in question.options if o.id not in chosen and o.id not in question.exclusive]
        silent = {"pns", "not_asked", "unsure", "no_preference"}
        return [Change("answer", question.id, (o,)) for o in others if o not in silent] + [taken_back]
    fewer = [tuple(sorted(chosen - {option})) for option in sorted(chosen)] if len(chosen) > 1 else []
    return [Change("answer", question.id, options) for options in fewer] + [taken_back]


def applied(change: Change, answers: Answers) -> Answers:
    """The answers after an answer change."""
    choices = {question: chosen for question, chosen in answers.choices.items() if question != change.subject}
    if change.values:
        choices[change.subject] = frozenset(change.values)
    return replace(answers, choices=choices)
