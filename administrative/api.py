"""This room for programs."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from administrative import board_api, recommendation_api
from administrative.bodies import api as bodies
from administrative.governance import api as governance


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    bodies.register(router)
    recommendation_api.register(router)
    governance.register(router)
    board_api.register(router)
