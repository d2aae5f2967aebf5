"""What somebody may type or send: shown as text, refused in words, and never an error of the site."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from groups_catalog.models import Group, NotDuplicate, ReportKind
from groups_catalog.upkeep.reports.services import tell
from tests.catalog_factories import a_group
from tests.factories import a_member, signed_in_client
from tests.sent_forms import sent
from tests.web.upkeep.history_world import Desk, a_desk, a_said_fact
from tests.web.upkeep.sheets_world import a_file, exported, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
MARKUP = (
    "\"><script>alert(1)</script><img src=x onerror=alert(1)> &amp; \u202e😀 ' onmouseover=alert(1) {{ 7 }} {% x %}"
)
LONG = "9" * 5000


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def kari(desk: Desk) -> Client:
    return signed_in_client(desk.kari)


class Elements(HTMLParser):
    """Notes what would run."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.runs += [f"{tag} {name}" for name in has if name.startswith("on")]
        own = (has.get("src") or "").startswith("/static/")
        self.runs += [tag] if tag in {"img", "iframe", "script"} and not own else []
        self.runs += [f"{tag} href" for name in ("href", "src", "action") if _is_script(has.get(name))]


def _is_script(address: str | None) -> bool:
    return (address or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))


def runs(html: str) -> list[str]:
    reader = Elements()
    reader.feed(html)
    return reader.runs


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """Markup wherever words of somebody's own may stand."""
    odden = a_group(desk.clinic, "odden", name=f"Odden {MARKUP}"[:160], organisation=desk.group.organisation)
    words = dict.fromkeys(("name", "venue", "note_en", "note_nb", "contact_role_en"), MARKUP)
    fact = a_said_fact("free", source=f"javascript:alert(1) ; {MARKUP}", note_en=MARKUP, note_nb=MARKUP)
    desk.edited(
        desk.kari, why=MARKUP, place=MARKUP[:80], **words, link=f"https://example.org/{MARKUP}", facts__cost=[fact]
    )
    desk.edited(desk.ola, why=MARKUP, venue=f"{MARKUP} 2", place=MARKUP[:60])
    desk.kari.label = MARKUP[:80]
    desk.kari.save()
    with scope(clinic=desk.clinic):
        tell(group=odden, kind=ReportKind.UNSAFE, by=desk.kari)
        tell(group=desk.group, kind=ReportKind.UNSAFE)
    return desk


PAGES = (
    *("/groups/", "/groups/havna/", "/groups/havna/edit/", "/groups/havna/facts/", "/groups/havna/facts/cost/"),
    *("/groups/havna/history/", "/groups/havna/history/1/", "/groups/havna/history/2/", "/groups/havna/report/"),
    *("/groups/havna/merge/?q=odden", "/organisations/na/", "/upkeep/groups/new/?copy=havna"),
    *("/upkeep/", "/upkeep/?reason=all", "/upkeep/changes/", "/upkeep/drafts/", "/upkeep/reports/"),
    *("/upkeep/duplicates/", "/upkeep/duplicates/odden/havna/", "/upkeep/sample/", "/upkeep/spreadsheet/"),
)


@pytest.mark.parametrize("address", PAGES)
def test_markup_is_shown_as_the_text_it_is(address: str, hostile: Desk) -> None:
    answer = signed_in_client(hostile.ola).get(address)
    assert answer.status_code == 200
    assert runs(answer.content.decode()) == []


def test_what_runs_would_be_found() -> None:
    assert runs(MARKUP) == ["script", "img onerror", "img"]
    assert runs('<a href=" JavaScript:alert(1)">x</a>') == ["a href"]


def test_markup_in_notices_drafts_conflicts_and_on_the_public_page_is_text(hostile: Desk) -> None:
    desk, ola = hostile, signed_in_client(hostile.ola)
    pages = [ola.post(reverse("not-duplicates"), {"first": "havna", "second": "odden"}, follow=True)]
    form = sent(ola.get("/groups/havna/edit/").content.decode(), venue=f"{MARKUP} 3")
    desk.edited(desk.kari, venue=f"{MARKUP} 4")
    pages += [ola.post("/groups/havna/edit/", form), Client().get(f"/r/{desk.group.report_code}/")]
    pages += [ola.post(reverse("upkeep-check"), {"groups": ["havna:1"], "how": "call", "query": MARKUP})]
    assert [page.status_code for page in pages] == [200, 409, 200, 200]
    assert [found for page in pages for found in runs(page.content.decode())] == []


