"""docs/matching.md and measured.json are what the rules give today; `manage.py write_matching_doc` writes them."""

from pathlib import Path

import pytest
from django.core.management import call_command

from referral.intake.branches import asked
from referral.knowledge import rules
from referral.management.commands import write_matching_doc as command
from referral.matching_doc.balance import made_up_answers
from referral.matching_doc.document import document
from referral.matching_doc.measured import PATH, Measured, measured
from referral.matching_doc.measuring import measure
from referral.matching_doc.stories import read_stories
from referral.offline.answers_file import problem_with

REMEDY = "stale: run `manage.py write_matching_doc`, and look at what moved"


@pytest.fixture(scope="module")
def fresh() -> Measured:
    return measure(read_stories(command.STORIES, rules()), rules())


def test_the_figures_are_those_of_todays_rules(fresh: Measured) -> None:
    assert PATH.read_text("utf-8") == fresh.to_json(), REMEDY


def test_the_document_is_that_of_todays_rules(fresh: Measured) -> None:
    assert command.DOCUMENT.read_text("utf-8") == document(rules(), fresh), REMEDY


def test_figures_read_back_are_the_same() -> None:
    assert Measured.from_json(measured().to_json()) == measured()


def test_the_sixteen_stories_are_measured_for_every_criterion(fresh: Measured) -> None:
    assert fresh.stories == 16
    assert list(fresh.criteria) == [criterion.id for criterion in rules().criteria]
    assert all(swing.doubled <= swing.on and swing.dropped <= swing.on for swing in fresh.criteria.values())


def test_the_measure_notices_a_weight_that_matters_and_one_that_never_speaks(fresh: Measured) -> None:
    assert fresh.criteria["touch"].dropped > 0
    assert fresh.criteria["situation_lgbt"].on == 0


def test_the_command_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATH", tmp_path / "measured.json")
    monkeypatch.setattr(command, "DOCUMENT", tmp_path / "matching.md")
    call_command("write_matching_doc")
    assert (tmp_path / "measured.json").read_text("utf-8") == PATH.read_text("utf-8")
    assert (tmp_path / "matching.md").read_text("utf-8").startswith("# How the menu is made")


def test_the_command_names_the_missing_stories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("write_matching_doc", stories=tmp_path)
    assert stopped.value.code == 2
    assert "respondents.yaml: the file is not there" in capsys.readouterr().err


@pytest.mark.parametrize("number", range(40))
def test_made_up_answers_could_have_been_given(number: int) -> None:
    questionnaire = rules().questionnaire
    choices = made_up_answers(number, rules()).choices
    assert set(choices) <= set(asked(questionnaire, choices))
    assert not [q for q, chosen in choices.items() if problem_with(questionnaire.questions[q], chosen)]


def test_made_up_answers_differ_and_come_back_the_same() -> None:
    assert made_up_answers(1, rules()) != made_up_answers(2, rules())
    assert made_up_answers(1, rules()) == made_up_answers(1, rules())
