"""What stands on one line of a list of groups, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from groups_catalog.resolution import Freshness, freshness
from groups_catalog.snapshot import CatalogGroup
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import (
    FRESHNESS,
    LANES,
    MEMBERS,
    MODES,
    STATUSES,
    checked_words,
    here,
    language_words,
    meetings_words,
)

LOOK = {
    Freshness.FRESH: "ok",
    Freshness.DUE: "warn",
    Freshness.OVERDUE: "warn",
    Freshness.STALE: "stop",
    Freshness.DATE_UNKNOWN: "dusk",
}
"""How each age is coloured; the words beside it say the same."""


@dataclass(frozen=True, slots=True)
class Age:
    words: str
    look: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    slug: str
    name: str
    organisation: str
    organisation_slug: str
    kind: str
    about: str
    tags: tuple[str, ...]
    times: tuple[str, ...]
    where: str
    language: str
    checked: str
    age: Age
    online: bool


def group_cards(groups: Iterable[CatalogGroup], today: date) -> list[GroupCard]:
    return [group_card(group, today) for group in groups]


def group_card(group: CatalogGroup, today: date) -> GroupCard:
    return GroupCard(
        slug=group.id,
        name=group.name,
        organisation=here(group.organisation.name),
        organisation_slug=group.organisation.slug,
        kind=kind_words(group.organisation.kind),
        about=_about(group),
        tags=_tags(group),
        times=tuple(meetings_words(group.meetings)),
        where=where_words(group),
        language=language_words(group.languages) or gettext("Language not known"),
        checked=checked_words(group.checked_on, group.checked_how, today),
        age=age(checked_age(group, today)),
        online=group.mode == "online",
    )


def kind_words(kind: str) -> str:
    return here(vocabulary().attributes["kind"].values[kind].label)


def _about(group: CatalogGroup) -> str:
    """What the group is about, in the vocabulary's words; empty where not known."""
    held = group.facts["problem_focus"].values if "problem_focus" in group.facts else ()
    focus = vocabulary().attributes["problem_focus"].values
    return " ".join(here(value.says) for value in focus.values() if value.id in held)


def where_words(group: CatalogGroup) -> str:
    """«Torget aktivitetshus, Fjordlia»; what there is of it."""
    known = ", ".join(part for part in (group.venue, group.place) if part)
    if group.mode == "online":
        return gettext("Online")
    return known or gettext("Place not known")


def checked_age(group: CatalogGroup, today: date) -> Freshness:
    return freshness(group.checked_on.isoformat() if group.checked_on else "", "meeting", today=today)


def age(state: Freshness) -> Age:
    return Age(str(FRESHNESS[state]), LOOK[state])


def _tags(group: CatalogGroup) -> tuple[str, ...]:
    """How one comes, and what is not as usual."""
    tags = [MODES[group.mode]]
    if group.lane != "addiction":
        tags.append(LANES[group.lane])
    if group.membership != "everyone":
        tags.append(MEMBERS[group.membership])
    if group.status != "published":
        tags.append(STATUSES[group.status])
    return tuple(str(tag) for tag in tags)