def test_the_name_of_a_file_is_text_on_its_page_and_in_the_history(desk: Desk, kari: Client) -> None:
    data = a_file(typed(exported(kari), "Groups", "havna", Venue="Huset"))
    name = "<img src=x onerror=alert(1)>.xlsx"
    preview = kari.post(reverse("sheet-import"), {"sheets": SimpleUploadedFile(name, data)}, follow=True)
    address = f"{preview.redirect_chain[-1][0]}take-over/"
    kari.post(address, sent(preview.content.decode()))
    history = kari.get("/groups/havna/history/").content.decode()
    assert "&lt;img src=x" in history
    assert runs(preview.content.decode() + history) == []


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil", " \x01"]
)
def test_a_link_is_https_or_none(link: str, desk: Desk, kari: Client) -> None:
    address = reverse("group-edit", args=["havna"])
    answer = kari.post(address, sent(kari.get(address).content.decode(), link=link))
    assert "There is a problem" in answer.content.decode()
    assert desk.document()["link"] == ""


# --- addresses ------------------------------------------------------------------------------------------------

ODD = ("0001-01-01", "1969-12-31", "9999-12-31", "0000-01-01", "2026-02-30", "٣", "²", "-1", "1e400", "nan", LONG)


@pytest.mark.parametrize("day", ODD)
def test_no_day_is_too_odd_for_the_list_of_changes(day: str, desk: Desk, kari: Client) -> None:
    desk.edited(desk.kari, venue="Huset")
    answer = kari.get(reverse("changes"), {"day": day, "page": day, "person": day, "kind": day})
    assert answer.status_code == 200


@pytest.mark.parametrize("fact", [*ODD, "99999", "00000000000", "new"])
@pytest.mark.parametrize("page", ["group-fact", "organisation-fact"])
def test_no_number_is_too_odd_to_ask_for_a_fact_by(page: str, fact: str, desk: Desk, kari: Client) -> None:
    address = reverse(page, args=["havna" if page == "group-fact" else "na", "touch_custom"])
    assert kari.get(address, {"fact": fact}).status_code == 200
    before = desk.document()
    answer = kari.post(address, {"replaces": fact, "based_on": fact, "answer": "no_such_answer"})
    assert "There is a problem" in answer.content.decode()
    assert desk.document() == before


@pytest.mark.parametrize("slug", ["\0", "hav\0na", "s" * 500, "٣", "../odden", ""])
def test_no_id_is_too_odd_to_tell_two_groups_apart_by(slug: str, desk: Desk, kari: Client) -> None:
    a_group(desk.clinic, "odden")
    for pair in ({"first": slug, "second": "odden"}, {"first": "odden", "second": slug}):
        assert kari.post(reverse("not-duplicates"), pair).status_code == 404
    with scope(clinic=desk.clinic):
        assert not NotDuplicate.objects.exists()


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("form", [{"name": "x" * 600_000}, {f"f{number}": "" for number in range(1001)}])
def test_too_much_at_once_is_refused_on_a_page_of_the_site(
    form: dict[str, Any], language: str, desk: Desk, kari: Client
) -> None:
    kari.cookies["django_language"] = language
    before = desk.document()
    body = urlencode(form)
    answer = kari.post(reverse("group-edit", args=["havna"]), body, "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert f'<html lang="{language}">' in answer.content.decode()
    assert desk.document() == before


def test_a_raw_query_that_is_no_text_is_read_as_far_as_it_is(kari: Client) -> None:
    for page in ("changes", "upkeep", "groups", "duplicates", "drafts"):
        answer = kari.get(f"{reverse(page)}?page=%ff%fe&q=%80&day=%c0&person=%e2%28&sort=evil&reason=%00")
        assert answer.status_code == 200


def test_whoever_only_reads_can_send_nothing_that_writes(desk: Desk) -> None:
    clinician = signed_in_client(a_member(desk.clinic))
    before = desk.document()
    for name in ("group-edit", "group-status"):
        form = {"status": "closed", "name": "Mine", "publish": "1"}
        assert clinician.post(reverse(name, args=["havna"]), form).status_code == 403
    assert desk.document() == before
    with scope(clinic=desk.clinic):
        assert Group.objects.count() == 1
