"""Whose list is it, where nobody says? Its addresses and names often tell. Pure.

Codes mean other things in other fellowships, so a guess counts only where everything points one way.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from groups_catalog.feeds.model import Settings

NAMES = ("name", "group", "entity")
ADDRESSES = ("url", "edit_url", "location_url", "entity_url", "entity_website_url")
TIMES_AHEAD = 10
"""How much oftener one fellowship must be pointed at than any other."""
IN_NAMES = {
    "alanon": re.compile(r"\bal-?anon\b|\balateen\b|\bafg\b", re.IGNORECASE),
    "na": re.compile(r"\bNA\b|\bnarcotics anonymous\b|\bjust for today\b", re.IGNORECASE),
    "aa": re.compile(r"\bA\.?A\b|\balcoholics anonymous\b|\bbig book\b", re.IGNORECASE),
}
IN_HOSTS = {
    "alanon": re.compile(r"al-?anon|alateen"),
    "na": re.compile(r"(^|[.-])na\.|bmlt"),
    "aa": re.compile(r"aa(\.|$)"),
}


def with_fellowship(settings: Settings, rows: Iterable[object]) -> Settings:
    """The settings, with the fellowship that the list itself points at where they name none."""
    if settings.organisation:
        return settings
    pointed = Counter(found for row in rows if isinstance(row, Mapping) for found in _pointed_at(row))
    ranked = pointed.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < TIMES_AHEAD * ranked[1][1]):
        return settings
    return replace(settings, organisation=ranked[0][0])


def _pointed_at(row: Mapping[str, Any]) -> set[str]:
    names = " · ".join(row[field] for field in NAMES if isinstance(row.get(field), str))
    hosts = [_host(row[field]) for field in ADDRESSES if isinstance(row.get(field), str)]
    by_name = {who for who, told in IN_NAMES.items() if told.search(names)}
    return by_name | {who for who, told in IN_HOSTS.items() if any(told.search(host) for host in hosts)}


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
