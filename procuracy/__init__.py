"""The project: settings, addresses, background work, the embedded services and the home page."""

from procuracy.celery import app as celery_app

__all__ = ["celery_app"]
