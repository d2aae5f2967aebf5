"""The whole chain: answers and groups in, a menu out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from referral.matching.catalog import Catalog, Profile
from referral.matching.entries import TWELVE_STEP, bundles, lane_order, with_variety
from referral.matching.evaluation import Evaluation, Judged, Places, findings
from referral.matching.messages import Attached, attach, called, said_once
from referral.matching.model import Answers, Ask, Entry, Finding, Group, Menu, Move, OutOfReach
from referral.matching.moves import Mover, Seat
from referral.matching.reach import out_of_reach, reach_key
from referral.matching.rules import RuleSet, Verdict
from referral.matching.standing import not_asked_for

REACH_QUESTIONS = frozenset(
    {"q12_place", "q12_travel", "q12_times", "q12_language", "q12_other_languages", "q12_access"}
)


def recommend(
    answers: Answers,
    groups: Iterable[Group] | Catalog,
    rules: RuleSet,
    *,
    today: date,
    seed: int,
    distances: Mapping[str, float] | None = None,
) -> Menu:
    """The menu for these answers. Pure, total, independent of the order of its input.

    `groups` are resolved groups, or a Catalog of them made once. `seed` orders equals; with the same answers,
    groups, rules, seed and date the menu is the same, byte for byte. `distances` (km by group id) stands in for
    the groups' own.
    """
    run = Recommendation(answers, groups, rules, seed=seed, distances=distances)
    menu = run.menu(today)
    return replace(menu, entries=tuple(run.explained(entry) for entry in menu.entries))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A profile with everything its entries share."""

    seat: Seat
    groups: tuple[Group, ...]
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    attached: Attached
    place: int
    not_asked_for: bool


