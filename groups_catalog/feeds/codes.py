"""What the codes of a meeting list say: `codes.yaml`, read once and checked. Pure: no Django.

A code belongs to the fellowship that publishes the list. Where that is not known, a code counts only if every
fellowship that has it means the same by it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from groups_catalog.feeds.plain import is_text, one_line
from groups_catalog.feeds.privacy import has_contact
from groups_catalog.feeds.times import folded
from groups_catalog.reading import ContentError, Node, read_yaml
from groups_catalog.vocabulary import Vocabulary, vocabulary

PATH = Path(__file__).with_name("codes.yaml")
KEYS = {"open", "membership", "step_free", "online", "hybrid", "away", "language", "facts"}
MOST_CODES = 60
LONGEST_CODE = 60
Facts = tuple[tuple[str, tuple[str, ...]], ...]


class CodesError(ContentError):
    """`codes.yaml: path: reason`."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one code says; by itself, nothing."""

    open: bool | None = None
    membership: str = ""
    step_free: bool | None = None
    online: bool = False
    hybrid: bool = False
    away: bool = False
    languages: tuple[str, ...] = ()
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What all codes of a row say together."""

    open: bool | None = None
    membership: str = "everyone"
    step_free: bool | None = None
    online: bool = False
    hybrid: bool = False
    away: bool = False
    languages: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    """`open_and_closed`, `women_and_men`."""


@dataclass(frozen=True, slots=True)
class Codes:
    common: Mapping[str, Meaning]
    fellowships: Mapping[str, Mapping[str, Meaning]]
    world: Mapping[str, Meaning]
    """By BMLT's world-wide format id."""
    keys: Mapping[str, Meaning]
    """By the keys a BMLT server starts with in English."""
    words: Mapping[str, Meaning]
    languages: Mapping[str, str]

    def meaning(self, code: str, fellowship: str) -> Meaning:
        """Of one code, or one code written out as a word."""
        own = self.fellowships.get(fellowship)
        known = self._agreed(code) if own is None else own.get(code, self.common.get(code))
        return known or self.word(code)

    def said(self, listed: tuple[str, ...], fellowship: str) -> Said:
        """Of all codes of a row. O with C is a contradiction whoever publishes the list."""
        both = [Meaning(open=False)] if {"O", "C"} <= set(listed) else []
        return taken_together([*(self.meaning(code, fellowship) for code in listed), *both])

    def word(self, text: str) -> Meaning:
        """Of «Closed», «Kvinner» or «Spanish»."""
        plain = folded(text).strip()
        return self.words.get(plain) or Meaning(languages=self.language(text))

    def language(self, name: str) -> tuple[str, ...]:
        """Of words that only name languages, as «English speaking» or «Lithuanian/Russian»."""
        parts = [folded(name).strip(), *(part.strip() for part in re.split(r"[/,&+]| and | og ", folded(name)))]
        return tuple(dict.fromkeys(self.languages[part] for part in parts if part in self.languages))

    def _agreed(self, code: str) -> Meaning | None:
        tables = (self.common, *self.fellowships.values())
        meanings = {table[code] for table in tables if code in table}
        return next(iter(meanings)) if len(meanings) == 1 else None


@cache
def codes() -> Codes:
    return load_codes(PATH, vocabulary())


def load_codes(path: Path, known: Vocabulary) -> Codes:
    """Reads and checks one file of codes. Raises CodesError with file, path and reason."""
    try:
        root = read_yaml(path)
        tables = root.child("fellowships")
        return Codes(
            common=_table(root.child("common"), known),
            fellowships={name: _table(tables.child(name), known) for name in tables.names()},
            world=_table(root.child("world"), known),
            keys=_table(root.child("keys"), known),
            words=_words(root, known),
            languages=_languages(root.child("languages")),
        )
    except ContentError as problem:
        raise CodesError(str(problem)) from None


