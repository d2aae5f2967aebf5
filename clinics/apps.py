"""People, clinics and the shell of the site."""

from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "clinics"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Clinics and people"

    def ready(self) -> None:
        # Importing registers the system checks.
        from clinics import checks  # noqa: F401
