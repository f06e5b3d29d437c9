"""Every request has an id of ours and the record knows its address."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from audit import context
from audit.middleware import AuditContextMiddleware, client_address


def answer(**headers):
    seen = []

    def view(request):
        seen.append(context.current())
        return HttpResponse()

    response = AuditContextMiddleware(view)(RequestFactory().get("/", **headers))
    return response, seen[0]


def test_the_answer_names_the_request_that_the_record_names():
    response, origin = answer()
    assert response["X-Request-ID"] == origin.request_id
    assert len(origin.request_id) == 32
    assert context.current() == context.NO_REQUEST


def test_a_client_cannot_choose_its_request_id():
    response, _ = answer(HTTP_X_REQUEST_ID="chosen")
    assert response["X-Request-ID"] != "chosen"


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("10.0.0.1", "not an address", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("fe80::1%eth0", "", "fe80::1"),
        ("", "198.51.100.1", None),
    ],
)
def test_forwarded_addresses_count_only_behind_trusted_proxies(settings, peer, forwarded, address):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
