"""measured.json: what was measured of one rule set, by its fingerprint."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("measured.json")


@dataclass(frozen=True, slots=True)
class Swing:
    """In how many stories a criterion was on, and in how many another weight changed a band or the first place."""

    on: int
    doubled: int
    dropped: int


@dataclass(frozen=True, slots=True)
class KindBalance:
    """The median number of messages and asks of one group of this kind, before the cap."""

    kind: str
    cautions: float
    benefits: float
    asks: float


@dataclass(frozen=True, slots=True)
class Measured:
    version: str
    fingerprint: str
    stories: int
    groups: int
    sets: int
    criteria: Mapping[str, Swing]
    balance: tuple[KindBalance, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, written: str) -> "Measured":
        data = json.loads(written)
        return cls(
            **data
            | {
                "criteria": {criterion: Swing(**swing) for criterion, swing in data["criteria"].items()},
                "balance": tuple(KindBalance(**kind) for kind in data["balance"]),
            }
        )


@cache
def measured() -> Measured:
    """What this installation carries; it may belong to older rules, which its fingerprint tells."""
    return Measured.from_json(PATH.read_text("utf-8"))
