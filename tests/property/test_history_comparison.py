"""Laws of comparing and bringing together: nothing is lost, nothing is invented, and both sides are heard."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.upkeep.comparison import Line, asked_as, compare, decided, marked_lines, three_way
from groups_catalog.upkeep.documents import Document, changed_fields
from tests.document_factories import group_documents

LINES = st.lists(st.text(max_size=60) | st.text("aab 1:.", max_size=30), max_size=5)
DOCUMENTS = group_documents()


def text(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(piece.text for piece in line) for line in lines]


def kept(lines: tuple[Line, ...]) -> str:
    return "".join(piece.text for line in lines for piece in line if not piece.changed)


@given(LINES, LINES)
def test_the_pieces_put_together_are_both_texts(ours: list[str], theirs: list[str]) -> None:
    left, right = marked_lines(ours, theirs)
    assert (text(left), text(right)) == (ours, theirs)


@given(LINES)
def test_equal_texts_carry_no_mark(lines: list[str]) -> None:
    left, right = marked_lines(lines, lines)
    assert not any(piece.changed for side in (left, right) for line in side for piece in line)


@given(st.text(max_size=80), st.text(max_size=80))
def test_texts_that_differ_carry_a_mark(ours: str, theirs: str) -> None:
    left, right = marked_lines([ours], [theirs])
    marks = [piece for side in (left, right) for line in side for piece in line if piece.changed]
    assert bool(marks) == (ours != theirs)


@given(DOCUMENTS, DOCUMENTS)
def test_a_difference_is_told_exactly_where_documents_differ(ours: Document, theirs: Document) -> None:
    told = {found.field for found in compare(ours, theirs)}
    assert told == {asked_as(field) for field in changed_fields(ours, theirs)}


@given(DOCUMENTS, DOCUMENTS)
def test_what_is_told_to_differ_reads_differently(ours: Document, theirs: Document) -> None:
    for found in compare(ours, theirs):
        assert text(found.ours) != text(found.theirs), found.field


@given(DOCUMENTS, DOCUMENTS)
def test_to_choose_one_side_throughout_gives_that_side(ours: Document, theirs: Document) -> None:
    fields = changed_fields(ours, theirs)
    assert decided(ours, theirs, dict.fromkeys(fields, "ours")) == ours
    assert decided(ours, theirs, dict.fromkeys(fields, "theirs")) == theirs


@given(DOCUMENTS, DOCUMENTS, st.data())
def test_each_field_comes_from_the_side_that_was_chosen(ours: Document, theirs: Document, data: Any) -> None:
    fields = changed_fields(ours, theirs)
    choices = {field: data.draw(st.sampled_from(["ours", "theirs"])) for field in fields}
    outcome = decided(ours, theirs, choices)
    for field in {*ours, *theirs}:
        side = theirs if choices.get(field) == "theirs" else ours
        assert outcome.get(field) == side.get(field)


@given(DOCUMENTS, DOCUMENTS)
def test_where_only_one_side_changed_something_the_merge_is_that_side(base: Document, other: Document) -> None:
    assert three_way(base, other, base).merged == other
    assert three_way(base, base, other).merged == other
    assert three_way(base, other, other).merged == other
    assert not three_way(base, other, base).conflicts + three_way(base, other, other).conflicts


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_a_merge_does_not_depend_on_who_saved_first(base: Document, ours: Document, theirs: Document) -> None:
    one, other = three_way(base, ours, theirs), three_way(base, theirs, ours)
    assert set(one.conflicts) == set(other.conflicts)
    assert (set(one.ours_only), set(one.theirs_only)) == (set(other.theirs_only), set(other.ours_only))
    assert one.decided(dict.fromkeys(one.conflicts, "ours")) == other.decided(dict.fromkeys(one.conflicts, "theirs"))
    assert one.decided(dict.fromkeys(one.conflicts, "theirs")) == other.decided(dict.fromkeys(one.conflicts, "ours"))


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_every_change_of_either_side_is_merged_or_asked_about(
    base: Document, ours: Document, theirs: Document
) -> None:
    outcome = three_way(base, ours, theirs)
    asked = set(outcome.conflicts)
    for side in (ours, theirs):
        for field in changed_fields(base, side):
            known = outcome.merged.get(field) == side.get(field) or asked_as(field) in asked | {*outcome.joined}
            assert known
    for field in {*base, *ours, *theirs} - {*outcome.joined}:
        assert outcome.merged.get(field) in (base.get(field), ours.get(field), theirs.get(field))


def rows(document: Document, field: str) -> list[Document]:
    return document.get(field) or []


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_in_a_list_no_row_is_lost_invented_or_brought_back(base: Document, ours: Document, theirs: Document) -> None:
    outcome = three_way(base, ours, theirs)
    for field, joined in outcome.joined.items():
        before, mine, yours = rows(base, field), rows(ours, field), rows(theirs, field)
        asked = [row for side in joined.asked() for row in side]
        for side, (was, now) in ((mine, joined.by_us()), (yours, joined.by_them())):
            added = [row for row in side if row not in before]
            assert all(row in now or row in asked or (row in mine and row in yours) for row in added)
            assert all(row in before for row in was)
        for choice in ("ours", "theirs"):
            settled = rows(outcome.decided(dict.fromkeys(outcome.conflicts, choice)), field)
            assert all(row in mine or row in yours for row in settled)
            assert all(row in settled for row in before if row in mine and row in yours)
            for _was, now in (joined.by_us(), joined.by_them()):
                assert all(row in settled for row in now)


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS, st.sampled_from(["ours", "theirs"]))
def test_two_right_lists_of_times_become_a_right_one(
    base: Document, ours: Document, theirs: Document, choice: str
) -> None:
    outcome = three_way(base, ours, theirs)
    meetings = outcome.decided(dict.fromkeys(outcome.conflicts, choice))["meetings"]
    times = [(meeting["weekday"], meeting["start"], meeting["every"]) for meeting in meetings]
    assert len(times) == len(set(times))


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_a_list_is_asked_about_only_where_both_changed_it(base: Document, ours: Document, theirs: Document) -> None:
    outcome = three_way(base, ours, theirs)
    for field, joined in outcome.joined.items():
        mine, yours = joined.asked()
        assert (mine != yours) == (field in outcome.conflicts)
        assert not (mine == yours and mine)
