"""What the calls of a sample come to. Pure.

reached    = right + small + wrong           nobody reached says nothing about the listing
functional = (right + small) / reached       one would have found the meeting
exact      = right / reached
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from groups_catalog.upkeep.sample.wilson import Interval, wilson

TARGET = 0.95


class Standing(StrEnum):
    """Where the target lies, as far as so few calls can tell."""

    NO_CALLS = "no_calls"
    ABOVE = "above"
    OPEN = "open"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Share:
    count: int
    of: int

    @property
    def value(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval:
        return wilson(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Accuracy:
    right: int = 0
    small: int = 0
    wrong: int = 0
    no_answer: int = 0
    waiting: int = 0
    """Not called yet."""

    @property
    def calls(self) -> int:
        return self.reached + self.no_answer + self.waiting

    @property
    def reached(self) -> int:
        return self.right + self.small + self.wrong

    @property
    def functional(self) -> Share:
        return Share(self.right + self.small, self.reached)

    @property
    def exact(self) -> Share:
        return Share(self.right, self.reached)

    @property
    def standing(self) -> Standing:
        if not self.reached:
            return Standing.NO_CALLS
        interval = self.functional.interval
        if interval.low >= TARGET:
            return Standing.ABOVE
        return Standing.BELOW if interval.high < TARGET else Standing.OPEN


def accuracy(results: Mapping[str, int]) -> Accuracy:
    """From the number of calls with each result; the empty one is not called yet."""
    return Accuracy(**{result or "waiting": count for result, count in results.items()})
