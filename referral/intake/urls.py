"""Addresses of the intake. An address holds a random id and a question's name, never an answer."""

from django.urls import path

from referral.intake.views import leaving, one, start, whole

CONSULTATION = "intake/<uuid:consultation>/"
QUESTION = CONSULTATION + "question/<slug:question_id>/"

urlpatterns = [
    path("intake/", start.start, name="intake-start"),
    path(CONSULTATION, whole.intake, name="intake"),
    path(CONSULTATION + "update/", whole.update, name="intake-update"),
    path(CONSULTATION + "one/", whole.hand_over, name="intake-hand-over"),
    path(CONSULTATION + "live/", whole.live, name="intake-live"),
    path(CONSULTATION + "language/", whole.language, name="intake-language"),
    path(QUESTION, one.question, name="intake-question"),
    path(QUESTION + "skip/", one.skip, name="intake-skip"),
    path(QUESTION + "language/", one.language, name="intake-question-language"),
    path("clear-and-leave/", leaving.clear_and_leave, name="clear-and-leave"),
    path("clear-next/", leaving.clear_next, name="clear-next"),
    path("wipe-and-sign-out/", leaving.clear_and_leave, name="sign-out"),
]
