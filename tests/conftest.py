"""Fixtures every test may use: the database, the clock and the personas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections

from tests.support import database


def _use(name: str) -> None:
    for alias, url in (("default", database.APPLICATION_URL), ("owner", database.OWNER_URL)):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections.settings[alias]["NAME"] = name


@pytest.fixture(scope="session")
def template_database() -> str:
    """Name of the migrated database the others are cloned from."""
    return database.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, template_database) -> Iterator[None]:
    """Replace pytest-django's setup: one clone a session (and xdist worker), as the application role."""
    with database.clone(template_database, "session") as name:
        with django_db_blocker.unblock():
            _use(name)
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture
def committed_db(django_db_blocker, template_database) -> Iterator[str]:
    """A clone of its own for a test whose transactions really commit; yields the database's name."""
    previous = connections["default"].settings_dict["NAME"]
    with database.clone(template_database) as name, django_db_blocker.unblock():
        _use(name)
        try:
            yield name
        finally:
            connections.close_all()
            _use(previous)


@pytest.fixture
def cast(db):
    """The people most tests need, each made when first asked for (`tests.support.people.Cast`)."""
    from tests.support.people import Cast

    return Cast()
