"""Random catalogs and valid answers, drawn from the real questionnaire and vocabulary."""

from datetime import time
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from groups_catalog.vocabulary import vocabulary
from referral.knowledge import rules
from referral.matching.model import LANES, Answers, Fact, Group, Meeting
from referral.matching.rules import Question
from referral.offline.catalog_file import read_catalog

RESPONDENTS = Path(__file__).parent.parent / "scenarios" / "respondents_groups.yaml"
SKIPPED = ("pns", "not_asked")
LANGUAGES = ("nb", "en", "pl", "ar", "sign")
OFTEN_TOGETHER = {
    "problem_focus": [("alcohol", "all_mind_altering_substances"), ("release_from_prison", "any_addiction")],
    "change_strategy": [("twelve_steps", "meditation"), ("dialogue_feedback", "course_education")],
    "activities": [("course", "sport"), ("outings_social", "culture")],
    "gender_setting": [("women", "lgbt"), ("mixed", "young_adults"), ("women", "men")],
}

FactPair = tuple[str, Fact]


@cache
def single_facts() -> tuple[FactPair, ...]:
    """Every attribute with each of its values, and some values that stand together; seen and stated."""
    alone = [(a.id, (v,)) for a in rules().attributes.values() for v in a.values]
    together = [(a, values) for a, pairs in OFTEN_TOGETHER.items() for values in pairs]
    assert all(vocabulary().attributes[attribute].many for attribute, _ in together)
    return tuple(
        (attribute, Fact(frozenset(values), "observed" if index % 3 == 0 else "stated", source=f"source {index % 4}"))
        for index, (attribute, values) in enumerate([*alone, *together])
    )


@cache
def respondents() -> tuple[Group, ...]:
    return read_catalog(RESPONDENTS, rules())


def some_facts(max_size: int = 14) -> st.SearchStrategy[dict[str, Fact]]:
    return st.lists(st.sampled_from(single_facts()), max_size=max_size).map(dict)


@st.composite
def known_facts(draw: st.DrawFn) -> dict[str, Fact]:
    """What is known of one group: a few facts, or a real-looking group with some facts changed and some lost."""
    if draw(st.booleans()):
        return draw(some_facts())
    real = dict(draw(st.sampled_from(respondents())).facts)
    lost = draw(st.sets(st.sampled_from(sorted(real)), max_size=8))
    return {attribute: f for attribute, f in real.items() if attribute not in lost} | draw(some_facts(4))


def meetings() -> st.SearchStrategy[tuple[Meeting, ...]]:
    one = st.builds(Meeting, st.integers(0, 6), st.sampled_from([time(10), time(15, 59), time(16), time(19)]))
    return st.lists(one, max_size=2).map(tuple)


@st.composite
def catalogs(
    draw: st.DrawFn,
    *,
    min_size: int = 1,
    max_size: int = 9,
    members: tuple[str, ...] = ("everyone", "everyone", "women", "men"),
) -> list[Group]:
    """Groups over few fact profiles, so that some are equal; some of them one entry, some out of reach."""
    profiles = draw(st.lists(known_facts(), min_size=1, max_size=max_size))
    count = draw(st.integers(max(min_size, len(profiles)), max(min_size, max_size)))
    return [_group(draw, f"g{number}", profiles[number % len(profiles)], members) for number in range(count)]


def kinds() -> tuple[Fact, ...]:
    return tuple(fact for attribute, fact in single_facts() if attribute == "kind")


def _group(draw: st.DrawFn, group_id: str, facts: dict[str, Fact], members: tuple[str, ...]) -> Group:
    lane = draw(st.sampled_from(("addiction", *LANES)))
    organisation = draw(st.sampled_from(("", "org-one", "org-one", "org-two")))
    if draw(st.booleans()):
        return Group(group_id, group_id, lane, organisation, facts)
    return Group(
        id=group_id,
        label=group_id,
        lane=lane,
        organisation=organisation,
        facts=facts,
        meetings=draw(meetings()),
        languages=draw(st.frozensets(st.sampled_from(LANGUAGES), max_size=2)),
        access=draw(st.dictionaries(st.sampled_from(["step_free", "hearing"]), st.booleans(), max_size=2)),
        members=draw(st.sampled_from(members)),
        venue=draw(st.sampled_from(["", "the old school"])),
        km_away=draw(st.sampled_from([None, 0.4, 12.0, 80.0])),
    )


def options_of(question: Question) -> st.SearchStrategy[frozenset[str]]:
    """A valid, informative answer: one option, or several that may stand together."""
    telling = sorted(question.option_ids() - set(SKIPPED))
    alone = st.sampled_from(telling).map(lambda option: frozenset({option}))
    together = sorted(set(telling) - question.exclusive)
    if question.type != "multi":
        return alone
    return alone | st.frozensets(st.sampled_from(together), min_size=1, max_size=question.max_choices or 3)


def answerable(*, about: tuple[str, ...] = ("q", "b")) -> list[Question]:
    """The questions that have options; the town is written, not chosen."""
    return [q for q in rules().questionnaire.questions.values() if q.type != "place" and q.id.startswith(about)]


@st.composite
def all_answers(draw: st.DrawFn, *, min_size: int = 0, max_size: int = 9, marks: bool = True) -> Answers:
    asked = draw(
        st.lists(st.sampled_from(answerable()), min_size=min_size, max_size=max_size, unique_by=lambda q: q.id)
    )
    choices = {question.id: draw(options_of(question)) for question in asked}
    pairs = sorted({f"{q}.{option}" for q, chosen in choices.items() for option in chosen} | set(choices))
    marked = draw(st.frozensets(st.sampled_from(pairs), max_size=3)) if pairs and marks else frozenset[str]()
    return Answers(choices, marked)


def answer_to(*questions: str) -> st.SearchStrategy[tuple[str, frozenset[str]]]:
    """One of these questions with an informative answer."""
    known = rules().questionnaire.questions
    return st.sampled_from(questions).flatmap(
        lambda question: options_of(known[question]).map(lambda chosen: (question, chosen))
    )
