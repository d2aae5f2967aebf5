"""The starter library's files, read and checked before anything is saved: one YAML file per organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from groups_catalog.models import Basis, Kind, Lane, TextKind
from groups_catalog.reading import Node, read_yaml
from groups_catalog.text import NO_TEXT, Text
from groups_catalog.vocabulary import Vocabulary

WRITTEN_TEXTS = (TextKind.DESCRIPTION, TextKind.ASKS, TextKind.FIRST_MEETING)
is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class TextSpec:
    kind: str
    text: Text
    source: str
    dated: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class FactSpec:
    """`days_ago` instead of `dated` in the demo, whose dates follow the day it is loaded."""

    attribute: str
    values: tuple[str, ...]
    basis: str
    source: str
    dated: str
    days_ago: int | None
    unverified: bool
    inherit: bool
    observers: int
    note: Text

    def identity(self) -> tuple[str, str, str]:
        return self.attribute, self.basis, self.source


@dataclass(frozen=True, slots=True)
class OrganisationSpec:
    slug: str
    kind: str
    lane: str
    name: Text
    short_name: Text
    site: str
    texts: tuple[TextSpec, ...]
    facts: tuple[FactSpec, ...]


def read_organisations(folder: Path, vocabulary: Vocabulary) -> tuple[OrganisationSpec, ...]:
    """All organisations of a folder, in the order of their file names."""
    return tuple(read_organisation(read_yaml(path), vocabulary) for path in sorted(folder.glob("*.yaml")))


def read_organisation(node: Node, vocabulary: Vocabulary) -> OrganisationSpec:
    slug = node.slug()
    if node.file != f"{slug}.yaml":
        node.child("id").fail(f"is {slug}, not the name of the file")
    return OrganisationSpec(
        slug=slug,
        kind=node.choice("kind", Kind.values),
        lane=node.choice("lane", Lane.values),
        name=node.both("name"),
        short_name=node.both("short_name"),
        site=_site(node),
        texts=tuple(_texts(node)),
        facts=read_facts(node, vocabulary),
    )


def read_facts(node: Node, vocabulary: Vocabulary) -> tuple[FactSpec, ...]:
    """The facts of an organisation or a group; each attribute once per basis and source."""
    found: dict[tuple[str, str, str], FactSpec] = {}
    for child in node.items("facts", name="attribute"):
        fact = _fact(child, vocabulary)
        if fact.identity() in found:
            child.fail(f"stands twice with the basis {fact.basis} and the same source")
        found[fact.identity()] = fact
    return tuple(found.values())


def _fact(node: Node, vocabulary: Vocabulary) -> FactSpec:
    attribute = vocabulary.attributes.get(node.word("attribute"))
    if attribute is None or attribute.is_date:
        node.child("attribute").fail("is not an attribute of the vocabulary that holds values")
    values = node.words("values", attribute.values)
    if len(values) > 1 and not attribute.many:
        node.child("values").fail("names several, but the attribute holds one")
    return FactSpec(
        attribute=attribute.id,
        values=tuple(sorted(values)),
        basis=node.choice("basis", Basis.values),
        source=node.word("source"),
        dated=node.partial_date("date") if node.has("date") else "",
        days_ago=node.whole("days_ago") if node.has("days_ago") else None,
        unverified=node.flag("unverified", default=False),
        inherit=node.flag("inherit", default=True),
        observers=max(1, node.whole("observers", 1)),
        note=node.maybe_both("note") or NO_TEXT,
    )


def _texts(node: Node) -> Iterator[TextSpec]:
    presence = node.maybe("presence")
    if presence:
        yield _text(TextKind.PRESENCE, presence)
    for kind in WRITTEN_TEXTS:
        yield _text(kind, node.child(kind))


def _text(kind: TextKind, node: Node) -> TextSpec:
    return TextSpec(
        kind=kind.value,
        text=node.both("text"),
        source=node.word("source"),
        dated=node.partial_date("date"),
        unverified=node.flag("unverified"),
    )


def _site(node: Node) -> str:
    site = node.maybe_word("site")
    try:
        if site:
            is_address(site)
    except ValidationError:
        node.child("site").fail(f"{site!r} is not a web address")
    return site
