"""JSON from anybody: counted before it is built, so that twenty megabytes of `{}` do not become half a gigabyte."""

import json
import math
import re
from typing import Any

from groups_catalog.feeds.limits import MAX_DEPTH, MAX_VALUES, NotReadable

STRUCTURE = "{[,:"
"""Each of these signs begins at most one more value."""
LONG_NUMBER = 18
"""Digits that fit every database."""
UNKEPT_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""NUL, or half of a pair; also the whole pair of an emoji, which `UNKEPT` then passes."""
UNKEPT = re.compile("[\0\ud800-\udfff]")
"""What no database keeps."""


def read(text: str) -> Any:
    """The decoded value; NaN and Infinity are no values, too long a number stays text. Raises `NotReadable`."""
    text = text.replace("\0", "")
    if sum(text.count(sign) for sign in STRUCTURE) > MAX_VALUES:
        raise NotReadable("too_many_values")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotReadable(_fault(error), error.lineno) from error
    except RecursionError as error:
        raise NotReadable("too_deep") from error
    _check_depth(value)
    # In a list of one, so that a lone text is mended too.
    held = [value]
    if UNKEPT_ESCAPE.search(text):
        _mend(held)
    return held[0]


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONG_NUMBER else digits


def _finite(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _fault(error: json.JSONDecodeError) -> str:
    if error.msg == "Extra data":
        return "json_extra_text"
    at_the_end = error.pos >= len(error.doc.rstrip())
    return "json_cut_off" if at_the_end or error.msg.startswith("Unterminated") else "json_broken"


_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_finite, parse_constant=lambda _: None, strict=False)


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level := [inner for outer in level for inner in _inside(outer) if isinstance(inner, list | dict)]:
        depth += 1
        if depth >= MAX_DEPTH:
            raise NotReadable("too_deep")


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _mend(value: Any) -> None:
    """Puts a sign in the place of every character that no database keeps, without building the whole again."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        if isinstance(inner, str):
            value[key] = UNKEPT.sub("\ufffd", inner)
        elif isinstance(inner, dict | list):
            _mend(inner)
        if isinstance(key, str) and UNKEPT.search(key):
            value[UNKEPT.sub("\ufffd", key)] = value.pop(key)
