"""Shared readers: texts in both languages, triggers, and sets of words."""

from groups_catalog.reading import Node
from referral.matching.rules import Text, Trigger


def text(node: Node, key: str) -> Text:
    both = node.both(key)
    return Text(both.en, both.nb)


def maybe_text(node: Node, key: str) -> Text | None:
    return text(node, key) if node.maybe(key) else None


def texts(node: Node, key: str) -> tuple[Text, ...]:
    """A list of texts; empty where the key is absent."""
    if node.maybe(key) is None:
        return ()
    return tuple(Text(item.word("en"), item.word("nb")) for item in node.items(key))


def texts_by_key(node: Node, key: str) -> dict[str, Text]:
    group = node.child(key)
    return {name: text(group, name) for name in group.names()}


def words(node: Node, key: str) -> tuple[str, ...]:
    """A list of words; empty where the key is absent or the list is empty."""
    found = node.maybe(key)
    return node.words(key) if found and found.value else ()


def word_set(node: Node, key: str) -> frozenset[str]:
    return frozenset(words(node, key))


def trigger(node: Node) -> Trigger:
    """`{question: q3_stage, any_of: [using_now]}`."""
    return Trigger(node.word("question"), frozenset(node.words("any_of")))


def triggers(node: Node, key: str) -> tuple[Trigger, ...]:
    """A list of triggers; empty for `always` or an absent key."""
    found = node.maybe(key)
    if found is None or found.value == "always":
        return ()
    return tuple(trigger(item) for item in node.items(key))


def trigger_map(node: Node, key: str) -> tuple[Trigger, ...]:
    """`{q7_format: [dialogue, course]}`: any one is enough; empty where the key is absent."""
    if node.maybe(key) is None:
        return ()
    group = node.child(key)
    return tuple(Trigger(question, frozenset(group.words(question))) for question in group.names())
