"""Reads a YAML or JSON file that somebody wrote by hand; says file, path and reason when something is wrong."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from groups_catalog.reading import ContentError, Node, read_yaml

YES_NO = {True: "yes", False: "no"}


def read_file(path: Path) -> Node:
    """YAML or JSON (which is YAML). Raises ContentError in one line."""
    if path.is_dir():
        raise ContentError(f"{path.name}: is a folder, not a file")
    root = read_json(path) if path.suffix == ".json" else read_yaml(path)
    if not isinstance(root.value, dict):
        root.fail("is not a group of key: value lines")
    return root


def read_json(path: Path) -> Node:
    """JSON proper: tabs, escapes and numbers as JSON has them, which YAML reads differently."""
    try:
        text = path.read_text("utf-8")
        return Node(path.name, "", json.loads(text, object_pairs_hook=partial(_one_of_each_key, path.name)))
    except FileNotFoundError:
        raise ContentError(f"{path.name}: the file is not there") from None
    except RecursionError:
        raise ContentError(f"{path.name}: lists and groups of lines stand too deep in each other") from None
    except ContentError:
        raise
    except ValueError as broken:
        raise ContentError(f"{path.name}: is not JSON: {broken}") from None


def _one_of_each_key(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ContentError(f"{file}: {twice} is written twice")
    return found


def only_keys(node: Node, allowed: frozenset[str]) -> None:
    """Refuses a key nobody reads: it is most often a slip of the pen."""
    for key in node.names():
        if key not in allowed:
            node.fail(f"{key!r} is not one of {', '.join(sorted(allowed))}")


def as_words(node: Node) -> frozenset[str]:
    """One word or a list of words. Unquoted yes, no and whole numbers are taken for what they look like."""
    values = node.value if isinstance(node.value, list) else [node.value]
    return frozenset(_word(node, value) for value in values)


def _word(node: Node, value: Any) -> str:
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        node.fail(f"{value!r} is not a word")
    return value
