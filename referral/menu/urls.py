"""Addresses of the menu. An address holds a random id and a group's name in the catalog, never an answer."""

from django.urls import path

from referral.menu import how_views, views

CONSULTATION = "menu/<uuid:consultation>/"

urlpatterns = [
    path("how/", how_views.how, name="how"),
    path(CONSULTATION, views.menu, name="menu"),
    path(CONSULTATION + "all/", views.everything, name="menu-all"),
    path(CONSULTATION + "anyway/", views.anyway, name="menu-anyway"),
    path(CONSULTATION + "choose/", views.choose, name="menu-choose"),
    path(CONSULTATION + "put-back/", views.put_back, name="menu-put-back"),
]
