"""What a card tells of its groups whatever was answered: drawn once for each catalog, day and language.

Nothing here depends on an answer, so it may be kept in the process while the catalog stays the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from groups_catalog.cards import age, checked_age
from groups_catalog.resolution import Resolved
from groups_catalog.snapshot import CatalogGroup, SourcedText
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import (
    ACCESS,
    MEMBERS,
    MODES,
    Source,
    checked_words,
    date_words,
    here,
    language_words,
    meeting_details,
    meeting_words,
    sources,
)
from referral.matching.model import Finding
from referral.menu.lines import origin_words

MOST_KEPT = 2000
ORIGINS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Telling:
    """A text about the organisation with where it comes from."""

    title: str
    text: str
    sources: tuple[Source, ...]
    dated: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    when: str
    details: str


@dataclass(frozen=True, slots=True)
class Still:
    """Three drawn parts of a card: its head, its side and the texts at its foot."""

    head: SafeString
    side: SafeString
    tellings: SafeString


class Stills:
    """Keeps what was drawn, for one catalog."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, date, tuple[str, ...]], Still] = {}
        # By the fact itself: it lives as long as its catalog, and so do these.
        self._origins: dict[tuple[str, int, bool, str], SafeString] = {}

    def of(self, groups: Sequence[CatalogGroup], today: date) -> Still:
        """The drawn parts for the groups of one entry, the nearest first, in the language of the page."""
        key = (get_language() or "en", today, tuple(group.id for group in groups))
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = draw(groups, today)
        return self._kept[key]

    def origin(self, language: str, fact: Resolved | None, finding: Finding) -> SafeString:
        """Where a fact of this catalog comes from, beside the criterion that makes it count."""
        key = (language, id(fact), finding.stands_in, finding.criterion)
        if key not in self._origins:
            if len(self._origins) >= ORIGINS_KEPT:
                self._origins.clear()
            self._origins[key] = origin_words(fact, finding)
        return self._origins[key]


def draw(groups: Sequence[CatalogGroup], today: date) -> Still:
    first = groups[0]
    context = {
        "id": first.id,
        "name": first.name,
        "also": [group.name for group in groups[1:]],
        "tags": list(_tags(first)),
        "organisation": here(first.organisation.name),
        "organisation_slug": first.organisation.slug,
        "meetings": [MeetingLine(meeting_words(m), meeting_details(m, today)) for g in groups for m in g.meetings],
        "where": ", ".join(filter(None, [first.venue, first.place])),
        "languages": language_words(first.languages),
        "cost": _cost(first),
        "access": [str(ACCESS[need][0 if has else 1]) for need, has in first.access.items()],
        "contact": here(first.contact_role),
        "checked": checked_words(first.checked_on, first.checked_how, today),
        "age": age(checked_age(first, today)),
        "note": here(first.note),
        "tellings": list(_tellings(first)),
    }
    parts = (render_to_string(f"referral/menu/still/{part}.html", context) for part in ("head", "side", "tellings"))
    return Still(*parts)


def _tags(group: CatalogGroup) -> Iterable[str]:
    yield str(MODES[group.mode])
    if group.membership != "everyone":
        yield str(MEMBERS[group.membership])


def _cost(group: CatalogGroup) -> str:
    known = group.facts.get("cost")
    values = vocabulary().attributes["cost"].values
    return ", ".join(here(values[value].label) for value in known.values) if known else ""


def _tellings(group: CatalogGroup) -> Iterable[Telling]:
    titles = {
        "description": gettext("What it is"),
        "asks": gettext("What it asks of people"),
        "first_meeting": gettext("The first meeting"),
    }
    for kind, title in titles.items():
        told = group.organisation.texts.get(kind)
        if told:
            yield _telling(title, told)


def _telling(title: str, told: SourcedText) -> Telling:
    named = tuple(sources(told.source))
    return Telling(title, here(told.text), named, date_words(told.dated), told.unverified)
