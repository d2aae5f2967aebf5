"""One question at a time, for the client's own screen."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinics.access import MemberRequest
from referral.intake import branches, pages, places
from referral.intake.access import own_consultation
from referral.intake.forms import IntakeForm
from referral.intake.languages import chosen_language, speaking
from referral.intake.models import Consultation
from referral.intake.services import read_answers, save_answers
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.rules import Question


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def question(request: MemberRequest, consultation: Consultation, question_id: str) -> HttpResponseBase:
    asked = _question_or_404(question_id)
    stored = read_answers(consultation)
    if asked.id not in pages.open_now(stored):
        return _onwards(consultation, asked, stored)
    if request.method == "POST":
        return _save(request, consultation, asked)
    return _page(request, consultation, asked, pages.one_form(stored, asked))


@require_POST
@own_consultation
def skip(request: MemberRequest, consultation: Consultation, question_id: str) -> HttpResponseBase:
    """Takes back what was answered here: a question that is skipped is kept as not asked."""
    asked = _question_or_404(question_id)
    nothing = {"shown": [asked.id], "open": request.POST.getlist("open")}
    answers = pages.one_form(read_answers(consultation), asked, nothing).answers()
    save_answers(consultation=consultation, answers=answers)
    return _onwards(consultation, asked, answers)


@require_POST
@own_consultation
def language(request: MemberRequest, consultation: Consultation, question_id: str) -> HttpResponseBase:
    asked = _question_or_404(question_id)
    here = redirect("intake-question", consultation.pk, asked.id)
    with chosen_language(request) as code:
        return speaking(code, _save(request, consultation, asked, then=here))


def _question_or_404(question_id: str) -> Question:
    try:
        return rules().questionnaire.questions[question_id]
    except KeyError:
        raise Http404 from None


def _save(
    request: MemberRequest, consultation: Consultation, asked: Question, then: HttpResponseBase | None = None
) -> HttpResponseBase:
    form = pages.one_form(read_answers(consultation), asked, request.POST)
    answers = form.answers()
    save_answers(consultation=consultation, answers=answers)
    if not form.is_valid():
        return _page(request, consultation, asked, form)
    return then or _onwards(consultation, asked, answers)


def _onwards(consultation: Consultation, asked: Question, stored: StoredAnswers) -> HttpResponseBase:
    """To the next open question, or to the menu after the last."""
    following = branches.after(rules().questionnaire, asked.id, pages.open_now(stored))
    if following is None:
        return redirect("menu", consultation.pk)
    return redirect("intake-question", consultation.pk, following)


def _page(request: MemberRequest, consultation: Consultation, asked: Question, form: IntakeForm) -> HttpResponse:
    stored = form.answers() if form.is_bound else form.stored
    context = {
        **pages.around(),
        "consultation": consultation,
        "form": form,
        "slot": pages.question_slot(form, asked, stored),
        "offers": pages.offers(form, asked, stored),
        "lead": pages.lead_in(asked),
        "progress": pages.progress(form.stored, asked),
        "previous": branches.before(form.questionnaire, asked.id, pages.open_now(form.stored)),
        "places": places.suggested() if asked.type == "place" else (),
    }
    return render(request, "referral/intake/one.html", context)
