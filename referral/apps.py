"""The journey of one consultation: intake, menu and what the menu rests on."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "referral"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Intake and menu"

    def ready(self) -> None:
        """Reads the knowledge once; a mistake in it stops the site with file, path and reason."""
        from referral.knowledge import ContentError, rules

        try:
            rules()
        except ContentError as wrong:
            raise SystemExit(f"The knowledge is not in order. {wrong}") from None
