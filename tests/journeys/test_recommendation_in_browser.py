"""Two recommendations to an authority, walked in the browser with the clock set (law 3.9).

The first: consultation, a receipt refused and left in, a reply in part, suspension and resumption of the review,
follow-up, closing. The second: the authority does not mend it, and is sued.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

import pytest
from django.urls import reverse

from administrative.models import Body, BodyKind, BodyLevel, Measure
from cases.models import Case
from litigation.models import Court
from notices.models import Document, Service
from tests.journeys.test_announcement_in_browser import Office
from tests.journeys.test_suit_in_browser import PEOPLE, decide, paper, register
from tests.support.browser import check_page, give_password
from tests.support.matters import assess, assign, make_lead, set_full_team

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AUTHORITY = "江州市云山区邮政管理局"
MEASURES = (
    ("对辖区快递企业使用隐私面单开展专项检查。", "检查记录、整改通知书。"),
    ("对泄露收件人信息的快递企业依法作出处理。", "处理决定书。"),
)


@pytest.fixture
def office(chromium_browser, site, server, cast, settings):
    settings.EVIDENCE_STORAGE = str(server.folder / "home" / "evidence")
    for name in PEOPLE:
        give_password(getattr(cast, name))
    with ExitStack() as stack:
        yield Office(chromium_browser, site, cast, stack)


def filed(office) -> Case:
    """The lead is there; the case is proposed, approved and filed on 2 March 2026."""
    cast, handler = office.cast, office["handler"]
    lead = assess(cast, assign(cast, make_lead(cast, title="快递面单泄露个人信息线索")))
    body = Body.objects.create(name=AUTHORITY, kind=BodyKind.POSTAL, level=BodyLevel.COUNTY)
    handler.make_final(lead.key, "D-05", "已查明。")
    path = handler.propose(
        lead.key,
        "A-1",
        "行政机关可能怠于履职。",
        case_title="督促保护快递面单个人信息行政公益诉讼案",
        authority=str(body.pk),
        duty="快递暂行条例规定的监督管理职责。",
        conduct="inaction",
        failure="未依法监管。",
        harm="收件人信息公开。",
        legal_bases=["APL 25"],
    )
    office["head"].approve(path)
    office["chief"].approve(path)
    case = Case.objects.get(lead=lead)
    set_full_team(cast, case)
    return case


def consult_and_investigate(office, case: Case) -> None:
    handler = office["handler"]
    office.on(2026, 3, 5, 9)
    handler.record(case.key, "A-2", way="meeting", subject="监管职责。", legal_day="2026-03-05")
    handler.make_final(case.key, "D-32", "双方确认监管职责。")
    handler.record(
        case.key, "A-2-2", persons="副局长", positions="认可职责。", legal_day="2026-03-05"
    )
    for finding in ("harm", "duty", "failure", "cause"):
        handler.record(
            case.key,
            "A-3",
            finding=finding,
            text="已查明。",
            rests_on="面单照片、权责清单。",
            legal_day="2026-03-05",
        )
    handler.record(
        case.key, "A-4", proposal="recommend", conclusion="应当建议。", legal_day="2026-03-05"
    )


def recommend(office, case: Case) -> None:
    """Period and two measures are prepared on their page and decided by the chief."""
    handler = office["handler"]
    office.on(2026, 3, 18, 9)
    handler.open(reverse("recommendation_prepare", args=[case.key]))
    handler.fill(period="2", unit="months", relation="own_level")
    handler.press()
    for text, proof in MEASURES:
        handler.open(reverse("measure_add", args=[case.key]))
        handler.fill(text=text, basis="快递暂行条例", expected_proof=proof)
        handler.press()
    handler.make_final(case.key, "D-40", "应当提出检察建议。")
    decide(office, case, "A-5", why="未依法履职。")


def serve(office, case: Case) -> None:
    """The front desk refuses to sign: it is left in with a photograph, and the periods run from there."""
    clerk = office["clerk"]
    office.on(2026, 3, 20, 9)
    clerk.open(f"/documents/of/{case.key}/file/?code=D-70")
    clerk.fill(
        file=paper("检察建议书"),
        signed_day="2026-03-18",
        signer=str(office.cast.chief.pk),
        confirmed=[item for item in _contents() if item not in ("urgency", "urgent_reply")],
        number="江云检行公建〔2026〕1号",
    )
    clerk.press()
    document = Document.objects.filter(case=case, code="D-70").latest("pk")
    for method, result in (("direct", "refused"), ("leave_in", "served")):
        clerk.open(f"{reverse('service_create', args=[document.pk])}?method={method}")
        clerk.fill(addressee="body", name=AUTHORITY, started_on="2026-03-20")
        clerk.press()
        service = Service.objects.latest("id")
        clerk.open(reverse("service_outcome", args=[service.pk]))
        told = {"reason": "前台拒绝签收"} if result == "refused" else {}
        if result == "served":
            told = {"recording": paper("留置照片")}
        clerk.fill(
            result=result,
            day="2026-03-20",
            proof=paper("送达回证"),
            witnesses="居委会王某",
            **told,
        )
        # A refusal is told on the page as no service.
        clerk.page.locator("main form button.primary").first.click()
        clerk.page.wait_for_load_state()
    office["handler"].record(case.key, "A-6", legal_day="2026-03-20")
    office["handler"].record(case.key, "S81", legal_day="2026-03-20", receipt=paper("备案回执"))


def _contents() -> list[str]:
    from notices.catalogue import TYPES

    return [item.name for item in TYPES["D-70"].contents]


def reply_in_part(office, case: Case) -> None:
    """The first measure is answered with proof, the second in the words of the recommendation."""
    handler = office["handler"]
    first, second = _measures(case)
    office.on(2026, 5, 18, 9)
    handler.record(
        case.key,
        "A-6-2",
        legal_day="2026-05-18",
        number="云邮函〔2026〕2号",
        text="已部署落实。",
        letter=paper("回复函"),
        **{
            f"answer_{first.pk}": "已检查三家企业，责令整改。",
            f"proven_{first.pk}": True,
            f"answer_{second.pk}": second.text,
        },
    )
    handler.open(reverse("case_recommendation", args=[case.key]))
    assert second.text in handler.page.locator("main").inner_text()
    assert "判断" in handler.page.locator("main").inner_text()
    check_page(handler.page)


def _measures(case: Case) -> list[Measure]:
    return list(Measure.objects.filter(recommendation__case=case).order_by("number"))


def assess_measure(office, case: Case, number: int, result: str, day: str) -> None:
    measure = _measures(case)[number - 1]
    office["handler"].record(
        case.key,
        "S80",
        measure=str(measure.pk),
        result=result,
        findings="现场核实三个网点。",
        legal_day=day,
        **({"proof": paper("现场照片")} if result == "done" else {}),
    )


def test_one_recommendation_goes_from_consultation_over_refusal_and_suspension_to_its_closing(
    office,
):
    office.on(2026, 3, 2, 9)
    handler = office["handler"]
    case = filed(office)
    consult_and_investigate(office, case)
    recommend(office, case)
    serve(office, case)
    reply_in_part(office, case)
    office.on(2026, 5, 21, 9)
    handler.record(case.key, "A-7", plan="抽查网点。", legal_day="2026-05-21")
    assess_measure(office, case, 1, "done", "2026-05-21")
    assess_measure(office, case, 2, "paper_only", "2026-05-21")
    decide(office, case, "A-7-2", obstacle="汛期网点停业。", proof_of_obstacle="停业公告。")
    case.refresh_from_db()
    assert case.state == "adm_suspended"
    handler.record(case.key, "S83", legal_day="2026-05-21", receipt=paper("备案回执"))
    office.on(2026, 6, 3, 9)
    decide(office, case, "A-7-3", why="网点恢复营业。")
    handler.record(
        case.key,
        "S82",
        legal_day="2026-06-03",
        persons=[str(office.cast.handler.pk), str(office.cast.assistant.pk)],
        place="三个网点",
        findings="均使用隐私面单，企业已受处理。",
        report=paper("跟进调查记录"),
    )
    assess_measure(office, case, 2, "done", "2026-06-03")
    handler.record(case.key, "A-8", overview="全部落实。", legal_day="2026-06-03")
    handler.make_final(case.key, "D-43", "已全面整改，建议终结。")
    decide(office, case, "A-8-2", ground="remedied", explanation="全部落实。")
    register(office, case, "D-44", "2026-06-03", "江云检行公终〔2026〕1号")
    handler.make_final(case.key, "D-85", "已终结。")
    serve_filing_decision(office, case)
    path = handler.propose(case.key, "A-11", "全部落实。", summary="行政机关已全面履行职责。")
    office["head"].approve(path)
    case.refresh_from_db()
    assert case.state == "closed"
    handler.open(f"/cases/{case.key}/")
    check_page(handler.page)


def serve_filing_decision(office, case: Case) -> None:
    """The decision to file was forgotten: it is served late, and that is shown."""
    clerk = office["clerk"]
    register(office, case, "D-06", "2026-03-02", "江云检行公立〔2026〕9号")
    document = Document.objects.filter(case=case, code="D-06").latest("pk")
    clerk.open(f"{reverse('service_create', args=[document.pk])}?method=direct")
    clerk.fill(addressee="body", name=AUTHORITY, started_on="2026-06-03")
    clerk.press()
    service = Service.objects.latest("id")
    clerk.open(reverse("service_outcome", args=[service.pk]))
    clerk.fill(
        result="served",
        day="2026-06-03",
        proof=paper("送达回证"),
        receiver="entity_staff",
        receiver_name="前台李某",
    )
    clerk.press()


def test_a_second_recommendation_is_not_followed_and_the_authority_is_sued(office):
    office.on(2026, 3, 2, 9)
    handler = office["handler"]
    case = filed(office)
    consult_and_investigate(office, case)
    recommend(office, case)
    serve(office, case)
    office.on(2026, 5, 21, 9)
    handler.record(case.key, "A-7", plan="抽查网点。", legal_day="2026-05-21")
    for number in (1, 2):
        assess_measure(office, case, number, "not_done", "2026-05-21")
    handler.record(case.key, "A-8", overview="均未落实。", legal_day="2026-05-21")
    handler.make_final(case.key, "D-43", "公益仍受侵害，建议起诉。")
    first = _measures(case)[0]
    court = Court.objects.order_by("name")[0]
    decide(
        office,
        case,
        "A-9",
        ground="no_reply",
        explanation="逾期未回复，未整改。",
        harm_goes_on="收件人信息仍公开。",
        court=str(court.pk),
        **{
            f"claim_{first.pk}": "perform",
            f"text_{first.pk}": "判令被告对快递企业保护收件人信息依法履行监督管理职责。",
        },
    )
    office.on(2026, 5, 22, 9)
    register(office, case, "D-45", "2026-05-22", "江云检行公诉〔2026〕1号")
    handler.record(
        case.key,
        "A-9-2",
        court=str(court.pk),
        pre_suit_proof=True,
        receipt=paper("收件回执"),
        legal_day="2026-05-22",
    )
    handler.record(
        case.key,
        "A-9-3",
        court_case_number="（2026）浙0102行初9号",
        paper=paper("立案通知书"),
        legal_day="2026-05-22",
    )
    case.refresh_from_db()
    assert case.state == "adm_suit"
    # Six months from the registration end on Sunday 22 November.
    assert case.deadlines.get(rule="P-58a").effective_day == date(2026, 11, 23)
