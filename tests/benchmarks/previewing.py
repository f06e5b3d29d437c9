"""The live preview where it is seen: a real browser, a real server, from the request to the painted sheet.

The pause after typing (screen 7: 600 ms) is not counted. `documents` runs this after it filled its database.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from procuracy.embedded.home import ROOT
from tests.support.browser import ARGUMENTS, PASSWORD, Site, chromium

ROUNDS = 15
START_SECONDS = 30
TYPE_AND_WAIT = """
() => new Promise((done) => {
  const field = document.querySelector("form[hx-post] textarea");
  let begun;
  const started = () => { begun = performance.now(); };
  const shown = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
  document.body.addEventListener("htmx:beforeRequest", started, { once: true });
  document.body.addEventListener("htmx:afterSettle", shown, { once: true });
  field.value += "。";
  field.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


@contextmanager
def served() -> Iterator[Site]:
    """Serve the database the variables of this process name, with one worker as a browser test has it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        site = Site(f"http://127.0.0.1:{listening.getsockname()[1]}", ROOT / "no-clock")
        place = f"fd://{listening.fileno()}"
        command = [sys.executable, "-m", "gunicorn", "procuracy.wsgi:application", "--bind", place]
        server = subprocess.Popen(
            [*command, "--threads", "4"],
            cwd=ROOT,
            pass_fds=[listening.fileno()],
            stderr=subprocess.PIPE,
        )
    try:
        _wait_for(site)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(site: Site) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"{site.url}/healthz", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("The server of the benchmark did not start.")


def measured(address: str, username: str) -> dict[str, tuple[float, ...]]:
    """Type into the composer at `address` again and again; seconds from request to painted sheet.

    Nothing is measured on a machine without a Chromium.
    """
    if chromium() is None:
        return {}
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        site.login(page, username, PASSWORD)
        page.goto(f"{site.url}{address}")
        page.evaluate(TYPE_AND_WAIT)
        taken = tuple(page.evaluate(TYPE_AND_WAIT) / 1000 for _ in range(ROUNDS))
        browser.close()
    return {"live preview painted in the browser": taken}


if __name__ == "__main__":
    told: dict[str, Any] = measured(sys.argv[1], sys.argv[2])
    sys.stdout.write(json.dumps(told))
