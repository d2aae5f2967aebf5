"""The decision-aid checklist: what is met, and what is not yet done."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from groups_catalog.reading import Node
from referral.knowledge.nodes import text
from referral.menu.how.prose import decision_aid_file, filled

STATUSES = {
    "met": (_("Met"), "tag--ok"),
    "partly": (_("Partly met"), "tag--warn"),
    "not_yet": (_("Not yet done"), "tag--stop"),
    "not_applicable": (_("Does not apply"), ""),
}
"""The word for each status and its colour; the word alone tells it too."""


@dataclass(frozen=True, slots=True)
class Point:
    status: str
    status_look: str
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class Block:
    id: str
    title: str
    points: tuple[Point, ...]


def checklist() -> tuple[Block, ...]:
    return tuple(
        Block(node.word("id"), filled(text(node, "title")), tuple(_point(point) for point in node.items("points")))
        for node in decision_aid_file().items("blocks")
    )


def _point(node: Node) -> Point:
    status, look = STATUSES[node.choice("status", STATUSES)]
    return Point(str(status), look, filled(text(node, "what")), filled(text(node, "how")))
