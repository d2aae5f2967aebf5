"""Addresses, numbers and passcodes go, with the sentence they stand in; times, dates and street numbers stay."""

import pytest

from groups_catalog.feeds.plain import one_line, plain, shortened
from groups_catalog.feeds.privacy import clean_row, given, has_contact, is_key, is_personal, label, link, sentences


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Vi møtes 20.00-21.30. Kontakt Peter 91234567. Velkommen!", "Vi møtes 20.00-21.30. Velkommen!"),
        ("Ring Ola på tlf. 912 34 567", ""),
        ("Contact Peter. 555-1234", ""),
        ("Call Peter for the key. Bring a cup.", "Bring a cup."),
        ("Zoom ID 000000 00 00 00\npasscode 0000\n\nDial-In Phone No.: 00 00 00 00\nDown the ramp", "Down the ramp"),
        ("Passcode:\n1234\nWelcome", "Welcome"),
        ("Skriv til post@example.no, så svarer vi. Kaffe fra 18.30.", "Kaffe fra 18.30."),
        ("Dørkode 4711. Heis til tredje etasje.", "Heis til tredje etasje."),
    ],
)
def test_the_sentence_that_holds_a_contact_goes(text: str, kept: str) -> None:
    assert sentences(text) == (kept, True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "kl 19:00 - 20:30",
            "20.00-21.30",
            "Hall open 11:30am to 7:30 Tuesday",
            "Business meeting: 2nd Sunday @ 2 pm.",
        ),
        *("2026-05-01", "25.08.2022 og 1/5/2022", "2020-2021", "24/7", "Dec 24 2021 - Jan 1 2022"),
        *("Storgata 12, 0184 Oslo", "143-22 109th Avenue", "1122 Fair Ave, San Jose, CA 95122-1234", "Rom 3, 2. etg"),
        *("Tgif@Garden Grove", "4@4 Group", "Rise & Shine @ 9. Monday", "Big Book Text Study", "12x12, side 100-164"),
    ],
)
def test_times_dates_and_street_numbers_are_no_contacts(text: str) -> None:
    assert sentences(text) == (text, False)
    assert label(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Onsdagsgruppa tlf 912 34 567", "Onsdagsgruppa"),
        ("Onsdagsgruppa, post@example.no", "Onsdagsgruppa"),
        ("Kirkekjelleren - ring Ola 912 34 567 - bakdøra", "Kirkekjelleren, bakdøra"),
        ("Kontakt Ola 912 34 567", ""),
        ("30818592 Parents Supporting Parents", "Parents Supporting Parents"),
    ],
)
def test_a_name_keeps_the_parts_without_a_contact(text: str, kept: str) -> None:
    assert label(text) == (kept, True)


def test_what_stood_in_a_field_is_told_only_without_contacts() -> None:
    assert given("sometime") == "sometime"
    assert given("ring 912 34 567") == ""
    assert given({"a": 1}) == ""
    assert len(given("x" * 500)) <= 60


@pytest.mark.parametrize(
    ("written", "address", "doubts"),
    [
        ("https://whereby.com/onsdag", "https://whereby.com/onsdag", ()),
        ("https://zoom.us/j/123456789?pwd=abc", "https://zoom.us/j/123456789", ("passcode_left_out",)),
        ("https://us02web.zoom.us/j/1?from=a&PWD=x", "https://us02web.zoom.us/j/1?from=a", ("passcode_left_out",)),
        ("https://me:secret@meet.example.org/a", "https://meet.example.org/a", ("passcode_left_out",)),
        ("https://meet.example.org/a#pwd=1", "https://meet.example.org/a", ("passcode_left_out",)),
        ("zoom.us/j/1", "https://zoom.us/j/1", ()),
        ("http://zoom.us/j/1", "", ("link_not_secure",)),
        ("https://wa.me/4791234567", "", ("contact_left_out",)),
        ("ola@example.org", "", ("link_unreadable",)),
        ("tel:+4791234567", "", ("link_unreadable",)),
        ("javascript:alert(1)", "", ("link_unreadable",)),
        ("https://[::1", "", ("link_unreadable",)),
        ("ask the group", "", ("link_unreadable",)),
        (None, "", ()),
    ],
)
def test_a_link_is_kept_without_its_passcode(written: object, address: str, doubts: tuple[str, ...]) -> None:
    assert link(written) == (address, doubts)


def test_a_link_to_a_teams_meeting_keeps_what_it_needs() -> None:
    written = (
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7B%22Tid%22%3A%221%22%7D"
    )
    assert link(written) == (written, ())


def test_a_passcode_in_a_link_is_kept_where_a_curator_asked_for_it() -> None:
    assert link("https://zoom.us/j/1?pwd=abc", keep=True) == ("https://zoom.us/j/1?pwd=abc", ())


@pytest.mark.parametrize(
    "key", ["contact_1_name", "email", "Phone", "author", "edit_url", "contact_email_2", "helpline", "Kontaktperson"]
)
def test_fields_about_persons_are_known_by_their_name(key: str) -> None:
    assert is_personal(key)
    assert clean_row({key: "X", "name": "A"}) == {"name": "A"}


@pytest.mark.parametrize("key", ["last_contact", "name", "notes", "conference_url", "mobility_access"])
def test_other_fields_are_not_about_persons(key: str) -> None:
    assert not is_personal(key)


def test_a_raw_record_is_kept_for_audit_without_what_is_personal() -> None:
    raw = {
        "slug": "30818592-parents",
        "id": 64769123456,
        "notes": "Heis. Ring Ola 912 34 567.",
        "day": [1, 3],
        "latitude": 59.91,
        "number": 4791234567,
        "more": {"deep": ["post@example.no", "Kaffe"], "author": "X"},
        "conference_url": "https://zoom.us/j/1?pwd=x",
        "url": "http://example.org/a",
        "odd": float("nan"),
        "flag": True,
    }
    assert clean_row(raw) == {
        "slug": "30818592-parents",
        "id": 64769123456,
        "notes": "Heis.",
        "day": [1, 3],
        "latitude": 59.91,
        "number": None,
        "more": {"deep": ["", "Kaffe"]},
        "conference_url": "https://zoom.us/j/1",
        "url": "http://example.org/a",
        "odd": None,
        "flag": True,
    }


def test_a_lists_own_id_may_look_like_a_number_but_not_like_somebodys() -> None:
    assert all(
        map(is_key, ("12345678", "17,41", "30818592-parents", "375c2218-49ce-5fa9-a34c-6dcb7841bc4c", "recRnT5GAH"))
    )
    assert not any(map(is_key, ("ring-ola-912-34-567", "ola@example.org", "+4791234567", "ring 91234567")))


def test_markup_is_read_as_a_browser_would_show_it() -> None:
    assert plain("<p>Masks<br>optional &amp; tea&#8217;s</p><script>x()</script>") == "Masks\noptional & tea’s"
    assert plain("AT&amp;amp;T &lt;3") == "AT&T <3"
    assert one_line("<![x a b") != "<![x"
    assert plain("a\x00b\u200bc\ud800d") == "abcd"


def test_an_address_that_only_the_markup_holds_is_found() -> None:
    assert has_contact(plain('Write to <a href="mailto:ola@example.org">Ola</a>'))


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("en to tre fire", 9) == "en to…"
    assert shortened("kort", 9) == "kort"


def test_numbers_are_read_as_text_unless_nobody_would_write_them() -> None:
    assert [plain(value) for value in (5202, 254.0, True, None, float("inf"), 10**5000, ["a"])] == [
        *("5202", "254"),
        *("", "", "", "", ""),
    ]
