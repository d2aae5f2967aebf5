"""Entries in runs of one band, in lanes, as a page shows them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from referral.matching.model import Band, Entry
from referral.matching.recommend import Recommendation
from referral.menu import wording
from referral.menu.lines import bars, joined

CardOf = Mapping[tuple[str, ...], SafeString]
"""The drawn card of each entry."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Entries in a row of one band, or one that is pinned."""

    id: str
    title: str
    told: str
    """How many groups stand here, and what it means."""
    bars: SafeString
    cards: SafeString


@dataclass(frozen=True, slots=True)
class Lane:
    id: str
    title: str
    help: str
    tiers: tuple[Tier, ...]


def lanes(shown: Sequence[Entry], cards: CardOf, run: Recommendation) -> Iterator[Lane]:
    totals = run.groups_by_band()
    for lane in run.line_up.lanes:
        entries = [entry for entry in shown if entry.lane == lane]
        if entries:
            tiers = tuple(_tiers(lane, entries, cards, totals))
            yield Lane(lane, str(wording.LANES[lane]), str(wording.LANE_HELP[lane]), tiers)


def _tiers(
    lane: str, entries: Iterable[Entry], cards: CardOf, totals: Mapping[tuple[str, Band], int]
) -> Iterator[Tier]:
    """A pinned entry stands where promise 5 wants it seen, under a heading that says so."""
    seen: set[Band] = set()
    for number, ((pinned, band), members) in enumerate(groupby(entries, key=lambda e: (e.pinned, e.band))):
        title, text = _pinned(band) if pinned else _ranked(band, again=band in seen)
        if not pinned:
            seen.add(band)
            text = ". ".join(filter(None, [wording.count_words(totals[lane, band]), text]))
        yield Tier(
            f"{lane}-{number}", title, text, bars(wording.BAND_BARS[band]), joined(cards[e.groups] for e in members)
        )


def _pinned(band: Band) -> tuple[str, str]:
    told = gettext("So that the first five show a real choice. It stands in: ")
    return gettext("Kept in view"), f"{told}{wording.BANDS[band]}."


def _ranked(band: Band, *, again: bool) -> tuple[str, str]:
    title = str(wording.BANDS[band])
    if again:
        return gettext("{band}, continued").format(band=title), ""
    return title, str(wording.BAND_HELP[band])
