"""Documents of groups with whatever a text, a list of meetings or a fact can hold, however odd."""

from datetime import date

from hypothesis import strategies as st

from groups_catalog.upkeep.documents import NEW_GROUP, Document
from groups_catalog.upkeep.sheets.tables import normal
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import LANGUAGES

NASTY = "=+-@'\"\t\r\n;,#| \x00\x0b\x1f\u200b\ufeff\ufffe＝＋－＠−_x0041_æøåČšŋ\u202eعربيה😀0123"
LONG = ("x" * 32_767, "=" * 32_766, "😀" * 16_384, "\x0b" * 5_000, "é" * 40_000)
words = st.text(st.sampled_from(NASTY) | st.characters(codec="utf-8"), max_size=12)
texts = words | st.sampled_from(
    ["", "007", "1/2", "2026-05", "19:30", "TRUE", "#N/A", "nan", " ", "'", "''=1", *LONG]
)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat)
yes_no = st.sampled_from([None, True, False])
spots = st.one_of(
    st.just((None, None)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
meetings = st.lists(
    st.fixed_dictionaries(
        {
            "weekday": st.integers(0, 6),
            "start": st.times().map(lambda time: f"{time:%H:%M}"),
            "minutes": st.integers(1, 1440),
            "timezone": st.sampled_from(["Europe/Oslo", "Asia/Tokyo", "UTC"]),
            "every": st.sampled_from(["week", "fortnight", "first", "last"]),
            "valid_from": st.none() | days,
            "valid_until": st.none() | days,
            "open": yes_no,
            "except_on": st.lists(days, unique=True, max_size=2).map(sorted),
        }
    ),
    max_size=3,
    unique_by=lambda meeting: (meeting["weekday"], meeting["start"], meeting["every"]),
)
ATTRIBUTES = vocabulary().askable()


@st.composite
def facts(draw: st.DrawFn) -> Document:
    attribute = draw(st.sampled_from(ATTRIBUTES))
    values = st.lists(st.sampled_from(sorted(attribute.values)), min_size=1, max_size=2, unique=True).map(sorted)
    said = {
        "values": values,
        "basis": st.sampled_from(["stated", "observed"]),
        "source": texts,
        "dated": st.sampled_from(["", "2024", "2024-05", "2024-05-17"]),
        "unverified": st.booleans(),
        "inherit": st.booleans(),
        "observers": st.integers(1, 9),
        "note_en": texts,
        "note_nb": texts,
        "recorded_by": st.none() | st.integers(1, 99),
    }
    return {f"facts.{attribute.id}": draw(st.lists(st.fixed_dictionaries(said), min_size=1, max_size=2))}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    latitude, longitude = draw(spots)
    said = {name: texts for name in ("name", "place", "venue", "link", "note_en", "note_nb", "contact_role_en")}
    fields = {
        **said,
        "organisation": st.sampled_from(["na", "aa"]),
        "lane": st.sampled_from(["addiction", "next_of_kin"]),
        "mode": st.sampled_from(["in_person", "online"]),
        "status": st.sampled_from(["draft", "published", "paused", "closed"]),
        "languages": st.lists(st.sampled_from(sorted(LANGUAGES)), unique=True, max_size=3),
        "membership": st.sampled_from(["everyone", "women", "men"]),
        **{f"access_{name}": yes_no for name in ("step_free", "hearing", "sight", "child_care")},
        "checked_on": st.none() | days,
        "checked_how": st.sampled_from(["", "visit", "call"]),
        "meetings": meetings,
    }
    document = {**NEW_GROUP, **draw(st.fixed_dictionaries(fields)), "latitude": latitude, "longitude": longitude}
    for fact in draw(st.lists(facts(), max_size=2)):
        document |= fact
    return normal(document)
