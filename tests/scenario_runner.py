"""Reads the clinical stories in tests/scenarios and tells what a menu does not keep of them."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from referral.knowledge import rules
from referral.matching import recommend
from referral.matching.model import Answers, Entry, Group, Menu
from referral.matching.rules import Role, RuleSet
from referral.offline.answers_file import read_answers
from referral.offline.catalog_file import read_catalog
from tests.engine_factories import TODAY, by_group

SCENARIOS = Path(__file__).parent / "scenarios"
RESPONDENTS = "respondents.yaml"

Engine = Callable[[Answers, Sequence[Group], RuleSet], Menu]


@dataclass(frozen=True, slots=True)
class Story:
    """One situation a clinician knows, and what the menu has to show."""

    id: str
    answers: Answers
    groups: tuple[Group, ...]
    told: Mapping[str, Any]
    """The story as it is written."""


def the_engine(answers: Answers, groups: Sequence[Group], known: RuleSet) -> Menu:
    return recommend(answers, groups, known, today=TODAY, seed=1)


@cache
def respondents() -> tuple[Story, ...]:
    """The sixteen snapshots of the study's respondents."""
    groups = read_catalog(SCENARIOS / "respondents_groups.yaml", rules())
    told = yaml.safe_load((SCENARIOS / RESPONDENTS).read_text("utf-8"))["stories"]
    return tuple(Story(story["id"], _answers(story), groups, story) for story in told)


@cache
def stories() -> tuple[Story, ...]:
    """Our own stories, written to attack the engine."""
    files = sorted(file for file in SCENARIOS.glob("*.yaml") if not file.name.startswith("respondents"))
    told = [story for file in files for story in yaml.safe_load(file.read_text("utf-8"))["stories"]]
    return tuple(Story(s["id"], _answers(s), _groups(s), s) for s in told)


def _answers(story: Mapping[str, Any]) -> Answers:
    marks = {"matters_most": story["matters_most"]} if "matters_most" in story else {}
    with _written({"answers": story.get("answers", {}), **marks}) as file:
        return read_answers(file, rules().questionnaire)


def _groups(story: Mapping[str, Any]) -> tuple[Group, ...]:
    listed = [{"label": group["id"], "lane": "addiction", **group} for group in story["groups"]]
    with _written({"groups": listed}) as file:
        return read_catalog(file, rules())


class _written:  # noqa: N801
    """A passing file, so that stories go through the same readers as everybody's files."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._file = Path(self._folder.name) / "story.json"
        self._file.write_text(json.dumps(content), "utf-8")

    def __enter__(self) -> Path:
        return self._file

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def broken_in_respondent(story: Story, engine: Engine = the_engine) -> list[str]:
    """What the menu does not keep of a respondent's story."""
    menu = engine(story.answers, story.groups, rules())
    entries, told = by_group(menu), story.told
    missing = [group for group in ("na", *told["must_not_exclude"]) if group not in entries]
    if missing:
        return [f"{group} is not on the menu" for group in missing]
    heard = _said_of(entries["na"]) | set(_of_everybody(menu))
    return [
        *_above(menu, told["expect_above"]),
        *(
            f"{group} is not first or second in its lane"
            for group in told["expect_high"]
            if not _high(entries[group])
        ),
        *(f"{message} is not said of NA" for message in told["expect_cautions"] if message not in heard),
    ]


def _high(entry: Entry) -> bool:
    return entry.place <= 2 and entry.band.value in ("fits_most", "fits_some")


def broken(story: Story, engine: Engine = the_engine) -> list[str]:
    """What the menu does not keep of one of our own stories, and of what every menu has to keep."""
    menu = engine(story.answers, story.groups, rules())
    expected = story.told["expect"]
    unheard = expected.keys() - CHECKS.keys() - {"never_lower_with"}
    if unheard:
        return [f"no check is called {sorted(unheard)}"]
    told = [problem for name, check in CHECKS.items() if name in expected for problem in check(menu, expected[name])]
    return [*told, *_always(menu, story), *_never_lower(menu, story, engine)]


