"""Sealed answers open only where they belong."""

import pytest

from referral.intake.sealing import BrokenSealError, seal, unseal
from referral.intake.stored import BLOCK_BYTES, StoredAnswers

OLD, NEW = b"o" * 32, b"n" * 32
HERE, ELSEWHERE = b"consultation one", b"consultation two"


def test_what_is_sealed_opens_again() -> None:
    payload = seal(b"the answers", context=HERE, keys=[NEW])
    assert unseal(payload, context=HERE, keys=[NEW]) == b"the answers"


def test_the_payload_does_not_show_what_was_sealed() -> None:
    assert b"answers" not in seal(b"the answers", context=HERE, keys=[NEW])


def test_the_same_answers_are_never_sealed_alike() -> None:
    assert seal(b"same", context=HERE, keys=[NEW]) != seal(b"same", context=HERE, keys=[NEW])


def test_a_payload_moved_to_another_consultation_does_not_open() -> None:
    payload = seal(b"the answers", context=HERE, keys=[NEW])
    with pytest.raises(BrokenSealError):
        unseal(payload, context=ELSEWHERE, keys=[NEW])


def test_after_a_change_of_keys_old_answers_still_open() -> None:
    payload = seal(b"the answers", context=HERE, keys=[OLD])
    assert unseal(payload, context=HERE, keys=[NEW, OLD]) == b"the answers"


def test_after_a_change_of_keys_new_answers_are_sealed_with_the_first() -> None:
    payload = seal(b"the answers", context=HERE, keys=[NEW, OLD])
    assert unseal(payload, context=HERE, keys=[NEW]) == b"the answers"


def test_without_its_key_a_payload_does_not_open() -> None:
    payload = seal(b"the answers", context=HERE, keys=[OLD])
    with pytest.raises(BrokenSealError):
        unseal(payload, context=HERE, keys=[NEW])


def test_any_changed_byte_breaks_the_seal() -> None:
    payload = seal(b"the answers", context=HERE, keys=[NEW])
    for place in range(len(payload)):
        changed = bytearray(payload)
        changed[place] ^= 1
        with pytest.raises(BrokenSealError):
            unseal(bytes(changed), context=HERE, keys=[NEW])


@pytest.mark.parametrize("length", [0, 5, 9, 20, 21, 36])
def test_a_shortened_payload_breaks_the_seal(length: int) -> None:
    payload = seal(b"the answers", context=HERE, keys=[NEW])
    with pytest.raises(BrokenSealError):
        unseal(payload[:length], context=HERE, keys=[NEW])


def test_a_broken_seal_says_nothing_of_the_answers() -> None:
    payload = seal(b"canary", context=HERE, keys=[NEW])
    with pytest.raises(BrokenSealError) as broken:
        unseal(payload, context=ELSEWHERE, keys=[NEW])
    assert "canary" not in str(broken.value)
    assert broken.value.__cause__ is None


def some_answers() -> StoredAnswers:
    return StoredAnswers(
        choices={"q9_avoid": frozenset({"touch", "speaking"}), "q2_goal": frozenset({"not_asked"})},
        matters_most=frozenset({"q9_avoid"}),
        place="Heivik",
        chosen=("b-group", "a-group"),
        opened=frozenset({"b5_safe"}),
        untouched=frozenset({"q2_goal"}),
    )


def test_stored_answers_survive_the_way_to_bytes_and_back() -> None:
    assert StoredAnswers.from_bytes(some_answers().to_bytes()) == some_answers()


def test_the_same_answers_give_the_same_bytes() -> None:
    assert some_answers().to_bytes() == some_answers().to_bytes()


def test_the_length_does_not_tell_how_much_was_answered() -> None:
    assert len(some_answers().to_bytes()) == len(StoredAnswers().to_bytes()) == BLOCK_BYTES


def test_stored_answers_do_not_show_themselves() -> None:
    shown = repr(some_answers()) + str(some_answers())
    assert "touch" not in shown
    assert "Heivik" not in shown


def test_a_consultation_holds_four_chosen_groups_at_most() -> None:
    with pytest.raises(ValueError, match="four"):
        StoredAnswers(chosen=("a", "b", "c", "d", "e"))
