"""criteria.yaml → criteria."""

from groups_catalog.reading import Node, unique
from referral.knowledge.nodes import text, texts_by_key, trigger_map, word_set
from referral.matching.model import LANES
from referral.matching.rules import Case, Criterion, Read, Text


def read_criteria(root: Node) -> tuple[Criterion, ...]:
    limits, reasons = texts_by_key(root, "limits"), texts_by_key(root, "weight_reasons")
    nodes = list(root.items("criteria"))
    criteria = tuple(_criterion(node, limits, reasons) for node in nodes)
    unique(nodes, [criterion.id for criterion in criteria])
    return criteria


def exempt_mappings(root: Node) -> frozenset[tuple[str, str]]:
    """The (question, attribute) pairs of the questionnaire that no criterion needs to read, each with a reason."""
    pairs = ((node.word("question"), node.word("attribute"), node.word("why")) for node in root.items("exempt"))
    return frozenset((question, attribute) for question, attribute, _why in pairs)


def _criterion(node: Node, limits: dict[str, Text], reasons: dict[str, Text]) -> Criterion:
    lanes = node.child("lanes")
    return Criterion(
        id=node.word("id"),
        title=text(node, "title"),
        lanes=frozenset(LANES) if lanes.value == "all" else frozenset(node.words("lanes", LANES)),
        weight=node.whole("weight"),
        weight_reason=reasons[node.choice("weight_reason", reasons)],
        cases=tuple(_case(case) for case in node.items("cases")),
        section=node.word("section"),
        evidence=node.words("evidence"),
        limits=limits[node.choice("limits", limits)],
    )


def _case(node: Node) -> Case:
    return Case(
        triggers=trigger_map(node, "when"),
        reads=tuple(_read(read) for read in node.items("reads", name="attribute")),
        raise_only=node.flag("raise_only", default=False),
        conflicts_count=node.flag("conflicts_count", default=False),
        only_if=trigger_map(node, "only_if"),
    )


def _read(node: Node) -> Read:
    return Read(
        attribute=node.word("attribute"),
        fits=word_set(node, "fits"),
        partly=word_set(node, "partly"),
        conflicts=word_set(node, "conflicts"),
        not_applicable=word_set(node, "not_applicable"),
        silent=word_set(node, "silent"),
        stands_in=node.flag("stands_in", default=False),
    )
