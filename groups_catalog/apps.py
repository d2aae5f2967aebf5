"""What groups exist, when they meet, and where each fact came from."""

from django.apps import AppConfig


class GroupsCatalogConfig(AppConfig):
    name = "groups_catalog"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Groups"