def _always(menu: Menu, story: Story) -> Iterator[str]:
    """Nobody disappears; at most three cautions are shown; a caution never stands alone."""
    seen = sorted([*by_group(menu), *(gone.group for gone in menu.out_of_reach)])
    if seen != sorted(group.id for group in story.groups):
        yield f"groups came or went: {seen}"
    greyed = {gone.group for gone in menu.out_of_reach} - story.told["expect"].get("greyed_out", {}).keys()
    if greyed:
        yield f"{sorted(greyed)} are greyed out"
    for entry in menu.entries:
        cautions = [shown for shown in entry.shown if rules().messages[shown].role is Role.CAUTION]
        fits = any(found.verdict.value == "fits" for found in entry.findings)
        if len(cautions) > 3 or (cautions and len(cautions) == len(entry.shown) and not fits):
            yield f"{entry.groups}: the cautions {cautions} stand without balance"


def _never_lower(menu: Menu, story: Story, engine: Engine) -> Iterator[str]:
    """With each of these answers told as well, the same groups stand, none in a lower band."""
    order = ("fits_most", "fits_some", "not_yet_known", "not_ranked", "fits_few")
    silent = by_group(menu)
    for more in story.told["expect"].get("never_lower_with", ()):
        choices = {**story.answers.choices, **{q: frozenset(chosen) for q, chosen in more.items()}}
        told = by_group(engine(replace(story.answers, choices=choices), story.groups, rules()))
        if told.keys() != silent.keys():
            yield f"with {more} other groups stand"
        for group in told.keys() & silent.keys():
            if order.index(told[group].band.value) > order.index(silent[group].band.value):
                yield f"with {more} {group} falls to {told[group].band.value}"


def _each(read: Callable[[Entry], Any]) -> Callable[[Menu, Mapping[str, Any]], Iterator[str]]:
    """A check of one thing about each group's entry."""

    def check(menu: Menu, expected: Mapping[str, Any]) -> Iterator[str]:
        entries = by_group(menu)
        for group, wanted in expected.items():
            found = read(entries[group]) if group in entries else "not on the menu"
            if found != wanted:
                yield f"{group}: {found}, not {wanted}"

    return check


def _holds(
    read: Callable[[Entry], Iterable[Any]], *, wanted: bool
) -> Callable[[Menu, Mapping[str, Any]], Iterator[str]]:
    """A check that each of the words stands, or does not stand, on the group's entry."""

    def check(menu: Menu, expected: Mapping[str, Any]) -> Iterator[str]:
        entries = by_group(menu)
        for group, words in expected.items():
            found = set(read(entries[group])) if group in entries else set()
            for word in words:
                if group not in entries or (word in found) is not wanted:
                    yield f"{group}: {word} {'does not stand' if wanted else 'stands'} there"

    return check


def _found(read: Callable[[Any], Any]) -> Callable[[Menu, Mapping[str, Any]], Iterator[str]]:
    """A check of the findings of each group, by criterion; `none` where there must be none."""

    def check(menu: Menu, expected: Mapping[str, Any]) -> Iterator[str]:
        entries = by_group(menu)
        for group, by_criterion in expected.items():
            findings = entries[group].findings if group in entries else ()
            heard = {finding.criterion: read(finding) for finding in findings}
            for criterion, wanted in by_criterion.items():
                if heard.get(criterion, "none") != wanted:
                    yield f"{group}, {criterion}: {heard.get(criterion, 'none')}, not {wanted}"

    return check


def _above(menu: Menu, pairs: Iterable[Sequence[str]]) -> Iterator[str]:
    entries = by_group(menu)
    for higher, lower in pairs:
        one, other = entries.get(higher), entries.get(lower)
        if not (one and other and one.lane == other.lane and one.place < other.place):
            yield f"{higher} does not stand above {lower}"


