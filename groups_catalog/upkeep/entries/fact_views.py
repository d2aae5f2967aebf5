"""The facts of a group and of an organisation: all on one page, and one question a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import Group, Organisation
from groups_catalog.upkeep.documents import FACTS, Document
from groups_catalog.upkeep.entries.entry import problems_of
from groups_catalog.upkeep.entries.fact_form import FactForm
from groups_catalog.upkeep.entries.facts import Known, neighbours, recorded, strongest, with_fact
from groups_catalog.upkeep.entries.saving import as_it_was_shown, save
from groups_catalog.upkeep.history.entries import Entry, current, entry_address, entry_kind, entry_name
from groups_catalog.vocabulary import Attribute, vocabulary
from groups_catalog.wording import here

NEW = "new"
curators = role("curator", "clinic_admin")


@require_safe
@curators
def group_facts(request: MemberRequest, slug: str) -> HttpResponse:
    return _facts(request, _group(slug))


@require_http_methods(["GET", "HEAD", "POST"])
@curators
def group_fact(request: MemberRequest, slug: str, attribute: str) -> HttpResponse:
    return _fact(request, _group(slug), _attribute(attribute))


@require_safe
@curators
def organisation_facts(request: MemberRequest, slug: str) -> HttpResponse:
    return _facts(request, _organisation(slug))


@require_http_methods(["GET", "HEAD", "POST"])
@curators
def organisation_fact(request: MemberRequest, slug: str, attribute: str) -> HttpResponse:
    return _fact(request, _organisation(slug), _attribute(attribute))


def _group(slug: str) -> Group:
    return get_object_or_404(Group.objects.for_matching(), slug=slug)


def _organisation(slug: str) -> Organisation:
    found: Organisation = get_object_or_404(Organisation.objects.named(slug).for_page()[:1])
    return found


def _attribute(name: str) -> Attribute:
    found = vocabulary().attributes.get(name)
    if found is None or found.is_date:
        raise Http404
    return found


def _facts(request: MemberRequest, entry: Entry) -> HttpResponse:
    known = Known(entry, request.clinic, timezone.localdate())
    context = {**_about(entry), "sections": known.sections()}
    return render(request, "groups_catalog/upkeep/entries/facts.html", context)


def _fact(request: MemberRequest, entry: Entry, attribute: Attribute) -> HttpResponse:
    sent = request.method == "POST"
    shown = as_it_was_shown(request, entry) if sent else current(entry, request.clinic)
    number = _number(request, shown[1].get(f"{FACTS}{attribute.id}", []))
    known = Known(entry, request.clinic, timezone.localdate())
    form = _form(request, entry, attribute, shown, number, known)
    if not sent or not form.is_valid():
        return _page(request, known, attribute, form, shown[1])
    document = with_fact(shown[1], attribute, number, form.entry(request.user.pk))
    return save(request, entry, shown=shown, document=document, back=_onwards(request, entry, attribute))


def _number(request: HttpRequest, facts: list[Document]) -> int | None:
    """Which of the clinic's own facts is changed; None for one more. The address asks, the page sends it along."""
    asked = request.POST.get("replaces", "") if request.method == "POST" else request.GET.get("fact", "")
    # More figures than anybody has facts are not read: of a very long number Python would say no at all.
    if asked.isdecimal() and len(asked) < 5 and int(asked) < len(facts):
        return int(asked)
    return None if request.method == "POST" or asked == NEW else strongest(facts)


def _form(
    request: MemberRequest,
    entry: Entry,
    attribute: Attribute,
    shown: tuple[int, Document],
    number: int | None,
    known: Known,
) -> FactForm:
    facts = shown[1].get(f"{FACTS}{attribute.id}", [])
    return FactForm(
        attribute,
        None if number is None else facts[number],
        request.POST if request.method == "POST" else None,
        of_organisation=isinstance(entry, Organisation),
        inherited=known.inherited(attribute),
        follows=known.follows(attribute),
        replaces=number,
        based_on=shown[0],
    )


def _onwards(request: MemberRequest, entry: Entry, attribute: Attribute) -> str:
    _before, after, _place, _all = neighbours(attribute)
    if "next" in request.POST and after:
        return entry_address(entry, "fact", attribute=after)
    return f"{entry_address(entry, 'facts')}#{attribute.id}"


def _page(
    request: MemberRequest, known: Known, attribute: Attribute, form: FactForm, document: Document
) -> HttpResponse:
    entry = known.entry
    before, after, place, count = neighbours(attribute)
    own = recorded(entry, attribute, document, known.today)
    context = {
        **_about(entry),
        "attribute": attribute,
        "label": here(attribute.label),
        "form": form,
        "problems": list(problems_of(form)) if form.is_bound else [],
        "holds": known.holds(attribute),
        "beside": known.beside(attribute),
        "own": own,
        "follows": known.follows(attribute),
        "changed": form["replaces"].value(),
        "place": place,
        "count": count,
        "before": entry_address(entry, "fact", attribute=before) if before else "",
        "after": entry_address(entry, "fact", attribute=after) if after else "",
        "here": entry_address(entry, "fact", attribute=attribute.id),
    }
    return render(request, "groups_catalog/upkeep/entries/fact.html", context)


def _about(entry: Entry) -> dict[str, object]:
    return {
        "tab": "upkeep",
        "entry": entry,
        "name": entry_name(entry),
        "kind": entry_kind(entry),
        "shared": isinstance(entry, Organisation) and entry.clinic_id is None,
        "back": entry_address(entry),
        "facts": entry_address(entry, "facts"),
    }
