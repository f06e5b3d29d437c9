"""The pages of proposals: draft, submit, decide, return, withdraw, paper, conflict, print."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from audit import clock
from cases.approval_form import approval_form
from cases.models import Lead, Proposal
from cases.services import leads, proposals
from tests.support import matters
from tests.support.documents import final
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"
MERGE_REASONS = "两条线索反映同一事实。"


@pytest.fixture
def lead(cast):
    """A lead under assessment, with a second one it can be merged into."""
    return matters.assign(cast, matters.make_lead(cast))


@pytest.fixture
def other(cast):
    return matters.assign(cast, matters.make_lead(cast, title="同一群组的另一线索"))


def merge_data(other: Lead, **changes) -> dict:
    return {"into": other.pk, "reason": "事实相同。", "reasons": MERGE_REASONS} | changes


@pytest.fixture
def draft(cast, lead, other):
    return proposals.draft_proposal(
        actor=cast.handler, matter=lead, code="M01", data=merge_data(other), reasons=MERGE_REASONS
    )


@pytest.fixture
def submitted(cast, draft):
    return proposals.submit_proposal(actor=cast.handler, proposal=draft)


def page_of(proposal, name: str = "proposal_detail") -> str:
    return reverse(name, args=[proposal.pk])


ALL = (
    "proposal_detail",
    "proposal_edit",
    "proposal_submit",
    "proposal_withdraw",
    "proposal_decide",
    "proposal_object",
    "proposal_paper",
    "proposal_carry_out",
    "proposal_print",
)


def test_a_proposal_goes_from_draft_to_decision_without_javascript(cast, lead, other, as_user):
    author = as_user(cast.handler)
    create = reverse("proposal_create", args=[lead.key, "M01"])
    assert author.get(create).status_code == 200
    answer = author.post(create, merge_data(other), follow=True)
    proposal = Proposal.objects.get(lead=lead)
    assert proposal.status == "draft"
    assert MERGE_REASONS in answer.content.decode()
    author.post(page_of(proposal, "proposal_submit"))
    proposal.refresh_from_db()
    head = as_user(cast.head)
    assert head.get(page_of(proposal)).status_code == 200
    head.post(
        page_of(proposal, "proposal_decide"),
        {"decision": "approve", "opinion": "同意并案", "digest": proposal.digest},
    )
    lead.refresh_from_db()
    assert (lead.state, lead.merged_into) == ("merged", other)


def test_what_was_typed_stays_when_facts_are_missing(cast, lead, other, as_user):
    answer = as_user(cast.handler).post(
        reverse("proposal_create", args=[lead.key, "M01"]), merge_data(other, reasons="")
    )
    assert answer.status_code == 400
    assert "事实相同。" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_submission_with_unmet_guards_names_all_of_them(cast, lead, as_user):
    draft = proposals.draft_proposal(
        actor=cast.handler, matter=lead, code="T06", data=matters.FILING, reasons="理由"
    )
    answer = as_user(cast.handler).post(page_of(draft, "proposal_submit"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "线索评估" in page or "assessed" in page
    assert "D-05" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_head_reads_the_proposal_and_finds_the_decision(cast, submitted, as_user, language):
    cast.head.language = language
    cast.head.save()
    page = as_user(cast.head).get(page_of(submitted)).content.decode()
    assert MERGE_REASONS in page
    assert submitted.digest in page
    assert page_of(submitted, "proposal_decide") in page


def test_the_author_finds_no_decision_and_cannot_post_one(cast, submitted, as_user):
    client = as_user(cast.handler)
    assert (
        page_of(submitted, "proposal_decide") not in client.get(page_of(submitted)).content.decode()
    )
    answer = client.post(
        page_of(submitted, "proposal_decide"),
        {"decision": "approve", "opinion": "", "digest": submitted.digest},
    )
    assert answer.status_code == 409
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


@pytest.mark.parametrize("name", ALL)
def test_the_stranger_finds_no_page_of_the_proposal(cast, submitted, as_user, name):
    client = as_user(cast.stranger)
    assert client.get(page_of(submitted, name)).status_code == 404
    assert client.post(page_of(submitted, name), {}).status_code in (404, 405)


@pytest.mark.parametrize("name", ALL)
def test_the_recused_head_finds_no_page_of_the_proposal(cast, submitted, as_user, name):
    matters.stand_aside(cast, submitted.matter, cast.head)
    assert as_user(cast.head).get(page_of(submitted, name)).status_code == 404


@pytest.mark.parametrize("name", ["proposal_edit", "proposal_submit", "proposal_withdraw"])
def test_whoever_is_not_the_author_is_told_so_at_once(cast, submitted, as_user, name):
    client = as_user(cast.head)
    assert client.get(page_of(submitted, name)).status_code == 409
    assert client.post(page_of(submitted, name), {}).status_code == 409
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_a_proposal_of_a_document_has_its_page_and_its_form(cast, lead, as_user):
    proposal = Proposal.objects.create(
        office=lead.office,
        lead=lead,
        subject="document",
        document_id=1,
        facts={"code": "D-05"},
        title="立案审批表",
        reasons="请审批。",
        route=["department_head", "chief"],
        status="submitted",
        author=cast.handler,
    )
    client = as_user(cast.head)
    assert "请审批。" in client.get(page_of(proposal)).content.decode()
    assert client.get(page_of(proposal, "proposal_print")).content.startswith(b"%PDF")
    assert as_user(cast.handler).get(page_of(proposal, "proposal_edit")).status_code == 404


def test_a_return_without_an_opinion_is_refused_at_its_field(cast, submitted, as_user):
    answer = as_user(cast.head).post(
        page_of(submitted, "proposal_decide"),
        {"decision": "return", "opinion": "", "digest": submitted.digest},
    )
    assert answer.status_code == 400
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_approving_what_has_changed_shows_the_difference_and_keeps_the_opinion(
    cast, submitted, as_user
):
    leads.mark_major(actor=cast.handler, lead=submitted.matter)
    client = as_user(cast.head)
    assert 'id="differences"' in client.get(page_of(submitted)).content.decode()
    answer = client.post(
        page_of(submitted, "proposal_decide"),
        {"decision": "approve", "opinion": "我的意见", "digest": submitted.digest},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我的意见" in page
    assert "<del>" in page
    assert "<h1>期间已有修改</h1>" in page


def test_deciding_what_was_withdrawn_is_not_called_a_change_of_what_was_read(
    cast, submitted, as_user
):
    proposals.withdraw_proposal(actor=cast.handler, proposal=submitted)
    answer = as_user(cast.head).post(
        page_of(submitted, "proposal_decide"),
        {"decision": "approve", "opinion": "同意", "digest": submitted.digest},
    )
    assert answer.status_code == 409
    assert "<h1>未能办理</h1>" in answer.content.decode()
    assert "期间已有修改" not in answer.content.decode()


def test_a_lost_update_shows_both_values_and_can_be_saved_again(cast, draft, other, as_user):
    client = as_user(cast.handler)
    edit = page_of(draft, "proposal_edit")
    assert client.get(edit).status_code == 200
    client.post(edit, merge_data(other, reasons="先保存的理由", version=draft.version))
    answer = client.post(edit, merge_data(other, reasons="后写的理由", version=draft.version))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先保存的理由" in page
    assert "后写的理由" in page
    draft.refresh_from_db()
    assert draft.reasons == "先保存的理由"
    client.post(edit, merge_data(other, reasons="后写的理由", version=draft.version))
    draft.refresh_from_db()
    assert draft.reasons == "后写的理由"


def test_withdrawing_asks_first(cast, submitted, as_user):
    client = as_user(cast.handler)
    assert client.get(page_of(submitted, "proposal_withdraw")).status_code == 200
    client.post(page_of(submitted, "proposal_withdraw"), {"reason": "另行处理"})
    submitted.refresh_from_db()
    assert submitted.status == "withdrawn"


def paper_data(cast, **changes) -> dict:
    scan = SimpleUploadedFile("审批表.pdf", b"%PDF-1.4 scan", content_type="application/pdf")
    day = clock.today().isoformat()
    given = {"acted_by": cast.head.pk, "legal_day": day, "decision": "approve", "scan": scan}
    return given | changes


@pytest.fixture
def seen_by_clerk(cast, lead, submitted):
    """The clerk registered the lead and so sees it."""
    Lead.objects.filter(pk=lead.pk).update(created_by=cast.clerk)
    return submitted


def test_a_clerk_enters_a_decision_given_on_paper_with_its_scan(cast, seen_by_clerk, as_user):
    client, paper = as_user(cast.clerk), page_of(seen_by_clerk, "proposal_paper")
    assert client.get(paper).status_code == 200
    client.post(paper, paper_data(cast))
    step = seen_by_clerk.steps.get(position=1)
    assert (step.acted_by, step.entered_by) == (cast.head, cast.clerk)
    scan = client.get(reverse("attachment_download", args=[step.paper_id]))
    assert b"".join(scan.streaming_content) == b"%PDF-1.4 scan"
    stranger = as_user(cast.stranger).get(reverse("attachment_download", args=[step.paper_id]))
    assert stranger.status_code == 404


def test_an_empty_scan_is_refused_and_nothing_is_decided(cast, seen_by_clerk, as_user):
    empty = SimpleUploadedFile("空.pdf", b"", content_type="application/pdf")
    paper = page_of(seen_by_clerk, "proposal_paper")
    answer = as_user(cast.clerk).post(paper, paper_data(cast, scan=empty, opinion="已阅同意"))
    assert answer.status_code == 400
    assert "已阅同意" in answer.content.decode()
    assert not seen_by_clerk.steps.filter(position=1).exists()


def test_whoever_is_no_clerk_finds_no_page_for_paper(cast, submitted, as_user):
    assert as_user(cast.head).get(page_of(submitted, "proposal_paper")).status_code == 404


def test_markup_in_every_text_is_shown_as_text(cast, lead, other, as_user):
    draft = proposals.draft_proposal(
        actor=cast.handler,
        matter=lead,
        code="M01",
        data=merge_data(other, reason=MARKUP),
        reasons=MARKUP,
    )
    submitted = proposals.submit_proposal(actor=cast.handler, proposal=draft)
    client = as_user(cast.head)
    client.post(reverse("comment_create", args=[lead.key]), {"text": MARKUP, "proposal": draft.pk})
    page = client.get(page_of(submitted)).content.decode()
    assert MARKUP not in page
    assert page.count("&lt;script&gt;") >= 3


def test_the_approval_form_prints_as_pdf(cast, submitted, as_user):
    answer = as_user(cast.head).get(page_of(submitted, "proposal_print"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("which", ["waiting", "mine", "all"])
def test_the_list_holds_what_concerns_the_person(cast, submitted, as_user, which):
    page = as_user(cast.head).get(reverse("proposal_list"), {"which": which}).content.decode()
    assert (page_of(submitted) in page) == (which != "mine")
    stranger = as_user(cast.stranger).get(reverse("proposal_list"), {"which": which})
    assert page_of(submitted) not in stranger.content.decode()


def test_the_approval_form_names_laws_and_people_in_chinese(cast, lead):
    draft = proposals.draft_proposal(
        actor=cast.handler, matter=lead, code="T06", data=matters.FILING, reasons="建议立案。"
    )
    with translation.override("en"):
        printed = str(approval_form(draft, cast.head))
    assert "公益诉讼办案规则第28-30条" in printed
    assert "检察长意见" in printed
    assert "Rules" not in printed


@pytest.fixture
def filing(cast):
    """A submitted proposal to file a case, which has many conditions."""
    lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    final(lead, "D-05", cast.handler)
    return matters.propose(lead, "T06", matters.FILING, cast.handler)


def labels(printed) -> list[str]:
    return [cell.label for row in printed.rows for cell in row.cells]


def test_the_approval_form_holds_the_conditions_as_they_were_on_submission(cast, filing):
    present = str(approval_form(filing, cast.head))
    assert "线索已评估真实性与可查性（公益诉讼办案规则第27条）：符合" in present
    frozen = [item | {"met": item["code"] != "lead_assessed"} for item in filing.frozen["verdicts"]]
    filing.frozen["verdicts"] = frozen
    printed = str(approval_form(filing, cast.head))
    assert "线索已评估真实性与可查性（公益诉讼办案规则第27条）：不符合" in printed


def test_the_approval_form_of_a_draft_holds_no_conditions_and_no_label_twice(cast, draft, filing):
    assert "法定条件（提请时）" not in labels(approval_form(draft, cast.head))
    found = labels(approval_form(filing, cast.head))
    assert "法定条件（提请时）" in found
    assert len(found) == len(set(found))


def test_an_executed_proposal_still_shows_the_conditions_it_was_approved_on(cast, filing, as_user):
    matters.approve(filing, cast.head, cast.chief)
    client = as_user(cast.handler)
    client.cookies["django_language"] = "en"
    page = client.get(page_of(filing)).content.decode()
    assert "Conditions of law when submitted" in page
    shown = page[page.index('id="guards"') : page.index('id="facts"')]
    assert shown.count('class="pass"') == len(filing.frozen["verdicts"]) > 3
    assert "Truthfulness and feasibility" in shown


def test_the_approval_form_shows_for_whom_a_delegate_signed(cast, submitted):
    delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
    matters.approve(submitted, cast.colleague)
    submitted.refresh_from_db()
    printed = str(approval_form(submitted, cast.head))
    assert f"name='{cast.colleague.name}', on_behalf_of='{cast.head.name}'" in printed