class Recommendation:
    """One menu in the making. *What would move this?* is the costly part and is worked out entry by entry."""

    def __init__(
        self,
        answers: Answers,
        groups: Iterable[Group] | Catalog,
        rules: RuleSet,
        *,
        seed: int,
        distances: Mapping[str, float] | None = None,
    ) -> None:
        self.rules = rules
        self.seed = seed
        self.distances = distances
        self.catalog = Catalog.of(groups)
        self.evaluation = Evaluation(answers, rules)
        self.said = self.evaluation.said
        self.heard = called(answers, rules)
        self.greyed, in_reach = self._split_by_reach()
        self.places, self.standings = self._standings(in_reach)
        self._of_group = {g.id: index for index, s in enumerate(self.standings) for g in s.groups}
        self._mover = Mover(self.evaluation, [s.seat for s in self.standings], self.places)
        self._moves: dict[tuple[int, bool], tuple[Move, ...]] = {}

    def menu(self, today: date) -> Menu:
        """The whole menu, its entries not yet explained."""
        entries, variety = self._entries()
        return Menu(
            version=self.rules.version,
            fingerprint=self.rules.fingerprint,
            seed=self.seed,
            today=today,
            entries=entries,
            out_of_reach=self.greyed,
            general=said_once(self.heard, [profile.facts for profile in self.catalog.profiles]),
            not_used=self._not_used(),
            lanes=lane_order(self.said),
            variety=variety,
        )

    def explained(self, entry: Entry) -> Entry:
        """The entry with its moves, and with its asks in the order of what they could change."""
        index = self._of_group[entry.groups[0]]
        standing = self.standings[index]
        alone = self.places.alone(entry.lane, standing.seat.standing, len(entry.groups))
        if (index, alone) not in self._moves:
            self._moves[index, alone] = self._mover.moves(standing.seat, standing.judged, alone=alone)
        moves = self._moves[index, alone]
        return replace(entry, moves=moves, asks=_sorted_asks(entry, moves))

    def _split_by_reach(self) -> tuple[tuple[OutOfReach, ...], list[tuple[Profile, tuple[Group, ...]]]]:
        greyed: list[OutOfReach] = []
        in_reach: list[tuple[Profile, tuple[Group, ...]]] = []
        for profile in self.catalog.profiles:
            kept = []
            for group in profile.groups:
                hard_fact = out_of_reach(group, self.said)
                if hard_fact:
                    greyed.append(hard_fact)
                else:
                    kept.append(group)
            if kept:
                in_reach.append((profile, tuple(kept)))
        return tuple(sorted(greyed, key=lambda g: g.group)), in_reach

    def _standings(self, in_reach: list[tuple[Profile, tuple[Group, ...]]]) -> tuple[Places, list[_Standing]]:
        judged = [tuple(self.evaluation.judged(p.lane, p.facts)) for p, _ in in_reach]
        seats = [
            Seat(profile.lane, profile.facts, self.evaluation.standing(profile.facts, pairs), len(groups))
            for (profile, groups), pairs in zip(in_reach, judged, strict=True)
        ]
        places = Places((seat.lane, seat.standing, seat.groups) for seat in seats)
        return places, [
            self._standing(seat, groups, pairs, places)
            for seat, (_, groups), pairs in zip(seats, in_reach, judged, strict=True)
        ]

    def _standing(
        self, seat: Seat, groups: tuple[Group, ...], judged: tuple[Judged, ...], places: Places
    ) -> _Standing:
        found = findings(judged, seat.facts)
        has_fit = any(f.verdict is Verdict.FITS for f in found)
        return _Standing(
            seat=seat,
            groups=groups,
            judged=judged,
            findings=found,
            attached=attach(self.heard, seat.facts, self.rules, has_fit=has_fit),
            place=places.place(seat.lane, seat.standing),
            not_asked_for=not_asked_for(seat.facts, self.said),
        )

    def _entries(self) -> tuple[tuple[Entry, ...], str | None]:
        lanes = {lane: rank for rank, lane in enumerate(lane_order(self.said))}
        lined_up = sorted(
            (
                (lanes[standing.seat.lane], standing.place, self._reach(bundle[0]), standing, bundle)
                for standing in self.standings
                for bundle in (self._by_reach(b) for b in bundles(standing.groups))
            ),
            key=lambda row: row[:3],
        )
        entries = [_entry(standing, bundle) for *_, standing, bundle in lined_up]
        return with_variety(entries, [bundle[0].values("kind") for *_, bundle in lined_up])

    def _by_reach(self, bundle: tuple[Group, ...]) -> tuple[Group, ...]:
        return bundle if len(bundle) == 1 else tuple(sorted(bundle, key=self._reach))

    def _reach(self, group: Group) -> tuple[bool, bool, float, bytes]:
        km_away = group.km_away if self.distances is None else self.distances.get(group.id)
        return reach_key(group, km_away, self.said, self.seed)

    def _not_used(self) -> tuple[str, ...]:
        """The questions whose answers, if any, had no part in this menu."""
        pairs = {pair for wish in self.evaluation.wishes for case in wish.cases for pair in case.answers}
        pairs |= {pair for heard in self.heard for pair in heard.answers}
        used = {pair.split(".", 1)[0] for pair in pairs} | (REACH_QUESTIONS & self.said.keys())
        return tuple(q for q in self.rules.questionnaire.questions if q not in used)


def _entry(standing: _Standing, bundle: tuple[Group, ...]) -> Entry:
    attached = standing.attached
    unknown = [Ask(f.attribute) for f in standing.findings if f.verdict is Verdict.NOT_KNOWN]
    return Entry(
        groups=tuple(group.id for group in bundle),
        lane=standing.seat.lane,
        band=standing.seat.standing.band,
        place=standing.place,
        pinned=False,
        findings=standing.findings,
        cautions=attached.cautions,
        benefits=attached.benefits,
        shown=attached.shown,
        asks=_without_repeats((*unknown, *attached.asks)),
        moves=(),
        message_answers=attached.answers,
        not_asked_for=standing.not_asked_for,
        studied=bool(attached.cautions) or TWELVE_STEP in bundle[0].values("kind"),
    )


def _without_repeats(asks: Collection[Ask]) -> tuple[Ask, ...]:
    """Each message once, and a plain question only where no message asks the same."""
    with_message = {ask.attribute for ask in asks if ask.message}
    kept = (ask for ask in asks if ask.message or ask.attribute not in with_message)
    return tuple(dict.fromkeys(kept))


def _sorted_asks(entry: Entry, moves: Iterable[Move]) -> tuple[Ask, ...]:
    telling = {m.change.subject for m in moves if m.change.kind == "fact" and m.band is not entry.band}
    marked = (replace(ask, could_change_band=ask.attribute in telling) for ask in entry.asks)
    return tuple(sorted(marked, key=lambda ask: not ask.could_change_band))
