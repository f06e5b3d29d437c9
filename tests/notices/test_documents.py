"""From the draft to the issued document: what is drafted, by whom, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from cases.models import Lead, Task
from cases.registries import document_slots, inbox
from notices import services
from notices.catalogue import TYPES, Layout
from notices.models import Document, NumberRegister
from notices.services.approving import approval_of
from tests.notices.matters import FACT_GROUPS, approve_text, assigned_lead, filing_of, issue, upload
from tests.support.days import on
from tests.support.documents import filled, final
from tests.support.matters import approve, assign, make_lead, propose

pytestmark = pytest.mark.django_db


# --- what events make --------------------------------------------------------------------------------


def test_assigning_a_lead_drafts_its_register_entry(june, cast):
    lead = assign(cast, make_lead(cast))
    document = lead.documents.get()
    assert document.code == "D-01"
    assert document.values["summary"] == lead.summary
    assert document.content["source"]["source"] == "lead"


@pytest.mark.norm("C013")
def test_a_filing_drafts_the_decision_with_its_day_and_signer(decision, cast):
    assert decision.status == "draft"
    assert decision.signer == cast.chief
    assert decision.signed_day.isoformat() == "2026-06-24"
    assert decision.values["decision_day"] == "2026-06-24"
    assert "某科技有限公司" in decision.values["violator"]


@pytest.mark.norm("C013")
def test_a_refusal_to_file_drafts_its_decision_with_its_day_and_signer(june, cast):
    lead = assigned_lead(cast)
    final(lead, "D-05", cast.handler)
    approve(propose(lead, "T07", {"reason": "没有违法行为。"}, cast.handler), cast.head, cast.chief)
    document = lead.documents.get(code="D-07")
    assert document.signer == cast.chief
    assert document.values["reason"] == "没有违法行为。"
    issued = issue(cast, document, actor=cast.handler)
    assert issued.number == "江云检民公不立〔2026〕1号"


def test_a_clerk_of_the_department_issues_what_was_decided_on_a_lead(june, cast):
    lead = assigned_lead(cast)
    final(lead, "D-05", cast.clerk)
    approve(propose(lead, "T07", {"reason": "没有违法行为。"}, cast.handler), cast.head, cast.chief)
    issued = issue(cast, lead.documents.get(code="D-07"))
    assert issued.issued_by == cast.clerk
    with pytest.raises(NotPermitted):
        services.draft_document(actor=cast.colleague, matter=lead, code="D-08")


def _waiting(person, lead: Lead) -> set[str]:
    items = inbox["documents"](person)
    return {item.title.split(" · ")[0] for item in items if item.matter_key == lead.key}


NOT_FILED = ("T07", {"reason": "没有违法行为。"})
TRANSFERRED = ("T02", {"jurisdiction_ground": "行为地", "materials": "截图一份"})


@pytest.mark.parametrize(
    ("code", "facts", "left"),
    [
        (*NOT_FILED, {TYPES["D-07"].title_en}),
        (*TRANSFERRED, {TYPES["D-02"].title_en}),
        ("M01", {"reason": "同一事实。"}, set()),
    ],
)
def test_papers_of_a_lead_that_ended_wait_for_nobody_but_what_tells_of_its_end_does(
    june, cast, code, facts, left
):
    lead, other = assigned_lead(cast), assign(cast, make_lead(cast))
    assert _waiting(cast.handler, lead) == {TYPES["D-01"].title_en}
    if code == "T07":
        final(lead, "D-05", cast.handler)
    else:
        services.draft_document(actor=cast.handler, matter=lead, code="D-05")
    facts = facts | {"target_office": cast.other_office.pk, "into": other.pk}
    deciders = (cast.head,) if code == "M01" else (cast.head, cast.chief)
    approve(propose(lead, code, facts, cast.handler), *deciders)
    assert _waiting(cast.handler, lead) == left


def test_papers_of_a_lead_that_is_assessed_again_wait_again(june, cast):
    lead = assigned_lead(cast)
    final(lead, "D-05", cast.handler)
    approve(propose(lead, *NOT_FILED, cast.handler), cast.head, cast.chief)
    facts = {"new_facts": "又有新的证据。"}
    approve(propose(lead, "T60", facts, cast.handler), cast.head, cast.chief)
    assert TYPES["D-01"].title_en in _waiting(cast.handler, lead)


@pytest.mark.parametrize(("target", "code"), [("other_office", "D-02"), ("city_office", "D-03")])
@pytest.mark.norm("C006")
def test_a_transfer_is_a_notice_among_equals_and_an_opinion_upwards(june, cast, target, code):
    lead = assigned_lead(cast)
    facts = {
        "target_office": getattr(cast, target).pk,
        "jurisdiction_ground": "侵权行为地在该院辖区。",
        "materials": "截图一份",
    }
    approve(propose(lead, "T02", facts, cast.handler), cast.head, cast.chief)
    made = [row.code for row in lead.documents.all() if row.code in ("D-02", "D-03")]
    assert made == [code]
    assert lead.documents.get(code=code).values["ground"] == "侵权行为地在该院辖区。"


def test_a_type_that_is_not_made_here_becomes_a_task_that_its_filing_closes(
    case, cast, monkeypatch
):
    from cases.machine import Act
    from cases.models import Event
    from notices.effects import make_documents

    made_elsewhere = replace(TYPES["D-44"], layout=Layout.FILED, body=None)
    monkeypatch.setitem(TYPES, "D-44", made_elsewhere)
    event = Event.objects.filter(case=case).first()
    declaration = type(case).terminate.declaration
    act = Act(declaration, case, {}, event.legal_day, event)
    assert [line.kind for line in make_documents(act, True)] == ["document"]
    make_documents(act, False)
    task = Task.objects.get(case=case, kind="file_document:D-44")
    assert task.owner == cast.handler
    assert task.heading == "File “终结案件决定书 · Termination decision” (D-44)"
    with translation.override("zh-hans"):
        assert "“终结案件决定书”" in task.heading
        assert "terminate" not in task.heading
    services.register_document(
        actor=cast.clerk,
        matter=case,
        filing=filing_of("D-44", number="江云检民公终〔2026〕1号", signer=cast.chief),
        upload=upload(),
    )
    task.refresh_from_db()
    assert task.state == "done"


def _exhibit(cast, case, number, *, confidential):
    from evidence.models import Exhibit

    return Exhibit.objects.create(
        case=case,
        number=number,
        name="截图",
        kind="electronic",
        source="collected",
        method="collect",
        obtained_on=case.filed_on,
        first_collector=cast.handler,
        second_collector=cast.assistant,
        original=True,
        confidential=confidential,
        sha256="0" * 64,
        size=1,
        media_type="image/png",
        file_name="a.png",
        uploaded_by=cast.handler,
    )


def test_the_closing_report_takes_the_facts_of_the_evidence_but_none_of_confidential_exhibits(
    case, cast
):
    from evidence.models import FactLink

    shown = _exhibit(cast, case, 1, confidential=False)
    hidden = _exhibit(cast, case, 2, confidential=True)
    for exhibit, text in (
        (shown, "收集一千二百余条。"),
        (None, "公开于三个频道。"),
        (hidden, "秘密"),
    ):
        FactLink.objects.create(
            case=case, group="act", exhibit=exhibit, text=text, page="第3页", stated_by=cast.handler
        )
    report = services.draft_document(actor=cast.handler, matter=case, code="D-40")
    assert report.values["act"] == "收集一千二百余条（证据1，第3页）。\n公开于三个频道（第3页）。"
    assert report.content["act"]["source"] == "evidence"
    assert report.content["violator"]["source"] == "case"


# --- drafting ---------------------------------------------------------------------------------------


def test_who_is_not_in_the_team_makes_no_document(case, cast):
    with pytest.raises(NotPermitted):
        services.draft_document(actor=cast.head, matter=case, code="D-09")


@pytest.mark.parametrize(
    ("code", "refusal"),
    [("D-01", "wrong_matter"), ("D-99", "unknown_document_type")],
)
def test_a_type_that_does_not_fit_is_refused(case, cast, code, refusal):
    with pytest.raises(Invalid) as caught:
        services.draft_document(actor=cast.handler, matter=case, code=code)
    assert caught.value.code == refusal


def test_a_type_that_is_not_made_here_is_refused(case, cast, monkeypatch):
    monkeypatch.setitem(TYPES, "D-82", replace(TYPES["D-82"], body=None, layout=Layout.FILED))
    with pytest.raises(Invalid) as caught:
        services.draft_document(actor=cast.handler, matter=case, code="D-82")
    assert caught.value.code == "not_composed"


def test_a_second_draft_of_the_same_document_is_refused(decision, case, cast):
    with pytest.raises(Conflict) as caught:
        services.draft_document(actor=cast.handler, matter=case, code="D-06")
    assert caught.value.details == {"document": decision.pk}


def test_a_lost_update_shows_both_values(decision, cast):
    services.edit_document(
        actor=cast.clerk, document=decision, values={"facts": "甲。"}, version=decision.version
    )
    with pytest.raises(Conflict) as caught:
        services.edit_document(
            actor=cast.handler, document=decision, values={"facts": "乙。"}, version=1
        )
    assert list(caught.value.details.values()) == [{"yours": "乙。", "now": "甲。"}]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nothing": "x"}, "nothing"),
        ({"violator": "两\n行"}, "violator"),
        ({"facts": "长" * 20_001}, "facts"),
    ],
)
def test_contents_that_cannot_be_are_refused_by_name(decision, cast, values, field):
    with pytest.raises(Invalid) as caught:
        services.edit_document(actor=cast.clerk, document=decision, values=values, version=1)
    assert list(caught.value.errors) == [field]


def test_a_required_content_that_is_missing_is_named_with_its_article(decision, cast):
    services.edit_document(
        actor=cast.clerk, document=decision, values={"basis": " ", "harm": ""}, version=1
    )
    with pytest.raises(Refusal) as caught:
        issue(cast, decision)
    assert {(item.code, item.law) for item in caught.value.unmet} == {
        ("content:basis", "Rules 85; PIPL 70"),
        ("content:harm", "Rules 85(1)"),
        ("document_approved", "Rules 5, 7"),  # the decision covers no text that somebody changed
    }
    assert not NumberRegister.objects.exists()


def test_a_character_that_cannot_be_printed_is_named_with_its_field(decision, cast):
    services.edit_document(
        actor=cast.clerk, document=decision, values={"violator": "某\U0001f4a9公司"}, version=1
    )
    with pytest.raises(Invalid) as caught:
        issue(cast, decision)
    assert list(caught.value.errors) == ["violator"]
    sentence = caught.value.errors["violator"][0]
    assert "U+1F4A9" in sentence
    assert decision.type.content("violator").label in sentence
    assert "rows[" not in sentence


def test_a_final_document_is_reopened_before_it_changes(case, cast):
    plan = final(case, "D-09", cast.handler)
    assert plan.sha256
    with pytest.raises(Conflict):
        services.edit_document(
            actor=cast.handler, document=plan, values={"steps": "新"}, version=plan.version
        )
    reopened = services.reopen_document(actor=cast.handler, document=plan)
    assert filled(reopened, cast.handler, steps="新").values["steps"] == "新"


@pytest.mark.norm("C034")
@pytest.mark.parametrize("group", FACT_GROUPS)
def test_a_closing_report_that_lacks_one_of_the_seven_groups_is_not_made_final(case, cast, group):
    report = services.draft_document(actor=cast.handler, matter=case, code="D-40")
    complete = filled(report, cast.handler)
    lacking = filled(complete, cast.handler, **{group: " "})
    with pytest.raises(Refusal) as caught:
        services.finalise_document(actor=cast.handler, document=lacking)
    (line,) = caught.value.unmet
    assert line.code == f"content:{group}"
    assert line.law.startswith("Rules 86(")


@pytest.mark.norm("C159")
def test_what_an_approval_covers_is_not_reopened(case, cast):
    form = Document.objects.get(code="D-05", lead=case.lead)
    with pytest.raises(Conflict) as caught:
        services.reopen_document(actor=cast.handler, document=form)
    assert caught.value.code == "document_approved"


# --- approval of its own -----------------------------------------------------------------------------


def test_a_document_is_not_changed_while_it_is_being_approved_and_a_return_frees_it(case, cast):
    from cases.services import approvals

    document = filled(
        services.draft_document(actor=cast.handler, matter=case, code="D-41"), cast.handler
    )
    proposal = services.submit_document(actor=cast.handler, document=document, reasons="请审批")
    document.refresh_from_db()
    with pytest.raises(Conflict) as caught:
        filled(document, cast.handler, telephone="1")
    assert caught.value.code == "document_in_review"
    approvals.decide(
        actor=cast.head,
        proposal=proposal,
        decision="return",
        opinion="补充",
        digest=proposal.digest,
    )
    assert filled(document, cast.handler, telephone="0571-1").values["telephone"] == "0571-1"


def test_an_approved_document_of_its_own_is_issued(case, cast):
    document = filled(
        services.draft_document(actor=cast.handler, matter=case, code="D-41"), cast.handler
    )
    approve(
        services.submit_document(actor=cast.handler, document=document, reasons="请审批"),
        cast.head,
        cast.chief,
    )
    with on(2026, 6, 26):
        issued = issue(cast, document)
    assert issued.number == "江云检民公告〔2026〕1号"
    assert "2026-06-26" in str(issued.composed)


# --- slots --------------------------------------------------------------------------------------------


def test_the_slots_say_what_exists_and_where_it_is_made(june, cast):
    slots = document_slots["documents"]
    lead = Lead.objects.get(pk=assigned_lead(cast).pk)
    verdict = slots.check(lead, "D-05")
    assert (verdict.met, verdict.link) == (False, f"/documents/of/{lead.key}/new/?code=D-05")
    draft = services.draft_document(actor=cast.handler, matter=lead, code="D-05")
    assert slots.check(lead, "D-05").link == f"/documents/{draft.pk}/"
    final(lead, "D-05", cast.handler)
    assert slots.check(lead, "D-05").met
    assert slots.titles("D-05") == ("立案审批表", "Filing approval form")
    assert slots.known("D-05")
    assert not slots.known("D-99")


# --- what a decision covers ------------------------------------------------------------------------------


def test_a_decision_covers_its_draft_and_no_text_that_somebody_changed(decision, cast):
    assert approval_of(decision) is not None
    edited = services.edit_document(
        actor=cast.clerk, document=decision, values={"facts": "完全不同的内容。"}, version=1
    )
    assert approval_of(edited) is None
    with pytest.raises(Refusal) as caught:
        issue(cast, edited)
    assert [item.code for item in caught.value.unmet] == ["document_approved"]
    approve_text(edited, cast)
    assert issue(cast, edited).approval.subject == "document"


def test_a_text_taken_back_to_what_was_decided_is_covered_again(decision, cast):
    before = decision.values["facts"]
    edited = services.edit_document(
        actor=cast.clerk, document=decision, values={"facts": "别的。"}, version=1
    )
    back = services.edit_document(
        actor=cast.clerk, document=edited, values={"facts": before}, version=edited.version
    )
    assert approval_of(back) is not None


@pytest.mark.norm("C013")
def test_nobody_types_the_day_of_a_decision(decision, cast):
    edited = services.edit_document(
        actor=cast.clerk, document=decision, values={"decision_day": "2026-01-02"}, version=1
    )
    assert edited.values["decision_day"] == "2026-06-24"
