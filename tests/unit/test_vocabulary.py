"""The vocabulary is complete, and a faulty one is refused with file, path and reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from groups_catalog.vocabulary import PATH, Attribute, VocabularyError, load_vocabulary, vocabulary

FAULTS: list[tuple[str, Callable[[str], str], str]] = [
    (
        "a missing translation",
        lambda text: text.replace(
            "label: {en: What happens in a meeting, nb: Hva som skjer på et møte}", "label: {en: What}"
        ),
        "vocabulary.yaml: attributes[meeting_format].label: nb is missing",
    ),
    (
        "an unquoted no",
        lambda text: text.replace("- id: 'no'", "- id: no", 1),
        "is False, not text; put it in quotation marks",
    ),
    (
        "an id used twice",
        lambda text: text.replace("- id: problem_focus", "- id: kind", 1),
        "the id kind is used twice",
    ),
    (
        "a flag that is no flag",
        lambda text: text.replace("many: false", "many: perhaps", 1),
        "vocabulary.yaml: attributes[kind].many: is not true, false or null",
    ),
    (
        "a rule of inheritance that does not exist",
        lambda text: text.replace("inherit: never", "inherit: sometimes", 1),
        ".inherit: 'sometimes' is not one of yes_inherit, written, never",
    ),
    (
        "an attribute without values",
        lambda text: text.replace("  date: true\n", ""),
        "attributes[verified_on]: needs values, or date: true and no values",
    ),
    (
        "a key written twice",
        lambda text: text.replace("  many: false", "  many: false\n  many: true", 1),
        "many is written twice",
    ),
    ("a file that is no YAML", lambda _text: "attributes: [", "vocabulary.yaml: line "),
    ("an empty file", lambda _text: "", "vocabulary.yaml: is not a group of key: value lines"),
    ("no list of attributes", lambda _text: "attributes: 3", "vocabulary.yaml: attributes: is not a list"),
]


def all_attributes() -> list[Attribute]:
    return list(vocabulary().attributes.values())


def test_there_are_forty_two_attributes() -> None:
    assert len(all_attributes()) == 42


def test_only_the_date_of_the_last_check_holds_no_values() -> None:
    assert [attribute.id for attribute in all_attributes() if not attribute.values] == ["verified_on"]
    assert "verified_on" not in {attribute.id for attribute in vocabulary().askable()}


def test_no_value_means_unknown() -> None:
    assert all("unknown" not in attribute.values for attribute in all_attributes())


def test_touch_trauma_reception_and_rank_never_travel() -> None:
    never = {attribute.id for attribute in all_attributes() if attribute.inherit == "never"}
    assert {"touch_custom", "trauma_practice", "lapse_reception_observed", "hierarchy_observed"} <= never


def test_the_vocabulary_is_read_once() -> None:
    assert vocabulary() is vocabulary()


@pytest.mark.parametrize(("name", "spoil", "told"), FAULTS, ids=[name for name, _spoil, _told in FAULTS])
def test_a_faulty_vocabulary_is_told(name: str, spoil: Callable[[str], str], told: str, tmp_path: Path) -> None:
    text = PATH.read_text("utf-8")
    spoiled = spoil(text)
    assert spoiled != text
    path = tmp_path / "vocabulary.yaml"
    path.write_text(spoiled, "utf-8")
    with pytest.raises(VocabularyError) as problem:
        load_vocabulary(path)
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"vocabulary\.yaml: the file is not there"):
        load_vocabulary(tmp_path / "vocabulary.yaml")
