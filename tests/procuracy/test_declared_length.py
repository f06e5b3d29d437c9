"""What announces itself as too long is refused before it is sent."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.http import HttpResponse

from procuracy.middleware import DeclaredLengthMiddleware

EVERYTHING = 30 * 1024**3
FIELDS = 5 * 1024**2
FORM = "multipart/form-data; boundary=x"


def declared(length: int, media_type: str = FORM) -> dict[str, object]:
    """Return what makes the test client announce `length` and send nothing."""
    return {"CONTENT_TYPE": media_type, "CONTENT_LENGTH": str(length)}


def answered(url: str, path: str, length: int, *more: str) -> bytes:
    """Send the head of a request alone and return the answer, or fail after two seconds without one."""
    address = urlsplit(url)
    head = [
        *(f"POST {path} HTTP/1.1", f"Host: {address.netloc}"),
        *(f"Content-Type: {FORM}", f"Content-Length: {length}", *more, "", ""),
    ]
    with socket.create_connection((address.hostname, address.port), timeout=2) as connection:
        connection.sendall("\r\n".join(head).encode())
        received = connection.recv(65536)
        while b"\r\n\r\n" not in received:
            received += connection.recv(65536)
    return received


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/login/", b"text/html"),
        ("/cases/330106-2026-00001/exhibits/new/", b"text/html"),
        ("/api/v1/cases/330106-2026-00001/exhibits/", b"application/problem+json"),
    ],
)
def test_a_server_answers_an_upload_too_large_without_being_sent_any_of_it(site, path, kind):
    begun = time.monotonic()
    head, _, _body = answered(site.url, path, EVERYTHING).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"content-type: " + kind in head.lower()
    assert time.monotonic() - begun < 2


@pytest.mark.slow
def test_a_server_serves_on_after_it_has_refused(site):
    for _round in range(6):  # the server has four threads
        assert answered(site.url, "/login/", EVERYTHING).startswith(b"HTTP/1.1 413 ")
    with urlopen(f"{site.url}/healthz", timeout=2) as health:
        assert health.status == 200


def test_the_refusal_is_a_page_that_says_how_much_is_accepted(client, cast, settings):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    client.force_login(cast.handler)
    client.cookies["django_language"] = "en"
    answer = client.post("/cases/1/exhibits/new/", **declared(7 * 1024**2))
    assert answer.status_code == 413
    assert "at most 6.0" in answer.content.decode()


def test_a_program_gets_a_problem_with_a_code(client, db):
    answer = client.post("/api/v1/leads/", **declared(FIELDS + 1, "application/json"))
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "request_too_large"


@pytest.mark.parametrize(
    ("length", "media_type", "refused"),
    [
        (FIELDS + 100, FORM, False),
        (FIELDS + 101, FORM, True),
        (FIELDS, "application/x-www-form-urlencoded", False),
        (FIELDS + 1, "application/x-www-form-urlencoded", True),
        (FIELDS + 1, "text/plain", True),
        ("nonsense", FORM, False),
    ],
)
def test_files_may_be_as_long_as_the_largest_exhibit_and_other_entries_five_megabytes(
    db, rf, settings, length, media_type, refused
):
    settings.EVIDENCE_MAX_BYTES = 100
    request = rf.post("/theme/", **declared(length, media_type))
    request._messages = []
    guarded = DeclaredLengthMiddleware(lambda request: HttpResponse(status=204))
    assert guarded(request).status_code == (413 if refused else 204)
