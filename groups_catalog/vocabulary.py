"""What can be known about a group: `vocabulary.yaml`, read once and checked. Pure: no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from groups_catalog.reading import ContentError, Node, read_yaml, unique
from groups_catalog.text import Text

PATH = Path(__file__).with_name("vocabulary.yaml")
LEVELS = ("programme", "group")
BASES = ("stated", "implied", "added")
CLOCKS = ("meeting", "practice", "organisation")


class VocabularyError(ContentError):
    """`vocabulary.yaml: path: reason`."""


class Inherit(StrEnum):
    """Whether a group takes over what is known of its organisation."""

    YES = "yes_inherit"
    WRITTEN = "written"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Value:
    id: str
    label: Text
    says: Text
    """One plain sentence about a group with this value."""
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    id: str
    label: Text
    question: Text
    """What one would ask the group on the phone."""
    why: Text
    many: bool
    level: str
    basis: str
    section: str
    inherit: Inherit
    freshness: str
    about_people: bool
    is_date: bool
    """Tells when the others were checked; holds no values of its own."""
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    version: str
    attributes: Mapping[str, Attribute]

    def askable(self) -> tuple[Attribute, ...]:
        """The attributes that hold values, in the order of the file."""
        return tuple(attribute for attribute in self.attributes.values() if not attribute.is_date)


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(PATH)


def load_vocabulary(path: Path) -> Vocabulary:
    """Reads and checks one vocabulary file. Raises VocabularyError with file, path and reason."""
    try:
        root = read_yaml(path)
        nodes = list(root.items("attributes"))
        attributes = [_attribute(node) for node in nodes]
        unique(nodes, [attribute.id for attribute in attributes])
        return Vocabulary(root.word("version"), _by_id(attributes))
    except ContentError as problem:
        raise VocabularyError(str(problem)) from None


def _by_id(attributes: list[Attribute]) -> Mapping[str, Attribute]:
    return MappingProxyType({attribute.id: attribute for attribute in attributes})


def _attribute(node: Node) -> Attribute:
    return Attribute(
        id=node.slug(),
        label=node.both("label"),
        question=node.both("question"),
        why=node.both("why"),
        many=node.flag("many"),
        level=node.choice("level", LEVELS),
        basis=node.choice("basis", BASES),
        section=node.word("section"),
        inherit=Inherit(node.choice("inherit", list(Inherit))),
        freshness=node.choice("freshness", CLOCKS),
        about_people=node.flag("about_people", default=False),
        is_date=node.flag("date", default=False),
        values=_values(node),
    )


def _values(node: Node) -> Mapping[str, Value]:
    nodes = list(node.items("values"))
    values = [_value(value) for value in nodes]
    unique(nodes, [value.id for value in values])
    if bool(values) == node.flag("date", default=False):
        node.fail("needs values, or date: true and no values")
    return MappingProxyType({value.id: value for value in values})


def _value(node: Node) -> Value:
    return Value(
        id=node.slug(),
        label=node.both("label"),
        says=node.both("says"),
        not_applicable=node.flag("not_applicable", default=False),
    )
