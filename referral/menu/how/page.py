"""The whole page, in the language of the page."""

from dataclasses import dataclass

from groups_catalog.reading import Node
from groups_catalog.wording import date_words
from referral.knowledge import rules
from referral.knowledge.nodes import maybe_text, text
from referral.matching.model import BAND_ORDER
from referral.menu import wording
from referral.menu.how.criteria import QuestionGroup, question_groups
from referral.menu.how.decision_aid import Block, checklist
from referral.menu.how.evidence import SourceItem, source_items
from referral.menu.how.messages import Theme, citation, themes
from referral.menu.how.personal import SourceAttribute, source_attributes, unsorted_questions
from referral.menu.how.prose import Passage, filled, lines, page_file, passages, said
from referral.menu.how.sensitivity import Balance, Sensitivity, balance, sensitivity

ABOUT = ("purpose", "order", "limits", "model", "funding")


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Band:
    title: str
    rule: str


@dataclass(frozen=True, slots=True)
class HowPage:
    title: str
    lead: str
    sections: dict[str, Section]
    version: str
    released: str
    fingerprint: str
    citation: str
    about: tuple[str, ...]
    purpose: tuple[Passage, ...]
    status: tuple[str, ...]
    order: tuple[Passage, ...]
    bands: tuple[Band, ...]
    bands_after: str
    """The passage the bands stand under."""
    balance: Balance
    questions: tuple[QuestionGroup, ...]
    criteria_count: int
    message_count: int
    sensitivity: Sensitivity
    themes: tuple[Theme, ...]
    sources: tuple[SourceItem, ...]
    attributes: tuple[SourceAttribute, ...]
    attribute_words: dict[str, str]
    unsorted: tuple[str, ...]
    checklist: tuple[Block, ...]
    never_asked: tuple[str, ...]
    kept: tuple[str, ...]
    principles: tuple[str, ...]


def how_page() -> HowPage:
    known = rules()
    return HowPage(
        title=said("title"),
        lead=said("lead"),
        sections=_sections(),
        version=known.version,
        released=date_words(known.released),
        fingerprint=known.fingerprint,
        citation=citation(),
        about=tuple(wording.words(known.about[key]) for key in ABOUT),
        purpose=passages("purpose"),
        status=tuple(wording.words(status) for status in known.questionnaire.status),
        order=passages("order"),
        bands=_bands(),
        bands_after="sum",
        balance=balance(),
        questions=question_groups(),
        criteria_count=len(known.criteria),
        message_count=len(known.messages),
        sensitivity=sensitivity(),
        themes=themes(),
        sources=source_items(),
        attributes=source_attributes(),
        attribute_words={key: said("attributes", key) for key in ("read", "unread", "unsorted")},
        unsorted=unsorted_questions(),
        checklist=checklist(),
        never_asked=lines("never_asked"),
        kept=lines("kept"),
        principles=tuple(wording.words(principle) for principle in known.questionnaire.principles),
    )


def _sections() -> dict[str, Section]:
    """By id with `-` as `_`, so that a template can name one."""
    return {node.word("id").replace("-", "_"): _section(node) for node in page_file().items("sections")}


def _section(node: Node) -> Section:
    lead = maybe_text(node, "lead")
    return Section(node.word("id"), filled(text(node, "title")), filled(lead) if lead else "")


def _bands() -> tuple[Band, ...]:
    return tuple(Band(str(wording.BANDS[band]), said("bands", band.value)) for band in BAND_ORDER)
