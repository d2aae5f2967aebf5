"""Moves: the single facts or answers that would change an entry's band or place.

Nothing is estimated. Each candidate is applied, every wish it touches is judged again, and only what really
changes the band or the place is told, with exactly what it gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from referral.matching.evaluation import Evaluation, Places, total
from referral.matching.model import Answers, Change, Fact, Move
from referral.matching.rules import Question, Read, RuleSet, Verdict
from referral.matching.seats import Seat
from referral.matching.standing import SETTING_ATTRIBUTES, SETTING_QUESTIONS, Standing, not_asked_for, standing
from referral.matching.verdicts import verdict_of
from referral.matching.wishes import Wish, hangs_on, in_lane, wish_of


class Mover:
    """Finds the moves of any entry; what all entries share is worked out once."""

    def __init__(
        self, evaluation: Evaluation, seats: Sequence[Seat], places: Places, *, not_tried: frozenset[str]
    ) -> None:
        """`not_tried` names questions whose answers would also change who is in reach."""
        self._now = evaluation
        self._not_tried = not_tried
        self._places = places
        self._seats = seats
        self._elsewhere: list[OtherAnswers] | None = None

    def moves(self, seat: Seat, *, alone: bool, bands_only: bool) -> tuple[Move, ...]:
        """The moves of an entry on this seat; `alone`: no other group shares its standing in the lane.

        `bands_only` leaves out answers that would change nothing but the place: those are the costly ones.
        """
        return (*self._by_fact(seat, alone=alone), *self._by_answer(seat, bands_only=bands_only))

    def _by_fact(self, seat: Seat, *, alone: bool) -> tuple[Move, ...]:
        place = self._places.place(seat.lane, seat.standing)
        wishes = self._now.in_lane(seat.lane)
        moves = []
        for change in fact_changes(wishes, seat, self._now.rules):
            new = standing_with_fact(seat, change, wishes, self._now)
            there = self._places.place_after_leaving(seat.lane, seat.standing, new, alone=alone)
            if (new.band, there) != (seat.standing.band, place):
                moves.append(Move(change, new.band, there))
        return tuple(moves)

    def _by_answer(self, seat: Seat, *, bands_only: bool) -> tuple[Move, ...]:
        place = self._places.place(seat.lane, seat.standing)
        moves = []
        for other in self._other_answers():
            new = other.standing(seat)
            if bands_only and new.band is seat.standing.band:
                continue
            there = other.places(self._seats).place(seat.lane, new)
            if (new.band, there) != (seat.standing.band, place):
                moves.append(Move(other.change, new.band, there))
        return tuple(moves)

    def _other_answers(self) -> "list[OtherAnswers]":
        if self._elsewhere is None:
            changes = answer_changes(self._now.answers, self._now.rules)
            self._elsewhere = [
                OtherAnswers(change, self._now) for change in changes if change.subject not in self._not_tried
            ]
        return self._elsewhere


class OtherAnswers:
    """The answers after one change; only the wishes that hang on the changed question are judged again."""

    def __init__(self, change: Change, now: Evaluation) -> None:
        then = applied(change, now.answers)
        touched = [c for c in now.rules.criteria if hangs_on(c, change.subject)]
        self.change = change
        self._judge = now.judge
        self._said = then.informative()
        self._settings = change.subject in SETTING_QUESTIONS
        self._gone = [criterion.id for criterion in touched]
        self._come = [wish for c in touched if (wish := wish_of(c, self._said, then))]
        self._by_lane: dict[str, tuple[Wish, ...]] = {}
        self._places: Places | None = None

    def standing(self, seat: Seat) -> Standing:
        if seat.lane not in self._by_lane:
            self._by_lane[seat.lane] = in_lane(self._come, seat.lane)
        gone = total([seat.judged.get(criterion) for criterion in self._gone])
        come = total([self._judge(wish, seat.facts) for wish in self._by_lane[seat.lane]])
        unasked = not_asked_for(seat.facts, self._said) if self._settings else seat.not_asked_for
        return standing(seat.tally.minus(gone).plus(come), not_asked_for=unasked)

    def places(self, seats: Sequence[Seat]) -> Places:
        """Where everybody would stand; worked out when the first entry asks."""
        if self._places is None:
            self._places = Places((seat.lane, self.standing(seat), seat.size) for seat in seats)
        return self._places


def standing_with_fact(seat: Seat, change: Change, wishes: Iterable[Wish], now: Evaluation) -> Standing:
    """Where the seat would stand if this one fact were so."""
    facts = {**seat.facts, change.subject: Fact(frozenset(change.values))}
    touched = [wish for wish in wishes if change.subject in wish.attributes]
    gone = total([seat.judged.get(wish.criterion.id) for wish in touched])
    come = total([now.judge(wish, facts) for wish in touched])
    settings = change.subject in SETTING_ATTRIBUTES
    unasked = not_asked_for(facts, now.said) if settings else seat.not_asked_for
    return standing(seat.tally.minus(gone).plus(come), not_asked_for=unasked)


def fact_changes(wishes: Iterable[Wish], seat: Seat, rules: RuleSet) -> tuple[Change, ...]:
    """For every attribute a wish reads: every value where it is not known, else the first of each verdict."""
    reads = {
        (read.attribute, value)
        for wish in wishes
        for case in wish.cases
        for read in case.reads
        for value in _telling_values(read, read.attribute in seat.facts, rules)
    }
    return tuple(
        Change("fact", attribute, (value,))
        for attribute, value in sorted(reads)
        if attribute not in seat.facts or seat.facts[attribute].values != {value}
    )


def _telling_values(read: Read, is_known: bool, rules: RuleSet) -> Sequence[str]:
    values = rules.attributes[read.attribute].values
    if not is_known:
        return values
    told: list[str] = []
    for verdict in (Verdict.FITS, Verdict.PARTLY, Verdict.CONFLICTS):
        told += [v for v in values if verdict_of(read, frozenset({v})) is verdict][:1]
    return told


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
