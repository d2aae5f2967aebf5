"""Meeting lists, look-alikes and the spreadsheet: what comes in is looked at, decided on, taken over, taken back."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.curating import Meet, Person

pytestmark = pytest.mark.xdist_group("browser-upkeep")


def a_row(name: str, **fields: Any) -> dict[str, Any]:
    valid = {
        "name": name,
        "slug": name.lower(),
        "day": 2,
        "time": "19:00",
        "end_time": "20:30",
        "location": f"{name}, Kirkegata 4",
        "city": "Hamar",
        "types": ["O"],
    }
    return {**valid, **fields}


def as_file(*rows: dict[str, Any]) -> bytes:
    return json.dumps(rows).encode()


@pytest.mark.parametrize("way", ["mouse", "keys", "plain"])
def test_a_list_is_read_decided_on_field_by_field_taken_over_and_undone(meet: Meet, way: str) -> None:
    kari = meet("feed", way)
    given_a_list(kari)
    kari.waits_for("3 differences to decide.")
    kari.sees("Sola", "Regnbuen", "Tinden")
    kari.presses("Add and publish")
    kari.sees("3 decided", within=kari.page.get_by_role("region", name="Take over"))
    kari.presses("Take over what is decided")
    kari.waits_for("Taken over: 3 added, 0 changed, 0 closed.")

    # when the list comes again with one meeting moved to another time and house, and one gone
    kari.opens("/upkeep/feeds/")
    kari.follows("Områdets liste")
    moved = a_row("Sola", time="20:00", end_time="21:30", location="Sola, Parkgata 8")
    kari.hands.gives(kari.page.get_by_label("The file"), "list.json", as_file(moved, a_row("Regnbuen")))
    kari.presses("Read this file")
    kari.waits_for("2 differences to decide.")
    kari.prefers("Meetings", "From the list")
    kari.prefers("Venue", "Ours")
    kari.presses("Save")
    kari.hands.presses(kari.page.get_by_role("link", name="No longer in the list"))
    kari.answers("It is no longer in the list", "Close our group")
    kari.presses("Save")
    kari.presses("Take over what is decided")
    kari.waits_for("Taken over: 0 added, 1 changed, 1 closed.")
    run = kari.page.url.removeprefix(kari.visitor.site.address)
    then_a_group_says(kari, "sola", "20:00", "Sola, Kirkegata 4")
    then_a_group_says(kari, "tinden", "This group is closed")

    # when all of it is undone, then the groups are as they were
    kari.opens(run)
    kari.presses("Undo all of it")
    then_a_group_says(kari, "sola", "19:00", "Sola, Kirkegata 4")
    kari.opens("/groups/tinden/")
    expect(kari.page.locator("main")).not_to_contain_text("This group is closed")
    assert kari.complaints() == []


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_two_entries_of_one_group_are_merged_and_parted_again(meet: Meet, way: str) -> None:
    kari = meet("twins", way)
    kari.opens("/upkeep/duplicates/")
    kari.follows("Compare and merge", "Tvillingen, Tvillingen")
    kari.hands.ticks(kari.question("Venue").get_by_role("radio").nth(1))
    kari.presses("Merge")
    kari.sees("Storgata 2")
    kari.opens("/groups/tvillingen-2/")
    kari.sees("This is another group now")

    kari.opens("/upkeep/duplicates/")
    kari.presses("Part them again", "Tvillingen, Tvillingen")
    kari.sees("The two groups are two again.")
    then_a_group_says(kari, "tvillingen", "Storgata 1")
    then_a_group_says(kari, "tvillingen-2", "Storgata 2")
    assert kari.complaints() == []


@pytest.mark.parametrize("way", ["mouse", "keys", "plain"])
def test_one_cell_edited_in_the_workbook_comes_back_as_one_change(meet: Meet, way: str, tmp_path: Path) -> None:
    kari = meet("sheet", way)
    kari.opens("/upkeep/spreadsheet/")
    with kari.page.expect_download() as taken_out:
        kari.hands.pushes(kari.page.get_by_role("link", name="Workbook (.xlsx)"))
    path = tmp_path / "catalog.xlsx"
    taken_out.value.save_as(path)

    given_back(kari, path.read_bytes())
    kari.sees("There is nothing to take over.")

    given_back(kari, with_another_venue(path))
    kari.sees("0 new groups", "1 changed group", "11 groups stay as they are", "Kaigata 9")
    expect(kari.page.get_by_role("definition")).to_have_count(1)
    kari.presses("Take it all over")
    kari.sees("1 group was taken over from the sheet.")
    then_a_group_says(kari, "havna", "Kaigata 9")
    assert kari.complaints() == []


def given_a_list(kari: Person) -> None:
    kari.opens("/upkeep/feeds/")
    kari.follows("Add a list")
    kari.writes("Name of the list", "Områdets liste")
    kari.chooses("Whose meetings are they?", "Narcotics Anonymous (NA)")
    first = as_file(a_row("Sola"), a_row("Regnbuen"), a_row("Tinden"))
    kari.hands.gives(kari.page.get_by_label("The file"), "list.json", first)
    kari.presses("Read the list")


def then_a_group_says(kari: Person, slug: str, *words: str) -> None:
    kari.opens(f"/groups/{slug}/")
    kari.sees(*words)


def given_back(kari: Person, data: bytes) -> None:
    kari.hands.gives(kari.page.get_by_label("The workbook, or the CSV files"), "catalog.xlsx", data)
    kari.presses("Show what would change")


def with_another_venue(path: Path) -> bytes:
    """As somebody would do it by hand: one cell."""
    book = load_workbook(path)
    cells = [cell for row in book["Groups"].iter_rows() for cell in row if cell.value == "Havna, Storgata 1"]
    assert len(cells) == 1
    cells[0].value = "Kaigata 9"
    written = BytesIO()
    book.save(written)
    return written.getvalue()
