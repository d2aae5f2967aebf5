"""Documents of entries, and hypothesis strategies that make any of them."""

from typing import Any

from hypothesis import strategies as st

from groups_catalog.upkeep.documents import NEW_FACT, NEW_GROUP, NEW_MEETING, Document, facts_in_order, in_order
from groups_catalog.vocabulary import Attribute, vocabulary

BASE: Document = {**NEW_GROUP, "name": "Havna", "organisation": "na", "lane": "addiction", "mode": "online"}
MONDAY: Document = {**NEW_MEETING, "weekday": 0, "start": "18:30", "minutes": 90}
FACT: Document = {**NEW_FACT, "values": ["ask_first"], "source": "A leaflet", "dated": "2025"}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)
NAMES = WORDS.map(lambda text: text.strip() or "Havna")
DAYS = st.dates().map(str).filter(lambda day: day >= "1900")
COORDINATES = st.sampled_from([(None, None), (60.39, 5.32), (59.91, 10.75), (59.91, 5.32)])


def a_meeting_document(**fields: Any) -> Document:
    return {**MONDAY, **fields}


@st.composite
def meeting_documents(draw: st.DrawFn) -> Document:
    every = draw(st.sampled_from(["week", "fortnight", "first", "last"]))
    first = draw(DAYS) if every == "fortnight" else draw(st.none() | DAYS)
    return a_meeting_document(
        weekday=draw(st.integers(0, 6)),
        start=f"{draw(st.integers(0, 23)):02}:{draw(st.sampled_from([0, 15, 30, 45])):02}",
        minutes=draw(st.integers(1, 1440)),
        every=every,
        valid_from=first,
        open=draw(st.sampled_from([None, True, False])),
        except_on=sorted(draw(st.sets(DAYS, max_size=2))),
    )


def meetings_documents() -> st.SearchStrategy[list[Document]]:
    unique = st.lists(
        meeting_documents(),
        max_size=3,
        unique_by=lambda meeting: (meeting["weekday"], meeting["start"], meeting["every"]),
    )
    return unique.map(in_order)


@st.composite
def fact_documents(draw: st.DrawFn, attribute: Attribute) -> Document:
    values = st.sets(st.sampled_from(sorted(attribute.values)), min_size=1, max_size=2 if attribute.many else 1)
    return {
        **FACT,
        "values": sorted(draw(values)),
        "basis": draw(st.sampled_from(["stated", "observed"])),
        "dated": draw(st.sampled_from(["", "2024", "2024-05", "2024-05-17"])),
        "source": draw(st.sampled_from(["A leaflet", "A visit ; https://example.org/havna"])),
        "observers": draw(st.integers(1, 3)),
    }


@st.composite
def group_documents(draw: st.DrawFn) -> Document:
    """Any document that may be written; its organisation is `na`."""
    attributes = draw(
        st.lists(st.sampled_from(vocabulary().askable()[:6]), max_size=2, unique_by=lambda known: known.id)
    )
    facts = {
        f"facts.{known.id}": facts_in_order(draw(st.lists(fact_documents(known), min_size=1, max_size=2)))
        for known in attributes
    }
    latitude, longitude = draw(COORDINATES)
    return {
        **BASE,
        "name": draw(NAMES),
        "status": draw(st.sampled_from(["draft", "published", "paused", "closed"])),
        "venue": draw(WORDS),
        "note_en": draw(WORDS),
        "languages": sorted(draw(st.sets(st.sampled_from(["nb", "nn", "en", "sme"])))),
        "access_step_free": draw(st.sampled_from([None, True, False])),
        "checked_on": draw(st.none() | DAYS),
        "latitude": latitude,
        "longitude": longitude,
        "meetings": draw(meetings_documents()),
        **facts,
    }
