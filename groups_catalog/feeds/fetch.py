"""Fetches a list from its publisher: https only, never from inside the network, no more and no longer than it takes.

address ─▶ checked ─▶ looked up once and dialled there (requests-hardened) ─▶ at most three redirects, each checked
"""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from django.conf import settings
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.exceptions import SSLError as BrokenTLS

from groups_catalog.feeds.limits import MAX_BYTES, NotReadable
from groups_catalog.feeds.packed import gunzip

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
"""Between two pieces."""
TOTAL_SECONDS = 30.0
"""From the first look-up to the last piece."""
MAX_REDIRECTS = 3
PIECE = 64 * 1024
LONGEST_ETAG = 300
PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
STATUS_REASONS = {401: "not_allowed", 403: "not_allowed", 404: "not_found", 410: "not_found", 429: "too_often"}
INSIDE_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
OUTSIDE_V6 = ip_network("2000::/3")
HEADERS = {
    "User-Agent": "Veivalg meeting list reader",
    "Accept": "application/json, text/csv, */*;q=0.5",
    # Nothing else: what the transport packs is unpacked here, under the same limit.
    "Accept-Encoding": "gzip, identity",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    data: bytes
    """As the publisher meant it: the transport's packing is off, a file that is itself packed stays so."""
    status: int
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    not_modified: bool = False
    """The publisher says that nothing changed since the `etag` or the date; `data` is then empty."""


class FetchFailed(Exception):  # noqa: N818 - it says what happened
    """`reason` is a code of `feeds/wording.py`; `detail` what stood there, without anything secret."""

    def __init__(self, reason: str, detail: object = "") -> None:
        self.reason, self.detail = reason, str(detail)[:200]
        super().__init__(reason)


def fetch(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """The list, or that it is unchanged since the last time. Raises `FetchFailed`, after `TOTAL_SECONDS` too."""
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    marks = {name: value for name, value in asked.items() if _fits_a_header(value)}
    allow_loopback = getattr(settings, "FEEDS_ALLOW_LOOPBACK", False)
    return _in_time(lambda: _follow(url, marks, allow_loopback=allow_loopback))


def _fits_a_header(value: str) -> bool:
    return 0 < len(value) <= LONGEST_ETAG and value.isascii() and value.isprintable()


@dataclass(slots=True)
class _Errand:
    result: Fetched | None = None
    error: Exception | None = field(default=None)


def _in_time(work: Callable[[], Fetched]) -> Fetched:
    """Looking up a name and reading headers know no time limit of their own, so they are waited for from outside."""
    errand = _Errand()

    def run() -> None:
        try:
            errand.result = work()
        except Exception as error:
            errand.error = error

    runner = threading.Thread(target=run, name="feed-fetch", daemon=True)
    runner.start()
    runner.join(TOTAL_SECONDS)
    if errand.error:
        raise errand.error
    if errand.result is None:
        raise FetchFailed("timed_out")
    return errand.result


def _follow(url: str, marks: dict[str, str], *, allow_loopback: bool) -> Fetched:
    deadline, first = time.monotonic() + TOTAL_SECONDS, _origin(_parts(url))
    for _ in range(MAX_REDIRECTS + 1):
        # Where a redirect leads, loopback is inside too, whatever the tests may start with.
        loopback = allow_loopback and _origin(_parts(url)) == first
        _check(url, loopback=loopback)
        with _session(loopback=loopback) as session, closing(_ask(session, url, marks)) as answer:
            if answer.status_code not in REDIRECTS:
                return _received(answer, marks, deadline)
            url = _next(url, answer)
    raise FetchFailed("redirected", _shown(url))


# --- the address -----------------------------------------------------------------------------------------


def _parts(url: str) -> SplitResult:
    if any(sign <= " " or sign in "\\\x7f" for sign in url):
        raise FetchFailed("bad_address")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchFailed("bad_address") from error
    if not parts.hostname:
        raise FetchFailed("bad_address")
    return parts


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port


def _check(url: str, *, loopback: bool) -> None:
    parts = _parts(url)
    if "@" in parts.netloc:
        raise FetchFailed("password_in_address", parts.hostname)
    if _is_loopback(parts) and loopback:
        return
    if _is_inside(parts.hostname or ""):
        raise FetchFailed("inside_address", parts.hostname)
    if parts.scheme != "https" or parts.port not in {None, 443}:
        raise FetchFailed("not_https", _shown(url))


def _is_loopback(parts: SplitResult) -> bool:
    return parts.scheme in {"http", "https"} and parts.hostname in {"127.0.0.1", "::1", "localhost"}


def _is_inside(host: str) -> bool:
    """What can be seen without asking anybody; where a name leads is checked when it is dialled."""
    host = host.rstrip(".").lower()
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(INSIDE_NAMES)


def _shown(url: str) -> str:
    """Without the query, where keys stand."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def _next(url: str, answer: requests.Response) -> str:
    """Where a redirect leads. A lasting move to another host is for a person to look at, so it is not followed."""
    target = urljoin(url, answer.headers.get("Location", ""))
    here, there = _parts(url), _parts(target)
    if _origin(here) != _origin(there):
        _check(target, loopback=False)
    if answer.status_code in PERMANENT and here.hostname != there.hostname:
        raise FetchFailed("address_changed", _shown(target))
    return target


# --- the question and the answer --------------------------------------------------------------------------


class _OutsideOnly(IPFilterAdapter):  # type: ignore[misc] # the library has no types
    """Adds to the filter all of IPv6 that is no internet, where old forms of inside addresses hide."""

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*args, **kwargs)
        address = ip_address(host["host"].strip("[]"))
        if address.version == 6 and address not in OUTSIDE_V6 and not address.is_loopback:
            raise InvalidIPAddress(address)
        return host, pool


def _session(*, loopback: bool) -> HTTPSession:
    """A new one for each question: no cookies, no proxy, no password from the machine, certificates checked."""
    session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=loopback,
            never_redirect=True,
            default_timeout=(CONNECT_SECONDS, READ_SECONDS),
        )
    )
    session.trust_env = False
    session.mount("https://", _OutsideOnly(is_https_proto=True, allow_loopback=loopback))
    return session


def _ask(session: HTTPSession, url: str, marks: dict[str, str]) -> requests.Response:
    try:
        answer: requests.Response = session.get(url, headers=HEADERS | marks, stream=True)
    except InvalidIPAddress as error:
        raise FetchFailed("inside_address", urlsplit(url).hostname) from error
    except requests.exceptions.SSLError as error:
        raise FetchFailed("tls", urlsplit(url).hostname) from error
    except requests.exceptions.Timeout as error:
        raise FetchFailed("timed_out") from error
    except (requests.exceptions.InvalidURL, UnicodeError) as error:
        raise FetchFailed("bad_address") from error
    except (requests.RequestException, OSError) as error:
        raise FetchFailed("unreachable", urlsplit(url).hostname) from error
    return answer


def _received(answer: requests.Response, marks: dict[str, str], deadline: float) -> Fetched:
    status = answer.status_code
    seen = answer.headers.get
    if status == 304 and marks:
        return Fetched(b"", status, seen("ETag", ""), seen("Last-Modified", ""), not_modified=True)
    if status != 200:
        raise FetchFailed(_status_reason(status), status)
    data = _unpacked(_body(answer, deadline), seen("Content-Encoding", "").strip().lower())
    return Fetched(data, status, seen("ETag", ""), seen("Last-Modified", ""), seen("Content-Type", ""))


def _status_reason(status: int) -> str:
    if status >= 500:
        return "server_error"
    return STATUS_REASONS.get(status, "refused_by_publisher" if status >= 400 else "strange_answer")


def _body(answer: requests.Response, deadline: float) -> bytes:
    """Counted as it comes, still packed; a length that the publisher only claims is never believed."""
    body = bytearray()
    try:
        while piece := answer.raw.read1(PIECE, decode_content=False):
            body += piece
            if len(body) > MAX_BYTES:
                raise FetchFailed("too_large")
            if time.monotonic() > deadline:
                raise FetchFailed("timed_out")
    except (ReadTimeoutError, TimeoutError) as error:
        raise FetchFailed("timed_out") from error
    except BrokenTLS as error:
        raise FetchFailed("tls") from error
    except (HTTPError, OSError) as error:
        raise FetchFailed("cut_short") from error
    return bytes(body)


def _unpacked(body: bytes, packing: str) -> bytes:
    if packing in {"", "identity"}:
        return body
    if packing not in {"gzip", "x-gzip"}:
        raise FetchFailed("strange_packing", packing)
    try:
        return gunzip(body)
    except NotReadable as error:
        reason = "too_large" if error.refused.reason == "too_large_unpacked" else "strange_packing"
        raise FetchFailed(reason, packing) from error
