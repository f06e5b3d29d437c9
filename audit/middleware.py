"""Gives every request an id and the record its network address."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit import context

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
HEADER = "X-Request-ID"


class AuditContextMiddleware:
    """Set `audit.context` for the request and name the request in the answer.

    The id is always our own: a client cannot choose what the record says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with context.origin(uuid.uuid4().hex, client_address(request)) as origin:
            response = self.get_response(request)
        response[HEADER] = origin.request_id
        return response


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the client, or None when the server does not know it.

    `X-Forwarded-For` counts only as far as the hops are in `settings.TRUSTED_PROXIES`: read from
    the right, the first address that is not a trusted proxy is the client.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    while address is not None and hops and _is_trusted(address):
        address = _parsed(hops.pop()) or address
    return str(address) if address is not None else None


def _parsed(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        # A zone names an interface of this machine; the database does not store it.
        return address.ipv4_mapped or ipaddress.IPv6Address(int(address))
    return address


def _is_trusted(address: Address) -> bool:
    networks = (ipaddress.ip_network(text) for text in settings.TRUSTED_PROXIES)
    return any(address in network for network in networks)
