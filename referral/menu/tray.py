"""The tray: up to four groups to look at more closely. Which ones is an answer too, and is sealed with the rest."""

from dataclasses import replace

from referral.intake.models import Consultation
from referral.intake.services import read_answers, save_answers
from referral.intake.stored import MOST_CHOSEN


def take_group(*, consultation: Consultation, group: str) -> bool:
    """Puts the group into the tray; False where four are in it already. Taking one twice changes nothing."""
    stored = read_answers(consultation)
    if group in stored.chosen:
        return True
    if len(stored.chosen) >= MOST_CHOSEN:
        return False
    save_answers(consultation=consultation, answers=replace(stored, chosen=(*stored.chosen, group)))
    return True


def put_back_group(*, consultation: Consultation, group: str) -> None:
    stored = read_answers(consultation)
    if group in stored.chosen:
        left = tuple(one for one in stored.chosen if one != group)
        save_answers(consultation=consultation, answers=replace(stored, chosen=left))