def split_codes(value: object) -> tuple[tuple[str, ...], bool]:
    """The codes of a field in upper case, each once, and whether something was no code.

    «["O", "C"]», «O,C», «[open]», 11 and null are all met with.
    """
    parts = value if isinstance(value, list | tuple) else [value]
    found = [code for part in parts for code in (_pieces(part) if isinstance(part, str) else [one_line(part)])]
    tidy = dict.fromkeys(code.strip(" []{}\"'.").upper() for code in found)
    kept = [code for code in tidy if code and len(code) <= LONGEST_CODE and not has_contact(code)]
    unread = any(not is_text(part) for part in parts) or len(kept) < sum(map(bool, tidy))
    return tuple(kept[:MOST_CODES]), unread


def taken_together(meanings: Iterable[Meaning]) -> Said:
    """Open and closed at once says nothing, and neither do women's and men's."""
    listed = tuple(meanings)
    opens = {meaning.open for meaning in listed if meaning.open is not None}
    members = {meaning.membership for meaning in listed if meaning.membership}
    doubts = (("open_and_closed",) if len(opens) > 1 else ()) + (("women_and_men",) if len(members) > 1 else ())
    return Said(
        open=opens.pop() if len(opens) == 1 else None,
        membership=members.pop() if len(members) == 1 else "everyone",
        step_free=True if any(meaning.step_free for meaning in listed) else None,
        online=any(meaning.online for meaning in listed),
        hybrid=any(meaning.hybrid for meaning in listed),
        away=any(meaning.away for meaning in listed),
        languages=tuple(dict.fromkeys(language for meaning in listed for language in meaning.languages)),
        facts=_facts(listed, doubtful="women_and_men" in doubts),
        doubts=doubts,
    )


def _facts(meanings: Iterable[Meaning], *, doubtful: bool) -> Mapping[str, tuple[str, ...]]:
    """In the order of the vocabulary, so that the order of the codes does not matter."""
    said: dict[str, set[str]] = {}
    for meaning in meanings:
        for attribute, values in meaning.facts:
            said.setdefault(attribute, set()).update(values)
    if doubtful:
        said["gender_setting"] -= {"women", "men"}
    known = vocabulary().attributes
    return {
        name: tuple(value for value in known[name].values if value in said[name]) for name in known if said.get(name)
    }


def _pieces(text: str) -> list[str]:
    return re.split(r"[,;|\n]", one_line(text.replace("\n", ",")))


def _table(node: Node, known: Vocabulary) -> Mapping[str, Meaning]:
    return {code: _meaning(node.child(code), known) for code in node.names()}


def _meaning(node: Node, known: Vocabulary) -> Meaning:
    if extra := set(node.names()) - KEYS:
        node.fail(f"{sorted(extra)[0]} is not one of {', '.join(sorted(KEYS))}")
    return Meaning(
        open=node.maybe_flag("open"),
        membership=node.choice("membership", ("women", "men")) if node.has("membership") else "",
        step_free=node.maybe_flag("step_free"),
        online=node.flag("online", default=False),
        hybrid=node.flag("hybrid", default=False),
        away=node.flag("away", default=False),
        languages=(node.word("language"),) if node.has("language") else (),
        facts=_stated(node.child("facts"), known) if node.has("facts") else (),
    )


def _stated(node: Node, known: Vocabulary) -> Facts:
    for name in node.names():
        if name not in known.attributes:
            node.fail(f"{name} is not in the vocabulary")
    return tuple((name, node.words(name, tuple(known.attributes[name].values))) for name in node.names())


def _words(root: Node, known: Vocabulary) -> Mapping[str, Meaning]:
    listed = [(_meaning(entry.child("says"), known), entry.words("in")) for entry in root.items("words")]
    return {folded(word): meaning for meaning, words in listed for word in words}


def _languages(node: Node) -> Mapping[str, str]:
    return {folded(word): code for code in node.names() for word in node.words(code)}
