"""What the menu knows: whole, in both languages, covering the article's codes; and a mistake in it is told."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.core.management import call_command

from groups_catalog import vocabulary as words
from groups_catalog.reading import Node, read_yaml
from groups_catalog.vocabulary import vocabulary
from referral import knowledge
from referral.knowledge import FOLDER, ContentError, load, load_rules, rules
from referral.knowledge.load import FILES
from referral.matching.model import Answers
from referral.matching.rules import Message
from tests.contract.knowledge_faults import FAULTS, Fault
from tests.engine_factories import a_group, a_menu, the_answers

SIXTEEN_CODES = {
    "Difficulty with strategy",
    "Double trouble",
    "Perceived negative focus",
    "Everything is hinged on addiction",
    "NA presented as the only solution",
    "Negative experiences with sponsor",
    "Anonymity breaches",
    "Conformity pressure",
    "Criticism is not welcomed",
    "Seasoned members not living as they teach",
    "Not able to live up to success criteria",
    "Relapse and negative emotions",
    "Natural course of disengagement",
    "Continued participation has no additional benefits",
    "Participation limits quality of life",
    "Ambivalence about breaking out",
}
UNIVERSAL_SAFETY = {
    "step5-trauma-misread",
    "step5-pressed-to-forgive",
    "unwanted-hugging",
    "victimisation-is-common",
    "wx-unwelcome-advances",
}


def test_the_knowledge_is_in_order() -> None:
    told = StringIO()
    call_command("check_knowledge", stdout=told)
    assert f"Rule set {rules().version}, fingerprint {rules().fingerprint}" in told.getvalue()


def test_all_of_the_evidence_is_carried_over() -> None:
    wider = {message for message in rules().messages if message.startswith("wx-")}
    assert (len(rules().messages) - len(wider), len(wider)) == (73, 8)
    assert len(rules().attributes) == 42
    assert (len(rules().evidence) - 1, "vederhus-2020" in rules().evidence) == (45, True)


def test_there_are_twelve_numbered_questions_and_their_branches() -> None:
    numbers = {question.number for question in rules().questionnaire.questions.values()}
    asked = {int("".join(filter(str.isdigit, number))) for number in numbers if not number.startswith("b")}
    assert asked == set(range(1, 13))


def test_every_question_can_be_skipped_in_two_ways_kept_apart() -> None:
    assert all({"pns", "not_asked"} <= question.option_ids() for question in rules().questionnaire.questions.values())


@pytest.mark.parametrize("file", [*(FOLDER / name for name in FILES), words.PATH], ids=lambda file: file.name)
def test_every_text_is_there_in_english_and_bokmal(file: Path) -> None:
    one_sided = [
        path
        for path, node in nodes(yaml.safe_load(file.read_text("utf-8")))
        if isinstance(node, dict)
        and node.keys() & {"en", "nb"}
        and not (full(node.get("en")) and full(node.get("nb")))
    ]
    assert one_sided == []


def full(written: Any) -> bool:
    return isinstance(written, str) and bool(written.strip())


def nodes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from nodes(member, f"{path}.{key}")


def test_the_sixteen_codes_of_the_articles_table_three_are_all_there() -> None:
    assert {code.label.en for code in rules().codes} == SIXTEEN_CODES
    assert len(rules().codes) == 16


@pytest.mark.parametrize("code", sorted(SIXTEEN_CODES))
def test_each_code_is_covered_by_messages_that_can_be_heard(code: str) -> None:
    covering = next(found.messages for found in rules().codes if found.label.en == code)
    assert covering
    for message_id in covering:
        message = rules().messages[message_id]
        assert message_id in heard(message, answers_for(message))


@pytest.mark.parametrize("message_id", sorted(rules().messages))
def test_every_message_can_be_heard(message_id: str) -> None:
    message = rules().messages[message_id]
    assert message_id in heard(message, answers_for(message))


def answers_for(message: Message) -> Answers:
    """Answers that call for the message and do not hold it back; none where everybody gets it."""
    held_back = {(trigger.question, option) for trigger in message.unless for option in trigger.options}
    for trigger in message.triggers:
        for option in sorted(trigger.options):
            if (trigger.question, option) not in held_back:
                return the_answers(**{trigger.question: option})
    return the_answers()


def heard(message: Message, answers: Answers) -> set[str]:
    """Everything said beside a group that the message speaks of."""
    about = {attribute: sorted(values)[0] for attribute, values in message.applies_to.items()}
    menu = a_menu(answers, [a_group(facts=about)])
    once = (*menu.general.cautions, *menu.general.benefits, *menu.general.advice, *menu.general.clinician)
    return {*once, *(said for entry in menu.entries for said in (*entry.cautions, *entry.benefits))}


def test_the_safety_advice_for_everybody_rests_on_no_answer() -> None:
    safety = {message.id for message in rules().messages.values() if message.universal_safety}
    assert safety == UNIVERSAL_SAFETY
    for message_id in safety:
        message = rules().messages[message_id]
        assert (message.triggers, message.unless, message.shown == "group") == ((), (), False)


def test_every_criterion_and_message_cites_a_source_and_says_what_to_do() -> None:
    for message in rules().messages.values():
        assert message.evidence
        assert message.section or message.strength == "wider"
        assert full(message.mitigation.en)
    for criterion in rules().criteria:
        assert criterion.evidence
        assert full(criterion.limits.en)
        assert full(criterion.weight_reason.en)


def test_no_sensitive_answer_switches_on_a_wish_that_can_lower_a_group() -> None:
    about_health = {"q4_mental_health", "q5_safety_history", "b5_safe", "q6_medicines"}
    lowering = [
        criterion.id
        for criterion in rules().criteria
        for case in criterion.cases
        if {trigger.question for trigger in case.triggers} & about_health
        and (not case.raise_only or (case.conflicts_count and criterion.id != "omt_reception"))
    ]
    assert lowering == []


@cache
def sound(name: str) -> Node:
    """The file as it stands, read once: the faults are many and reading is slow."""
    return read_yaml(FOLDER / name)


def planted(fault: Fault, folder: Path) -> Path:
    """A copy of the knowledge with the mistake in it, once."""
    copy = folder / "knowledge"
    copy.mkdir()
    for name in FILES:
        shutil.copy(FOLDER / name, copy)
    text = (copy / fault.file).read_text("utf-8")
    assert fault.old in text, "the planted fault is stale: the file no longer says this"
    (copy / fault.file).write_text(text.replace(fault.old, fault.new, 1), "utf-8")
    return copy


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_mistake_is_told_with_file_path_and_reason(
    fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = planted(fault, tmp_path)
    monkeypatch.setattr(
        load, "read_yaml", lambda path: read_yaml(path) if path.name == fault.file else sound(path.name)
    )
    with pytest.raises(ContentError) as told:
        load_rules(copy, vocabulary())
    assert str(told.value).startswith(f"{fault.file}: ")
    assert all(part in str(told.value) for part in fault.told), str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told_by_its_name(name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "knowledge")
    (copy / name).unlink()
    with pytest.raises(ContentError, match=name):
        load_rules(copy, vocabulary())


@pytest.fixture
def broken_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fault]:
    """The site with a mistake in its knowledge."""
    fault = FAULTS[0]
    monkeypatch.setattr(knowledge, "FOLDER", planted(fault, tmp_path))
    rules.cache_clear()
    yield fault
    rules.cache_clear()


def test_a_mistake_stops_start_up_with_file_path_and_reason(broken_installation: Fault) -> None:
    ready: Callable[[], None] = apps.get_app_config("referral").ready
    with pytest.raises(SystemExit) as stopped:
        ready()
    assert all(part in str(stopped.value) for part in (broken_installation.file, *broken_installation.told))


def test_check_knowledge_tells_a_mistake_in_one_line_and_fails(broken_installation: Fault) -> None:
    told = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_knowledge", stderr=told)
    assert stopped.value.code == 2
    assert told.getvalue().strip().count("\n") == 0
    assert all(part in told.getvalue() for part in (broken_installation.file, *broken_installation.told))


def test_the_fingerprint_follows_every_file(tmp_path: Path) -> None:
    prints = {rules().fingerprint}
    for name in FILES:
        copy = shutil.copytree(FOLDER, tmp_path / name)
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n# one more line\n")
        prints.add(load_rules(copy, vocabulary()).fingerprint)
    assert len(prints) == 1 + len(FILES)
