"""Seats: where each profile stands, with the groups of it that are in reach."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from referral.matching.catalog import Held, Profile
from referral.matching.evaluation import Evaluation, Judged, findings
from referral.matching.ground import Column, Ground, LaneGround
from referral.matching.hard_facts import HardFacts
from referral.matching.messages import Attached, Heard, attach
from referral.matching.model import Ask, Fact, Finding, Group
from referral.matching.rules import Verdict
from referral.matching.standing import SETTING_ATTRIBUTES, Standing, not_asked_for
from referral.matching.wishes import Choices, Wish


@dataclass(frozen=True, slots=True)
class Room:
    """What all seats of one menu share."""

    evaluation: Evaluation
    hard_facts: HardFacts
    heard: tuple[Heard, ...]


@dataclass(frozen=True, eq=False)
class Seat:
    """One profile's standing. What only a shown entry needs is worked out when it is asked for."""

    lane: str
    profile: Profile
    number: int
    """Among the profiles of its lane."""
    size: int
    """How many groups sit here: only those in reach."""
    sums: int
    """A packed Tally."""
    not_asked_for: bool
    standing: Standing
    room: Room = field(repr=False)
    wishes: "LaneWishes" = field(repr=False)

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.profile.facts

    @property
    def kind(self) -> frozenset[str]:
        return self.facts["kind"].values if "kind" in self.facts else frozenset()

    @property
    def entries(self) -> int:
        """How many entries the groups in reach make."""
        return self.room.hard_facts.entries(self.profile)

    @cached_property
    def bundles(self) -> tuple[tuple[Group, ...], ...]:
        """Only the groups in reach."""
        return tuple(self.room.hard_facts.bundles(self.profile))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return findings(self.wishes.judged(self.number), self.facts)

    @cached_property
    def attached(self) -> Attached:
        has_fit = any(finding.verdict is Verdict.FITS for finding in self.findings)
        return attach(self.room.heard, self.facts, self.room.evaluation.rules, has_fit=has_fit)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """Each message once, and a plain question only where no message asks the same."""
        unknown = [Ask(finding.attribute) for finding in self.findings if finding.verdict is Verdict.NOT_KNOWN]
        with_message = {ask.attribute for ask in self.attached.asks}
        plain = (ask for ask in unknown if ask.attribute not in with_message)
        return tuple(dict.fromkeys((*plain, *self.attached.asks)))


class LaneWishes:
    """The wishes that speak in one lane, and what their cases hear from each of its profiles.

    Seats know this and not the lane they sit in, which knows them: what leads back to itself stays in memory, answers
    and all, until somebody looks for garbage.
    """

    def __init__(self, lane: str, ground: LaneGround, now: Evaluation) -> None:
        self._judge = now.judge
        self._heard = [(wish, ground.columns(wish)) for wish in now.in_lane(lane)]

    def columns(self) -> dict[str, list[int]]:
        """What each adds to the sums, profile by profile."""
        return {wish.criterion.id: self._judge.column(wish, heard) for wish, heard in self._heard}

    def judged(self, number: int) -> Iterator[Judged]:
        """The wishes that concern one profile."""
        for wish, columns in self._heard:
            judged = self._judge(wish, tuple([column[number] for column in columns]))
            if judged:
                yield judged


class LaneSeats:
    """The seats of one lane: every profile with groups in reach, and what each wish adds to its sums."""

    def __init__(self, lane: str, ground: LaneGround, room: Room) -> None:
        self.held = ground.held
        self._ground = ground
        self._wishes = LaneWishes(lane, ground, room.evaluation)
        self.columns = self._wishes.columns()
        self.sums = added(self.columns.values(), len(self.held.profiles))
        self.unasked = unasked_for(self.held, room.evaluation.said)
        self.seats = tuple(self._taken(room))

    def heard(self, wish: Wish) -> list[Column]:
        """What each case of the wish hears, profile by profile."""
        return self._ground.columns(wish)

    def _taken(self, room: Room) -> Iterable[Seat]:
        for number, profile in enumerate(self.held.profiles):
            size = room.hard_facts.in_reach(profile)
            if size:
                sums, unasked = self.sums[number], self.unasked[number]
                there = room.evaluation.standing(sums, unasked)
                yield Seat(profile.lane, profile, number, size, sums, unasked, there, room, self._wishes)


def lane_seats(ground: Ground, room: Room) -> dict[str, LaneSeats]:
    return {lane: LaneSeats(lane, one, room) for lane, one in ground.lanes.items()}


def added(columns: Iterable[list[int]], size: int) -> list[int]:
    """The sums, profile by profile."""
    return list(map(sum, zip(*columns, strict=True))) or [0] * size


def unasked_for(held: Held, said: Choices) -> list[bool]:
    """For each profile, whether it is for one gender or situation that nobody asked for."""
    values = held.values(SETTING_ATTRIBUTES)
    known = {
        one: not_asked_for({n: Fact(v) for n, v in zip(SETTING_ATTRIBUTES, one, strict=True) if v}, said)
        for one in set(values)
    }
    return [known[one] for one in values]
