"""The sources with their limits, what they mean here, what speaks against them, and what rests on them."""

from dataclasses import dataclass

from referral.knowledge import rules
from referral.matching.rules import EvidenceItem
from referral.menu import wording
from referral.menu.how.links import Piece, known_ids, source_pieces


@dataclass(frozen=True, slots=True)
class SourceItem:
    id: str
    topic: str
    finding: str
    numbers: str
    design: str
    limits: str
    consequence: tuple[Piece, ...]
    sources: tuple[tuple[Piece, ...], ...]
    read: str
    """How much of it was read."""
    tension: tuple[Piece, ...]
    criteria: int
    messages: int


def source_items() -> tuple[SourceItem, ...]:
    return tuple(_item(item) for item in rules().evidence.values())


def _item(item: EvidenceItem) -> SourceItem:
    return SourceItem(
        id=item.id,
        topic=wording.words(item.topic),
        finding=wording.words(item.finding),
        numbers=wording.words(item.numbers) if item.numbers else "",
        design=wording.words(item.design),
        limits=wording.words(item.limits),
        consequence=known_ids(item.consequence),
        sources=tuple(source_pieces(source) for source in item.source),
        read=wording.words(item.seen_as) if item.seen_as else "",
        tension=known_ids(item.in_tension_with) if item.in_tension_with else (),
        criteria=sum(item.id in criterion.evidence for criterion in rules().criteria),
        messages=sum(item.id in message.evidence for message in rules().messages.values()),
    )
