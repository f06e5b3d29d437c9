"""What each process of the web server does when it begins (`gunicorn --config python:procuracy.gunicorn`)."""

from __future__ import annotations

from typing import Any


def post_worker_init(worker: Any) -> None:
    """Read the fonts of documents once, after the processes have parted."""
    from documents.typst_renderer import warm

    warm()
