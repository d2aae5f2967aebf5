"""Home, sign-in and the pages around it.

Of allauth only three views are mounted. Sign-up, e-mail, password reset and the rest have no address at all.
"""

from allauth.account.views import logout
from django.urls import path
from django.views.i18n import set_language

from clinics import views

urlpatterns = [
    path("", views.home, name="home"),
    path("left/", views.left, name="left"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/changed/", views.password_changed, name="password-changed"),
]
