"""What the menu reads in one sweep is what each group's own page reads."""

from datetime import date

import pytest
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Group
from groups_catalog.snapshot import clinic_snapshot, read_groups
from tests.catalog_factories import a_fact, a_group, a_meeting, an_organisation
from tests.factories import a_clinic

TODAY = date(2025, 11, 22)

pytestmark = pytest.mark.django_db


def a_clinic_that_knows_much() -> Clinic:
    """Two groups of one organisation say the very same about their focus, and not the same about touch."""
    clinic, organisation = a_clinic(), an_organisation("fellowship")
    a_fact(organisation, "openness", "open")
    for slug, custom in (("onsdag", "ask_first"), ("torsdag", "no_touch")):
        group = a_group(clinic, slug, organisation=organisation)
        a_meeting(group, 2)
        a_fact(group, "problem_focus", "alcohol", "gambling", basis="observed", observers=1)
        a_fact(group, "touch_custom", custom, note_en="Seen twice – “æøå”.", note_nb="Sett to ganger – «æøå».")
    a_fact(group, "cost", "free", unverified=True)
    return clinic


def test_the_sweep_tells_of_each_group_what_its_own_row_tells() -> None:
    clinic = a_clinic_that_knows_much()
    with scope(clinic=clinic):
        swept = clinic_snapshot(clinic, today=TODAY)
        assert swept == read_groups(Group.objects.for_matching(), today=TODAY)
    onsdag, torsdag = swept
    assert onsdag.facts["touch_custom"].values != torsdag.facts["touch_custom"].values
    assert onsdag.facts["touch_custom"].note.nb == "Sett to ganger – «æøå»."  # type: ignore[union-attr]
    assert len(onsdag.facts["problem_focus"].values) == 2
    assert [fact.attribute for fact in torsdag.unverified] == ["cost"]
