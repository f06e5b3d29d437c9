"""What documents towards authorities, units and courts, receipts and internal records say of their own."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Conflict, Refusal
from documents.html_renderer import render_html
from documents.model import Heading
from evidence.services import add_exhibit
from notices import services
from notices.bodies.frame import as_case
from notices.bodies.parts import lines, until, within
from notices.catalogue import TYPES, compose
from notices.prefill import prefilled
from notices.serving.receipt import receipt_of
from tests.evidence.conftest import FACTS
from tests.evidence.conftest import upload as exhibit_file
from tests.notices import golden_files, samples_administrative
from tests.notices.matters import (
    AUTHORITY,
    approve_text,
    case_against_authority,
    filing_of,
    issue,
    upload,
)
from tests.notices.serving import end, send, try_it
from tests.support.days import on
from tests.support.documents import filed, filled, final

pytestmark = pytest.mark.django_db

CODES = sorted(samples_administrative.VALUES)
# Said in one of the two papers of a code, or only where the case is urgent.
IN_ONE_BRANCH = {
    ("D-70", "reply"),
    ("D-84", "discussion"),
    ("D-84", "minority"),
}


def page(code: str, **changed: str) -> str:
    """Return the sample of a type as text, with some contents changed."""
    values = samples_administrative.VALUES[code] | changed
    return render_html(compose(TYPES[code], golden_files.FRAME, values))


def told(code: str, matter) -> dict[str, str]:
    """Return the texts a new document of a matter begins with."""
    return {name: item["value"] for name, item in prefilled(TYPES[code], matter).items()}


@pytest.fixture
def case(cast, june):
    """A case against an authority, as it was filed."""
    return case_against_authority(cast)


def recommended(cast, case, **values: str):
    """Return the recommendation of the case, issued by the chief on the day of the tests."""
    given = {
        "source": "群众举报。",
        "harm": "公益受到侵害。",
        "duty": "负有监督管理职责。",
        "failure": "未依法履行职责。",
        "content": "依法调查处理\n开展专项排查",
    }
    document = final(case, "D-70", cast.handler, **(given | values))
    approve_text(document, cast)
    return issue(cast, document)


# --- every one of them ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_an_empty_document_is_drawn(code):
    assert golden_files.FRAME.office in render_html(compose(TYPES[code], golden_files.FRAME, {}))


@pytest.mark.parametrize("code", CODES)
def test_every_content_stands_in_the_document(code):
    kind = TYPES[code]
    said = {
        item.name: f"【{item.name}】"
        for item in kind.contents
        if item.kind != "day" and item.name != "which"
    }
    text = render_html(compose(kind, golden_files.FRAME, said))
    missing = [name for name, word in said.items() if word not in text]
    assert [name for name in missing if (code, name) not in IN_ONE_BRANCH] == []


def test_typed_numbers_before_the_items_of_a_list_are_not_doubled():
    assert lines("1．甲\n2.乙\n（三）丙\n四、丁\n\n戊") == ("甲", "乙", "丙", "丁", "戊")


def test_a_length_becomes_a_period_from_receipt_and_other_words_stand_as_they_are():
    assert within("两个月", "收到") == "自收到之日起两个月内"
    assert within("15日", "收到") == "自收到之日起15日内"
    assert within("2026年9月1日前", "收到") == "2026年9月1日前"
    assert within("", "收到") == ""


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("七日", "自收到本函之日起七日内"),
        ("收到本函之日起七日内", "自收到本函之日起七日内"),
        ("自收到本函之日起七日内", "自收到本函之日起七日内"),
        ("2024年7月10日前", "于2024年7月10日前"),
        ("", ""),
    ],
)
def test_a_letter_asks_from_its_receipt_on_or_by_a_day(typed, asked):
    assert until(typed, "收到本函") == asked


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("某公司侵害个人信息案", "某公司侵害个人信息一案"),
        ("某单位不履职", "某单位不履职一案"),
        ("某公司一案。", "某公司一案"),
        ("某公司收集人脸信息线索", "某公司收集人脸信息线索"),
        ("", ""),
    ],
)
def test_a_sentence_calls_a_case_by_its_title_once_and_a_lead_by_its_own(title, called):
    assert as_case(title) == called


# --- recommendations ------------------------------------------------------------------------------


def test_the_authority_answers_in_two_months_and_where_it_is_urgent_in_fifteen_days():
    usual, urgent = page("D-70"), page("D-70", urgency="公开的信息仍在扩散")
    assert "请你单位自收到本检察建议书之日起两个月内依法履行职责" in usual
    assert "十五日" not in usual
    assert "公开的信息仍在扩散。属于社会公共利益损害继续扩大等紧急情形" in urgent
    assert "请你单位自收到本检察建议书之日起十五日内书面回复本院" in urgent
    assert "整改期限：自收到本检察建议书之日起两个月内" in urgent


def test_a_recommendation_begins_with_what_the_record_and_the_law_say(case):
    case.lead.reporter_name, case.lead.source_detail = "周某某", "周某某来电"
    case.lead.save()
    said = told("D-70", case)
    assert said["name"] == AUTHORITY
    assert (said["reply"], said["urgent_reply"], said["period"]) == ("两个月", "十五日", "两个月")
    assert "2026年6月24日决定立案" in said["source"]
    assert "周某某" not in str(said)
    assert "第七十五条" in said["basis"]


# The contents of Rules 75 in their order; what else is to be said (8) is there where there is any.
EIGHT = {
    "name": "1",
    "source": "2",
    "harm": "3",
    "duty": "4",
    "failure": "4",
    "basis": "5",
    "content": "6",
    "period": "7",
}


@pytest.mark.norm("C101")
@pytest.mark.parametrize("content", EIGHT)
def test_a_recommendation_that_lacks_one_of_its_contents_is_neither_final_nor_issued(
    cast, case, content
):
    whole = services.draft_document(actor=cast.handler, matter=case, code="D-70")
    lacking = filled(whole, cast.handler, **{content: ""})
    for refuse in (
        lambda: services.finalise_document(actor=cast.handler, document=lacking),
        lambda: services.issue_document(actor=cast.clerk, document=lacking, signer=cast.chief),
    ):
        with pytest.raises(Refusal) as refused:
            refuse()
        missed = [line for line in refused.value.unmet if line.code.startswith("content:")]
        assert [(line.code, line.law) for line in missed] == [
            (f"content:{content}", f"Rules 75({EIGHT[content]})")
        ]


@pytest.mark.norm("C101")
def test_the_eight_contents_stand_in_a_recommendation_in_the_order_of_the_rule():
    made = compose(
        TYPES["D-70"],
        golden_files.FRAME,
        samples_administrative.VALUES["D-70"] | {"other": "请一并函告物业主管部门"},
    )
    assert made.addressee == AUTHORITY
    assert [block.text for block in made.blocks if isinstance(block, Heading)] == [
        "一、案件来源",
        "二、社会公共利益受到侵害的事实",
        "三、认定不依法履行职责的事实和理由",
        "四、提出检察建议的法律依据",
        "五、检察建议的内容",
        "六、整改期限和书面回复",
        "七、其他需要说明的事项",
    ]


def test_nobody_types_the_terms_to_answer(cast, case):
    draft = services.draft_document(actor=cast.handler, matter=case, code="D-70")
    changed = services.edit_document(
        actor=cast.handler,
        document=draft,
        values={"reply": "十日", "urgent_reply": "一日"},
        version=draft.version,
    )
    assert (changed.values["reply"], changed.values["urgent_reply"]) == ("两个月", "十五日")


def test_the_recommendation_on_governance_names_both_terms_and_no_confidential_exhibit(cast, case):
    secret = FACTS | {"name": "涉密鉴定意见", "confidential": True}
    for facts, file in ((FACTS, b"%PDF-1.7 a"), (secret, b"%PDF-1.7 b")):
        add_exhibit(
            actor=cast.handler, case=case, upload=exhibit_file(file, "证据.pdf"), facts=facts
        )
    for code in ("D-71", "D-76"):
        said = str(told(code, case))
        assert FACTS["name"] in said
        assert "涉密" not in said
    text = page("D-71")
    assert "有异议的，可以自收到本检察建议书之日起十五日内向本院书面提出" in text
    assert "请你单位自收到本检察建议书之日起两个月内作出相应处理" in text


def test_a_letter_of_which_there_can_be_several_is_begun_again_once_the_last_one_is_finished(
    cast, case
):
    first = services.draft_document(actor=cast.handler, matter=case, code="D-82")
    with pytest.raises(Conflict):
        services.draft_document(actor=cast.handler, matter=case, code="D-82")
    final(case, "D-82", cast.handler)
    second = services.draft_document(actor=cast.handler, matter=case, code="D-82")
    assert second.pk != first.pk


# --- after a recommendation -----------------------------------------------------------------------


@pytest.mark.norm("C115")
def test_what_follows_a_recommendation_names_it_its_receipt_and_that_nobody_answered(cast, case):
    paper = recommended(cast, case)
    end(cast, send(cast, paper, name=AUTHORITY))
    sent = f"检察建议（{paper.number}），该单位于2026年6月24日收到。"
    said = told("D-75", case)
    assert said["recommendation"] == f"本院于2026年6月24日向{AUTHORITY}提出{sent}"
    assert said["facts"] == ""
    with on(2026, 8, 26):
        assert "书面回复期限于2026年8月24日届满" in told("D-75", case)["facts"]
    form = told("D-72", case)
    assert (form["authority"], form["recommendation"]) == (AUTHORITY, paper.number)
    assert (form["received_on"], form["date"]) == ("2026年6月24日", "")
    assert form["items"] == "依法调查处理\n开展专项排查"
    assert paper.number in told("D-73", case)["recommendation"]
    assert (
        f"本院于2026年6月24日向你单位提出检察建议（{paper.number}）" in told("D-74", case)["course"]
    )


def test_a_review_is_suspended_and_then_taken_up_again_each_under_its_own_word(cast, case):
    reason = {"reason": "客观上无法完成整改", "course": "已提出检察建议。"}
    first = final(case, "D-74", cast.handler, **reason)
    approve_text(first, cast)
    first = issue(cast, first)
    assert (first.name_on_paper, "行公中〔2026〕1号" in first.number) == ("中止审查决定书", True)
    second = services.draft_document(actor=cast.handler, matter=case, code="D-74")
    assert (second.values["which"], second.name_on_paper) == ("恢复审查", "恢复审查决定书")
    assert "行公恢〔2026〕__号" in second.composed["number_draft"]
    second = final(case, "D-74", cast.handler, **reason)
    approve_text(second, cast)
    assert "行公恢〔2026〕1号" in issue(cast, second).number
    assert "不免除你单位依法履行职责和书面回复检察建议的义务" in page("D-74")
    assert "中止审查的原因已经消除" in page("D-74", which="恢复审查")


def test_a_resumption_on_paper_is_filed_under_its_own_word(cast, case):
    office = case.office.short_name
    filing = filing_of(
        "D-74",
        number=f"{office}检行公恢〔2026〕8号",
        signer=cast.chief,
        confirmed=[item.name for item in TYPES["D-74"].contents],
    )
    filed_paper = services.register_document(
        actor=cast.clerk, matter=case, filing=filing, upload=upload()
    )
    assert filed_paper.number == f"{office}检行公恢〔2026〕8号"


@pytest.mark.parametrize(
    ("which", "name", "turn"),
    [
        ("督促函", "督促函", "向你单位发函督促"),
        ("通报函", "通报函", "向你单位通报"),
        ("抄送函", "抄送函", "将检察建议书抄送你单位"),
    ],
)
def test_the_letter_that_carries_a_matter_further_is_one_of_three(which, name, turn):
    made = compose(
        TYPES["D-75"], golden_files.FRAME, samples_administrative.VALUES["D-75"] | {"which": which}
    )
    assert made.name == name
    assert turn in render_html(made)


def test_a_lead_goes_to_the_police_or_to_the_supervision_commission():
    assert "移送犯罪线索函" in page("D-76")
    duty = page("D-76", which="涉嫌职务违法", addressee="江州市云山区监察委员会")
    assert "涉嫌职务违法线索移送函" in duty
    assert "认为涉嫌职务违法的理由" in duty


# --- courts ---------------------------------------------------------------------------------------


def test_a_recommendation_to_a_court_speaks_of_its_trial_or_of_its_enforcement():
    assert "执行活动中存在的问题" in page("D-64")
    assert "审判活动中存在的问题" in page("D-64", which="审判活动")


# --- receipts, reports, meetings ------------------------------------------------------------------


def labels(form) -> list[str]:
    return [cell.label for row in form.rows for cell in row.cells]


def test_the_receipt_filled_in_by_hand_is_the_one_printed_from_a_service(cast, case):
    paper = filed(case, "D-70", cast.handler, cast.chief)
    service = send(cast, paper)
    end(cast, service)
    said = told("D-80", case)
    assert (said["date"], said["addressee"], said["signature"]) == (
        "2026-06-24",
        "某区网信办",
        "前台李某",
    )
    by_hand = compose(TYPES["D-80"], golden_files.FRAME, said)
    assert labels(by_hand) == labels(receipt_of(service, with_address=True))


def test_the_express_mail_receipt_names_each_attempt_and_never_the_address(cast, case):
    paper = filed(case, "D-70", cast.handler, cast.chief)
    mail = send(cast, paper, method="postal", address="江州市建国路10号", consignment="1098765")
    try_it(cast, mail, 2026, 6, 24, 9, 0)
    said = told("D-81", case)
    assert (said["consignment"], said["address"]) == ("1098765", "")
    assert said["attempts"].startswith("2026-06-24 09:00")
    assert "建国路" not in str(said)
    text = render_html(compose(TYPES["D-81"], golden_files.FRAME, {}))
    assert "第3次投递" in text


def test_a_record_report_names_the_paper_its_service_and_the_article(cast, case):
    assert told("D-82", case)["type"] == ""
    paper = recommended(cast, case)
    end(cast, send(cast, paper, name=AUTHORITY))
    said = told("D-82", case)
    assert said["addressee"] == (case.office.parent.name if case.office.parent else "")
    assert said["document"] == f"《检察建议书》{paper.number}"
    assert said["served"] == f"2026年6月24日送达{AUTHORITY}。"
    assert said["basis"] == "《人民检察院公益诉讼办案规则》第七十五条"


def test_the_office_reports_under_its_seal_and_encloses_what_it_puts_on_record():
    made = compose(TYPES["D-82"], golden_files.FRAME, samples_administrative.VALUES["D-82"])
    assert made.closing.signatures == ()
    assert made.closing.issuer == golden_files.FRAME.office
    assert TYPES["D-82"].content("attachments").required


def test_the_views_of_the_minority_stand_in_the_minutes_alone():
    views = {"minority": "二名委员认为证据不足", "discussion": "围绕证据进行了讨论"}
    assert "证据不足" not in page("D-84", **views)
    minutes = page("D-84", which="会议纪要", **views)
    assert "检察委员会会议纪要" in minutes
    assert "少数委员的意见" in minutes
    assert "证据不足" in minutes


def test_a_closing_form_shows_its_index_as_a_table_and_a_counted_one_as_prose():
    table = compose(TYPES["D-85"], golden_files.FRAME, {"list": "1．立案卷　立案决定书"})
    assert "材料名称" in render_html(table)
    counted = compose(TYPES["D-85"], golden_files.FRAME, {"list": "立案卷400件；诉讼卷30件"})
    assert "材料名称" not in render_html(counted)
    assert "立案卷400件" in render_html(counted)


def test_each_document_says_by_which_day_it_was_signed():
    assert TYPES["D-70"].day_content.set_at_issue
    made = compose(TYPES["D-70"], golden_files.FRAME, {})
    assert made.closing.day == date(2024, 6, 24)