def _level(menu: Menu, bunches: Iterable[Sequence[str]]) -> Iterator[str]:
    entries = by_group(menu)
    for bunch in bunches:
        stands = {(entries[g].band.value, entries[g].place) if g in entries else None for g in bunch}
        if len(stands) != 1 or None in stands:
            yield f"{bunch} do not stand level: {stands}"


def _first(menu: Menu, expected: Sequence[str]) -> Iterator[str]:
    shown = [group for entry in menu.entries for group in entry.groups][: len(expected)]
    if shown != list(expected):
        yield f"{shown} stand first, not {expected}"


def _not_in_order(menu: Menu, expected: Sequence[str]) -> Iterator[str]:
    if [group for entry in menu.entries for group in entry.groups] == list(expected):
        yield "the groups stand in alphabetical order"


def _greyed(menu: Menu, expected: Mapping[str, str]) -> Iterator[str]:
    reasons = {gone.group: gone.reason for gone in menu.out_of_reach}
    yield from (f"{g}: greyed out by {reasons.get(g)}, not {r}" for g, r in expected.items() if reasons.get(g) != r)


def _pinned(menu: Menu, expected: Sequence[str]) -> Iterator[str]:
    pinned = sorted(group for entry in menu.entries[:5] if entry.pinned for group in entry.groups)
    if pinned != sorted(expected):
        yield f"{pinned} are pinned among the first five, not {expected}"


def _together(menu: Menu, bunches: Iterable[Sequence[str]]) -> Iterator[str]:
    entries = by_group(menu)
    yield from (f"{b} are not one entry" for b in bunches if len({entries[g].groups for g in b}) != 1)


def _apart(menu: Menu, bunches: Iterable[Sequence[str]]) -> Iterator[str]:
    entries = by_group(menu)
    yield from (f"{b} share an entry" for b in bunches if len({entries[g].groups for g in b}) != len(b))


def _general(menu: Menu, expected: Iterable[str]) -> Iterator[str]:
    yield from (f"{message} is not said to everybody" for message in set(expected) - set(_of_everybody(menu)))


def _general_not(menu: Menu, expected: Iterable[str]) -> Iterator[str]:
    yield from (f"{message} is said to everybody" for message in set(expected) & set(_of_everybody(menu)))


def _variety(menu: Menu, expected: str | None) -> Iterator[str]:
    if menu.variety != expected:
        yield f"variety: {menu.variety}, not {expected}"


def _of_everybody(menu: Menu) -> tuple[str, ...]:
    general = menu.general
    return (*general.cautions, *general.benefits, *general.advice, *general.clinician)


def _said_of(entry: Entry) -> set[str]:
    return {*entry.cautions, *entry.benefits, *(ask.message for ask in entry.asks if ask.message)}


def _asked(entry: Entry) -> set[str | None]:
    return {asked for ask in entry.asks for asked in (ask.attribute, ask.message)}


def _moves(entry: Entry) -> set[str]:
    return {
        f"{move.change.subject} {'+'.join(move.change.values)} → {move.band.value} {move.place}".replace("  ", " ")
        for move in entry.moves
    }


CHECKS: Mapping[str, Callable[[Menu, Any], Iterator[str]]] = {
    "band": _each(lambda entry: entry.band.value),
    "place": _each(lambda entry: entry.place),
    "lane": _each(lambda entry: entry.lane),
    "shown": _each(lambda entry: list(entry.shown)),
    "verdict": _found(lambda finding: finding.verdict.value),
    "weight": _found(lambda finding: finding.weight),
    "says": _holds(lambda entry: {*entry.cautions, *entry.benefits}, wanted=True),
    "says_not": _holds(lambda entry: {*entry.cautions, *entry.benefits}, wanted=False),
    "asks": _holds(_asked, wanted=True),
    "asks_not": _holds(_asked, wanted=False),
    "moves": _holds(_moves, wanted=True),
    "above": _above,
    "level": _level,
    "first": _first,
    "not_in_order": _not_in_order,
    "greyed_out": _greyed,
    "pinned": _pinned,
    "together": _together,
    "apart": _apart,
    "general": _general,
    "general_not": _general_not,
    "variety": _variety,
}
