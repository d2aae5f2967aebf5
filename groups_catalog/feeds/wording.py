"""What was left out, mended or refused in a list, as sentences in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.feeds.model import Problem, Refused

FIELDS: dict[str, Promise] = {
    "row": _("The row"),
    "contact": _("Contact"),
    "source_key": _("Id in the list"),
    "name": _("Name"),
    "organisation": _("Publisher"),
    "group_key": _("Group"),
    "weekday": _("Day"),
    "start": _("Start"),
    "minutes": _("Length"),
    "timezone": _("Time zone"),
    "every": _("How often"),
    "mode": _("How people meet"),
    "open": _("Open or closed"),
    "place": _("Town"),
    "venue": _("Place"),
    "coordinates": _("Coordinates"),
    "languages": _("Language"),
    "membership": _("Who may come"),
    "step_free": _("Step-free access"),
    "link": _("Link"),
    "note": _("Note"),
    "updated": _("Last updated"),
    "codes": _("Codes"),
}
ROWS: dict[str, Promise] = {
    "dropped_not_a_record": _("The row is left out: it is not a record of a meeting."),
    "dropped_empty": _("The row is left out: it has no name, day, time, place or link."),
    "dropped_unpublished": _("The row is left out: the list says that it is not published."),
    "dropped_repeated": _("The row is left out: another row says exactly the same."),
    "contact_left_out": _("{field}: a person, an e-mail address, a telephone number or a passcode was left out."),
    "passcode_left_out": _("{field}: a passcode was left out."),
    "text_unreadable": _("{field}: this is not text, and is left empty."),
    "shortened": _("{field}: the text was too long and has been shortened."),
    "key_missing": _("The list gives no id, so one was made from the name, day, time and place."),
    "key_shared": _("Several meetings have this id in the list, so each was given one of its own."),
    "name_missing": _("The list gives no name, so one was made from the place, day and time."),
    "day_unreadable": _("This is not a day of the week, and is left out."),
    "day_missing": _("There is a time, but no day."),
    "time_unreadable": _("This is not a time of day, and is left unknown."),
    "midnight_doubtful": _("The meeting starts at midnight; some lists mean noon by it."),
    "time_missing": _("There is a day, but no time."),
    "end_unreadable": _("The end is not a time of day, so the length is left unknown."),
    "lasts_a_day": _("The meeting ends at the time it starts, which makes it last a whole day."),
    "duration_unreadable": _("This is not a length of time, and is left unknown."),
    "duration_unlikely": _("A meeting can hardly last this long, so the length is left unknown."),
    "zone_unknown": _("There is no such time zone, so the one of the list is used."),
    "date_unreadable": _("This is not a date, so it is not known when the row was last updated."),
    "code_unreadable": _("Some of the codes could not be read."),
    "open_and_closed": _("The list says both open and closed, so neither is used."),
    "women_and_men": _("The list says both women only and men only, so neither is used."),
    "attendance_unreadable": _("The list says how people meet in a way that could not be read."),
    "attendance_contradicts": _("The list contradicts itself on how people meet; ask the group."),
    "address_approximate": _("The address is only approximate, so it is not known where people meet."),
    "coordinates_unreadable": _("The coordinates could not be read."),
    "coordinates_half": _("One of the two coordinates is missing, so neither is used."),
    "coordinates_zero": _("A coordinate is nought, so neither is used."),
    "coordinates_swapped": _("Latitude and longitude had changed places, and were put right."),
    "outside_country": _("The coordinates lie outside the country of the list. They are kept: check them."),
    "link_unreadable": _("This is not a web address, and is left out."),
    "link_not_secure": _("The link does not begin with https, and is left out."),
    "dropped_headings_again": _("The row is left out: it repeats the headings."),
    "dropped_ended": _("The row is left out: it says that the group has ended."),
    "day_is_a_number": _(
        "A day given as a number may count from any day, so it is left unknown; write the day's name."
    ),
    "every_unreadable": _("This is no week of the month, so it is kept in the note; ask the group."),
    "yes_or_no_unreadable": _("{field}: this is neither yes nor no, and is left unknown."),
    "membership_unreadable": _("It is not clear whom the meeting is for, so it is kept in the note; ask the group."),
    "language_unknown": _("This language is not known, and is left out."),
    "status_unreadable": _("The status could not be read, and is not used."),
    "status_doubtful": _(
        "“Closed” may mean several things, so the group is shown as not meeting now; ask the group."
    ),
    "cell_without_value": _("{field}: the cell holds a formula without a result, and is left empty."),
    "column_missing": _("The table has no column with this heading."),
    "columns_unused": _("These columns are not used: {given}. To have one read, give it a heading of our own table."),
    "column_about_persons": _("This column is about persons, so it is not used."),
}
LISTS: dict[str, Promise] = {
    "empty_list": _("The list is empty, and an empty answer never means that there are no meetings."),
    "not_a_list": _("This is a single value, not a list of meetings."),
    "no_records": _("This is a list, but nothing in it is a record of a meeting."),
    "unknown_records": _("These records are not meetings in a form that can be read here."),
    "object_not_list": _("This is a single object, not a list of meetings."),
    "wrapped_list": _("The meetings lie inside another object, which is not how Meeting Guide lists are written."),
    "error_answer": _("This is an error message, not a list of meetings."),
    "records_answer": _("This is an answer from a database service, not a Meeting Guide list."),
    "type_names_answer": _("These are the names of meeting types, not a list of meetings."),
    "formats_answer": _("These are the formats of a BMLT server (GetFormats), not its meetings."),
    "service_bodies_answer": _("These are the areas of a BMLT server (GetServiceBodies), not its meetings."),
    "server_info_answer": _("This tells about a BMLT server (GetServerInfo), and holds no meetings."),
    "changes_answer": _("These are the changes on a BMLT server (GetChanges), not its meetings."),
    "too_large": _("The list is larger than 20 MB."),
    "too_large_unpacked": _("The list is far larger when it is unpacked than a list can be."),
    "too_many_values": _(
        "The list holds more than a million names and values, more than can be read at once; ask for it in parts."
    ),
    "too_many_rows": _("The list has more than 50,000 rows."),
    "too_many_meetings": _("The list stands for more than 100,000 meetings."),
    "too_many_columns": _("The table has more than 200 columns."),
    "cell_too_large": _("A cell holds more than 100,000 characters."),
    "too_deep": _("The list lies in more layers than a list of meetings has."),
    "gzip_broken": _("The packed file is damaged."),
    "gzip_cut_off": _("The packed file stops in the middle."),
    "packed_twice": _("The file is packed twice; unpack it once and try again."),
    "zip_broken": _("The workbook is damaged."),
    "zip_not_workbook": _("This is a zip file, but not an Excel workbook (.xlsx)."),
    "too_many_parts": _("The workbook has more parts than a list of meetings needs."),
    "workbook_broken": _("The workbook is damaged, or holds what no workbook should."),
    "workbook_too_complex": _("The workbook is built in a way that no list of meetings needs."),
    "locked": _("The workbook is locked with a password."),
    "old_excel_or_locked": _(
        "This is an old Excel file, or one locked with a password; save it as .xlsx without one."
    ),
    "empty_file": _("The file is empty, and an empty answer never means that there are no meetings."),
    "empty_table": _("The table has no rows, and an empty answer never means that there are no meetings."),
    "headings_unknown": _("None of the headings is known, so the columns have to be matched first."),
    "quote_not_closed": _("A quotation mark is opened in row {given} and never closed."),
    "web_page": _("This is a web page, not a list of meetings."),
    "markup": _("This is XML or other markup, not a list of meetings."),
    "not_text": _("This is neither text nor a workbook."),
    "json_cut_off": _("The list stops in the middle, at line {given}."),
    "json_extra_text": _("Something follows after the end of the list, at line {given}."),
    "json_broken": _("The list is not valid JSON; the fault is at line {given}."),
}
FETCHES: dict[str, Promise] = {
    "bad_address": _("This is not a web address."),
    "not_https": _("A list is only fetched from an address that begins with https."),
    "password_in_address": _("The address holds a name or a password, so it is not used."),
    "inside_address": _("The address lies inside a network, not on the internet, so it is not asked."),
    "unreachable": _("The publisher's server could not be reached."),
    "tls": _("The connection to the publisher is not safe, so nothing was fetched."),
    "timed_out": _("The publisher's server took too long to answer."),
    "cut_short": _("The connection broke off before the whole list had come."),
    "redirected": _("The address leads on to others without an end."),
    "address_changed": _("The list has moved for good; check the new address before you use it."),
    "not_found": _("There is no list at this address any more."),
    "not_allowed": _("The publisher does not let us read the list."),
    "too_often": _("The publisher asks us to wait before we fetch the list again."),
    "server_error": _("The publisher's server has a fault of its own."),
    "refused_by_publisher": _("The publisher's server did not accept the question."),
    "strange_answer": _("The publisher's server answered with something other than a list."),
    "strange_packing": _("The answer is packed in a way that cannot be read."),
}
WRITING: dict[str, Promise] = {
    "text_too_long": _("A text is too long for a cell, so no file was made."),
    "half_a_character": _("A text holds a sign that no file can keep, so no file was made."),
}


def problem_sentence(problem: Problem) -> str:
    """«This is not a day of the week, and is left out. It says “8”.»"""
    return sentence(problem.reason, problem.field, problem.given)


def refused_sentence(refused: Refused) -> str:
    return sentence(refused.reason, "row", refused.given)


def sentence(reason: str, field: str, given: str) -> str:
    """A reason in words, and what stood there where that may be told."""
    words = next((listed[reason] for listed in (ROWS, LISTS, FETCHES, WRITING) if reason in listed), None)
    told = str(words) if words else gettext("{field}: something could not be read.")
    whole = told.format(field=FIELDS.get(field, field), given=given)
    if not given or "{given}" in told:
        return whole
    return gettext("{sentence} It says “{given}”.").format(sentence=whole, given=given)
