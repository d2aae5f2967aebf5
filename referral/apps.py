"""The journey of one consultation: intake, menu and what the menu rests on."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "referral"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Intake and menu"
