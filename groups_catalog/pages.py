"""What the page of one group and of one organisation shows, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from groups_catalog.cards import GroupCard, group_card, group_cards, kind_words
from groups_catalog.fact_lines import FactLine, Question, held_lines, open_questions, organisation_lines
from groups_catalog.models import Group, Organisation
from groups_catalog.snapshot import (
    CatalogGroup,
    CatalogOrganisation,
    SourcedText,
    organisation_facts,
    read_groups,
    read_organisation,
)
from groups_catalog.wording import (
    ACCESS_QUESTIONS,
    LANES,
    MEMBERS,
    Source,
    access_words,
    date_words,
    here,
    in_order,
    meeting_details,
    meeting_words,
    sources,
)

HEADINGS = ("description", "asks", "first_meeting", "presence")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sourced text about an organisation."""

    heading: str
    words: str
    sources: tuple[Source, ...]
    dated: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    card: GroupCard
    lane: str
    members: str
    contact: str
    note: str
    meetings: tuple[tuple[str, str], ...]
    by_appointment: bool
    link: str
    access: tuple[str, ...]
    access_questions: tuple[str, ...]
    passages: tuple[Passage, ...]
    facts: tuple[FactLine, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    name: str
    kind: str
    lane: str
    site: str
    passages: tuple[Passage, ...]
    facts: tuple[FactLine, ...]
    groups: tuple[GroupCard, ...]


def group_page(row: Group, today: date) -> GroupPage:
    """The row comes from `for_matching()`."""
    (group,) = read_groups([row], today=today)
    return GroupPage(
        card=group_card(group, today),
        lane=str(LANES[group.lane]),
        members=str(MEMBERS[group.membership]),
        contact=here(group.contact_role),
        note=here(group.note),
        meetings=_meetings(group, today),
        by_appointment=group.mode == "by_appointment",
        link=row.link,
        access=tuple(access_words(group.access)),
        access_questions=_access_questions(group),
        passages=_passages(group.organisation, ("first_meeting",)),
        facts=tuple(held_lines(group.facts)),
        questions=tuple(open_questions(group.facts, group.unverified, today)),
    )


def organisation_page(row: Organisation, groups: list[Group], today: date) -> OrganisationPage:
    """The row comes from `for_page()`, the groups from `for_matching()`."""
    organisation = read_organisation(row)
    return OrganisationPage(
        name=here(organisation.name),
        kind=kind_words(organisation.kind),
        lane=str(LANES[organisation.lane]),
        site=organisation.site,
        passages=_passages(organisation, HEADINGS),
        facts=tuple(organisation_lines(organisation_facts(row), today)),
        groups=tuple(group_cards(read_groups(groups, today=today), today)),
    )


def _meetings(group: CatalogGroup, today: date) -> tuple[tuple[str, str], ...]:
    return tuple((meeting_words(meeting), meeting_details(meeting, today)) for meeting in in_order(group.meetings))


def _access_questions(group: CatalogGroup) -> tuple[str, ...]:
    if group.mode == "online":
        return ()
    return tuple(str(words) for name, words in ACCESS_QUESTIONS.items() if name not in group.access)


def _passages(organisation: CatalogOrganisation, kinds: tuple[str, ...]) -> tuple[Passage, ...]:
    headings = {
        "description": gettext("What it is"),
        "asks": gettext("What it asks of you"),
        "first_meeting": gettext("A first meeting"),
        "presence": gettext("In Norway"),
    }
    texts = organisation.texts
    return tuple(_passage(headings[kind], texts[kind]) for kind in kinds if kind in texts)


def _passage(heading: str, text: SourcedText) -> Passage:
    return Passage(
        heading=heading,
        words=here(text.text),
        sources=tuple(sources(text.source)),
        dated=date_words(text.dated) if text.dated else "",
        unverified=text.unverified,
    )
