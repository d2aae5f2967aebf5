"""messages.yaml → messages and the codes of the article's Table 3."""

from groups_catalog.reading import Node, unique
from referral.knowledge.nodes import maybe_text, text, triggers, word_set, words
from referral.matching.rules import Code, Message, Role

SHOWN = ("group", "menu", "clinician")


def read_messages(root: Node) -> dict[str, Message]:
    nodes = list(root.items("messages"))
    messages = [_message(node) for node in nodes]
    unique(nodes, [message.id for message in messages])
    return {message.id: message for message in messages}


def read_codes(root: Node) -> tuple[Code, ...]:
    return tuple(
        Code(node.word("id"), text(node, "code"), node.word("theme"), node.words("messages"))
        for node in root.items("table3")
    )


def _message(node: Node) -> Message:
    return Message(
        id=node.word("id"),
        role=Role(node.choice("role", tuple(Role))),
        theme=node.word("theme"),
        shown=node.choice("shown", SHOWN),
        priority=node.whole("priority"),
        client=text(node, "client"),
        clinician=text(node, "clinician"),
        mitigation=text(node, "mitigation"),
        triggers=triggers(node, "triggers") if node.child("triggers") else (),
        unless=triggers(node, "unless"),
        applies_to=_applies_to(node),
        unknown_counts=word_set(node, "unknown_counts"),
        unknown_only_for_kinds=word_set(node, "unknown_counts_only_for_kinds"),
        section=node.maybe_word("section"),
        evidence=node.words("evidence"),
        strength=node.choice("strength", ("interviews", "wider")),
        voices=words(node, "voices"),
        codes=_codes(node),
        universal_safety=node.flag("universal_safety", default=False),
        stands_in=node.flag("stands_in", default=False),
        note=maybe_text(node, "note"),
    )


def _applies_to(node: Node) -> dict[str, frozenset[str]]:
    """Attribute → values; empty for the whole menu."""
    found = node.maybe("applies_to")
    if found is None or found.value == "menu":
        return {}
    return {attribute: frozenset(found.words(attribute)) for attribute in found.names()}


def _codes(node: Node) -> tuple[str, ...]:
    found = node.maybe("table3_code")
    if found is None:
        return ()
    return (found.value,) if isinstance(found.value, str) else node.words("table3_code")
