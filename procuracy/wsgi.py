"""The entry point of the web server."""

from __future__ import annotations

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")

application = get_wsgi_application()
# Every page once, before the server's processes part (`--preload`): a fault in one ends the start.
import_module(settings.ROOT_URLCONF)
