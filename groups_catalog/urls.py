"""The catalog's pages."""

from django.urls import path

from groups_catalog import views

urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
]
