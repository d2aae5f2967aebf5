"""Moves: the single facts or answers that would change an entry's band or place.

Nothing is estimated. Each candidate is applied, everything that depends on it is judged again, and only what
really changes the band or the place is told, with exactly what it gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from referral.matching.evaluation import Evaluation, Judged, Places
from referral.matching.model import Answers, Change, Fact, Move
from referral.matching.rules import Question, Read, RuleSet, Verdict
from referral.matching.standing import Standing
from referral.matching.verdicts import verdict_of


class Seat(NamedTuple):
    """One profile's place among all: its lane, facts, standing and the number of its groups in reach."""

    lane: str
    facts: Mapping[str, Fact]
    standing: Standing
    groups: int


class Mover:
    """Finds the moves of any entry; what all entries share is worked out once."""

    def __init__(self, evaluation: Evaluation, seats: Sequence[Seat], places: Places) -> None:
        self._now = evaluation
        self._places = places
        self._seats = seats
        self._elsewhere: list[tuple[Change, Evaluation, Places]] | None = None

    def moves(self, seat: Seat, judged: Iterable[Judged], *, alone: bool) -> tuple[Move, ...]:
        """The moves of an entry on this seat; `alone`: no other group shares its standing in the lane."""
        by_fact = self._by_fact(seat, tuple(judged), alone=alone)
        return (*by_fact, *self._by_answer(seat))

    def _by_fact(self, seat: Seat, judged: tuple[Judged, ...], *, alone: bool) -> tuple[Move, ...]:
        place = self._places.place(seat.lane, seat.standing)
        moves = []
        for change in fact_changes(judged, seat.facts, self._now.rules):
            facts = {**seat.facts, change.subject: Fact(frozenset(change.values))}
            new = self._now.standing_of(seat.lane, facts)
            there = self._places.place_after_leaving(seat.lane, seat.standing, new, alone=alone)
            if (new.band, there) != (seat.standing.band, place):
                moves.append(Move(change, new.band, there))
        return tuple(moves)

    def _by_answer(self, seat: Seat) -> tuple[Move, ...]:
        place = self._places.place(seat.lane, seat.standing)
        moves = []
        for change, evaluation, places in self._other_answers():
            new = evaluation.standing_of(seat.lane, seat.facts)
            there = places.place(seat.lane, new)
            if (new.band, there) != (seat.standing.band, place):
                moves.append(Move(change, new.band, there))
        return tuple(moves)

    def _other_answers(self) -> list[tuple[Change, Evaluation, Places]]:
        if self._elsewhere is None:
            self._elsewhere = [
                (change, evaluation, self._places_of(evaluation))
                for change in answer_changes(self._now.answers, self._now.rules)
                for evaluation in [Evaluation(applied(change, self._now.answers), self._now.rules)]
            ]
        return self._elsewhere

    def _places_of(self, evaluation: Evaluation) -> Places:
        return Places((s.lane, evaluation.standing_of(s.lane, s.facts), s.groups) for s in self._seats)


def fact_changes(judged: Iterable[Judged], facts: Mapping[str, Fact], rules: RuleSet) -> tuple[Change, ...]:
    """For every attribute a wish reads: the first value that would fit, and the first that would conflict."""
    changes: dict[tuple[str, str], Change] = {}
    for wish, _ in judged:
        for case in wish.cases:
            for read in case.reads:
                for value in _telling_values(read, rules):
                    known = facts.get(read.attribute)
                    if known is None or known.values != {value}:
                        key = (read.attribute, value)
                        changes[key] = Change("fact", read.attribute, (value,))
    return tuple(changes[key] for key in sorted(changes))


def _telling_values(read: Read, rules: RuleSet) -> list[str]:
    values = rules.attributes[read.attribute].values
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
