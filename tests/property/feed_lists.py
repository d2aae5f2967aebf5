"""Meeting lists nobody would write on purpose: plausible rows with odd types, and junk."""

from typing import Any

from hypothesis import strategies as st

texts = st.text(max_size=30) | st.sampled_from(
    ["", " ", "<b>Blå</b> &amp; gul", "x" * 300, "\x00\u200b", "\ud800", "n/a"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts | st.just(10**400)
junk = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
DAY_WORDS = ("Sunday", "monday", "tirs", "Onsdag", "jueves", "vendredi", "Samstag")
"""In the order of the numbers, Sunday first."""
days = (
    st.integers(-1, 8)
    | st.integers(0, 8).map(str)
    | st.sampled_from(DAY_WORDS)
    | st.lists(st.integers(0, 6), max_size=4)
    | junk
)
times = (
    st.sampled_from(["19:00", "8:00 PM", "8:00", "18:00:00", "20.00", "kl 20", "noon", "midnight", "24:00"]) | junk
)
types = (
    st.lists(st.sampled_from(["O", "C", "W", "M", "TC", "X", "EN", "onl", "LGBTQ", "Y"]), max_size=4)
    | st.sampled_from(["[open]", "O,C", "Closed, Women", "", "c"])
    | junk
)
degrees = st.floats(-200, 200) | st.sampled_from([0, "0", "59.91", "59,91", 10.75, 59.91]) | junk
towns = st.sampled_from(["Oslo", "Bergen", ""]) | junk
addresses = st.sampled_from(["Storgata 1, 0184 Oslo, Norge", "1 Main St, Anytown, OK 12345, USA", "Oslo"]) | junk
links = st.sampled_from(["https://whereby.com/a", "https://zoom.us/j/1?pwd=x", "http://a.no", "zoom.us/j/1"]) | junk
dates = st.sampled_from(["2021-05-26 19:03:46", "8/25/2022 11:17:07 AM", "25.08.2022", "0000-00-00"]) | junk
zones = st.sampled_from(["Europe/Oslo", "Mars/Phobos", ""]) | junk

guide_rows = st.fixed_dictionaries(
    {},
    optional={
        "slug": st.sampled_from(["a", "b", 1, "1"]) | junk,
        "name": texts | junk,
        "day": days,
        "time": times,
        "end_time": times,
        "timezone": zones,
        "types": types,
        "location": towns,
        "formatted_address": addresses,
        "city": towns,
        "regions": junk,
        "approximate": st.sampled_from(["yes", "no", True]) | junk,
        "latitude": degrees,
        "longitude": degrees,
        "attendance_option": st.sampled_from(["in_person", "online", "hybrid", "inactive", "maybe"]) | junk,
        "conference_url": links,
        "conference_phone": texts,
        "notes": texts | junk,
        "updated": dates,
        "last_contact": dates,
        "entity": texts,
        "group_id": scalars,
        "contact_1_name": texts,
        "odd": junk,
    },
)
bmlt_rows = st.fixed_dictionaries(
    {},
    optional={
        "id_bigint": st.sampled_from(["1", "2", 3]) | junk,
        "worldid_mixed": texts,
        "meeting_name": texts | junk,
        "weekday_tinyint": st.integers(0, 8).map(str) | st.integers(0, 8) | junk,
        "start_time": times,
        "duration_time": st.sampled_from(["01:30:00", "00:00:00", "24:00:00", ""]) | junk,
        "time_zone": zones,
        "venue_type": st.sampled_from(["", "1", "2", "3", "9"]) | junk,
        "formats": st.sampled_from(["O,St,WC", "VM,TC", "O,C", "HY", ""]) | junk,
        "format_shared_id_list": st.sampled_from(["17,4", "1", ""]) | junk,
        "lang_enum": st.sampled_from(["en", "de"]) | junk,
        "latitude": degrees,
        "longitude": degrees,
        "location_municipality": towns,
        "location_text": towns,
        "comments": texts | junk,
        "published": st.sampled_from(["1", "0"]) | junk,
        "virtual_meeting_link": links,
        "service_body_bigint": st.sampled_from(["1", "2"]) | junk,
        "contact_name_1": texts,
        "odd": junk,
    },
)
guide_lists = st.lists(guide_rows | junk, max_size=6)
bmlt_lists = st.lists(bmlt_rows | junk, max_size=6)
formats = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from(["17", "4", "1"]) | junk,
            "key_string": st.sampled_from(["O", "C", "HY"]) | junk,
            "world_id": st.sampled_from(["OPEN", "CLOSED", "LANG", ""]) | junk,
            "name_string": st.sampled_from(["Open", "English speaking", "Online Meeting"]) | junk,
            "lang": st.sampled_from(["en", "de"]),
        },
    )
    | junk,
    max_size=4,
)
Rows = list[Any]
