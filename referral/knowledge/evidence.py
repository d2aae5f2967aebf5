"""evidence.yaml → evidence items."""

from groups_catalog.reading import Node, unique
from referral.knowledge.nodes import maybe_text, text
from referral.matching.rules import EvidenceItem


def read_evidence(root: Node) -> dict[str, EvidenceItem]:
    nodes = list(root.items("items"))
    items = [_item(node) for node in nodes]
    unique(nodes, [item.id for item in items])
    return {item.id: item for item in items}


def _item(node: Node) -> EvidenceItem:
    return EvidenceItem(
        id=node.word("id"),
        topic=text(node, "topic"),
        finding=text(node, "finding"),
        limits=text(node, "limits"),
        consequence=text(node, "consequence"),
        design=text(node, "design"),
        source=node.words("source"),
        numbers=maybe_text(node, "numbers"),
        seen_as=maybe_text(node, "seen_as"),
        in_tension_with=maybe_text(node, "in_tension_with"),
    )
