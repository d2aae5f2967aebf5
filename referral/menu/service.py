"""From a clinic's catalog and a consultation's answers to the menu."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from clinics.models import Clinic
from groups_catalog.places import Place, distance_km
from groups_catalog.resolution import Resolved
from groups_catalog.snapshot import CatalogGroup, clinic_snapshot
from referral.intake.places import Own, own
from referral.intake.services import to_engine
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.catalog import Catalog
from referral.matching.ground import Ground
from referral.matching.model import Answers, Entry, Fact, Group, Meeting
from referral.matching.recommend import REACH_QUESTIONS, Recommendation, undisturbed
from referral.menu.still import Stills


@dataclass(frozen=True, slots=True)
class Served:
    """A menu in the making, with everything a page needs to show it."""

    recommendation: Recommendation
    groups: Mapping[str, CatalogGroup]
    km_away: Callable[[str], float | None]
    stills: Stills
    today: date


@dataclass(frozen=True, slots=True)
class _Known:
    """A snapshot and what the engine makes of it, kept together until the catalog changes."""

    snapshot: tuple[CatalogGroup, ...]
    by_id: dict[str, CatalogGroup]
    own: Own
    ground: Ground
    stills: Stills


_kept: dict[int, _Known] = {}


def serve(*, clinic: Clinic, stored: StoredAnswers, seed: int, today: date) -> Served:
    """The menu for these answers from the clinic's published groups."""
    known = _known(clinic, today)
    km_away = Distances(known.by_id, known.own.find(stored.place))
    recommendation = Recommendation(
        to_engine(stored), known.ground, rules(), seed=seed, km_away=lambda group: km_away(group.id)
    )
    return Served(recommendation, known.by_id, km_away, known.stills, today)


def band_counts(*, clinic: Clinic, stored: StoredAnswers, seed: int, today: date) -> dict[str, int]:
    """How many groups stand in each band, and how many are out of reach, in all and for which reason.

    The bands and `out_of_reach` add up to all published groups whatever is answered; `out_of_reach.language`
    and its like say how many are out of reach for that reason.
    """
    recommendation = serve(clinic=clinic, stored=stored, seed=seed, today=today).recommendation
    counts: Counter[str] = Counter()
    for (_, band), groups in recommendation.groups_by_band().items():
        counts[band.value] += groups
    for reason, groups in recommendation.hard_facts.greyed_by_reason.items():
        counts["out_of_reach"] += groups
        counts[f"out_of_reach.{reason}"] += groups
    return dict(counts)


def judged_anyway(served: Served, group_ids: Iterable[str]) -> tuple[Entry, ...]:
    """Greyed-out groups, judged by what was said as if they could be reached, best first."""
    run = served.recommendation
    said = run.evaluation.answers
    answers = Answers(
        {question: chosen for question, chosen in said.choices.items() if question not in REACH_QUESTIONS},
        said.matters_most,
    )
    wanted = frozenset(group_ids)
    groups = [replace(group, members="everyone") for group in run.catalog.groups if group.id in wanted]
    return Recommendation(answers, groups, rules(), seed=run.seed, km_away=run.km_away).menu(served.today).entries


class Distances:
    """Great-circle kilometres to a group, each place reckoned once; None where either end is not known."""

    def __init__(self, groups: Mapping[str, CatalogGroup], origin: Place | None) -> None:
        self._groups = groups
        self._origin = origin
        self._known: dict[Place, float] = {}

    def __call__(self, group_id: str) -> float | None:
        there = self._groups[group_id].coordinates
        if self._origin is None or there is None:
            return None
        if there not in self._known:
            self._known[there] = distance_km(self._origin, there)
        return self._known[there]


def _known(clinic: Clinic, today: date) -> _Known:
    snapshot = clinic_snapshot(clinic, today=today)
    kept = _kept.get(clinic.pk)
    if kept is None or kept.snapshot is not snapshot:
        with undisturbed():
            kept = _kept[clinic.pk] = _read(snapshot)
    return kept


def _read(snapshot: tuple[CatalogGroup, ...]) -> _Known:
    by_id = {group.id: group for group in snapshot}
    ground = Ground(Catalog(engine_groups(snapshot)), rules()).complete()
    return _Known(snapshot, by_id, own(snapshot), ground, Stills())


def engine_groups(groups: Iterable[CatalogGroup]) -> Iterator[Group]:
    """What the engine needs of catalog groups. Those that hold the very same facts share them there too."""
    known: dict[int, dict[str, Fact]] = {}
    for group in groups:
        key = id(group.facts)
        if key not in known:
            known[key] = _engine_facts(group.facts)
        yield _engine_group(group, known[key])


def _engine_facts(facts: Mapping[str, Resolved]) -> dict[str, Fact]:
    return {
        attribute: Fact(
            values=frozenset(fact.values),
            basis=fact.basis,
            reached=fact.reached.value,
            source=fact.source,
            observed_on=fact.dated or None,
            observers=fact.observers,
        )
        for attribute, fact in facts.items()
    }


def _engine_group(group: CatalogGroup, facts: Mapping[str, Fact]) -> Group:
    return Group(
        id=group.id,
        label=group.name,
        lane=group.lane,
        organisation=group.organisation.slug,
        facts=facts,
        meetings=tuple(Meeting(meeting.weekday, meeting.start) for meeting in group.meetings),
        languages=frozenset(group.languages),
        access=dict(group.access),
        members=group.membership,
        venue=group.venue,
    )
