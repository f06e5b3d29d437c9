"""What a paper tells stands in the form of the step it becomes, and the person may change it (law 10)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Event
from cases.registries import event_kinds
from cases.services import parties
from exchange.prefill import TOLD_BY_A_PAPER
from litigation.models import EligibleSubject
from tests.exchange.conftest import REPLY, register
from tests.litigation import suit
from tests.support.api import program_of
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import approve, force, make_case, propose

pytestmark = pytest.mark.django_db
COURT = {"correspondent": "杭州互联网法院", "medium": "ems", "time": time(9, 0)}


def step(case: Case, code: str, paper: Any) -> str:
    return f"{reverse('transition_record', args=[case.key, code])}?source=paper:{paper.pk}"


def form_of(client: Any, case: Case, code: str, paper: Any) -> Any:
    """Return the form as the page of the step shows it."""
    answer = client.get(step(case, code, paper))
    assert answer.status_code == 200
    return answer.context["form"]


def shown(form: Any, *names: str) -> list[Any]:
    return [form[name].value() for name in names]


def facts_by_api(actor: Any, paper: Any, transition: str) -> dict[str, Any]:
    """Return the facts the API proposes for a step of the matter of the paper."""
    ways = program_of(actor).ask(f"papers/{paper.pk}/ways/")
    (way,) = [way for way in ways if way["transition"] == transition]
    return way["facts"]


def test_every_field_of_the_table_is_one_its_form_asks():
    for kind, fields in TOLD_BY_A_PAPER.items():
        assert fields.keys() <= event_kinds[kind].form.base_fields.keys(), kind


def test_a_reply_to_the_announcement_begins_with_its_sender_subject_and_day(
    cast, case, paper, as_user
):
    form = form_of(as_user(cast.handler), case, "T13", paper)
    told = ["江州市消费者权益保护委员会", "关于公告的复函", date(2026, 3, 9)]
    assert shown(form, "name", "content", "legal_day") == told
    assert facts_by_api(cast.handler, paper, "T13") == {
        "legal_day": "2026-03-09",
        "name": "江州市消费者权益保护委员会",
        "content": "关于公告的复函",
    }


def test_a_sender_in_the_list_of_eligible_subjects_is_chosen_from_it(cast, case, as_user):
    subject = EligibleSubject.objects.filter(last_day__isnull=True).first()
    paper = register(cast.clerk, matter=case, correspondent=subject.name)
    form = form_of(as_user(cast.handler), case, "T13", paper)
    assert form["subject"].value() == subject.pk
    assert not form["name"].value()
    assert facts_by_api(cast.handler, paper, "T13")["subject"] == subject.pk


def test_what_is_posted_counts_and_not_what_the_paper_tells(cast, case, paper, as_user):
    posted = REPLY | {"legal_day": "2026-03-08", "name": "江州市消费者协会", "step": "record"}
    assert as_user(cast.handler).post(step(case, "T13", paper), posted).status_code == 302
    event = Event.objects.get(case=case, kind="announcement_reply")
    assert event.legal_day == date(2026, 3, 8)
    assert (event.facts["name"], event.facts["content"]) == ("江州市消费者协会", REPLY["content"])


def test_what_a_program_leaves_out_is_not_filled_in_for_it(cast, case, paper):
    facts = {key: value for key, value in REPLY.items() if key != "content"}
    body = {"transition": "T13", "facts": facts | {"legal_day": "2026-03-09"}}
    reply = program_of(cast.handler).send(
        f"cases/{case.key}/transitions/", body | {"source": f"paper:{paper.pk}"}
    )
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["content"])


def test_the_notice_of_acceptance_brings_the_number_of_the_court(cast, as_user):
    with on(2026, 5, 8):
        case = suit.suit_delivered(cast)
        number = "（2026）浙0192民初1号"
        notice = register(
            cast.handler,
            matter=case,
            **COURT,
            subject="受理案件通知书",
            their_number=number,
            day=date(2026, 5, 8),
        )
        form = form_of(as_user(cast.handler), case, "T24", notice)
        assert shown(form, "court_case_number", "legal_day") == [number, date(2026, 5, 8)]
        assert facts_by_api(cast.handler, notice, "T24")["court_case_number"] == number


def test_the_judgment_brings_its_number_and_its_day(cast, as_user):
    with on(2026, 6, 22):
        case = suit.in_trial(cast, debate_closed=True)
        number = "（2026）浙0192民初1号"
        judgment = register(
            cast.handler,
            matter=case,
            **COURT,
            subject="民事判决书",
            their_number=number,
            day=date(2026, 6, 22),
        )
        form = form_of(as_user(cast.handler), case, "T36", judgment)
        assert shown(form, "judgment_number", "legal_day") == [number, date(2026, 6, 22)]
        assert not form["operative_part"].value()
        told = {"judgment_number": number, "legal_day": "2026-06-22"}
        assert facts_by_api(cast.handler, judgment, "T36") == told


def test_the_copy_of_an_appeal_names_the_defendant_that_sent_it_and_the_day_of_receipt(
    cast, as_user
):
    with on(2026, 7, 3):
        case = suit.judged(cast)
        suit.served(cast, case, date(2026, 6, 24))
        defendant = suit.defendants(case)[0]
        copy = register(
            cast.handler,
            matter=case,
            **COURT | {"correspondent": defendant.name},
            subject="上诉状：请求撤销一审判决",
            day=date(2026, 7, 3),
        )
        form = form_of(as_user(cast.handler), case, "T37-2", copy)
        told = [str(defendant.pk), date(2026, 7, 3), "上诉状：请求撤销一审判决"]
        assert shown(form, "party", "received_on", "content") == told
        facts = facts_by_api(cast.handler, copy, "T37-2")
        assert (facts["party"], facts["received_on"]) == (str(defendant.pk), "2026-07-03")


def test_a_report_that_went_out_names_its_addressee(cast, as_user):
    with on(2026, 6, 24):
        case = suit.judged(cast)
        report = register(
            cast.handler,
            matter=case,
            direction="out",
            time=None,
            correspondent="江州市人民检察院",
            subject="一审判决备案报告",
            day=date(2026, 6, 24),
        )
        form = form_of(as_user(cast.handler), case, "S29", report)
        assert shown(form, "recipient") == ["江州市人民检察院"]


def test_an_application_to_join_names_who_joins(cast, as_user):
    with on(2026, 5, 20):
        case = suit.in_preparation(cast)
        paper = register(cast.handler, matter=case, day=date(2026, 5, 18))
        form = form_of(as_user(cast.handler), case, "T26", paper)
        assert shown(form, "plaintiff") == ["江州市消费者权益保护委员会"]


def test_what_a_court_sends_on_names_nobody_by_the_name_of_the_court(cast, as_user):
    with on(2026, 5, 20):
        case = suit.in_preparation(cast)
        sent_on = register(cast.handler, matter=case, **COURT, day=date(2026, 5, 18))
        client = as_user(cast.handler)
        assert not form_of(client, case, "T26", sent_on)["plaintiff"].value()
        assert not form_of(client, case, "S14", sent_on)["departments"].value()
        notice = register(
            cast.handler, matter=case, correspondent="江州市市场监督管理局", day=date(2026, 5, 18)
        )
        form = form_of(client, case, "S14", notice)
        assert shown(form, "departments") == ["江州市市场监督管理局"]


def test_the_api_tells_the_ways_of_a_paper_to_whoever_may_go_them(cast, case, paper):
    ways = {
        way["transition"]: way for way in program_of(cast.handler).ask(f"papers/{paper.pk}/ways/")
    }
    assert (ways["T13"]["kind"], ways["T13"]["event_kind"]) == ("record", "announcement_reply")
    assert (ways["T14"]["kind"], ways["T14"]["facts"]) == ("propose", {})
    assert ways[""]["event_kind"] == "direction_recorded"
    assert ways[""]["facts"]["direction"] == "关于公告的复函"
    assert program_of(cast.case_manager).ask(f"papers/{paper.pk}/ways/") == []
    assert program_of(cast.stranger).get(f"/api/v1/papers/{paper.pk}/ways/").status_code == 404
    force(case, "T13", date(2026, 3, 9), actor=cast.handler, name="甲")
    event = Event.objects.get(case=case, kind="announcement_reply")
    type(paper).objects.filter(pk=paper.pk).update(event=event)
    assert program_of(cast.handler).get(f"/api/v1/papers/{paper.pk}/ways/").status_code == 409


def test_what_was_approved_stands_before_what_the_paper_tells(cast, as_user):
    with on(2026, 6, 19):
        case = make_case(cast)
        violator = {"role": "violator", "kind": "organisation", "name": "某科技有限公司"}
        parties.add_party(actor=cast.handler, case=case, facts=violator)
        case.refresh_from_db()
        force(case, "T08", date(2026, 6, 12), actor=cast.handler)
        force(case, "T10", date(2026, 6, 18), actor=cast.handler, proposal="announce")
        for code in ("D-40", "D-41"):
            final(case, code, cast.handler)
        case.refresh_from_db()
        plan = {"medium_planned": "正义网"}
        proposal = approve(propose(case, "T12", plan, cast.handler), cast.head, cast.chief)
        page = register(
            cast.handler, matter=case, correspondent="某新闻网站", day=date(2026, 6, 18)
        )
        address = reverse("proposal_carry_out", args=[proposal.pk])
        form = as_user(cast.handler).get(f"{address}?source=paper:{page.pk}").context["form"]
    assert shown(form, "medium", "legal_day") == ["正义网", date(2026, 6, 18)]
