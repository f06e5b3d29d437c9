"""`/metrics`, for Prometheus alone: who has neither its token nor an address of its own finds nothing there.

prometheus_client is imported where it is used, for a worker loads this file before it knows where it counts.
"""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.middleware import client_address

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SCHEME = "Bearer "


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with every figure of this machine and the state of the office."""
    if not (_has_token(request) or _is_known(request)):
        raise Http404
    from procuracy.metrics import exposition

    body = exposition.of_processes(settings.HOME) + exposition.of_office()
    return HttpResponse(body, content_type=CONTENT_TYPE)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    token: str = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(given, f"{SCHEME}{token}")


def _is_known(request: HttpRequest) -> bool:
    address = client_address(request)
    networks = map(ipaddress.ip_network, settings.METRICS_ADDRESSES)
    return address is not None and any(
        ipaddress.ip_address(address) in network for network in networks
    )
