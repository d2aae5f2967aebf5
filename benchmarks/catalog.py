"""An invented catalog of any size. The same seed gives the same groups, whoever asks.

300 profiles (an organisation, its written facts, and what was seen locally) are dealt out to the groups in turn.
Place, venue, access and meeting times are each group's own, so that few groups fall together into one entry.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from groups_catalog.places import Place, norway
from groups_catalog.resolution import KnownFact, Reached, resolve
from groups_catalog.vocabulary import Attribute, Inherit, vocabulary

PROFILES = 300
ORGANISATIONS = 30
SEED = 2020
TODAY = date(2026, 11, 22)
# Read off a group's entry, so they are no facts of their own here.
OF_THE_ENTRY = {"kind", "mode", "language", "gender_setting", "weekly_frequency", "openness"}
FREQUENCY = {1: "weekly", 2: "several", 3: "several", 7: "daily"}
KINDS = {
    "addiction": ("twelve_step_fellowship", "other_addiction_self_help", "user_organisation", "ngo"),
    "in_addition": ("non_addiction_support_group",),
    "next_of_kin": ("twelve_step_fellowship", "ngo"),
}
LANES = ("addiction",) * 8 + ("in_addition", "next_of_kin")
NEEDS = ("step_free", "hearing", "sight", "child_care")


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation."""

    slug: str
    lane: str
    kind: str
    facts: tuple[KnownFact, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about a group that a fact is read from."""

    body: Body
    mode: str
    languages: tuple[str, ...]
    members: str
    meetings: int
    open: bool
    checked_on: date
    local: tuple[KnownFact, ...]

    def known(self) -> tuple[KnownFact, ...]:
        return (*self.local, *_read_off_the_entry(self), *self.body.facts)


@dataclass(frozen=True, slots=True)
class Local:
    """One group."""

    id: str
    profile: Profile
    place: Place | None
    venue: str
    access: tuple[tuple[str, bool], ...]
    meetings: tuple[tuple[int, int], ...]
    """Weekday and hour."""


def local_groups(size: int) -> tuple[Local, ...]:
    """The first `size` groups; the smaller catalog is the beginning of the larger one."""
    every, draw = profiles(), Random(SEED)  # noqa: S311 - repeatable on purpose
    return tuple(_group(number, every[number % PROFILES], draw) for number in range(size))


@cache
def profiles() -> tuple[Profile, ...]:
    """300 of them, no two with the same facts."""
    draw = Random(SEED)  # noqa: S311
    bodies = [_body(number, draw) for number in range(ORGANISATIONS)]
    distinct: dict[object, Profile] = {}
    while len(distinct) < PROFILES:
        profile = _profile(bodies[len(distinct) % ORGANISATIONS], draw)
        held = resolve(profile.known(), vocabulary(), today=TODAY).held
        distinct.setdefault((profile.body.lane, *sorted((name, fact.values) for name, fact in held.items())), profile)
    return tuple(distinct.values())


def _body(number: int, draw: Random) -> Body:
    lane = LANES[number % len(LANES)]
    written = [a for a in _attributes() if a.inherit is not Inherit.NEVER]
    facts = tuple(_fact(a, Reached.ORGANISATION, "stated", draw) for a in written if draw.random() < 0.6)
    return Body(f"organisation-{number}", lane, draw.choice(KINDS[lane]), facts)


def _profile(body: Body, draw: Random) -> Profile:
    seen = [a for a in _attributes() if draw.random() < (0.4 if a.inherit is Inherit.NEVER else 0.15)]
    return Profile(
        body=body,
        mode=draw.choice(("in_person", "in_person", "in_person", "online", "hybrid")),
        languages=draw.choice((("nb",),) * 6 + (("nb", "en"), ("nb", "pl"), ("en",), ("pl",))),
        members=draw.choice(("everyone",) * 8 + ("women", "men")),
        meetings=draw.choice((1, 1, 1, 2, 3, 7)),
        open=draw.random() < 0.5,
        checked_on=TODAY - timedelta(days=draw.randrange(200)),
        local=tuple(_fact(a, Reached.GROUP, draw.choice(("stated", "observed")), draw) for a in seen),
    )


def _group(number: int, profile: Profile, draw: Random) -> Local:
    place = None if profile.mode == "online" else draw.choice(norway())
    times = draw.sample([(day, hour) for day in range(7) for hour in (11, 17, 18, 19)], profile.meetings)
    return Local(
        id=f"group-{number:05}",
        profile=profile,
        place=place,
        venue=f"House {draw.randrange(5)}, {place.name}" if place else "",
        access=tuple((need, draw.random() < 0.6) for need in NEEDS if place and draw.random() < 0.4),
        meetings=tuple(sorted(times)),
    )


def _attributes() -> tuple[Attribute, ...]:
    return tuple(a for a in vocabulary().askable() if a.id not in OF_THE_ENTRY)


def _fact(attribute: Attribute, reached: Reached, basis: str, draw: Random) -> KnownFact:
    values = sorted(draw.sample(list(attribute.values), 2 if attribute.many and draw.random() < 0.3 else 1))
    dated = (TODAY - timedelta(days=draw.randrange(400))).isoformat()
    return KnownFact(attribute.id, tuple(values), basis, reached, "Invented for measuring", dated, observers=2)


def _read_off_the_entry(profile: Profile) -> tuple[KnownFact, ...]:
    """As groups_catalog/derived.py reads a row of the database."""
    said = {
        "mode": ("both" if profile.mode == "hybrid" else profile.mode,),
        "language": tuple(sorted({code if code in {"nb", "en"} else "other" for code in profile.languages})),
        "gender_setting": () if profile.members == "everyone" else (profile.members,),
        "weekly_frequency": (FREQUENCY[profile.meetings],),
        "openness": ("open" if profile.open else "closed",),
    }
    dated = profile.checked_on.isoformat()
    own = (
        KnownFact(attribute, values, "stated", Reached.GROUP, "group entry", dated, derived=True)
        for attribute, values in said.items()
        if values
    )
    return (*own, KnownFact("kind", (profile.body.kind,), "stated", Reached.ORGANISATION, "organisation entry"))
