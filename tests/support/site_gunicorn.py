"""Configuration of gunicorn for browser tests: one loaded application, a fresh worker for each database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

preload_app = True
threads = 4
graceful_timeout = 1
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """Lead the new worker to the database that is to be served, and say who serves which."""
    from django.db import connections

    folder = Path(os.environ["SITE_FOLDER"])
    name = (folder / "database").read_text()
    for settings in connections.settings.values():
        settings["NAME"] = name
    (folder / "workers" / str(os.getpid())).write_text(name)
