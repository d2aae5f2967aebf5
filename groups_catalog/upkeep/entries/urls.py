"""The addresses of this room."""

from django.urls import path

from groups_catalog.upkeep.entries import fact_views, group_views, organisation_views

urlpatterns = [
    path("upkeep/groups/new/", group_views.group_new, name="group-new"),
    path("groups/<slug:slug>/edit/", group_views.group_edit, name="group-edit"),
    path("groups/<slug:slug>/status/", group_views.group_status, name="group-status"),
    path("groups/<slug:slug>/copy/", group_views.group_copy, name="group-copy"),
    # An attribute's id holds underscores, which a slug of Django's may.
    path("groups/<slug:slug>/facts/", fact_views.group_facts, name="group-facts"),
    path("groups/<slug:slug>/facts/<slug:attribute>/", fact_views.group_fact, name="group-fact"),
    path("upkeep/organisations/", organisation_views.own_organisations, name="own-organisations"),
    path("upkeep/organisations/new/", organisation_views.organisation_new, name="organisation-new"),
    path("organisations/<slug:slug>/edit/", organisation_views.organisation_edit, name="organisation-edit"),
    path("organisations/<slug:slug>/facts/", fact_views.organisation_facts, name="organisation-facts"),
    path(
        "organisations/<slug:slug>/facts/<slug:attribute>/",
        fact_views.organisation_fact,
        name="organisation-fact",
    ),
]
