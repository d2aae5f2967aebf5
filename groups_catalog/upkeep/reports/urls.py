"""The addresses of this room. The short one is printed on paper, so it stays as it is."""

from django.urls import path

from groups_catalog.upkeep.reports import views

urlpatterns = [
    path("groups/<slug:slug>/report/", views.group_report, name="group-report"),
    path("upkeep/reports/", views.reports, name="reports"),
    path("upkeep/reports/let-through/", views.reports_let_through, name="reports-let-through"),
    path("upkeep/reports/<int:pk>/", views.report_decide, name="report-decide"),
    path("r/thanks/", views.public_report_thanks, name="public-report-thanks"),
    path("r/<slug:code>/", views.public_report, name="public-report"),
]
