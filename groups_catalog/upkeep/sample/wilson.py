"""How far a share that was counted in a sample may lie from the true one. Pure."""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Shares from 0 to 1."""

    low: float
    high: float


def wilson(successes: int, n: int, *, z: float = Z95) -> Interval:
    """Wilson's score interval (1927): holds for small samples and for shares near 0 and 1, unlike p ± 2s.

    Of none, anything may be true: 0 to 1.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n}")
    if n == 0:
        return Interval(0.0, 1.0)
    share, spread = successes / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    # Exactly so at the ends, where rounding would leave a trace of a hair.
    return Interval(0.0 if successes == 0 else low, 1.0 if successes == n else high)
