"""Sign-in by username and password, and nothing else of allauth."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, include, path, reverse
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from clinics.access import role, signed_in
from clinics.adapter import ClosedAccountAdapter
from clinics.demo import DEMO_PASSWORD
from clinics.models import Membership, User
from clinics.services import add_clinic, add_member
from tests.factories import PASSWORD, a_clinic, a_member, a_user, signed_in_client


@signed_in
def for_members(request: HttpRequest) -> HttpResponse:
    return HttpResponse("members")


@role("curator", "clinic_admin")
def for_curators(request: HttpRequest) -> HttpResponse:
    return HttpResponse("curators")


urlpatterns = [
    path("for-members/", for_members),
    path("for-curators/", for_curators),
    path("", include(settings.ROOT_URLCONF)),
]
handler403 = "clinics.views.forbidden"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def test_a_member_signs_in_and_comes_to_the_intake(client: Client) -> None:
    answer = sign_in(client, a_member().username)
    assert answer.url == reverse("intake-start")
    assert client.get("/for-members/").content == b"members"


def test_the_session_gets_a_new_number_at_sign_in(client: Client) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["x"] = "1"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client, a_member().username)
    assert client.session.session_key != before


def test_nothing_about_the_person_is_put_in_a_message_cookie(client: Client) -> None:
    sign_in(client, a_member().username)
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


@pytest.mark.parametrize("username", ["known", "unknown", "closed"])
def test_every_failed_sign_in_reads_the_same(client: Client, username: str) -> None:
    a_user("known")
    closed = a_user("closed")
    closed.is_active = False
    closed.save()
    answer = sign_in(client, username, PASSWORD if username == "closed" else "wrong")
    assert answer.status_code == 200
    assert "The username or the password is not right." in answer.content.decode()
    assert not client.session.get("_auth_user_id")


def test_a_failed_sign_in_has_an_error_summary_and_says_so_in_the_title(client: Client) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "<title>Error: Sign in" in page
    assert 'id="error-summary" tabindex="-1"' in page
    assert '<a href="#id_login">Enter your username</a>' in page


def test_the_sixth_wrong_password_is_refused_even_when_it_is_right(client: Client) -> None:
    username = a_member().username
    for _attempt in range(5):
        sign_in(client, username, "wrong")
    assert "Too many attempts" in sign_in(client, username).content.decode()


def test_a_made_up_forwarding_header_does_not_open_a_new_count(client: Client) -> None:
    username = a_member().username
    for attempt in range(5):
        sign_in(client, username, "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{attempt}")
    answer = sign_in(client, username, HTTP_X_FORWARDED_FOR="10.0.0.99")
    assert "Too many attempts" in answer.content.decode()


def test_one_machine_that_keeps_trying_gets_the_waiting_page(client: Client) -> None:
    answers = [sign_in(client, f"name-{number}", "") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait a minute" in answers[-1].content.decode()


def test_sign_in_never_leads_to_another_site(client: Client) -> None:
    username = a_member().username
    for address in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]:
        answer = client.post(f"{reverse('account_login')}?next={address}", {"login": username, "password": PASSWORD})
        assert answer.url == reverse("intake-start")
        client.logout()


def test_a_stranger_is_sent_to_sign_in_with_the_path_and_never_the_query(client: Client) -> None:
    answer = client.get("/for-members/?answer=secret")
    assert answer.url == f"{reverse('account_login')}?next=/for-members/"


@pytest.mark.parametrize(
    ("role_name", "page", "status"),
    [
        ("clinician", "/for-members/", 200),
        ("curator", "/for-members/", 200),
        ("clinician", "/for-curators/", 403),
        ("curator", "/for-curators/", 200),
        ("clinic_admin", "/for-curators/", 200),
    ],
)
def test_a_page_opens_for_its_roles_only(role_name: str, page: str, status: int) -> None:
    assert signed_in_client(a_member(role=role_name)).get(page).status_code == status


@pytest.mark.parametrize("active", [False, None])
def test_without_an_active_membership_only_the_way_out_is_open(active: bool | None) -> None:
    person = a_user() if active is None else a_member(active=active)
    client = signed_in_client(person)
    for page in ["/for-members/", "/for-curators/", "/", reverse("account_change_password")]:
        answer = client.get(page)
        assert answer.status_code == 403
        assert reverse("sign-out") in answer.content.decode()
    assert client.post(reverse("sign-out")).url == reverse("left")


def test_a_membership_that_ends_closes_the_next_page() -> None:
    person = a_member()
    client = signed_in_client(person)
    assert client.get("/for-members/").status_code == 200
    with scopes_disabled():
        Membership.objects.update(active=False)
    assert client.get("/for-members/").status_code == 403


def test_signing_out_needs_a_press_and_ends_the_session_on_the_server() -> None:
    client = signed_in_client()
    assert client.get(reverse("sign-out")).status_code == 405
    assert Session.objects.count() == 1
    assert client.post(reverse("sign-out")).url == reverse("left")
    assert Session.objects.count() == 0


def test_the_left_page_tells_the_browser_to_forget(client: Client) -> None:
    answer = client.get(reverse("left"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert reverse("account_login") in answer.content.decode()
    assert not answer.cookies


def test_another_site_cannot_use_the_left_page_to_sign_people_out(client: Client) -> None:
    answer = client.get(reverse("left"), HTTP_SEC_FETCH_SITE="cross-site")
    assert "Clear-Site-Data" not in answer.headers


def test_the_left_page_does_nothing_to_a_person_who_is_signed_in() -> None:
    answer = signed_in_client().get(reverse("left"))
    assert answer.url == reverse("home")
    assert "Clear-Site-Data" not in answer.headers


def test_a_new_password_keeps_this_session_and_ends_the_others() -> None:
    person = a_member()
    here, elsewhere = signed_in_client(person), signed_in_client(person)
    new = "quite-another-phrase"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = here.post(reverse("account_change_password"), form)
    assert answer.url == reverse("password-changed")
    assert here.get(reverse("password-changed")).status_code == 200
    assert elsewhere.get("/for-members/").status_code == 302


def test_a_short_or_common_new_password_is_refused() -> None:
    client = signed_in_client()
    for new in ["short", "password1234567"[:8]]:
        form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert client.post(reverse("account_change_password"), form).status_code == 200


def test_the_rest_of_allauth_has_no_address(client: Client) -> None:
    gone = ["signup", "email", "reset_password", "set_password", "inactive", "reauthenticate"]
    for name in gone:
        with pytest.raises(NoReverseMatch):
            reverse(f"account_{name}")
    for address in ["/signup/", "/accounts/signup/", "/email/", "/password/reset/", "/admin/"]:
        assert client.get(address).status_code == 404


def test_sign_up_is_closed_and_no_page_answers_in_json(client: Client) -> None:
    adapter = ClosedAccountAdapter()
    request = RequestFactory().get("/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert not adapter.is_open_for_signup(request)
    answer = client.get(reverse("account_login"), HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert answer.headers["Content-Type"].startswith("text/html")


def test_the_demo_people_stand_on_the_sign_in_page_of_the_demo_only(client: Client, settings: Settings) -> None:
    real = a_member()
    invented = a_member(a_clinic(invented=True))
    page = client.get(reverse("account_login")).content.decode()
    assert invented.username in page
    assert DEMO_PASSWORD in page
    assert real.username not in page
    settings.DEMO = False
    page = client.get(reverse("account_login")).content.decode()
    assert invented.username not in page
    assert DEMO_PASSWORD not in page


def test_without_an_invented_clinic_no_password_is_shown(client: Client) -> None:
    a_member()
    assert DEMO_PASSWORD not in client.get(reverse("account_login")).content.decode()


def test_adding_a_member_twice_changes_nothing_the_second_time() -> None:
    clinic, made = add_clinic(slug="x", name_en="X", name_nb="X")
    assert made
    assert add_clinic(slug="x", name_en="Y", name_nb="Y") == (clinic, False)
    person = {"clinic": clinic, "username": "kim", "password": PASSWORD, "label": "Kim"}
    assert add_member(**person, role="curator")
    assert not add_member(**person, role="clinician")
    with scope(clinic=clinic):
        assert [str(one) for one in Membership.objects.all()] == ["Kim (curator)"]


def test_a_weak_password_is_refused_when_a_member_is_added() -> None:
    with pytest.raises(ValidationError):
        add_member(clinic=a_clinic(), username="kim", password="short", role="curator", label="Kim")
    assert not User.objects.exists()


def test_the_database_refuses_an_unknown_role() -> None:
    with pytest.raises(IntegrityError, match="a_membership_has_a_known_role"):
        a_member(role="owner")


def test_the_database_refuses_a_second_membership_of_one_person() -> None:
    person, clinic = a_member(), a_clinic()
    with scope(clinic=clinic), pytest.raises(IntegrityError):
        Membership.objects.create(user=person, clinic=clinic, role="curator")


def test_the_language_switch_returns_to_the_page_and_keeps_no_query(client: Client) -> None:
    page = client.get(f"{reverse('account_login')}?next=/secret/").content.decode()
    assert f'name="next" value="{reverse("account_login")}"' in page
    answer = client.post(reverse("set_language"), {"language": "nb", "next": reverse("account_login")})
    assert answer.url == reverse("account_login")
    assert '<html lang="nb">' in client.get(answer.url).content.decode()
