"""The recommendation as a list of measures, fixed by its decision (Rules 75; PRR 3; norms C101, C110)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from administrative import wording
from administrative.models import Measure, Recommendation
from administrative.services import preparing
from audit import clock
from audit.errors import Conflict, NotPermitted, Refusal
from cases.models import Proposal
from cases.registries import machines
from cases.services import checklists, corrections, proposals
from notices.models import Document
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.support.documents import filled, final
from tests.support.guards import codes
from tests.support.matters import approve, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_decision():
    with clock.frozen(moment(3, 18)):
        yield


def decide(cast, case):
    final(case, "D-40", cast.handler)
    approve(propose(case, "A-5", {"why": "未依法履职。"}, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()


@pytest.mark.norm("C101")
def test_a_recommendation_without_a_period_is_not_decided(cast, at_decision):
    case = scenes.prepared(cast, period=None)
    final(case, "D-40", cast.handler)
    with pytest.raises(Refusal) as refused:
        propose(case, "A-5", {"why": "未依法履职。"}, cast.handler)
    assert codes(refused) == ["recommendation_names_a_period"]
    assert refused.value.unmet[0].law == "Rules 75(7)"
    assert refused.value.unmet[0].link.endswith("/recommendation/prepare/")


def test_the_paper_is_drafted_from_what_was_prepared(cast, at_decision):
    case = scenes.prepared(cast)
    decide(cast, case)
    paper = Document.objects.get(case=case, code="D-70")
    assert paper.values["name"] == scenes.POSTAL
    assert paper.values["content"] == f"{scenes.ASKED}\n{scenes.ASKED_TOO}"
    assert paper.values["period"] == "2个月"
    assert paper.values["urgency"] == ""


def test_what_was_decided_stands_whoever_asks(cast, at_decision):
    case = scenes.prepared(cast)
    decide(cast, case)
    row = Recommendation.objects.get(case=case)
    assert row.decision.kind == "recommendation_decided"
    first = row.measures.first()
    with pytest.raises(Conflict) as moved:
        preparing.change_measure(
            actor=cast.handler, case=case, measure=first, facts={"text": "另行要求"}
        )
    assert moved.value.code == "not_prepared_now"
    for change in (
        lambda: Recommendation.objects.filter(pk=row.pk).update(period=6),
        lambda: Measure.objects.filter(pk=first.pk).update(text="另行要求"),
        lambda: Measure.objects.filter(pk=first.pk).delete(),
        lambda: Measure.objects.create(
            recommendation=row, number=9, text="增加", basis="依据", expected_proof="证明"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    Measure.objects.filter(pk=first.pk).update(retest_on=moment(9, 1).date())


def test_an_annulled_decision_frees_the_recommendation(cast, at_decision):
    case = scenes.prepared(cast)
    decide(cast, case)
    event = case.events.get(kind="recommendation_decided")
    corrections.annul_transition(actor=cast.chief, event=event, reason="误录为本案。")
    row = Recommendation.objects.get(case=case)
    assert row.decision is None
    preparing.add_measure(
        actor=cast.handler, case=case, facts=scenes.MEASURE | {"text": "增加一项措施。"}
    )
    assert row.measures.count() == 3


def test_a_recommendation_without_measures_cannot_be_decided_even_in_the_database(
    cast, at_decision
):
    case = scenes.investigated(cast)
    row = preparing.prepare(actor=cast.handler, case=case, facts=scenes.PREPARED)
    event = case.events.first()
    with pytest.raises(IntegrityError, match="has no measure"), transaction.atomic():
        Recommendation.objects.filter(pk=row.pk).update(decision=event)


def test_only_the_team_prepares_and_nobody_overwrites_another(cast, at_decision):
    case = scenes.prepared(cast)
    row = Recommendation.objects.get(case=case)
    with pytest.raises(NotPermitted):
        preparing.prepare(
            actor=cast.colleague, case=case, facts=scenes.PREPARED, version=row.version
        )
    with pytest.raises(Conflict) as lost:
        preparing.prepare(actor=cast.handler, case=case, facts={"period": 3}, version=1)
    assert lost.value.code == "lost_update"
    assert lost.value.details == {"period": 2, "version": row.version}


def test_a_measure_taken_out_lets_the_others_move_up(cast, at_decision):
    case = scenes.prepared(cast)
    first, second = scenes.measures(case)
    preparing.remove_measure(actor=cast.handler, case=case, measure=first)
    assert [(row.pk, row.number) for row in scenes.measures(case)] == [(second.pk, 1)]


@pytest.mark.norm("C110")
def test_a_body_of_another_level_is_not_addressed_directly(cast, at_decision):
    case = scenes.prepared(cast)
    body = Recommendation.objects.get(case=case).body
    body.level = "city"
    body.save(update_fields=["level"])
    final(case, "D-40", cast.handler)
    with pytest.raises(Refusal) as refused:
        propose(case, "A-5", {"why": "未依法履职。"}, cast.handler)
    assert codes(refused) == ["level_of_the_addressee"]
    row = Recommendation.objects.get(case=case)
    preparing.prepare(
        actor=cast.handler,
        case=case,
        facts={"relation": "superior", "relation_shown": "已报请江州市人民检察院提出。"},
        version=row.version,
    )
    case.refresh_from_db()
    draft = Proposal.objects.get(case=case, transition="A-5")
    sent = proposals.submit_proposal(actor=cast.handler, proposal=draft)
    assert sent.status == "submitted"


@pytest.mark.norm("C157")
def test_the_paper_has_to_say_what_was_decided_before_its_clocks_run(cast):
    with clock.frozen(moment(3, 18)):
        case = scenes.prepared(cast)
        decide(cast, case)
        draft = Document.objects.get(case=case, code="D-70")
        filled(draft, cast.handler, period="6个月", content=scenes.ASKED)
    row = Recommendation.objects.get(case=case)
    draft.refresh_from_db()
    missing = wording.missing_in(row, draft.values)
    assert missing == [str(row.measures.last()), "2个月"]
    step = machines["administrative"].declarations["A-6"]
    with clock.frozen(moment(3, 20)):
        lines = {line.code: line for line in checklists.checklist(step, case, {})}
    verdict = lines["paper_says_the_recommendation"].verdict
    assert not verdict.met
    assert "2个月" in str(verdict.why)
    assert verdict.link == draft.get_absolute_url()
