"""What each process of the web server does when it begins (`gunicorn --config python:procuracy.gunicorn`)."""

from __future__ import annotations

import os
from typing import Any, cast

from django.conf import settings

from procuracy import memory
from procuracy.metrics import folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
# gunicorn reads this file before it loads the application, and with it whatever counts.
own = folder.begin(settings.HOME, "web")
# What one process took long to count, the others show too; with the server it is gone.
cast("dict[str, Any]", settings.CACHES["figures"]).update(
    BACKEND="django.core.cache.backends.filebased.FileBasedCache", LOCATION=own / "figures"
)
logconfig_dict = settings.LOGGING
memory.give_back()


def post_worker_init(worker: Any) -> None:
    """Read the fonts of documents once, after the processes have parted."""
    from documents.typst_renderer import warm

    warm()


def child_exit(server: Any, worker: Any) -> None:
    """Forget the requests a process was answering when it ended."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
