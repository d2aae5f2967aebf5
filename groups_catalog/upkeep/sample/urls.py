"""The addresses of this room."""

from django.urls import path

from groups_catalog.upkeep.sample import views

urlpatterns = [
    path("upkeep/sample/", views.samples, name="samples"),
    path("upkeep/sample/draw/", views.sample_draw, name="sample-draw"),
    path("upkeep/sample/<int:pk>/", views.sample, name="sample"),
    path("upkeep/sample/<int:pk>/calls/<int:call>/", views.sample_call, name="sample-call"),
]
