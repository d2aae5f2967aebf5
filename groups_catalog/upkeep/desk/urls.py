"""The addresses of this room."""

from django.urls import path

from groups_catalog.upkeep.desk import views

urlpatterns = [
    path("upkeep/", views.desk, name="upkeep"),
    path("upkeep/check/", views.check, name="upkeep-check"),
]
