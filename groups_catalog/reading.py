"""Reads YAML that people write, and says file, path and reason when something is wrong."""

import re
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn

import yaml

from groups_catalog.text import Text

PARTIAL_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
SLUG = re.compile(r"[a-z0-9_-]{1,60}")


class ContentError(ValueError):
    """One line: `file: path: reason`."""


class _OneOfEachKey(yaml.SafeLoader):
    """Plain YAML lets a repeated key win silently; here it is a mistake to be told."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _value in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.MarkedYAMLError(problem=f"{twice[0]} is written twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a file: its value, and the path that leads there."""

    file: str
    path: str
    value: Any

    def fail(self, reason: str, error: type[ContentError] = ContentError) -> NoReturn:
        raise error(": ".join(part for part in (self.file, self.path, reason) if part))

    def child(self, key: str) -> "Node":
        """The value under a key that must be there."""
        if key not in self._mapping():
            self.fail(f"{key} is missing")
        return Node(self.file, f"{self.path}.{key}" if self.path else key, self.value[key])

    def maybe(self, key: str) -> "Node | None":
        """The value under a key that may be absent or null."""
        return self.child(key) if self._mapping().get(key) is not None else None

    def has(self, key: str) -> bool:
        return self.maybe(key) is not None

    def names(self) -> tuple[str, ...]:
        """The keys of a group of lines, in the order of the file."""
        return tuple(self._mapping())

    def items(self, key: str, *, name: str = "id") -> Iterator["Node"]:
        """The members of a list, named by their id where they have one."""
        listed = self.child(key)
        if not isinstance(listed.value, list):
            listed.fail("is not a list")
        for place, value in enumerate(listed.value):
            known = value.get(name) if isinstance(value, dict) else None
            yield Node(self.file, f"{listed.path}[{known or place}]", value)

    def word(self, key: str) -> str:
        """A text that is not empty. Unquoted yes, no and numbers are told."""
        found = self.child(key)
        if not isinstance(found.value, str):
            found.fail(f"is {found.value!r}, not text; put it in quotation marks")
        if not found.value.strip():
            found.fail("is empty")
        return found.value.strip()

    def maybe_word(self, key: str) -> str:
        return self.word(key) if self.has(key) else ""

    def slug(self, key: str = "id") -> str:
        found = self.word(key)
        return found if SLUG.fullmatch(found) else self.fail(f"{key} is {found!r}, not small letters, 0-9, - or _")

    def both(self, key: str) -> Text:
        """One text in English and Bokmål."""
        found = self.child(key)
        text = Text(en=found.word("en"), nb=found.word("nb"))
        for extra in sorted(set(found.names()) - {"en", "nb"}):
            # A comma in an unquoted text cuts it off there, and YAML takes the rest for a key.
            found.fail(f"{extra!r} is neither en nor nb; a text with a comma needs quotation marks")
        return text

    def maybe_both(self, key: str) -> Text | None:
        return self.both(key) if self.has(key) else None

    def choice(self, key: str, allowed: Collection[str]) -> str:
        found = self.word(key)
        return found if found in allowed else self.child(key).fail(f"{found!r} is not one of {', '.join(allowed)}")

    def flag(self, key: str, default: bool | None = None) -> bool:
        if default is not None and key not in self._mapping():
            return default
        known = self.maybe_flag(key)
        return self.child(key).fail("is not true or false") if known is None else known

    def maybe_flag(self, key: str) -> bool | None:
        """True, false, or None where it is not known."""
        found = self.maybe(key)
        if found is None or isinstance(found.value, bool):
            return found.value if found else None
        return found.fail("is not true, false or null")

    def number(self, key: str, default: float | None = None) -> float:
        if default is not None and not self.has(key):
            return default
        found = self.child(key)
        if not isinstance(found.value, int | float) or isinstance(found.value, bool):
            found.fail("is not a number")
        return float(found.value)

    def whole(self, key: str, default: int | None = None) -> int:
        found = self.number(key, default)
        return int(found) if found == int(found) and found >= 0 else self.child(key).fail("is not a whole number")

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of different words, at least one."""
        nodes = [Node(self.file, node.path, {"word": node.value}) for node in self.items(key)]
        if not nodes:
            self.child(key).fail("is empty")
        found = [node.choice("word", allowed) if allowed is not None else node.word("word") for node in nodes]
        return tuple(found) if len(set(found)) == len(found) else self.child(key).fail("names one twice")

    def partial_date(self, key: str) -> str:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an empty text where the date is not known."""
        found = self.maybe_word(key)
        if found and not is_partial_date(found):
            self.child(key).fail(f"{found!r} is not a date like 2024, 2024-05 or 2024-05-17")
        return found

    def clock(self, key: str) -> time:
        """A wall-clock time; an offset from UTC is refused, since it changes with the season."""
        try:
            found = time.fromisoformat(self.word(key))
        except ValueError:
            return self.child(key).fail("is not a time like 18:30")
        return found if found.tzinfo is None else self.child(key).fail("has an offset; write the local time only")

    def _mapping(self) -> dict[str, Any]:
        return self.value if isinstance(self.value, dict) else self.fail("is not a group of key: value lines")


def is_partial_date(written: str) -> bool:
    if not PARTIAL_DATE.fullmatch(written):
        return False
    try:
        date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return False
    return True


def read_yaml(path: Path) -> Node:
    """The whole file as one node. Raises ContentError with the line where the YAML itself is broken."""
    try:
        return Node(path.name, "", yaml.load(path.read_text("utf-8"), Loader=_OneOfEachKey))  # noqa: S506
    except FileNotFoundError:
        raise ContentError(f"{path.name}: the file is not there") from None
    except (yaml.YAMLError, ValueError) as broken:
        # A ValueError is a date that is none, or a text that is not UTF-8.
        raise ContentError(f"{path.name}: {_where(broken)}") from None
    except RecursionError:
        raise ContentError(f"{path.name}: lists and groups of lines stand too deep in each other") from None


def _where(broken: Exception) -> str:
    mark, problem = getattr(broken, "problem_mark", None), getattr(broken, "problem", None)
    return f"line {mark.line + 1}: {problem}" if mark else " ".join(str(broken).split())


def unique(nodes: list[Node], ids: list[str]) -> None:
    """Tells the first id that stands twice."""
    for place, known in enumerate(ids):
        if known in ids[:place]:
            nodes[place].fail(f"the id {known} is used twice")
