"""The addresses of this room."""

from django.urls import path, re_path

from groups_catalog.upkeep.sheets import views

urlpatterns = [
    re_path(r"^upkeep/catalog\.(?P<kind>xlsx|csv)$", views.catalog_export, name="catalog-export"),
    path("upkeep/spreadsheet/", views.sheet_import, name="sheet-import"),
    path("upkeep/spreadsheet/<uuid:pk>/", views.sheet, name="sheet"),
    path("upkeep/spreadsheet/<uuid:pk>/take-over/", views.sheet_apply, name="sheet-apply"),
]
