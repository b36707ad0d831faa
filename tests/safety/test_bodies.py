"""A-21: oversized, endless, deep and packed bodies are refused within a second, whoever sends them.

They are told from work of this process beside it, so that a busy machine fails no test.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.beside import timed
from tests.safety.calls import may_call, raw
from tests.safety.test_matrix import CALLS
from tests.safety.world import World

MIB = 1024 * 1024
_LIKELY = ("host", "organiser", "administrator", "door", "participant")
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
POSTS = {call.key: call for call in CALLS if call.method == "POST"}


class Endless(io.RawIOBase):
    """A body that never ends; tells how much was read of it."""

    def __init__(self, piece: bytes = b"a") -> None:
        super().__init__()
        self.piece, self.read_so_far = piece, 0

    def readable(self) -> bool:
        return True

    def as_sent_by_a_server(self) -> dict[str, Any]:
        """How servers hand on a chunked body: without a length (gunicorn sets the mark that it will end)."""
        return {"wsgi.input": self, "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        self.read_so_far += size
        assert self.read_so_far < 4 * MIB, "somebody reads on and on"
        buffer[:] = (self.piece * (size // len(self.piece) + 1))[:size]
        return size


def _part(name: str, content: bytes) -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + content + b"\r\n"


def _many(number: int) -> bytes:
    return b"".join(_part(f"f{n}", b"x") for n in range(number)) + b"--b--\r\n"


# name → (body, its type, further headers)
BODIES: dict[str, tuple[Callable[[], bytes], str, dict[str, str]]] = {
    "form of 10 MiB": (lambda: b"title=" + b"a" * 10 * MIB, _FORM, {}),
    "part just over the memory limit": (lambda: _part("title", b"a" * 600_000) + b"--b--\r\n", _PARTS, {}),
    "part of 10 MiB": (lambda: _part("title", b"a" * 10 * MIB) + b"--b--\r\n", _PARTS, {}),
    "5,000 parts": (lambda: _many(5_000), _PARTS, {}),
    "51 parts": (lambda: _many(51), _PARTS, {}),
    "1 MiB without newline": (lambda: b"--b" + b"a" * (MIB - 100), _PARTS, {}),
    "1 MiB of line ends": (lambda: b"\r\n" * (MIB // 2 - 50), _PARTS, {}),
    "1 MiB of carriage returns": (lambda: b"--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n" + b"\r" * 900_000, _PARTS, {}),
    "header of 900 kB in a part": (lambda: b"--b\r\nX: " + b"a" * 900_000, _PARTS, {}),
    "no boundary": (lambda: _many(5), "multipart/form-data", {}),
    "boundary of 8 kB": (lambda: _many(5), "multipart/form-data; boundary=" + "b" * 8_000, {}),
    "60,000 fields": (lambda: b"&".join(b"f%d=1" % n for n in range(60_000)), _FORM, {}),
    "json of 10 MiB": (lambda: b'{"text": "' + b"a" * 10 * MIB + b'"}', "application/json", {}),
    "deep json": (lambda: b"[" * 200_000, "application/json", {}),
    "deep json, closed": (lambda: b'{"a":' * 80_000 + b"1" + b"}" * 80_000, "application/json", {}),
    "json with a number of 900,000 digits": (lambda: b'{"nonce": ' + b"9" * 900_000 + b"}", "application/json", {}),
    "json that is no object": (lambda: b'["nonce", NaN, Infinity, "\\ud800"]', "application/json", {}),
    "json in UTF-16": (lambda: '{"nonce": "1"}'.encode("utf-16"), "application/json", {}),
    "packed form": (lambda: gzip.compress(b"title=" + b"a" * 100 * MIB), _FORM, {"Content-Encoding": "gzip"}),
    "packed json": (lambda: gzip.compress(b'{"nonce": "' + b"a" * 100 * MIB + b'"}'), "application/json", {"Content-Encoding": "gzip"}),
    "not utf-8": (lambda: b"title=%ff%fe\xff\xfe&\x00=%00", _FORM, {}),
    "unknown type": (lambda: b"<?xml version='1.0'?><a/>", "application/xml", {}),
}

# Pieces of work beside it, of which a second holds a thousand: what grows too fast takes minutes.
MOST = 3000


def _sent(world: World, key: str, body: bytes, kind: str, headers: dict[str, str]) -> tuple[TestResponse, float]:
    call = POSTS[key]
    with timed() as spent:
        answer = raw(world, "POST", call.path(world), may_call(call, _LIKELY), data=body, content_type=kind,
                     headers={"X-Camp-Door": "1"} | headers)
    return answer, spent.pieces


@pytest.mark.parametrize("name", BODIES)
def test_a21_bodies_beyond_all_measure_are_refused_at_once(name: str, guarded: World) -> None:
    make_body, kind, headers = BODIES[name]
    body, before = make_body(), _memory()
    for key in ("POST people.sign_in", "POST outcomes.edit", "POST proposals.new", "POST proposals.preview", "POST doors.pair",
                "POST phones.take", "POST organise.role"):
        answer, pieces = _sent(guarded, key, body, kind, headers)
        assert answer.status_code in (400, 413, 422), (key, answer.status_code)
        assert pieces < MOST, (key, pieces)
    assert _memory() - before < 50 * MIB


@pytest.mark.parametrize("name", ["form of 10 MiB", "5,000 parts", "51 parts", "part just over the memory limit", "json of 10 MiB"])
def test_a21_what_is_too_large_is_called_so(name: str, guarded: World) -> None:
    """Also without the form token, so that the size alone decides."""
    guarded.app.config["WTF_CSRF_ENABLED"] = False
    make_body, kind, headers = BODIES[name]
    key = "POST phones.take" if "json" in kind else "POST outcomes.edit"
    answer, pieces = _sent(guarded, key, make_body(), kind, headers)
    assert (answer.status_code, pieces < MOST) == (413, True)


@pytest.mark.parametrize("kind", [_FORM, _PARTS, "application/json", "text/plain"])
@pytest.mark.parametrize("key", ["POST people.sign_in", "POST outcomes.edit", "POST phones.take"])
def test_a21_a_body_that_never_ends_is_cut_off(key: str, kind: str, guarded: World) -> None:
    """Chunked: no length is announced, the server hands on what comes."""
    call, stream = POSTS[key], Endless()
    with timed() as spent:
        answer = raw(guarded, "POST", call.path(guarded), may_call(call, _LIKELY), content_type=kind,
                     headers={"Transfer-Encoding": "chunked", "X-Camp-Door": "1"}, environ_overrides=stream.as_sent_by_a_server())
    assert answer.status_code in (400, 413, 422)
    assert (stream.read_so_far < 3 * MIB, spent.pieces < MOST) == (True, True)


def test_a21_whoever_is_not_let_in_is_not_listened_to(guarded: World) -> None:
    stream = Endless()
    answer = raw(guarded, "POST", "/camp-a/organise/book", "anonymous", content_type=_FORM,
                 environ_overrides=stream.as_sent_by_a_server())
    assert (answer.status_code, stream.read_so_far) == (303, 0)


@pytest.mark.parametrize("length", ["-1", "abc", "99999999999999999999", "1e3", " 5", "0x10"])
def test_a21_lengths_that_lie_are_no_mistake_of_ours(length: str, guarded: World) -> None:
    answer = raw(guarded, "POST", "/sign-in", "anonymous", data=b"email=a@example.org", content_type=_FORM,
                 environ_overrides={"CONTENT_LENGTH": length})
    assert answer.status_code in (400, 413, 422)


@pytest.mark.parametrize(("query", "headers"), [
    ("a=" + "b" * 60_000, {}), ("&".join(f"a{n}=1" for n in range(5_000)), {}), ("page=" + "9" * 5_000, {}), ("q=%ff%00%0d", {}),
    ("", {"Cookie": "a=b; " * 5_000}), ("", {"Cookie": "__Host-camp=" + "x" * 60_000}), ("", {"Accept-Language": "de;q=" + "1" * 5_000}),
    ("", {"Accept-Language": ",".join(f"x{n};q=0.1" for n in range(3_000))}), ("", {"Range": "bytes=" + ",".join("0-1" for _ in range(5_000))}),
    ("", {"If-None-Match": ",".join(f'"{n}"' for n in range(5_000))}), ("", {"Referer": "https://localhost/" + "a" * 60_000}),
    ("", {"If-Modified-Since": "Sun, 99 Foo 99999 99:99:99 GMT"}), ("", {"Content-Type": "multipart/form-data; " + "a=b; " * 5_000})])
def test_a21_long_queries_and_headers_take_no_time(query: str, headers: dict[str, str], world: World) -> None:
    for path in ("/camp-a/proposals", "/camp-a/agenda.ics", "/static/camp.css", "/sign-in"):
        with timed() as spent:
            answer = raw(world, "GET", path, "anonymous", query_string=query, headers=headers)
        assert (answer.status_code in (200, 206, 304, 400, 416), spent.pieces < MOST) == (True, True), (path, answer.status_code)


def _memory() -> int:
    """Bytes of this process that lie in memory (Linux; elsewhere nothing is measured)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096
    except FileNotFoundError:
        return 0


@pytest.fixture(autouse=True)
def _warm(world: World) -> Iterator[None]:
    """The first request of a process compiles templates and rules; that is not the body's doing."""
    raw(world, "GET", "/sign-in", "anonymous")
    yield
