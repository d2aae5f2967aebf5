"""`manage.py recommend`, as other programs rely on it (design §8): shape, errors, replay, and no database."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from referral.knowledge import rules
from tests.contract.bad_files import BAD_ANSWERS, BAD_CATALOGS, ONE_GROUP, SAID
from tests.scenario_runner import SCENARIOS

ROOT = Path(__file__).parents[2]
GROUPS = SCENARIOS / "respondents_groups.yaml"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return written(tmp_path / "answers.json", SAID)


def written(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def run(catalog: Path, answers: Path, *options: str) -> str:
    told = StringIO()
    call_command("recommend", "--catalog", catalog, "--answers", answers, *options, stdout=told)
    return told.getvalue()


def as_json(catalog: Path, answers: Path, *options: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run(catalog, answers, "--format", "json", *options))
    return data


# --- the shape ---


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_ids(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def is_value(value: Any) -> bool:
    return value is None or is_text(value) or (is_ids(value) and len(value) > 1)


def one_of(*allowed: Any) -> Callable[[Any], bool]:
    return lambda value: value in allowed


def is_ask(ask: Any) -> bool:
    return {"attribute", "text"} <= ask.keys() <= {"attribute", "text", "message"} and all(map(is_text, ask.values()))


def is_change(change: Any) -> bool:
    of_a_fact = (
        change.keys() == {"fact", "value", "groups"} and is_value(change["value"]) and is_ids(change["groups"])
    )
    return of_a_fact or (change.keys() == {"answer", "options"} and is_ids(change["options"]))


BANDS = one_of("fits_most", "fits_some", "not_yet_known", "fits_few", "not_ranked")
FINDING = {
    "criterion": is_text,
    "verdict": one_of("fits", "partly", "conflicts", "not_known"),
    "answers": is_ids,
    "attribute": is_text,
    "value": is_value,
    "basis": one_of("stated", "observed", None),
    "observed_on": lambda value: value is None or is_text(value),
    "weight": is_whole,
    "evidence": is_ids,
}
ENTRY = {
    "groups": is_ids,
    "lane": one_of("addiction", "in_addition", "next_of_kin"),
    "band": BANDS,
    "place": is_whole,
    "pinned": one_of(True, False),
    "findings": lambda value: all(keeps(found, FINDING) for found in value),
    "cautions": is_ids,
    "benefits": is_ids,
    "shown": is_ids,
    "asks": lambda value: all(map(is_ask, value)),
    "moves": lambda value: all(keeps(move, MOVE) for move in value),
}
MOVE = {"change": is_change, "band": BANDS, "place": is_whole}
MENU = {
    "ruleset": lambda value: keeps(value, {"version": is_text, "fingerprint": is_text}),
    "seed": is_whole,
    "today": is_text,
    "entries": lambda value: all(keeps(entry, ENTRY) for entry in value),
    "out_of_reach": lambda value: all(keeps(gone, {"group": is_text, "reason": is_text}) for gone in value),
    "general": lambda value: keeps(value, dict.fromkeys(("cautions", "benefits", "advice", "clinician"), is_ids)),
    "not_used": is_ids,
}


def keeps(value: Any, shape: Mapping[str, Callable[[Any], bool]]) -> bool:
    """Exactly these keys, each with such a value."""
    assert isinstance(value, dict)
    assert value.keys() == shape.keys()
    wrong = [key for key, holds in shape.items() if not holds(value[key])]
    assert wrong == [], value
    return True


def test_the_json_has_exactly_the_promised_shape(answers: Path) -> None:
    menu = as_json(GROUPS, answers, "--seed", "7", "--today", "2026-11-22")
    assert keeps(menu, MENU)
    assert (menu["seed"], menu["today"]) == (7, "2026-11-22")
    assert menu["ruleset"] == {"version": rules().version, "fingerprint": rules().fingerprint}


def test_the_menu_has_findings_asks_and_moves_of_both_kinds_to_show_that_shape(answers: Path) -> None:
    entries = as_json(GROUPS, answers)["entries"]
    assert {len(found["answers"]) > 0 for entry in entries for found in entry["findings"]} == {True}
    assert {"message" in ask for entry in entries for ask in entry["asks"]} == {True, False}
    assert {"fact" in move["change"] for entry in entries for move in entry["moves"]} == {True, False}


def test_a_group_with_everything_told_of_it_is_read(tmp_path: Path, answers: Path) -> None:
    (entry,) = as_json(written(tmp_path / "c.json", {"groups": [ONE_GROUP]}), answers)["entries"] or [None]
    touch = next(found for found in entry["findings"] if found["criterion"] == "touch")
    assert (touch["verdict"], touch["value"], touch["basis"], touch["observed_on"]) == (
        "fits",
        "ask_first",
        "observed",
        "2026-05",
    )


def test_a_group_that_no_meeting_brings_in_reach_is_told_with_the_reason(tmp_path: Path) -> None:
    catalog = written(tmp_path / "c.json", {"groups": [ONE_GROUP]})
    weekends = written(tmp_path / "a.json", {"answers": {"q12_times": ["weekend"]}})
    menu = as_json(catalog, weekends)
    assert menu["entries"] == []
    assert [gone["group"] for gone in menu["out_of_reach"]] == ["valley"]


def test_no_answers_at_all_give_a_menu_that_ranks_nothing(tmp_path: Path) -> None:
    menu = as_json(GROUPS, written(tmp_path / "a.yaml", "answers: {}\n"))
    assert {(entry["band"], entry["place"]) for entry in menu["entries"]} == {("not_ranked", 1)}
    assert set(menu["not_used"]) == set(rules().questionnaire.questions)


def test_the_text_names_every_group_in_both_languages(answers: Path) -> None:
    labels = [group["label"] for group in yaml.safe_load(GROUPS.read_text("utf-8"))["groups"]]
    english, bokmal = run(GROUPS, answers), run(GROUPS, answers, "--language", "nb")
    assert all(label in english and label in bokmal for label in labels)
    assert "Fits most" in english
    assert "Passer med det meste" in bokmal


# --- the same menu again ---


def test_yaml_and_json_give_the_same_bytes(tmp_path: Path, answers: Path) -> None:
    catalog = written(tmp_path / "c.json", yaml.safe_load(GROUPS.read_text("utf-8")))
    in_yaml = written(tmp_path / "a.yaml", yaml.safe_dump(SAID))
    one, other = (
        run(c, a, "--format", "json", "--today", "2026-11-22") for c, a in ((GROUPS, in_yaml), (catalog, answers))
    )
    assert one == other


def test_the_language_changes_texts_only(answers: Path) -> None:
    english, bokmal = as_json(GROUPS, answers), as_json(GROUPS, answers, "--language", "nb")
    assert english != bokmal
    assert without_texts(english) == without_texts(bokmal)


def without_texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_texts(value) for key, value in data.items() if key not in ("text", "reason")}
    return [without_texts(value) for value in data] if isinstance(data, list) else data


def test_another_seed_changes_the_order_of_equals_and_nothing_else(tmp_path: Path) -> None:
    nothing = written(tmp_path / "a.json", {"answers": {}})
    menus = [as_json(GROUPS, nothing, "--seed", str(seed)) for seed in range(1, 6)]
    orders = {tuple(entry["groups"][0] for entry in menu["entries"] if not entry["pinned"]) for menu in menus}
    assert len(orders) > 1
    assert len({frozenset(entry["groups"][0] for entry in menu["entries"]) for menu in menus}) == 1


# --- bad input ---


def refusal(catalog: Path, answers: Path) -> str:
    """The one line that is said before the command ends with 2."""
    told, nothing = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("recommend", "--catalog", catalog, "--answers", answers, stdout=nothing, stderr=told)
    assert ended.value.code == 2
    assert nothing.getvalue() == ""
    assert told.getvalue().strip().count("\n") == 0
    return told.getvalue()


@pytest.mark.parametrize("name", BAD_CATALOGS)
def test_a_bad_catalog_is_refused_in_one_line_with_file_path_and_reason(
    name: str, tmp_path: Path, answers: Path
) -> None:
    content, parts = BAD_CATALOGS[name]
    line = refusal(written(tmp_path / "groups.yaml", content), answers)
    assert line.startswith("groups.yaml: ")
    assert all(part in line for part in parts), line


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_bad_answers_are_refused_in_one_line_with_file_path_and_reason(name: str, tmp_path: Path) -> None:
    content, parts = BAD_ANSWERS[name]
    line = refusal(GROUPS, written(tmp_path / "said.yaml", content))
    assert line.startswith("said.yaml: ")
    assert all(part in line for part in parts), line


def test_a_file_that_is_not_there_is_named(tmp_path: Path, answers: Path) -> None:
    assert refusal(tmp_path / "nowhere.yaml", answers).startswith("nowhere.yaml: the file is not there")
    assert refusal(GROUPS, tmp_path / "nowhere.json").startswith("nowhere.json: the file is not there")


def test_a_folder_is_not_a_file(tmp_path: Path, answers: Path) -> None:
    assert "is a folder" in refusal(tmp_path, answers)
    assert "is a folder" in refusal(GROUPS, tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, answers: Path) -> None:
    (tmp_path / "picture.yaml").write_bytes(b"\xff\xfe\x00\x89PNG")
    assert refusal(tmp_path / "picture.yaml", answers).startswith("picture.yaml: ")


def test_a_date_or_language_nobody_knows_is_refused(answers: Path) -> None:
    with pytest.raises(CommandError, match="not a date"):
        run(GROUPS, answers, "--today", "22.11.2026")
    with pytest.raises(CommandError, match="invalid choice"):
        run(GROUPS, answers, "--language", "sv")


# --- from outside ---


REPLAYED = ("--format", "json", "--seed", "3", "--today", "2026-11-22")


def from_outside(catalog: Path, answers: Path, hash_seed: str) -> "subprocess.CompletedProcess[str]":
    """The command as another program runs it, with a database that nobody answers for."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "recommend", "--catalog", catalog, "--answers", answers, *REPLAYED],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:9/none",
            "PYTHONHASHSEED": hash_seed,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_needs_no_database_and_repeats_itself_byte_for_byte(answers: Path) -> None:
    one, other = (from_outside(GROUPS, answers, hash_seed) for hash_seed in ("1", "2"))
    assert (one.returncode, one.stderr) == (0, "")
    assert one.stdout == other.stdout
    assert keeps(json.loads(one.stdout), MENU)


def test_from_outside_too_a_refusal_is_one_line_and_a_two(tmp_path: Path, answers: Path) -> None:
    refused = from_outside(tmp_path / "nowhere.yaml", answers, "1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "nowhere.yaml: the file is not there\n"
