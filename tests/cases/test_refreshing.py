"""A row with a protected state is read anew without lifting the protection off any other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import models

from cases.models import Case
from tests.support.matters import force, make_case

pytestmark = pytest.mark.django_db


def refused(case: Case) -> bool:
    try:
        case.state = "closed"
    except AttributeError:
        return True
    return False


def test_the_state_follows_the_row_and_stays_protected(cast):
    case = make_case(cast)
    known = Case.objects.get(pk=case.pk)
    force(case, "T08", date(2026, 1, 6))
    assert known.state == "filed"
    known.refresh_from_db()
    assert known.state == "investigating"
    assert refused(known)
    known.refresh_from_db(fields=["title"])
    assert known.state == "investigating"


def test_no_other_row_is_without_protection_while_one_is_read(cast, monkeypatch):
    case, other = make_case(cast), make_case(cast)
    seen: list[bool] = []
    read = models.Model.refresh_from_db

    def looking(self, *args, **kwargs):
        seen.append(refused(other))
        return read(self, *args, **kwargs)

    monkeypatch.setattr(models.Model, "refresh_from_db", looking)
    case.refresh_from_db()
    assert seen == [True]


def test_a_row_that_cannot_be_read_lifts_nothing(cast):
    case = make_case(cast)
    gone = Case(pk=0)
    with pytest.raises(Case.DoesNotExist):
        gone.refresh_from_db()
    assert refused(case)
    assert gone.state == "filed"


def test_a_field_that_was_not_loaded_stays_so(cast):
    case = Case.objects.only("title").get(pk=make_case(cast).pk)
    case.refresh_from_db()
    assert case.get_deferred_fields() >= {"state", "summary"}
