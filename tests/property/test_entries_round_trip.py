"""Whatever may stand in a document survives its form: opened and saved without a change, it is the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.models import Organisation
from groups_catalog.upkeep.documents import Document, in_order
from groups_catalog.upkeep.entries.fact_form import NOT_KNOWN, TOLD_BY, FactForm
from groups_catalog.upkeep.entries.group_form import GroupForm, shown
from groups_catalog.upkeep.entries.meeting_form import bound_rows, unbound_rows
from groups_catalog.upkeep.entries.organisation_form import TextForm
from groups_catalog.vocabulary import Attribute, vocabulary
from tests.document_factories import NAMES, WORDS, fact_documents, group_documents, meetings_documents
from tests.sent_forms import query, sent

NA = Organisation(slug="na", name_en="NA", name_nb="NA", clinic=None)
STRIPPED = WORDS.map(str.strip)
ATTRIBUTES = st.sampled_from(vocabulary().askable())
SOMEBODY = 7


@given(group_documents(), STRIPPED, STRIPPED)
def test_a_groups_fields_survive_their_form(document: Document, venue: str, note: str) -> None:
    known = {**document, "venue": venue, "note_en": note, "name": document["name"].strip()}
    opened = GroupForm(organisations=[NA], known=known, initial=shown(known))
    html = "".join(str(field) for field in opened)
    saved = GroupForm(query(sent(html)), organisations=[NA], known={**known, "name": "", "venue": "", "note_en": ""})
    assert saved.is_valid(), saved.errors
    assert saved.document() == known


@given(meetings_documents())
def test_meetings_survive_their_rows(meetings: list[Document]) -> None:
    opened = unbound_rows(meetings)
    html = str(opened.management_form) + "".join(str(field) for row in opened for field in row)
    saved = bound_rows(query(sent(html)))
    assert saved.is_valid(), saved.errors
    assert in_order(meeting for _row, meeting in saved.numbered()) == meetings


def fact_page(attribute: Attribute, fact: Document | None) -> str:
    return "".join(str(field) for field in FactForm(attribute, fact, of_organisation=True))


@st.composite
def facts(draw: st.DrawFn) -> tuple[Attribute, Document]:
    attribute = draw(ATTRIBUTES)
    fact = draw(fact_documents(attribute))
    told = draw(st.sampled_from([None, *TOLD_BY.values()]))
    if attribute.about_people and told:
        fact = {**fact, "source": told[0], "basis": told[2]}
    return attribute, {**fact, "recorded_by": draw(st.sampled_from([None, SOMEBODY]))}


@given(facts())
def test_a_fact_survives_its_form_and_keeps_who_recorded_it(pair: tuple[Attribute, Document]) -> None:
    attribute, fact = pair
    saved = FactForm(attribute, fact, query(sent(fact_page(attribute, fact))), of_organisation=True)
    assert saved.is_valid(), saved.errors
    assert saved.entry(SOMEBODY + 1) == fact


@given(ATTRIBUTES)
def test_a_question_that_nobody_answers_stays_not_known(attribute: Attribute) -> None:
    said = sent(fact_page(attribute, None))
    assert said["answer"] == [NOT_KNOWN]
    saved = FactForm(attribute, None, query(said), of_organisation=True)
    assert saved.is_valid(), saved.errors
    assert saved.entry(SOMEBODY) is None


@given(facts(), WORDS)
def test_about_people_nothing_can_be_written_freely(pair: tuple[Attribute, Document], gossip: str) -> None:
    attribute, fact = pair
    free: dict[str, Any] = {name: gossip for name in ("source", "note_en", "note_nb", "basis")}
    said = sent(fact_page(attribute, None), answer=fact["values"], told_by="member", observers="1", **free)
    saved = FactForm(attribute, None, query(said), of_organisation=True)
    if attribute.about_people:
        assert saved.is_valid(), saved.errors
        entry = saved.entry(SOMEBODY)
        assert entry is not None
        assert (entry["source"], entry["note_en"], entry["note_nb"]) == ("A member’s own account", "", "")
        assert (entry["basis"], entry["observers"]) == ("observed", 1)


@given(NAMES, NAMES, NAMES, st.sampled_from(["", "2024", "2024-05-17"]), st.booleans())
def test_a_text_survives_its_form(english: str, norwegian: str, source: str, dated: str, unverified: bool) -> None:
    written = (english, norwegian, source)
    text = {
        **dict(zip(("text_en", "text_nb", "source"), map(str.strip, written), strict=True)),
        "dated": dated,
        "unverified": unverified,
    }
    opened = TextForm(prefix="text-asks", initial=text)
    saved = TextForm(query(sent("".join(str(field) for field in opened))), prefix="text-asks")
    assert saved.is_valid(), saved.errors
    assert saved.text() == text
