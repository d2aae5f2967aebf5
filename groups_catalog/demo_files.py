"""The invented clinic's files, read and checked before anything is saved."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from clinics.models import Role
from groups_catalog.library_files import FactSpec, OrganisationSpec, read_facts, read_organisations
from groups_catalog.models import CheckedHow, Every, Lane, Members, Mode, Status
from groups_catalog.places import Place
from groups_catalog.reading import Node, read_yaml, unique
from groups_catalog.text import NO_TEXT, Text
from groups_catalog.vocabulary import Vocabulary

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ACCESS = ("step_free", "hearing", "sight", "child_care")
Places = dict[str, Place]


@dataclass(frozen=True, slots=True)
class PersonSpec:
    username: str
    role: str
    label: Text


@dataclass(frozen=True, slots=True)
class MeetingSpec:
    weekday: int
    start: time
    minutes: int
    every: str
    open: bool | None


@dataclass(frozen=True, slots=True)
class GroupSpec:
    slug: str
    organisation: str
    name: str
    lane: str
    mode: str
    status: str
    place: Place | None
    venue: str
    languages: tuple[str, ...]
    membership: str
    access: tuple[tuple[str, bool | None], ...]
    contact_role: Text
    note: Text
    checked_days_ago: int
    checked_how: str
    meetings: tuple[MeetingSpec, ...]
    facts: tuple[FactSpec, ...]
    file: str
    """Named when its organisation turns out not to exist."""


@dataclass(frozen=True, slots=True)
class ClinicSpec:
    slug: str
    name: Text
    people: tuple[PersonSpec, ...]
    organisations: tuple[OrganisationSpec, ...]
    groups: tuple[GroupSpec, ...]


def read_demo(folder: Path, vocabulary: Vocabulary) -> tuple[ClinicSpec, ClinicSpec]:
    """The demo clinic and its neighbour, whose groups stand in a file named after it."""
    root = read_yaml(folder / "clinic.yaml")
    places = _places(root)
    first, second = root.child("clinic"), root.child("second_clinic")
    own = read_organisations(folder / "organisations", vocabulary)
    files = sorted((folder / "groups").glob("*.yaml"))
    neighbour = [folder / f"{second.slug()}.yaml"]
    return (
        ClinicSpec(first.slug(), first.both("name"), _people(root), own, _groups(files, places, vocabulary)),
        ClinicSpec(second.slug(), second.both("name"), _people(second), (), _groups(neighbour, places, vocabulary)),
    )


def _places(root: Node) -> Places:
    nodes = list(root.items("places", name="name"))
    places = [Place(node.word("name"), node.number("latitude"), node.number("longitude")) for node in nodes]
    unique(nodes, [place.name for place in places])
    return {place.name: place for place in places}


def _people(node: Node) -> tuple[PersonSpec, ...]:
    if not node.has("people"):
        return ()
    return tuple(
        PersonSpec(person.slug("username"), person.choice("role", Role.values), person.both("label"))
        for person in node.items("people", name="username")
    )


def _groups(files: list[Path], places: Places, vocabulary: Vocabulary) -> tuple[GroupSpec, ...]:
    roots = [read_yaml(path) for path in files]
    nodes = [(root.slug("organisation"), node) for root in roots for node in root.items("groups")]
    specs = [_group(node, organisation, places, vocabulary) for organisation, node in nodes]
    unique([node for _organisation, node in nodes], [spec.slug for spec in specs])
    return tuple(specs)


def _group(node: Node, organisation: str, places: Places, vocabulary: Vocabulary) -> GroupSpec:
    checked = node.child("checked")
    mode, status = node.choice("mode", Mode.values), node.choice("status", Status.values)
    return GroupSpec(
        slug=node.slug(),
        organisation=organisation,
        name=node.word("name"),
        lane=node.choice("lane", Lane.values),
        mode=mode,
        status=status,
        place=_place(node, places, needed=mode in {Mode.IN_PERSON, Mode.HYBRID}),
        venue=node.maybe_word("venue"),
        languages=node.words("languages"),
        membership=node.choice("membership", Members.values),
        access=tuple((name, node.child("access").maybe_flag(name)) for name in ACCESS),
        contact_role=node.both("contact_role"),
        note=node.maybe_both("note") or NO_TEXT,
        checked_days_ago=checked.whole("days_ago"),
        checked_how=checked.choice("how", CheckedHow.values),
        meetings=_meetings(node),
        facts=read_facts(node, vocabulary),
        file=node.file,
    )


def _place(node: Node, places: Places, *, needed: bool) -> Place | None:
    if not needed and not node.has("place"):
        return None
    return places[node.choice("place", places)]


def _meetings(node: Node) -> tuple[MeetingSpec, ...]:
    nodes = list(node.items("meetings"))
    meetings = [_meeting(child) for child in nodes]
    times = [(meeting.weekday, meeting.start, meeting.every) for meeting in meetings]
    if len(set(times)) < len(times):
        node.child("meetings").fail("names the same time twice")
    return tuple(meetings)


def _meeting(node: Node) -> MeetingSpec:
    return MeetingSpec(
        weekday=WEEKDAYS.index(node.choice("weekday", WEEKDAYS)),
        start=node.clock("start"),
        minutes=node.whole("minutes"),
        every=node.choice("every", Every.values),
        open=node.maybe_flag("open"),
    )
