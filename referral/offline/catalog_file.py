"""A catalog file → resolved groups."""

from datetime import date
from pathlib import Path
from typing import Any

from groups_catalog.reading import Node, is_partial_date, unique
from referral.matching.model import LANES, Fact, Group, Meeting
from referral.matching.reach import ACCESS_NEEDS
from referral.matching.rules import RuleSet
from referral.offline.files import as_words, only_keys, read_file

GROUP_KEYS = frozenset(
    {"id", "label", "lane", "attributes", "organisation", "facts", "meetings", "access", "km_away"}
)
FACT_KEYS = frozenset({"value", "values", "basis", "source", "observed_on", "reached", "observers", "unverified"})
MEETING_KEYS = frozenset({"weekday", "start", "minutes", "every", "open", "timezone"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MEMBERS = ("everyone", "women", "men")


def read_catalog(path: Path, rules: RuleSet) -> tuple[Group, ...]:
    """`{groups: [{id, label, lane, attributes, organisation?, facts?, meetings?, access?, km_away?}]}`.

    The value `unknown` and facts marked unverified count as not known. Raises ContentError, `file: path: reason`.
    """
    root = read_file(path)
    only_keys(root, frozenset({"groups", "note"}))
    nodes = list(root.items("groups"))
    groups = tuple(_group(node, rules) for node in nodes)
    unique(nodes, [group.id for group in groups])
    return groups


def _group(node: Node, rules: RuleSet) -> Group:
    only_keys(node, GROUP_KEYS)
    facts = {**_plain_facts(node, rules), **_full_facts(node, rules)}
    language = facts.get("language")
    return Group(
        id=node.word("id"),
        label=node.word("label"),
        lane=node.choice("lane", LANES),
        organisation=node.maybe_word("organisation"),
        facts=dict(sorted(facts.items())),
        meetings=_meetings(node),
        languages=language.values if language else frozenset(),
        access=_access(node),
        members=_members(node),
        km_away=_km(node),
    )


def _plain_facts(node: Node, rules: RuleSet) -> dict[str, Fact]:
    listed = node.maybe("attributes")
    if listed is None:
        return {}
    facts = {}
    for attribute in listed.names():
        values = _values(listed.child(attribute), attribute, rules)
        if values:
            facts[attribute] = Fact(values, basis=_default_basis(attribute))
    return facts


def _full_facts(node: Node, rules: RuleSet) -> dict[str, Fact]:
    listed = node.maybe("facts")
    if listed is None:
        return {}
    found = {}
    for attribute in listed.names():
        fact = listed.child(attribute)
        only_keys(fact, FACT_KEYS)
        values = _values(fact.child("values" if fact.maybe("values") else "value"), attribute, rules)
        if values and not fact.flag("unverified", default=False):
            found[attribute] = Fact(
                values,
                basis=fact.choice("basis", ("stated", "observed"))
                if fact.maybe("basis")
                else _default_basis(attribute),
                reached=fact.choice("reached", ("group", "clinic", "organisation"))
                if fact.maybe("reached")
                else "group",
                source=fact.maybe_word("source"),
                observed_on=_dated(fact),
                observers=fact.whole("observers", 2),
            )
    return found


def _default_basis(attribute: str) -> str:
    """An attribute that names an observation is one, unless the file says otherwise."""
    return "observed" if attribute.endswith("_observed") else "stated"


def _values(node: Node, attribute: str, rules: RuleSet) -> frozenset[str]:
    """The known values; empty for `unknown`. The date attribute holds no value to match."""
    known = rules.attributes.get(attribute)
    if known is None:
        node.fail("there is no such attribute")
    if not known.values or node.value is None:
        return frozenset()
    values = as_words(node) - {"unknown"}
    for value in sorted(values - set(known.values)):
        node.fail(f"there is no value {value!r}")
    return values


def _dated(fact: Node) -> str | None:
    found = fact.maybe("observed_on")
    if found is None:
        return None
    # YAML reads an unquoted full date as a date.
    written = found.value.isoformat() if isinstance(found.value, date) else str(found.value)
    return written if is_partial_date(written) else found.fail(f"{written!r} is not a date like 2024-05-17")


def _meetings(node: Node) -> tuple[Meeting, ...]:
    if not node.maybe("meetings"):
        return ()
    return tuple(_meeting(meeting) for meeting in node.items("meetings"))


def _meeting(node: Node) -> Meeting:
    only_keys(node, MEETING_KEYS)
    return Meeting(_weekday(node.child("weekday")), node.clock("start"))


def _weekday(node: Node) -> int:
    if isinstance(node.value, int) and not isinstance(node.value, bool) and 0 <= node.value <= 6:
        return node.value
    if node.value in WEEKDAYS:
        return WEEKDAYS.index(node.value)
    return node.fail(f"{node.value!r} is not 0 (Monday) to 6, or an English weekday")


def _access(node: Node) -> dict[str, bool]:
    found = node.maybe("access")
    if found is None:
        return {}
    only_keys(found, frozenset({*ACCESS_NEEDS, "members"}))
    known = {need: _yes_no(found.child(need)) for need in ACCESS_NEEDS if found.maybe(need)}
    return {need: value for need, value in known.items() if value is not None}


def _yes_no(node: Node) -> bool | None:
    spoken: dict[Any, bool | None] = {True: True, False: False, "yes": True, "no": False, "unknown": None}
    if not isinstance(node.value, bool | str) or node.value not in spoken:
        node.fail("is not true, false or unknown")
    return spoken[node.value]


def _members(node: Node) -> str:
    found = node.maybe("access")
    return found.choice("members", MEMBERS) if found and found.maybe("members") else "everyone"


def _km(node: Node) -> float | None:
    if not node.maybe("km_away"):
        return None
    km = node.number("km_away")
    return float(km) if km >= 0 else node.child("km_away").fail("is below zero")
