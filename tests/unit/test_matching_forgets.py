"""A menu nobody holds any longer is gone at once, and the answers with it: nothing in it leads back to itself."""

import weakref

from referral.knowledge import rules
from referral.matching.recommend import Recommendation, undisturbed
from tests.engine_factories import TODAY, a_group, the_answers


def test_a_menu_is_gone_as_soon_as_its_page_is_made() -> None:
    groups = [
        a_group(f"group-{n}", {"meeting_format": "dialogue_feedback"}, organisation=f"{n % 3}") for n in range(9)
    ]
    with undisturbed():
        run = Recommendation(the_answers(q7_format="dialogue"), groups, rules(), seed=1)
        explained = [run.explained(entry, bands_only=True) for entry in run.menu(TODAY).entries]
        held = [weakref.ref(one) for one in (run, run.line_up, run.evaluation, *run.seats)]
        assert len(held) > 3
        assert explained
        del run, explained
        assert not [one for one in held if one()]
