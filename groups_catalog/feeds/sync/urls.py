"""The addresses of this room."""

from django.urls import path

from groups_catalog.feeds.sync.views import runs, sources

RUN = "upkeep/feeds/runs/<uuid:pk>/"
urlpatterns = [
    path("upkeep/feeds/", sources.feeds, name="feeds"),
    path("upkeep/feeds/new/", sources.feed_new, name="feed-new"),
    path("upkeep/feeds/template.xlsx", sources.feed_template, name="feed-template"),
    path("upkeep/feeds/<int:pk>/", sources.feed, name="feed"),
    path("upkeep/feeds/<int:pk>/settings/", sources.feed_settings, name="feed-settings"),
    path("upkeep/feeds/<int:pk>/ask-again/", sources.feed_ask_again, name="feed-ask-again"),
    path(RUN, runs.feed_run, name="feed-run"),
    path(f"{RUN}decide/", runs.feed_run_decide, name="feed-run-decide"),
    path(f"{RUN}apply/", runs.feed_run_apply, name="feed-run-apply"),
    path(f"{RUN}cancel/", runs.feed_run_cancel, name="feed-run-cancel"),
    path(f"{RUN}release/", runs.feed_run_release, name="feed-run-release"),
    path(f"{RUN}again/", runs.feed_run_again, name="feed-run-again"),
    path(f"{RUN}undo/", runs.feed_run_undo, name="feed-run-undo"),
    path(f"{RUN}columns/", runs.feed_columns, name="feed-columns"),
]
