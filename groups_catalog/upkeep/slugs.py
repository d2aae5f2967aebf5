"""Ids for addresses, made of names. Pure."""

import re
from collections.abc import Iterable

from groups_catalog.spelling import without_accents

LONGEST = 50
NOT_AN_ID = re.compile(r"[^a-z0-9]+")
RESERVED = {"new"}
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n"})
"""Of Norwegian and Sámi names. Not shared with `places`: an address once given stays, whatever is searched for."""


def new_slugs(names: Iterable[str], taken: set[str]) -> list[str]:
    """One for each name, in order: none twice, none that is taken."""
    used = {*taken, *RESERVED}
    slugs = []
    for name in names:
        slug = _free(_slug(name), used)
        used.add(slug)
        slugs.append(slug)
    return slugs


def _slug(name: str) -> str:
    return NOT_AN_ID.sub("-", spelled_plainly(name)).strip("-")[:LONGEST].strip("-") or "group"


def spelled_plainly(name: str) -> str:
    """«Ålesund øst» → `alesund ost`."""
    return without_accents(name, LETTERS)


def _free(slug: str, used: set[str]) -> str:
    if slug not in used:
        return slug
    number = 2
    while f"{slug}-{number}" in used:
        number += 1
    return f"{slug}-{number}"
