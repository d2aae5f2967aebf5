"""Home, sign-in and the pages around it.

Of allauth only two views are mounted; sign-up, e-mail, password reset and the rest have no address at all. Signing
out wipes the answers too, so it lives with the intake.
"""

from django.urls import path
from django.views.i18n import set_language

from clinics import views

urlpatterns = [
    path("", views.home, name="home"),
    path("left/", views.left, name="left"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/changed/", views.password_changed, name="password-changed"),
]
