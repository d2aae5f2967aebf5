"""Where Django looks for the models of this app; each lives in its own room."""

from referral.intake.models import Consultation

__all__ = ["Consultation"]
