"""The addresses of this room."""

from django.urls import path

from groups_catalog.upkeep.duplicates import views

urlpatterns = [
    path("upkeep/duplicates/", views.duplicates, name="duplicates"),
    path("upkeep/duplicates/<slug:first>/<slug:second>/", views.merge, name="merge"),
    path("upkeep/not-duplicates/", views.not_duplicates, name="not-duplicates"),
    path("upkeep/not-duplicates/<int:pk>/take-back/", views.maybe_duplicates, name="maybe-duplicates"),
    path("upkeep/merges/<int:pk>/undo/", views.unmerge, name="unmerge"),
    path("groups/<slug:slug>/merge/", views.merge_choose, name="merge-choose"),
]
