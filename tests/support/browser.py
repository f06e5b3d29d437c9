"""A real browser against a real server on a database of its own.

A browser test asks for `site` (the server) and `page` (an empty page of Chromium); what it commits to the
database before, the server sees. Without a Chromium such tests are left out, and the run says so
(tests/conftest.py).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from procuracy.operations.test import BROWSERS
from tests.support import database

PASSWORD = "correct horse battery staple"
WIDTHS = (390, 1366, 1920)
# What fits the English words at every width fits the Chinese ones; every page is opened in both languages
# by tests/procuracy/test_every_screen.py.
LONGER_WORDS = "en"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each page lives for half a second: compiling its scripts to run fast takes longer than they run.
    "--js-flags=--no-opt,--no-maglev",
]
# Playwright runs this outside the page's policy, in every document before its own scripts.
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""
_START_SECONDS = 30


def chromium() -> str | None:
    """Return the path of the browser, or None when this machine has none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass
class Site:
    """A running server."""

    url: str
    clock_file: Path

    def set_clock(self, instant: datetime) -> None:
        """Let the server believe that it is `instant` (aware)."""
        self.clock_file.write_text(instant.isoformat())

    def login(self, page, username: str, password: str = PASSWORD) -> None:
        """Log in through the form."""
        page.goto(f"{self.url}/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        page.click("main button.primary")
        page.wait_for_url(lambda address: "/login/" not in address)


def give_password(user, password: str = PASSWORD) -> str:
    """Let `user` log in with `password`, without the duty to change it; returns it."""
    user.set_password(password)
    user.must_change_password = False
    user.save()
    return password


def check_page(page, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that the page as shown breaks no rule of access, keeps to its policy and fits each width."""
    page.wait_for_load_state()
    faults = accessibility_faults(page) + policy_faults(page) + width_faults(page, widths)
    assert not faults, f"{page.url}:\n" + "\n".join(faults)


def policy_faults(page) -> list[str]:
    """Return what the content security policy forbade on this page."""
    return [f"policy: {violation}" for violation in page.evaluate("window.violations")]


def loose_sources(policy: str) -> set[str]:
    """Return what a content security policy lets in beside the house itself; "nothing" when it says nothing.

    Inline scripts and styles, other hosts and whatever no directive names are all let in by something
    other than 'self' and 'none'.
    """
    directives = [part.split() for part in policy.split(";") if part.strip()]
    if ["default-src", "'none'"] not in directives:
        return {"what no directive names"}
    return {source for _, *sources in directives for source in sources} - {"'self'", "'none'"}


def width_faults(page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Return the widths (CSS pixels) at which the page scrolls sideways; the window keeps its own."""
    usual, faults = page.viewport_size, []
    # The width it has comes first: each change lays the page out anew.
    for width in sorted(widths, key=lambda width: width != usual["width"]):
        if width != page.viewport_size["width"]:
            page.set_viewport_size({"width": width, "height": usual["height"]})
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if beyond > 0:
            faults.append(f"scrolls sideways by {beyond} px at {width} px")
    page.set_viewport_size(usual)
    return faults


@cache
def _axe() -> str:
    from axe_playwright_python.sync_playwright import Axe

    return str(Axe().axe_script)


def accessibility_faults(page, *, contrast: bool = True) -> list[str]:
    """Return what axe finds wrong with the page, one line a place.

    Only that leaves the browser: what axe finds in order is fifty times as much.

    Args:
        contrast: whether the contrast of every text is measured too, which is half of the work.
    """
    page.evaluate(_axe())
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {"color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations"],
    }
    found = page.evaluate("(options) => axe.run(options).then((all) => all.violations)", options)
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def _environment(folder: Path) -> dict[str, str]:
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL")
    }
    return environment | {
        "PROCURACY_ENVIRONMENT": "test",
        "PROCURACY_HOME": str(folder / "home"),
        "TEST_CLOCK_FILE": str(folder / "clock"),
        "SITE_FOLDER": str(folder),
    }


class Server:
    """gunicorn with the application loaded once, which serves one database after the other.

    Each database gets workers forked anew, so that nothing they remember reaches the next.
    """

    def __init__(self, folder: Path, *, workers: int = 1) -> None:
        self.folder, self.log, self.workers = folder, folder / "server.log", workers
        (folder / "workers").mkdir()
        (folder / "database").write_text("none")
        command = [sys.executable, "-m", "gunicorn", "procuracy.wsgi:application"]
        command += ["--config", "python:tests.support.site_gunicorn", "--workers", str(workers)]
        # The socket is ours from the start: a port only looked for may be somebody else's in a moment.
        with self.log.open("wb") as output, socket.create_server(("127.0.0.1", 0)) as listening:
            self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            place = f"fd://{listening.fileno()}"
            command += ["--bind", place, "--worker-tmp-dir", str(folder)]
            self.process = subprocess.Popen(
                command,
                cwd=database.ROOT,
                env=_environment(folder),
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[listening.fileno()],
            )

    @contextmanager
    def serving(self, name: str) -> Iterator[Site]:
        """Serve the database `name`, with no files and the clock of the machine."""
        shutil.rmtree(self.folder / "home", ignore_errors=True)
        (self.folder / "clock").unlink(missing_ok=True)
        (self.folder / "database").write_text(name)
        self._renew(name)
        yield Site(self.url, self.folder / "clock")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)

    def _renew(self, name: str) -> None:
        """End the workers that serve another database and wait for the answer of the next ones."""
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            serving = {place: place.read_text() for place in (self.folder / "workers").iterdir()}
            for place in [place for place, served in serving.items() if served != name]:
                with suppress(ProcessLookupError):
                    os.kill(int(place.name), signal.SIGKILL)
                place.unlink()
            if list(serving.values()) == [name] * self.workers and self._answers():
                return
            time.sleep(0.05)
        log = self.log.read_text()[-4000:]
        raise RuntimeError(f"The server of the browser test did not start:\n{log}")

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except (URLError, ConnectionError, TimeoutError):
            return False


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """The server of this process of the tests."""
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture
def site(committed_db, server) -> Iterator[Site]:
    """The server on the database of `committed_db`."""
    with server.serving(committed_db) as running:
        yield running


def _fonts(folder: Path) -> dict[str, str]:
    """Return an environment in which the browser finds the Chinese fonts the documents use.

    A machine without a Chinese font would measure the width of empty boxes.
    """
    package = find_spec("pylopdf_fonts_zh_cn")
    shipped = package.submodule_search_locations if package else []
    places = [*(shipped or []), "/usr/share/fonts", "/usr/local/share/fonts"]
    lines = "".join(f"<dir>{place}</dir>" for place in places)
    configuration = folder / "fonts.conf"
    configuration.write_text(
        f"<?xml version='1.0'?><fontconfig>{lines}<cachedir>{folder}</cachedir></fontconfig>"
    )
    return dict(os.environ) | {"FONTCONFIG_FILE": str(configuration)}


@pytest.fixture(scope="session")
def chromium_browser(tmp_path_factory) -> Iterator[object]:
    """One Chromium for the whole run; every test has its own context in it."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the tests still use the database one step at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        fonts = _fonts(tmp_path_factory.mktemp("fonts"))
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS, env=fonts)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium_browser) -> Iterator[object]:
    """An empty page of the usual office monitor, in Chinese, that notes breaches of the policy."""
    context = chromium_browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.add_init_script(_WATCH)
    yield context.new_page()
    context.close()
