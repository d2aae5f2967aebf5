"""Plain functions that make answers, groups and menus for the engine; a test names only what it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from referral.knowledge import rules
from referral.matching import recommend
from referral.matching.model import Answers, Entry, Fact, Finding, Group, Meeting, Menu

TODAY = date(2026, 11, 22)
TWELVE_STEP = "twelve_step_fellowship"

Values = str | Iterable[str]


def facts_of(values: Mapping[str, Values]) -> dict[str, Fact]:
    """Attribute → fact; refuses a word the vocabulary does not hold."""
    facts = {attribute: Fact(_words(value)) for attribute, value in values.items()}
    for attribute, fact in facts.items():
        unheard = fact.values - set(rules().attributes[attribute].values)
        if unheard:
            raise ValueError(f"{attribute} has no value {sorted(unheard)}")
    return facts


def _words(value: Values) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def a_group(
    group_id: str = "a-group",
    facts: Mapping[str, Values] | None = None,
    *,
    lane: str = "addiction",
    organisation: str = "",
    meetings: Sequence[tuple[int, int]] = (),
    languages: Iterable[str] = (),
    access: Mapping[str, bool] | None = None,
    members: str = "everyone",
    venue: str = "",
    km_away: float | None = None,
) -> Group:
    """One group; `meetings` are (weekday, hour)."""
    return Group(
        id=group_id,
        label=group_id,
        lane=lane,
        organisation=organisation,
        facts=facts_of(facts or {}),
        meetings=tuple(Meeting(day, time(hour)) for day, hour in meetings),
        languages=frozenset(languages),
        access=dict(access or {}),
        members=members,
        venue=venue,
        km_away=km_away,
    )


def the_answers(*, matters_most: Iterable[str] = (), **choices: Values) -> Answers:
    """`the_answers(q9_avoid="touch", q7_format=["dialogue", "course"])`."""
    for question, chosen in choices.items():
        unheard = _words(chosen) - rules().questionnaire.questions[question].option_ids()
        if unheard:
            raise ValueError(f"{question} has no option {sorted(unheard)}")
    return Answers({q: _words(chosen) for q, chosen in choices.items()}, frozenset(matters_most))


def a_menu(answers: Answers, groups: Iterable[Group], *, seed: int = 1) -> Menu:
    return recommend(answers, groups, rules(), today=TODAY, seed=seed)


def by_group(menu: Menu) -> dict[str, Entry]:
    """Every group in reach → the entry it stands in."""
    return {group: entry for entry in menu.entries for group in entry.groups}


def the_entry(answers: Answers, group: Group) -> Entry:
    """What stands on the menu when this group is all there is."""
    (entry,) = a_menu(answers, [group]).entries
    return entry


def the_finding(entry: Entry, criterion: str) -> Finding | None:
    return next((found for found in entry.findings if found.criterion == criterion), None)


def with_answer(answers: Answers, question: str, *options: str) -> Answers:
    """The same answers with this question answered so; without options: not answered."""
    others = {q: chosen for q, chosen in answers.choices.items() if q != question}
    return replace(answers, choices={**others, question: frozenset(options)} if options else others)


def with_fact(group: Group, attribute: str, *values: str) -> Group:
    """The same group with this fact; without values: not known."""
    others = {known: fact for known, fact in group.facts.items() if known != attribute}
    return replace(group, facts={**others, **(facts_of({attribute: values}) if values else {})})
