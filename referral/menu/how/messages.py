"""Every message: what it says, when it is said, and what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.reading import Node, read_yaml
from referral.knowledge import FOLDER, rules
from referral.knowledge.nodes import text
from referral.matching.rules import Message, Role, Trigger
from referral.menu import wording
from referral.menu.how.links import Piece, evidence_links, known_ids
from referral.menu.how.sentences import attribute_words, trigger_words, value_words

ROLES = {
    Role.CAUTION: (_("Caution"), "tag--warn"),
    Role.BENEFIT: (_("Benefit"), "tag--ok"),
    Role.ADVICE: (_("Advice"), "tag--info"),
    Role.CLINICIAN: (_("For the professional"), "tag--dusk"),
}
"""The word for each role and its colour; the word alone tells it too."""


@dataclass(frozen=True, slots=True)
class MessageItem:
    id: str
    role: str
    role_look: str
    everybody: bool
    """Rests on no answer."""
    safety: bool
    client: str
    clinician: tuple[Piece, ...]
    mitigation: tuple[Piece, ...]
    when: tuple[str, ...]
    unless: tuple[str, ...]
    about: tuple[str, ...]
    asks: tuple[str, ...]
    asks_only: str
    section: str
    evidence: tuple[Piece, ...]
    strength: str
    codes: tuple[str, ...]
    note: tuple[Piece, ...]
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    title: str
    messages: tuple[MessageItem, ...]


def themes() -> tuple[Theme, ...]:
    """The themes in the order of the file, each with its messages."""
    known = rules().messages.values()
    return tuple(
        Theme(theme, wording.words(title), tuple(message_item(m) for m in known if m.theme == theme))
        for theme, title in rules().themes.items()
    )


def message_item(message: Message) -> MessageItem:
    role, look = ROLES[message.role]
    return MessageItem(
        id=message.id,
        role=str(role),
        role_look=look,
        everybody=not message.triggers,
        safety=message.universal_safety,
        client=wording.words(message.client),
        clinician=known_ids(message.clinician),
        mitigation=known_ids(message.mitigation),
        when=_triggers(message.triggers),
        unless=_triggers(message.unless),
        about=_about(message),
        asks=tuple(attribute_words(a) for a in message.applies_to if a in message.unknown_counts),
        asks_only=value_words("kind", message.unknown_only_for_kinds),
        section=message.section,
        evidence=evidence_links(message.evidence),
        strength=strength_words(message.strength),
        codes=tuple(wording.words(code.label) for code in rules().codes if code.id in message.codes),
        note=known_ids(message.note) if message.note else (),
        stands_in=message.stands_in,
    )


def citation() -> str:
    """The article, as messages.yaml cites it."""
    source = _file().child("source")
    return f"{source.word('citation')}. doi {source.word('doi')}"


def strength_words(strength: str) -> str:
    """«Qualitative interviews, n = 10. Norway, people who had left NA …», as messages.yaml has it."""
    node = _file().child("strength").child(strength)
    parts = [wording.words(text(node, "design"))]
    if node.has("n"):
        parts.append(gettext("n = {number}").format(number=node.whole("n")))
    if node.has("setting"):
        parts.append(wording.words(text(node, "setting")))
    return ", ".join(parts)


def _triggers(triggers: Iterable[Trigger]) -> tuple[str, ...]:
    return tuple(trigger_words(trigger) for trigger in triggers)


def _about(message: Message) -> tuple[str, ...]:
    return tuple(
        f"{attribute_words(attribute)}: {value_words(attribute, values)}"
        for attribute, values in message.applies_to.items()
    )


@cache
def _file() -> Node:
    return read_yaml(FOLDER / "messages.yaml")
