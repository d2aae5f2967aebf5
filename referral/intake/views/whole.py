"""All questions on one page, for the professional's screen."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clinics.access import MemberRequest
from referral.intake import pages, places
from referral.intake.access import own_consultation
from referral.intake.forms import IntakeForm
from referral.intake.languages import chosen_language, speaking
from referral.intake.models import Consultation
from referral.intake.services import read_answers, save_answers
from referral.intake.so_far import so_far
from referral.intake.widgets import listed


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def intake(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    if request.method == "POST":
        return _save(request, consultation, then=redirect("menu", consultation.pk))
    return _page(request, consultation, pages.whole_form(read_answers(consultation)))


@require_POST
@own_consultation
def update(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    """Without script: saves, and opens the page again with its branches."""
    return _save(request, consultation, then=redirect("intake", consultation.pk))


@require_POST
@own_consultation
def hand_over(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    """Saves, and goes on with one question at a time."""
    first = pages.open_now(read_answers(consultation))[0]
    return _save(request, consultation, then=redirect("intake-question", consultation.pk, first))


@require_POST
@own_consultation
def language(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    with chosen_language(request) as code:
        return speaking(code, _save(request, consultation, then=redirect("intake", consultation.pk)))


@require_POST
@own_consultation
def live(request: MemberRequest, consultation: Consultation) -> HttpResponse:
    """Saves while the client answers; gives the counts and the places on the page that changed."""
    form = pages.whole_form(read_answers(consultation), request.POST)
    answers = form.answers()
    save_answers(consultation=consultation, answers=answers)
    on_page = pages.sections(pages.whole_form(answers), answers)
    context = {
        "form": form,
        "changed": pages.changed_slots(on_page, frozenset(listed(request.POST, "shown"))),
        "noted": pages.slots_with_notes(on_page),
        "so_far": so_far(consultation, request.clinic, answers, timezone.localdate()),
    }
    return render(request, "referral/intake/live.html", context)


def _save(request: MemberRequest, consultation: Consultation, *, then: HttpResponseBase) -> HttpResponseBase:
    """What is valid is saved in any case; with an error the page opens again and says what is wrong."""
    form = pages.whole_form(read_answers(consultation), request.POST)
    save_answers(consultation=consultation, answers=form.answers())
    return then if form.is_valid() else _page(request, consultation, form)


def _page(request: MemberRequest, consultation: Consultation, form: IntakeForm) -> HttpResponse:
    answers = form.answers() if form.is_bound else form.stored
    context = {
        **pages.around(),
        "consultation": consultation,
        "form": form,
        "sections": pages.sections(form, answers),
        "so_far": so_far(consultation, request.clinic, answers, timezone.localdate()),
        "places": places.suggested(),
    }
    return render(request, "referral/intake/whole.html", context)
