"""Norms of the investigation: the plan before, two staff in every act, and no coercion (Rules 33-36)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit import clock
from audit.errors import Conflict, Invalid, Refusal
from cases.forms.facts import InvestigativeMethod
from cases.models import Case, Event
from cases.services import acts, checklists
from notices import services as notices
from tests.support import matters
from tests.support.documents import final

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


@pytest.fixture
def case(cast) -> Case:
    """A filed case with lead handler, assistant and clerk."""
    case = matters.make_case(cast)
    matters.set_full_team(cast, case)
    return case


@pytest.fixture
def investigated(cast, case) -> Case:
    final(case, "D-09", cast.handler)
    start(cast, case)
    case.refresh_from_db()
    return case


def start(cast, case: Case) -> Event:
    facts = {"legal_day": clock.today().isoformat()}
    return acts.record_directly(actor=cast.handler, matter=case, code="T08", data=facts)


def act(*staff, **changes):
    """Return the facts of an investigative act of today."""
    return {
        "legal_day": clock.today().isoformat(),
        "method": "question",
        "place": "江州",
        "content": "询问平台负责人。",
        "staff": [person.pk for person in staff],
    } | changes


def record(cast, case: Case, facts) -> Event:
    return acts.record_fact(actor=cast.handler, matter=case, kind="investigative_act", data=facts)


@pytest.mark.norm("C020")
def test_a_plan_that_is_only_a_draft_is_no_plan(cast, case):
    notices.draft_document(actor=cast.handler, matter=case, code="D-09")
    with pytest.raises(Refusal) as refused:
        start(cast, case)
    assert [line.code for line in refused.value.unmet] == ["document:D-09"]
    facts = act(cast.handler, cast.assistant)
    with pytest.raises(Conflict) as conflict:
        record(cast, case, facts)
    assert conflict.value.code == "not_under_investigation"
    matters.force(case, "T08", clock.today())
    with pytest.raises(Refusal) as refused:
        record(cast, case, facts)
    assert [line.code for line in refused.value.unmet] == ["plan_before_collection"]
    final(case, "D-09", cast.handler)
    assert record(cast, case, facts).kind == "investigative_act"


@pytest.mark.norm("C021")
def test_a_technician_is_no_second_member_of_the_procuratorial_staff(cast):
    case = matters.make_case(cast)
    case.team.create(user=cast.colleague, position="technician")

    def met():
        lines = checklists.checklist(acts.declaration_of(case, "T08"), case, {})
        return next(line.verdict.met for line in lines if line.code == "two_staff")

    assert not met()
    case.team.create(user=cast.assistant, position="assistant")
    assert met()


@pytest.mark.norm("C021")
@pytest.mark.parametrize("second", ["colleague", "head", "stranger"])
def test_who_acts_as_the_second_belongs_to_the_procuratorial_staff_of_the_team(
    cast, investigated, as_user, second
):
    """The colleague is there as a technician; the two others do not belong to the team."""
    investigated.team.create(user=cast.colleague, position="technician")
    facts = act(cast.handler, getattr(cast, second))
    with pytest.raises(Invalid) as refused:
        record(cast, investigated, facts)
    assert list(refused.value.errors) == ["staff"]
    page = reverse("investigative_act_create", args=[investigated.key])
    assert as_user(cast.handler).post(page, facts).status_code == 400
    assert not Event.objects.filter(kind="investigative_act").exists()


@pytest.mark.norm("C022")
def test_there_are_exactly_the_seven_methods_of_the_rules_and_none_is_coercive():
    assert set(InvestigativeMethod.values) == {
        "read_files", "question", "collect", "consult", "commission", "inspect", "other",
    }  # fmt: skip


@pytest.mark.norm("C022")
@pytest.mark.parametrize("method", ["freeze", "seize", "seal", "detain"])
def test_no_act_of_coercion_is_recorded_as_an_investigative_act(cast, investigated, method):
    with pytest.raises(Invalid) as refused:
        record(cast, investigated, act(cast.handler, cast.assistant, method=method))
    assert list(refused.value.errors) == ["method"]
    assert record(cast, investigated, act(cast.handler, cast.assistant)).pk


@pytest.mark.norm("C022")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "liberty may be restricted, nothing sealed, seized or frozen."),
        ("zh-hans", "不得限制人身自由，不得查封、扣押、冻结财产。"),
    ],
)
def test_the_page_says_what_no_investigative_act_may_do(
    cast, investigated, as_user, language, sentence
):
    cast.handler.language = language
    cast.handler.save()
    page = as_user(cast.handler).get(reverse("investigative_act_create", args=[investigated.key]))
    assert sentence in page.content.decode()
