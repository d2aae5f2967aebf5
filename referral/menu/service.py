"""From a clinic's catalog and a consultation's answers to the menu."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from clinics.models import Clinic
from groups_catalog.places import Place, distance_km, find
from groups_catalog.snapshot import CatalogGroup, clinic_snapshot
from referral.intake.services import to_engine
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.catalog import Catalog
from referral.matching.model import Answers, Entry, Fact, Group, Meeting, Menu
from referral.matching.recommend import REACH_QUESTIONS, Recommendation


@dataclass(frozen=True, slots=True)
class Served:
    """A menu with everything a page needs to show it."""

    menu: Menu
    recommendation: Recommendation
    groups: Mapping[str, CatalogGroup]
    km_away: Mapping[str, float]
    today: date


@dataclass(frozen=True, slots=True)
class _Known:
    """A snapshot and what the engine makes of it, kept together until the catalog changes."""

    snapshot: tuple[CatalogGroup, ...]
    by_id: dict[str, CatalogGroup]
    places: tuple[Place, ...]
    """Where the clinic's own groups meet, by name."""
    catalog: Catalog


_kept: dict[int, _Known] = {}


def serve(*, clinic: Clinic, stored: StoredAnswers, seed: int, today: date) -> Served:
    """The menu for these answers from the clinic's published groups."""
    known = _known(clinic, today)
    km_away = distances(known.snapshot, find(stored.place, known.places) if stored.place else None)
    recommendation = Recommendation(to_engine(stored), known.catalog, rules(), seed=seed, distances=km_away)
    return Served(recommendation.menu(today), recommendation, known.by_id, km_away, today)


def band_counts(*, clinic: Clinic, stored: StoredAnswers, seed: int, today: date) -> dict[str, int]:
    """How many groups stand in each band, and how many are out of reach, in all and for which reason.

    The bands and `out_of_reach` add up to all published groups whatever is answered; `out_of_reach.language`
    and its like say how many are out of reach for that reason.
    """
    menu = serve(clinic=clinic, stored=stored, seed=seed, today=today).menu
    counts: Counter[str] = Counter()
    for entry in menu.entries:
        counts[entry.band.value] += len(entry.groups)
    for greyed in menu.out_of_reach:
        counts["out_of_reach"] += 1
        counts[f"out_of_reach.{greyed.reason}"] += 1
    return dict(counts)


def entries_out_of_reach(served: Served) -> tuple[Entry, ...]:
    """The greyed-out groups, judged by what was said as if they could be reached, best first."""
    evaluation = served.recommendation.evaluation
    answers = Answers(
        {question: said for question, said in evaluation.answers.choices.items() if question not in REACH_QUESTIONS},
        evaluation.answers.matters_most,
    )
    greyed = {one.group for one in served.menu.out_of_reach}
    groups = [
        replace(group, members="everyone") for group in served.recommendation.catalog.groups if group.id in greyed
    ]
    run = Recommendation(answers, groups, rules(), seed=served.menu.seed, distances=served.km_away)
    return run.menu(served.today).entries


def distances(groups: tuple[CatalogGroup, ...], origin: Place | None) -> dict[str, float]:
    """Great-circle kilometres by group id; empty where the client's place is not known."""
    if origin is None:
        return {}
    by_place: dict[Place, float] = {}
    km_away = {}
    for group in groups:
        if group.coordinates is not None:
            if group.coordinates not in by_place:
                by_place[group.coordinates] = distance_km(origin, group.coordinates)
            km_away[group.id] = by_place[group.coordinates]
    return km_away


def _known(clinic: Clinic, today: date) -> _Known:
    snapshot = clinic_snapshot(clinic, today=today)
    kept = _kept.get(clinic.pk)
    if kept is None or kept.snapshot is not snapshot:
        by_id = {group.id: group for group in snapshot}
        places = {group.coordinates: None for group in snapshot if group.coordinates}
        kept = _kept[clinic.pk] = _Known(snapshot, by_id, tuple(places), Catalog(map(engine_group, snapshot)))
    return kept


def engine_group(group: CatalogGroup) -> Group:
    """What the engine needs of a catalog group."""
    return Group(
        id=group.id,
        label=group.name,
        lane=group.lane,
        organisation=group.organisation.slug,
        facts={
            attribute: Fact(
                values=frozenset(fact.values),
                basis=fact.basis,
                reached=fact.reached.value,
                source=fact.source,
                observed_on=fact.dated or None,
                observers=fact.observers,
            )
            for attribute, fact in group.facts.items()
        },
        meetings=tuple(Meeting(meeting.weekday, meeting.start) for meeting in group.meetings),
        languages=frozenset(group.languages),
        access=dict(group.access),
        members=group.membership,
        venue=group.venue,
    )
