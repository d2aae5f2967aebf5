"""A publisher that misbehaves, on loopback. It stops by itself after a minute, whatever a test forgets.

with FeedServer() as server:
    fetch(server.url("json"))
"""

import gzip
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

LIFETIME = 60.0
SLOW = 5.0
"""Longer than any test waits."""
PIECE = b" " * 65536
LARGE = 50 * 1024 * 1024
ENDLESS = 1024**3 // len(PIECE)
MEETING = {"name": "Onsdagsgruppa", "slug": "onsdag", "day": 3, "time": "19:00", "city": "Fjordvik"}
ETAG = '"first"'


def a_list(*meetings: dict[str, Any]) -> bytes:
    return json.dumps(meetings or [MEETING]).encode()


@dataclass(slots=True)
class Answer:
    """`body` is sent piece by piece, so that an endless one is never held."""

    body: Iterator[bytes] | bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def pieces(self) -> Iterator[bytes]:
        yield from [self.body] if isinstance(self.body, bytes) else self.body


def _typed(body: bytes, content_type: str = "application/json", **headers: str) -> Answer:
    return Answer(body, headers={"Content-Type": content_type, "Content-Length": str(len(body)), **headers})


def _endless(server: "FeedServer") -> Answer:
    return Answer(PIECE for _ in range(ENDLESS) if not server.stopping.is_set())


def _slow(server: "FeedServer") -> Answer:
    def body() -> Iterator[bytes]:
        yield b"["
        server.stopping.wait(SLOW)

    return Answer(body())


def _silent(server: "FeedServer") -> Answer:
    server.stopping.wait(SLOW)
    return Answer()


@cache
def gzip_bomb() -> bytes:
    """Packed piece by piece: some kilobytes that become 50 MB."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(LARGE // len(PIECE)):
            file.write(PIECE)
    return packed.getvalue()


@cache
def zip_bomb() -> bytes:
    """A workbook whose one sheet is 50 MB of spaces."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(LARGE // len(PIECE)):
                sheet.write(PIECE)
    return packed.getvalue()


def _redirect(target: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": target, "Content-Length": "0"})


MODES: dict[str, Callable[["FeedServer"], Answer]] = {
    "json": lambda _: _typed(a_list(), ETag=ETAG),
    "gzipped": lambda _: _typed(gzip.compress(a_list()), **{"Content-Encoding": "gzip"}),
    "brotli": lambda _: _typed(a_list(), **{"Content-Encoding": "br"}),
    "500": lambda _: Answer(b"oops", 500),
    "404": lambda _: Answer(b"nothing here", 404),
    "403": lambda _: Answer(b"not for you", 403),
    "html": lambda _: _typed(b"<!DOCTYPE html><html><title>Log in</title></html>", "text/html"),
    "empty_list": lambda _: _typed(b"[]"),
    "error_object": lambda _: _typed(b'{"error": "unknown key"}'),
    "truncated": lambda _: _typed(a_list()[:-20]),
    "slow": _slow,
    "silent": _silent,
    "redirect": lambda server: _redirect("/json"),
    "redirect_inside": lambda _: _redirect("http://169.254.169.254/latest/meta-data/"),
    "redirect_name_inside": lambda _: _redirect("https://printer.local/"),
    "redirect_other_port": lambda server: _redirect(f"http://127.0.0.1:{server.port + 1}/json"),
    "redirect_other_scheme": lambda _: _redirect("file:///etc/passwd"),
    "redirect_nowhere": lambda _: Answer(status=302, headers={"Content-Length": "0"}),
    "redirect_moved": lambda _: _redirect("https://lists.example.org/new.json?key=secret", 301),
    "redirect_loop": lambda _: _redirect("/redirect_loop"),
    "endless": _endless,
    "gzip_bomb": lambda _: _typed(gzip_bomb(), **{"Content-Encoding": "gzip"}),
    "zip_bomb": lambda _: _typed(zip_bomb(), "application/zip"),
    "wrong_length": lambda _: Answer(a_list(), headers={"Content-Length": "5000"}),
    "cookie": lambda _: Answer(status=302, headers={"Set-Cookie": "a=b", "Location": "/json", "Content-Length": "0"}),
}


class FeedServer:
    """Answers by the last part of the path: one of `MODES`, or a list of the test's own in `lists`."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.lists: dict[str, bytes] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port: int = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._end = threading.Timer(LIFETIME, self.close)
        self._end.daemon = True

    def url(self, mode: str) -> str:
        return f"http://127.0.0.1:{self.port}/{mode}"

    def close(self) -> None:
        if not self.stopping.is_set():
            self.stopping.set()
            self._end.cancel()
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> "FeedServer":
        self._thread.start()
        self._end.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        mode = path.strip("/").partition("?")[0]
        if mode in self.lists:
            return _typed(self.lists[mode])
        if mode == "json" and headers.get("If-None-Match") == ETAG:
            return Answer(status=304, headers={"ETag": ETAG})
        return MODES[mode](self) if mode in MODES else Answer(b"nothing here", 404)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                answer = server.answer(self.path, dict(self.headers.items()))
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self._send(answer)

            def _send(self, answer: Answer) -> None:
                try:
                    for piece in answer.pieces():
                        self.wfile.write(piece)
                except OSError:
                    # The reader has had enough.
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing: the tests look at `asked`."""

        return Handler
