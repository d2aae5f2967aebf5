"""The addresses of this room."""

from django.urls import URLPattern, path

from groups_catalog.upkeep.history import change_views, draft_views, views
from groups_catalog.upkeep.history.entries import GROUP, ORGANISATION


def of_an_entry(kind: str) -> list[URLPattern]:
    """A group and an organisation have the same pages."""
    own = f"{kind}s/<slug:slug>"
    about = {"kind": kind}
    return [
        path(f"{own}/history/", views.history, about, name=f"{kind}-history"),
        path(f"{own}/history/<int:number>/", views.version, about, name=f"{kind}-version"),
        path(f"{own}/history/<int:number>/restore/", views.restore, about, name=f"{kind}-restore"),
        path(f"{own}/conflict/", views.conflict, about, name=f"{kind}-conflict"),
    ]


urlpatterns: list[URLPattern] = [
    *of_an_entry(GROUP),
    *of_an_entry(ORGANISATION),
    path("upkeep/changes/", change_views.changes, name="changes"),
    path("upkeep/changes/<int:pk>/", change_views.change, name="change"),
    path("upkeep/changes/<int:pk>/undo/", change_views.undo_change, name="change-undo"),
    path("upkeep/drafts/", draft_views.drafts, name="drafts"),
    path("upkeep/drafts/<int:pk>/", draft_views.draft, name="draft"),
    path("upkeep/drafts/<int:pk>/decide/", draft_views.draft_decide, name="draft-decide"),
    path("upkeep/settings/", draft_views.clinic_settings, name="clinic-settings"),
]
