"""Every guard has a planted fault: each story names a one-line fault in the engine, and fails on it."""

import importlib
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from referral.matching.model import Answers, Group, Menu
from referral.matching.rules import RuleSet
from tests.engine_factories import TODAY
from tests.scenario_runner import Engine, Story, broken, stories

ENGINE = Path(__file__).parents[2] / "referral" / "matching"
NAME = "mutant_engine"


def test_every_story_names_the_fault_it_catches() -> None:
    assert all({"file", "old", "new"} == story.told["kills"].keys() for story in stories())


def test_the_faults_are_of_many_kinds() -> None:
    faults = {(story.told["kills"]["file"], story.told["kills"]["old"]) for story in stories()}
    assert len(faults) >= 24
    assert len({file for file, _ in faults}) >= 7


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Path]:
    """A copy of the engine under a name of its own; the knowledge stays the real one."""
    folder = tmp_path / NAME
    shutil.copytree(ENGINE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in folder.glob("*.py"):
        file.write_text(renamed(file.read_text("utf-8")), "utf-8")
    sys.path.insert(0, str(tmp_path))
    yield folder
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]


def renamed(source: str) -> str:
    """The rules keep their place: what the knowledge is made of must be what the engine compares it with."""
    return source.replace("referral.matching", NAME).replace(f"{NAME}.rules", "referral.matching.rules")


def engine_of(folder: Path) -> Engine:
    importlib.invalidate_caches()
    engine = importlib.import_module(folder.name)
    answers_of = importlib.import_module(f"{folder.name}.model").Answers

    def run(answers: Answers, groups: Sequence[Group], known: RuleSet) -> Menu:
        menu: Menu = engine.recommend(
            answers_of(answers.choices, answers.matters_most), groups, known, today=TODAY, seed=1
        )
        return menu

    return run


def test_the_copy_itself_keeps_every_story(copied: Path) -> None:
    engine = engine_of(copied)
    assert {story.id: problems for story in stories() if (problems := broken(story, engine))} == {}


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.id)
def test_the_story_fails_on_the_fault_it_names(story: Story, copied: Path) -> None:
    fault = story.told["kills"]
    file = copied / fault["file"]
    sound = file.read_text("utf-8")
    assert fault["old"] in sound, "the fault is stale: the engine no longer says this"
    assert fault["file"] != "rules.py"
    file.write_text(sound.replace(fault["old"], fault["new"]), "utf-8")
    assert broken(story, engine_of(copied))
