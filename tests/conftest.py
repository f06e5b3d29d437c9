"""Fixtures every test may use: the database, the clock and the personas."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from cases.refreshing import RefreshedState
from procuracy.operations.speech import say
from tests.support import browser, database
from tests.support.browser import chromium_browser, page, server, site  # noqa: F401 - fixtures
from tests.support.people import Cast, everybody
from tests.support.prepared import Prepared, Stage, prepared, switched
from tests.support.processes import FilesTogether

NOT_RUN = pytest.StashKey[int]()


def pytest_configure() -> None:
    """Let Ctrl-C count in every process the tests start: a run in the background inherits that it does not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """Begin each test in the language of the product; a page asked for in English leaves English behind."""
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def static_files_looked_for_once() -> Iterator[None]:
    """Every client of a test makes the middleware anew, which looks at each of the static files."""
    looked: dict[str, object] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def remembered(self: WhiteNoiseMiddleware) -> None:
        if not looked:
            look(self)
            looked.update(self.files)
        self.files.update(looked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def what_an_act_leaves_is_what_is_written() -> Iterator[None]:
    """An act hands its matter on as it knows it; every one of a test is compared with the row (`Held`)."""
    take_over = RefreshedState.take_over

    def compared(self: RefreshedState, other: RefreshedState) -> None:
        take_over(self, other)
        if connection.force_debug_cursor:  # the test counts statements
            return
        written = type(self)._base_manager.get(pk=self.pk)
        names = [field.attname for field in self._meta.concrete_fields]
        assert {n: getattr(self, n) for n in names} == {n: getattr(written, n) for n in names}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RefreshedState, "take_over", compared)
        yield


@pytest.fixture(scope="session")
def template_database() -> str:
    """Name of the migrated database the others are cloned from."""
    return database.template()


@pytest.fixture(scope="session")
def town(template_database, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The database with all the people of the cast, who are most tests' beginning."""
    source, make = template_database, lambda: Stage(everybody())
    with prepared("town", source, django_db_blocker, tmp_path_factory, make) as made:
        yield made


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, town) -> Iterator[None]:
    """Replace pytest-django's setup: one clone a session (and xdist worker), as the application role."""
    with database.clone(town.name, "session") as name:
        with django_db_blocker.unblock():
            database.use(name)
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture(scope="session")
def stage(town) -> Prepared:
    """The database the tests of a room begin with; a room that names its own asks for `room`."""
    return town


@pytest.fixture(scope="module")
def room(stage, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let the tests of a module that are rolled back work in a clone of the stage."""
    with switched(stage.name, django_db_blocker):
        yield


@pytest.fixture(scope="module")
def nobody(template_database, django_db_setup, django_db_blocker) -> Iterator[None]:
    """A module that asks for it finds an empty database; its cast is made person by person."""
    with switched(template_database, django_db_blocker):
        yield


@pytest.fixture
def source_database(request, template_database, stage) -> str:
    """Name of the database a test clones that really commits."""
    return template_database if "nobody" in request.fixturenames else stage.name


@pytest.fixture
def committed_db(django_db_blocker, source_database) -> Iterator[str]:
    """A clone of its own for a test whose transactions really commit; yields the database's name."""
    with (
        database.clone(source_database) as name,
        database.used(name, django_db_blocker),
    ):
        yield name


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Figures that took long in one test are not shown in the next, whose people have the same keys."""
    caches["figures"].clear()


@pytest.fixture
def inside(request, stage, settings) -> Stage:
    """What is on the stage, in the test's transaction or in the database it commits to."""
    if "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
    if "nobody" in request.fixturenames:
        return Stage(Cast())
    stage.copy_files(Path(settings.EVIDENCE_STORAGE))
    return stage.open()


@pytest.fixture
def cast(inside) -> Cast:
    """The people of the stage; where there is nobody, each is made when first asked for."""
    return inside.cast


@pytest.fixture
def as_user(client):
    """Return the client logged in as a person; one person at a time."""

    def login(person):
        client.force_login(person)
        return client

    return login


# --- browser tests -------------------------------------------------------------------------------


def pytest_collection_modifyitems(config, items) -> None:
    """Put what takes long first, and leave out browser tests where there is no Chromium.

    With several processes a long test at the end would keep one of them waiting; the run says how many
    tests were left out.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if browser.chromium():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in left_out]
    config.stash[NOT_RUN] = len(left_out)
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stays to the end: modules, models and thousands of tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log) -> FilesTogether:
    """Decide which process runs which tests."""
    return FilesTogether(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    """Take the number over from a worker of pytest-xdist; every worker counts all tests."""
    number = getattr(node, "workeroutput", {}).get("browser_tests_not_run", 0)
    node.config.stash[NOT_RUN] = max(number, node.config.stash.get(NOT_RUN, 0))


def pytest_sessionfinish(session, exitstatus) -> None:
    """Fail the run when the browser is required and tests were left out."""
    number = session.config.stash.get(NOT_RUN, 0)
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["browser_tests_not_run"] = number
    elif number and os.environ.get("REQUIRE_BROWSER") == "1" and exitstatus in (0, 5):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config) -> None:
    """Say after everything else what was left out."""
    if number := config.stash.get(NOT_RUN, 0):
        say(f"BROWSER TESTS NOT RUN: {number}")
