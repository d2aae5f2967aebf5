"""The demo's sign-ins, shown on the sign-in page of a demo and nowhere else."""

from django.conf import settings

from clinics.models import Membership

# Not a secret: it stands on the demo's own sign-in page. A real clinic has no such people.
DEMO_PASSWORD = "veivalg-demo-2026"  # noqa: S105


def demo_people() -> list[Membership]:
    """Those who can sign in to an invented clinic; empty outside the demo."""
    return list(Membership.of_invented_clinics()) if settings.DEMO else []
