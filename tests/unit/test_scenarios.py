"""Clinical stories: the sixteen snapshots of the article's respondents, and our own that attack the engine."""

import pytest

from tests.scenario_runner import Story, broken, broken_in_respondent, respondents, stories


@pytest.mark.parametrize("story", respondents(), ids=lambda story: story.id)
def test_what_a_respondent_needed_to_see_stands_on_the_menu(story: Story) -> None:
    assert broken_in_respondent(story) == []


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.id)
def test_the_menu_keeps_the_story(story: Story) -> None:
    assert broken(story) == []


def test_there_are_sixteen_snapshots_of_ten_respondents() -> None:
    ids = [story.id for story in respondents()]
    assert len(set(ids)) == 16
    assert len({story_id.split("-")[0] for story_id in ids}) == 10


def test_there_are_at_least_twenty_four_stories_of_our_own_each_with_its_own_name() -> None:
    ids = [story.id for story in stories()]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 24


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.id)
def test_a_clinician_can_read_what_the_story_is_about(story: Story) -> None:
    assert len(story.told["when"].split()) >= 6
    assert len(story.told["reason"].split()) >= 4
