"""A list is fetched from the internet only, in bounded time and size, and every failure says truly what it was."""

import gzip
import http.client
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from groups_catalog.feeds import fetch as fetching
from groups_catalog.feeds.fetch import FetchFailed, fetch
from groups_catalog.feeds.opening import NotReadable, open_list
from tests.feed_server import ETAG, MEETING, MODES, FeedServer, gzip_bomb, zip_bomb


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    settings.FEEDS_ALLOW_LOOPBACK = True
    monkeypatch.setattr(fetching, "READ_SECONDS", 0.5)
    # Built before anybody waits for them.
    gzip_bomb(), zip_bomb()
    with FeedServer() as running:
        yield running


@pytest.fixture
def dialled(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Where a socket would have gone; nothing does. Names are looked up in `names`, below."""
    settings.FEEDS_ALLOW_LOOPBACK = False
    tried: list[Any] = []

    def connect(_socket: socket.socket, address: Any) -> None:
        tried.append(address)
        raise OSError("no socket in this test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


def failure(url: str, **marks: str) -> tuple[str, str]:
    with pytest.raises(FetchFailed) as caught:
        fetch(url, **marks)
    return caught.value.reason, caught.value.detail


def test_a_list_comes_with_its_marks_and_the_next_time_only_when_it_changed(server: FeedServer) -> None:
    first = fetch(server.url("json"))
    assert (first.status, first.etag, first.content_type, first.not_modified) == (
        200,
        ETAG,
        "application/json",
        False,
    )
    assert open_list(first.data).content == [MEETING]
    again = fetch(server.url("json"), etag=first.etag, last_modified="Fri, 01 May 2026 10:00:00 GMT")
    assert (again.status, again.data, again.not_modified) == (304, b"", True)
    assert server.asked[-1][1]["If-Modified-Since"] == "Fri, 01 May 2026 10:00:00 GMT"


def test_a_mark_that_is_no_header_is_left_out(server: FeedServer) -> None:
    assert fetch(server.url("json"), etag='"a"\r\nX-Evil: 1', last_modified="å" * 400).status == 200
    assert not {"If-None-Match", "If-Modified-Since", "X-Evil"} & server.asked[-1][1].keys()


def test_the_transports_packing_is_taken_off_and_the_files_own_stays(server: FeedServer) -> None:
    assert open_list(fetch(server.url("gzipped")).data).content == [MEETING]
    server.lists["file.gz"] = gzip.compress(b"[1]")
    assert fetch(server.url("file.gz")).data == server.lists["file.gz"]


@pytest.mark.parametrize(
    ("mode", "reason", "detail"),
    [
        ("500", "server_error", "500"),
        ("404", "not_found", "404"),
        ("403", "not_allowed", "403"),
        ("slow", "timed_out", ""),
        ("endless", "too_large", ""),
        ("gzip_bomb", "too_large", "gzip"),
        ("brotli", "strange_packing", "br"),
        ("wrong_length", "cut_short", ""),
        ("redirect_inside", "inside_address", "169.254.169.254"),
        ("redirect_name_inside", "inside_address", "printer.local"),
        ("redirect_other_port", "inside_address", "127.0.0.1"),
        ("redirect_other_scheme", "bad_address", ""),
        ("redirect_moved", "address_changed", "lists.example.org/new.json"),
        ("redirect_nowhere", "redirected", "127.0.0.1/redirect_nowhere"),
        ("redirect_loop", "redirected", "127.0.0.1/redirect_loop"),
    ],
)
def test_each_failure_is_called_by_its_name(server: FeedServer, mode: str, reason: str, detail: str) -> None:
    assert failure(server.url(mode)) == (reason, detail)
    assert len(server.asked) <= fetching.MAX_REDIRECTS + 1


@pytest.mark.parametrize("mode", ["html", "truncated", "zip_bomb"])
def test_what_comes_safely_may_still_be_no_list(server: FeedServer, mode: str) -> None:
    fetched = fetch(server.url(mode))
    with pytest.raises(NotReadable):
        open_list(fetched.data)


def test_a_short_way_round_is_followed_without_the_cookie_it_hands_out(server: FeedServer) -> None:
    assert open_list(fetch(server.url("cookie")).data).content == [MEETING]
    assert "Cookie" not in server.asked[-1][1]


def test_a_silent_server_does_not_hold_the_caller(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.3)
    monkeypatch.setattr(fetching, "READ_SECONDS", 5.0)
    start = time.monotonic()
    assert failure(server.url("silent"))[0] == "timed_out"
    assert time.monotonic() - start < 2


def test_nobody_there_is_unreachable(server: FeedServer) -> None:
    server.close()
    assert failure(server.url("json")) == ("unreachable", "127.0.0.1")


def test_a_server_that_speaks_no_tls_is_not_trusted(server: FeedServer) -> None:
    assert failure(server.url("json").replace("http:", "https:"))[0] == "tls"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
        ),
        *("https://localhost/", "https://LOCALHOST./", "https://a.localhost/", "https://0.0.0.0/", "https://0/"),
        *("https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/latest/"),
        *(
            "https://100.64.0.1/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
        ),
        *("https://[fd00::1]/", "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/"),
        *("https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://printer.local/", "https://db.internal/"),
    ],
)
def test_no_way_of_writing_an_inside_address_is_dialled(dialled: list[Any], url: str) -> None:
    assert failure(url)[0] in {"inside_address", "unreachable", "bad_address"}
    assert dialled == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://lists.example.org/a.json", "not_https"),
        ("https://lists.example.org:8443/a.json", "not_https"),
        ("ftp://lists.example.org/a.json", "not_https"),
        ("file:///etc/passwd", "bad_address"),
        ("gopher://127.0.0.1:11211/", "inside_address"),
        ("https://me:secret@lists.example.org/", "password_in_address"),
        ("https://lists.example.org@127.0.0.1/", "password_in_address"),
        ("https://lists.example.org\\@127.0.0.1/", "bad_address"),
        ("https://lists.example.org/\r\nHost: x", "bad_address"),
        ("https://lists.example.org:99999/", "bad_address"),
        ("https:///a.json", "bad_address"),
        ("https://[::1/", "bad_address"),
        ("a.json", "bad_address"),
        ("", "bad_address"),
    ],
)
def test_no_other_address_is_dialled_either(dialled: list[Any], url: str, reason: str) -> None:
    assert failure(url)[0] == reason
    assert dialled == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fec0::1"])
def test_a_name_that_leads_inside_is_looked_up_and_not_dialled(
    dialled: list[Any], monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(family, socket.SOCK_STREAM, 6, "", (inside, 443))])
    assert failure("https://lists.example.org/a.json") == ("inside_address", "lists.example.org")
    assert dialled == []


def test_a_name_is_looked_up_once_and_dialled_where_it_was_found(
    dialled: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A publisher whose name leads outside first and inside the second time gains nothing."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    literal = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host != "lists.example.org":
            return literal(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert failure("https://lists.example.org/a.json") == ("unreachable", "lists.example.org")
    assert [address[0] for address in dialled] == ["93.184.216.34"]


def test_loopback_is_closed_unless_the_tests_open_it(dialled: list[Any]) -> None:
    assert failure("http://127.0.0.1:8000/json") == ("inside_address", "127.0.0.1")
    assert dialled == []


def test_the_misbehaving_server_stops_when_it_is_told() -> None:
    with FeedServer() as server:
        assert set(MODES) >= {"json", "endless", "zip_bomb"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=1)
    with pytest.raises(OSError):  # noqa: PT011 - refused or reset, as the system likes
        connection.request("GET", "/json")
    connection.close()
