"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("clinics.urls")),
    path("", include("groups_catalog.urls")),
    path("", include("referral.intake.urls")),
    path("", include("referral.menu.urls")),
]
handler400 = "clinics.views.bad_request"
handler403 = "clinics.views.forbidden"
handler404 = "clinics.views.not_found"
handler500 = "clinics.views.server_error"
