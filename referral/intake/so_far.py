"""The panel «The menu so far»: how many groups stand in each band. The total never shrinks."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from referral.intake import pages
from referral.intake.models import Consultation
from referral.intake.stored import StoredAnswers
from referral.menu.wording import BANDS

OUT_OF_REACH = _("Out of reach, still shown with the reason")
REASONS: dict[str, Promise] = {
    "out_of_reach.language": _("for the language"),
    "out_of_reach.access": _("for what a place must have"),
    "out_of_reach.membership": _("for who may come"),
    "out_of_reach.time": _("for the time"),
}


@dataclass(frozen=True, slots=True)
class Row:
    label: Promise
    count: int
    reasons: tuple[tuple[Promise, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SoFar:
    rows: tuple[Row, ...]
    total: int
    answered: int
    questions: int


def so_far(consultation: Consultation, clinic: Clinic, stored: StoredAnswers, today: date) -> SoFar:
    counts = _band_counts(clinic, stored, consultation.seed, today)
    reasons = tuple((label, counts[key]) for key, label in REASONS.items() if counts.get(key))
    rows = [Row(label, counts.get(band, 0)) for band, label in BANDS.items()]
    if counts.get("out_of_reach"):
        rows.append(Row(OUT_OF_REACH, counts["out_of_reach"], reasons))
    answered, questions = pages.answered(stored)
    return SoFar(tuple(rows), sum(row.count for row in rows), answered, questions)


def _band_counts(clinic: Clinic, stored: StoredAnswers, seed: int, today: date) -> dict[str, int]:
    # The menu imports this room's services, so it is imported when it is needed.
    from referral.menu.service import band_counts

    return band_counts(clinic=clinic, stored=stored, seed=seed, today=today)
