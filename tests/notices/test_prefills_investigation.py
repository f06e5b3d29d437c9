"""What the record already says of the documents of an investigation, of recusal, extension and direction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audit.errors import Conflict
from cases.models import Case, PartyKind, PartyRole
from cases.services import recusals
from evidence.models import Exhibit, FactLink
from notices import services
from notices.catalogue import TYPES
from notices.models import DocumentStatus
from notices.prefill import prefilled
from tests.notices.matters import approve_text, issue
from tests.notices.samples_investigation import VALUES
from tests.support.days import on
from tests.support.documents import filled
from tests.support.matters import (
    approve,
    ask_to_stand_aside,
    force,
    happen,
    make_lead,
    propose,
    stand_aside,
)

pytestmark = pytest.mark.django_db
CODES = sorted(VALUES)
DAY = date(2026, 6, 24)


def filled_in(case: Any, code: str) -> dict[str, str]:
    """Return what the record says of each content of a new document of that type."""
    return {name: item["value"] for name, item in prefilled(TYPES[code], case).items()}


def test_a_notice_to_provide_evidence_names_case_staff_basis_and_secrecy(case, cast):
    found = filled_in(case, "D-20")
    assert found["case"] == case.title
    assert found["staff"] == f"{cast.handler.name}、{cast.assistant.name}"
    assert "第三十五条、第三十八条" in found["basis"]
    assert "个人信息" in found["confidentiality"]
    assert found["contact_person"] == cast.handler.name
    assert found["addressee"] == found["what"] == found["deadline"] == ""


def test_a_notice_is_issued_with_its_number_and_the_next_one_can_be_begun(case, cast):
    document = services.draft_document(actor=cast.handler, matter=case, code="D-20")
    with pytest.raises(Conflict):  # untouched: it is opened instead
        services.draft_document(actor=cast.handler, matter=case, code="D-20")
    approve_text(filled(document, cast.handler, addressee="某云计算有限公司"), cast)
    beside = services.draft_document(actor=cast.handler, matter=case, code="D-20")
    issued = issue(cast, document)
    assert issued.number == "江云检民公调〔2026〕1号"
    assert filled_in(case, "D-21")["notice"] == issued.number
    approve_text(filled(beside, cast.handler, addressee="某通信有限公司"), cast)
    assert issue(cast, beside).number == "江云检民公调〔2026〕2号"


def act(case: Case, cast: Any, method: str, **facts: Any) -> None:
    given = {
        "method": method,
        "place": "某科技有限公司机房",
        "staff": [cast.handler.pk, cast.assistant.pk],
        "content": "机房内有服务器四台。",
    }
    happen(case, "investigative_act", DAY, actor=cast.handler, facts=given | facts)


@pytest.mark.norm("C023")
def test_a_questioning_record_takes_place_and_staff_and_never_what_must_have_happened(case, cast):
    act(case, cast, "question", place="本院询问室")
    act(case, cast, "inspect")
    found = filled_in(case, "D-22")
    assert (found["time"], found["place"], found["day"]) == (
        "2026年6月24日",
        "本院询问室",
        "2026-06-24",
    )
    assert cast.handler.name in found["staff"]
    assert cast.assistant.name in found["staff"]
    for name in ("cards", "individual", "answers", "confirmation"):
        assert found[name] == ""


def test_inspection_and_consultation_take_their_own_act(case, cast):
    act(case, cast, "inspect")
    act(case, cast, "consult", place="江州大学")
    inspection, consultation = filled_in(case, "D-25"), filled_in(case, "D-23")
    assert inspection["finding"] == "机房内有服务器四台。"
    assert inspection["leader"] == cast.handler.name
    assert consultation["time_place"] == "2026年6月24日，江州大学"
    assert prefilled(TYPES["D-25"], case)["finding"]["rests_on"][0][0]["kind"] == "event"


def test_before_any_act_the_staff_who_may_act_are_named(case, cast):
    found = filled_in(case, "D-22")
    assert found["staff"] == f"{cast.handler.name}、{cast.assistant.name}"
    assert found["time"] == found["place"] == ""


def test_a_commission_that_waits_for_its_report_fills_its_letter(case, cast):
    facts = {
        "work": "audit",
        "institution": "某会计师事务所",
        "qualification": "执业证书",
        "question": "违法所得数额",
    }
    assert filled_in(case, "D-24")["work"] == ""
    event = happen(case, "work_commissioned", DAY, actor=cast.handler, facts=facts)
    found = filled_in(case, "D-24")
    assert (found["work"], found["addressee"]) == ("审计", "某会计师事务所")
    assert (found["qualification"], found["question"]) == ("执业证书", "违法所得数额")
    done = {"commission": str(event.pk), "result": "已完成"}
    happen(case, "work_reported", DAY, actor=cast.handler, facts=done)
    assert filled_in(case, "D-24")["addressee"] == ""


@pytest.mark.norm("C030")
def test_the_other_office_has_the_time_of_the_rulebook(case):
    assert filled_in(case, "D-27")["reply"] == "三十日"


@pytest.mark.norm("C132")
def test_a_hearing_about_minors_is_not_public_unless_somebody_says_so(case):
    assert filled_in(case, "D-28")["openness"] == "公开"
    case.minors_concerned = True
    assert filled_in(case, "D-28")["openness"] == "不公开"


def test_a_hearing_record_takes_what_the_notice_said(case, cast):
    assert filled_in(case, "D-29")["officers"] == ""
    notice = services.draft_document(actor=cast.handler, matter=case, code="D-28")
    said = {"time": "2026年7月10日9时", "place": "听证室", "officers": "赵某\n钱某"}
    approve_text(filled(notice, cast.handler, **said), cast)
    issued = issue(cast, notice)
    assert (issued.status, issued.number) == (DocumentStatus.ISSUED, "")
    found = filled_in(case, "D-29")
    assert (found["time_place"], found["officers"]) == ("2026年7月10日9时，听证室", "赵某、钱某")


def test_letters_to_an_authority_name_the_authority_of_the_case(case, cast):
    name = "江州市云山区市场监督管理局"
    case.parties.create(
        role=PartyRole.AUTHORITY, kind=PartyKind.ORGANISATION, name=name, created_by=cast.handler
    )
    assert filled_in(case, "D-31")["addressee"] == name
    assert filled_in(case, "D-32")["authority"] == name
    assert "个人信息" in filled_in(case, "D-31")["facts"]


# --- exhibits --------------------------------------------------------------------------------------


def collect(case: Case, cast: Any, name: str, **facts: Any) -> Exhibit:
    number = case.exhibits.count() + 1
    given = {
        "kind": "electronic",
        "source": "某云计算有限公司",
        "method": "collect",
        "obtained_on": DAY,
        "place": "机房",
        "first_collector": cast.handler,
        "second_collector": cast.assistant,
        "original": False,
        "copy_reason": "停机将影响其他用户",
        "copy_process": "以只读方式导出",
        "sha256": f"{number:064x}",
        "size": 1,
        "media_type": "text/plain",
        "file_name": "日志.txt",
        "uploaded_by": cast.handler,
    }
    return Exhibit.objects.create(case=case, number=number, name=name, **given | facts)


def prove(case: Case, cast: Any, exhibit: Exhibit, text: str, page: str = "") -> None:
    facts = {"group": "act", "text": text, "page": page, "stated_by": cast.handler}
    FactLink.objects.create(case=case, exhibit=exhibit, **facts)


@pytest.mark.norm("C024")
def test_the_list_of_evidence_taken_holds_what_came_from_one_provider_on_one_day(case, cast):
    collect(case, cast, "旧日志", obtained_on=date(2026, 6, 1))
    collect(case, cast, "别处日志", source="某通信有限公司", obtained_on=date(2026, 6, 2))
    collect(case, cast, "访问日志")
    collect(case, cast, "租用合同", kind="document", original=True, pages=12)
    found = filled_in(case, "D-21")
    assert found["items"] == "访问日志\n租用合同"
    assert found["numbers"] == "证据3\n证据4"
    assert found["originals"] == "复制件\n原件"
    assert found["pages"] == "—\n12"
    assert found["hash"] == f"证据3：{3:064x}"
    assert found["provider"] == "某云计算有限公司"
    assert found["taker"] == f"{cast.handler.name}、{cast.assistant.name}"


@pytest.mark.norm("C026")
def test_the_record_of_electronic_data_says_reason_process_and_digest(case, cast):
    collect(case, cast, "访问日志", also_present="运维人员")
    found = filled_in(case, "D-26")
    assert "复制理由：停机将影响其他用户" in found["medium"]
    assert found["process"] == "以只读方式导出"
    assert found["items"] == "访问日志（日志.txt）"
    assert found["hash"] == f"{1:064x}"
    assert found["present"] == "运维人员"


@pytest.mark.norm("C130")
def test_an_evidence_list_counts_confidential_exhibits_and_names_none(case, cast):
    shown = collect(case, cast, "频道截图", pages=14)
    secret = collect(case, cast, "被害人名单", confidential=True)
    collect(case, cast, "尚未证明", method="")
    prove(case, cast, shown, "公开他人信息。", page="1-3")
    prove(case, cast, shown, "持续公开。")
    prove(case, cast, secret, "王某住址。")
    found = filled_in(case, "D-30")
    assert found["item"] == "证据1：频道截图\n证据3：尚未证明"
    assert found["proves"] == "公开他人信息；持续公开\n—"
    assert found["page"] == "1-3\n—"
    assert "另有1件证据" in found["sealed"]
    assert "第七十一条" in found["sealed"]


@pytest.mark.parametrize("code", CODES)
def test_no_document_names_a_confidential_exhibit(case, cast, code):
    secret = collect(case, cast, "被害人名单", confidential=True, file_name="名单.txt")
    prove(case, cast, secret, "王某住址。")
    found = "\n".join(filled_in(case, code).values())
    for word in ("被害人名单", "名单.txt", "王某住址", secret.sha256):
        assert word not in found


# --- recusal, extension, direction ------------------------------------------------------------------


@pytest.mark.norm("C018")
def test_a_recusal_decision_says_who_what_why_and_how_it_is_reviewed(case, cast):
    row = ask_to_stand_aside(cast, case, cast.assistant)
    assert filled_in(case, "D-10")["result"] == ""
    recusals.decide_recusal(actor=cast.chief, recusal=row, granted=False, reason="没有利害关系。")
    found = filled_in(case, "D-10")
    assert found["addressee"] == "当事人"
    assert found["grounds"] == "与案件有利害关系。"
    assert found["reason"] == "没有利害关系。"
    assert found["result"] == f"驳回对{cast.assistant.name}的回避申请"
    assert found["decider"] == "检察长"
    assert "在三日内作出复议决定" in found["review"]
    assert "不停止参与" in found["review"]


def test_whoever_stands_aside_is_not_said_to_keep_working(case, cast):
    stand_aside(cast, case, cast.assistant)
    found = filled_in(case, "D-10")
    assert found["result"] == f"{cast.assistant.name}回避"
    assert "不停止参与" not in found["review"]


@pytest.mark.norm("C018")
def test_a_decision_on_review_cannot_be_reviewed_again(case, cast):
    row = ask_to_stand_aside(cast, case, cast.assistant)
    recusals.decide_recusal(actor=cast.chief, recusal=row, granted=False, reason="没有利害关系。")
    recusals.request_review(actor=cast.handler, recusal=row, received_on=DAY)
    recusals.decide_recusal(actor=cast.chief, recusal=row, granted=True, reason="应当回避。")
    found = filled_in(case, "D-10")
    assert found["result"] == f"{cast.assistant.name}回避"
    assert "不得再次申请复议" in found["review"]


def test_a_recusal_in_a_lead_is_decided_on_paper_too(june, cast):
    assert filled_in(make_lead(cast), "D-10")["case"] == "群组公开他人信息线索"


EXTENSION = {"ground": "complex", "explanation": "涉及多个平台。"}


@pytest.fixture
def review(case, cast):
    """The case in review: announced on 24 June 2026, the announcement expired on 24 July."""
    for code, facts in (
        ("T08", {}),
        ("T10", {"proposal": "announce", "conclusion": "应当公告"}),
        ("T12", {"medium": "某全国性媒体", "national_influence": True}),
    ):
        force(case, code, DAY, actor=cast.handler, **facts)
    with on(2026, 7, 27):
        force(case, "T16", date(2026, 7, 24))
        yield case


def ends(case: Case) -> tuple[str, str, str]:
    found = filled_in(case, "D-11")
    return found["level"], found["old_end"], found["new_end"]


@pytest.mark.norm("C042")
def test_an_extension_form_says_the_end_before_and_after(review, cast):
    first = ("检察长", "2026年10月26日", "2026年11月24日")
    assert ends(review) == first
    proposal = propose(review, "T17", EXTENSION, cast.handler)
    found = filled_in(review, "D-11")
    assert (found["ground"], found["reason"]) == ("复杂案件", "涉及多个平台。")
    approve(proposal, cast.head, cast.chief)
    assert ends(review) == first
    propose(review, "T17-2", EXTENSION, cast.handler)
    assert ends(review) == ("上一级人民检察院", "2026年11月24日", "")


def test_the_end_that_the_office_above_named_is_the_new_one(review, cast):
    approve(propose(review, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
    proposal = propose(review, "T17-2", EXTENSION, cast.handler)
    facts = {"until": "2026-12-31", "approval_number": "江检延〔2026〕1号"}
    day = date(2026, 7, 27)
    happen(
        review, "review_extended_further", day, actor=cast.handler, facts=facts, proposal=proposal
    )
    assert ends(review) == ("上一级人民检察院", "2026年11月24日", "2026年12月31日")


def test_without_a_review_the_form_names_no_days(case):
    assert ends(case) == ("检察长", "", "")


@pytest.mark.norm("C121")
def test_a_direction_of_the_superior_fills_its_paper(case, cast):
    facts = {
        "superior": cast.city_office.pk,
        "direction": "supervise",
        "number": "江检督〔2026〕1号",
        "content": "依法加快办理。",
    }
    happen(case, "superior_directed", DAY, actor=cast.handler, facts=facts)
    found = filled_in(case, "D-12")
    assert (found["form"], found["superior"]) == ("督办函", "江州市人民检察院")
    assert (found["number"], found["scope"]) == ("江检督〔2026〕1号", "依法加快办理。")
    assert found["addressee"] == case.office.name


@pytest.mark.norm("C121")
def test_a_loan_of_staff_fills_its_decision(case, cast):
    facts = {
        "superior": cast.city_office.pk,
        "person": cast.stranger.pk,
        "first_day": "2026-05-06",
        "last_day": "2026-05-20",
        "scope": "参与电子数据审查。",
        "number": "江检调〔2026〕1号",
    }
    happen(case, "staff_lent", DAY, actor=cast.handler, facts=facts)
    found = filled_in(case, "D-12")
    assert found["form"] == "调用检察人员决定书"
    assert found["staff"] == f"{cast.stranger.office.name}{cast.stranger.name}"
    assert found["term"] == "2026年5月6日至2026年5月20日"
