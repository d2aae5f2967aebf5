"""How much each weight matters and how the cautions fall, as measured.json has it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import here
from referral.knowledge import rules
from referral.matching_doc.measured import Swing, measured
from referral.menu.how.links import Piece, criterion_links
from referral.menu.how.prose import said


@dataclass(frozen=True, slots=True)
class Line:
    name: Piece
    words: str


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """`stale` says so where the figures belong to older rules. `silent`: criteria no story switches on."""

    lead: str
    stale: str
    lines: tuple[Line, ...]
    silent_lead: str
    silent: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    lead: str
    lines: tuple[Line, ...]


def sensitivity() -> Sensitivity:
    """The criteria whose weight matters most come first; equals in the order of the rules."""
    swings = {c.id: s for c in rules().criteria if (s := measured().criteria.get(c.id))}
    on = sorted((i for i, swing in swings.items() if swing.on), key=lambda i: _changes(swings[i]), reverse=True)
    return Sensitivity(
        lead=said("sensitivity", "lead").format(stories=measured().stories),
        stale=_stale(),
        lines=tuple(Line(link, _swing(swings[i])) for i, link in zip(on, criterion_links(on), strict=True)),
        silent_lead=said("sensitivity", "silent"),
        silent=criterion_links(criterion for criterion, swing in swings.items() if not swing.on),
    )


def balance() -> Balance:
    return Balance(
        lead=said("balance", "lead").format(sets=measured().sets, groups=measured().groups),
        lines=tuple(_balance_lines()),
    )


def sensitivity_of(criterion: str) -> str:
    """One criterion's line; empty where it was never measured."""
    swing = measured().criteria.get(criterion)
    return _swing(swing) if swing else ""


def _swing(swing: Swing) -> str:
    return said("sensitivity", "line").format(
        on=swing.on, stories=measured().stories, doubled=swing.doubled, dropped=swing.dropped
    )


def _stale() -> str:
    if measured().fingerprint == rules().fingerprint:
        return ""
    return said("sensitivity", "stale").format(fingerprint=measured().fingerprint)


def _balance_lines() -> Iterable[Line]:
    kinds = vocabulary().attributes["kind"].values
    for kind in measured().balance:
        figures = {"cautions": f"{kind.cautions:g}", "benefits": f"{kind.benefits:g}", "asks": f"{kind.asks:g}"}
        yield Line(Piece(here(kinds[kind.kind].label)), said("balance", "line").format(**figures))


def _changes(swing: Swing) -> int:
    return swing.doubled + swing.dropped
