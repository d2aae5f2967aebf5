"""The respondents' stories and groups still say what the project's evidence says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario_runner import RESPONDENTS, SCENARIOS

EVIDENCE = Path(__file__).parents[3] / "shared" / "evidence"
CARRIED = ("id", "when", "answers", "expect_high", "expect_above", "expect_cautions", "must_not_exclude", "reason")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EVIDENCE.is_dir(), reason="the project's shared evidence folder is not beside this one"),
]


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def test_the_sixteen_snapshots_are_those_of_the_evidence() -> None:
    respondents = read(EVIDENCE / "seed_kb.yaml")["respondents"]
    expected = [as_carried(snapshot, person["id"]) for person in respondents for snapshot in person["snapshots"]]
    assert read(SCENARIOS / RESPONDENTS)["stories"] == expected


def test_the_groups_of_the_stories_are_those_of_the_evidence() -> None:
    expected = read(EVIDENCE / "respondents_catalogue.yaml")["groups"]
    assert read(SCENARIOS / "respondents_groups.yaml")["groups"] == expected


def as_carried(snapshot: dict[str, Any], respondent: str) -> dict[str, Any]:
    """What is carried over of a snapshot; for Kari, the AA where touch is rare is meant."""
    if respondent != "kari":
        return {key: snapshot[key] for key in CARRIED}
    return {key: meant_for_kari(snapshot[key]) for key in CARRIED}


def meant_for_kari(value: Any) -> Any:
    if isinstance(value, list):
        return [meant_for_kari(member) for member in value]
    return "aa_kari" if value == "aa" else value
