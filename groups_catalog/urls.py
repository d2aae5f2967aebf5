"""The catalog's pages, and the rooms where it is kept true."""

from django.urls import include, path

from groups_catalog import views

ROOMS = (
    "groups_catalog.upkeep.desk.urls",
    "groups_catalog.upkeep.entries.urls",
    "groups_catalog.upkeep.history.urls",
    "groups_catalog.upkeep.sample.urls",
    "groups_catalog.upkeep.duplicates.urls",
    "groups_catalog.upkeep.sheets.urls",
    "groups_catalog.upkeep.reports.urls",
    "groups_catalog.feeds.sync.urls",
)
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    *(path("", include(room)) for room in ROOMS),
]
