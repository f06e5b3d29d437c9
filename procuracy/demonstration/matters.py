"""Leads and cases in every state, one overdue, one proposal returned and one before the head."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from audit import clock
from cases.models import Case, Lead, TagUse
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.services import approvals, parties, proposals, recusals, tags, tasks, work
from deadlines.services.office_periods import OfficePeriodEntry, enter
from procuracy.demonstration import steps
from procuracy.demonstration.staff import Staff

TEXT = {"*": "详见卷宗材料，经办案组核实。"}


def days_ago(days: int) -> date:
    """Return the day so many days before today."""
    return clock.today() - timedelta(days=days)


def filing(title: str, processor: str, **more: Any) -> dict[str, Any]:
    """Return the facts of an opinion to file."""
    return {
        "case_title": title,
        "processor": processor,
        "harm": "众多用户的个人信息被非法收集并对外提供，社会公共利益持续受到侵害。",
        "unlawful_act": "未取得个人同意处理个人信息，可能违反个人信息保护法第十三条、第十条。",
        "numerous_individuals": "涉及不特定多数用户，影响范围广。",
        "legal_bases": ["PIPL 70", "CPL 58"],
        "act_place": "江州市云湖区",
        "harm_place": "江州市",
    } | more


def open_lead(staff: Staff, handler: User, title: str, days: int, **more: Any) -> Lead:
    """Return a lead that is assigned and assessed."""
    lead = steps.register(
        staff,
        title=title,
        summary=f"{title}。群众反映后经初步核对。",
        received_on=days_ago(days),
        **more,
    )
    steps.assign(staff, lead, handler)
    steps.assess(lead)
    return lead


def filed_case(staff: Staff, handler: User, title: str, processor: str, days: int) -> Case:
    """Return a case in P1 with its filing decision issued."""
    lead = open_lead(staff, handler, f"{title}线索", days)
    steps.make_final(handler, lead, "D-05", TEXT)
    proposal = steps.propose(
        handler, lead, "T06", "事实清楚，符合立案条件。", **filing(title, processor)
    )
    steps.approve(proposal, (staff["sunmin"], staff["zhaojian"]))
    case = Case.objects.get(lead=lead)
    steps.issue(handler, case, "D-06", staff["zhaojian"], TEXT)
    steps.set_team(staff, case, handler)
    return case


def investigated_case(staff: Staff, handler: User, title: str, processor: str, days: int) -> Case:
    """Return a case in P2 with an exhibit for each group of facts."""
    case = filed_case(staff, handler, title, processor, days)
    _complete_violator(handler, case)
    steps.make_final(handler, case, "D-09", TEXT)
    steps.record(handler, case, "T08", legal_day=clock.today().isoformat())
    steps.collect(staff, case, handler, name="平台页面及接口固定记录", day=clock.today())
    return case


def _complete_violator(handler: User, case: Case) -> None:
    """Enter how the violator is reached; the pages cover what may be a person's own."""
    violator = case.parties.get()
    contact = {
        "representative": "罗珺",
        "telephone": "13800000000",
        "address": "江州市云湖区湖滨路18号",
        "no_code_reason": "待核对营业执照",
    }
    parties.change_party(actor=handler, party=violator, facts=contact, version=violator.version)


def closed_investigation(
    staff: Staff, handler: User, title: str, processor: str, days: int, proposal: str
) -> Case:
    """Return a case in P3 with its closing report."""
    case = investigated_case(staff, handler, title, processor, days)
    steps.record(
        handler,
        case,
        "T10",
        legal_day=clock.today().isoformat(),
        proposal=proposal,
        conclusion="违法事实与公共利益受损事实均已查明。",
    )
    steps.make_final(handler, case, "D-40", TEXT)
    return case


def announced_case(staff: Staff, handler: User, title: str, processor: str, days: int) -> Case:
    """Return a case in P4: approved, issued and published."""
    case = closed_investigation(staff, handler, title, processor, days, "announce")
    steps.make_final(handler, case, "D-41", TEXT)
    proposal = steps.propose(
        handler, case, "T12", "应当发布诉前公告。", medium_planned="《正义日报》"
    )
    approved = steps.approve(proposal, (staff["sunmin"], staff["zhaojian"]))
    steps.issue(handler, case, "D-41", staff["zhaojian"], TEXT)
    proposals.carry_out(
        actor=handler,
        proposal=approved,
        data={
            "legal_day": clock.today().isoformat(),
            "medium": "《正义日报》",
            "national_influence": "on",
            "url": "https://announcement.invalid/1",
        },
        files=_files("公告版面.txt", "公告版面截图（演示）"),
    )
    case.refresh_from_db()
    return case


def _files(name: str, text: str) -> Any:
    from django.utils.datastructures import MultiValueDict

    return MultiValueDict({"proof": [SimpleUploadedFile(name, text.encode(), "text/plain")]})


def terminated_case(staff: Staff, handler: User, title: str, processor: str, days: int) -> Case:
    """Return a case in PX1."""
    case = closed_investigation(staff, handler, title, processor, days, "terminate")
    proposal = steps.propose(
        handler,
        case,
        "T11",
        "运营者已全面整改，公共利益得到有效保护。",
        ground="interest_protected",
        explanation="违法收集功能已下线，数据已删除并经核验。",
    )
    steps.approve(proposal, (staff["sunmin"], staff["zhaojian"]))
    case.refresh_from_db()
    return case


def build_own_period(staff: Staff) -> None:
    """Let the office set a period of its own, by a regulation that is invented as everything here is."""
    enter(
        actor=staff["zhaojian"],
        entry=OfficePeriodEntry(
            title_zh="评估后提出办理意见（示例）",
            title_en="Opinion on an assessed lead (sample)",
            basis="《公益诉讼案件线索办理规定（示例）》",
            length="P30D",
            start="lead_assessed",
            met_by=("case_filed", "filing_refused"),
            cancelled_by=("lead_transferred", "lead_merged"),
            duty="handler",
            reminders=(7, 3, 0),
            valid_from=clock.today(),
        ),
    )


def build_leads(staff: Staff) -> None:
    """Leads in each of their states."""
    zhou, chen = staff["zhouming"], staff["chensheng"]
    register = steps.register
    register(
        staff,
        title="快租房源网站批量展示房东信息",
        summary="网站公开展示房东姓名、电话与住址。",
        received_on=days_ago(1),
    )
    register(
        staff,
        title="某连锁诊所泄露就诊记录",
        summary="就诊记录疑似被打包出售。",
        received_on=days_ago(2),
        major=True,
    )
    waiting = open_lead(staff, zhou, "萌娃摄影App收集儿童人脸", 9)
    work.add_comment(actor=staff["sunmin"], matter=waiting, text="请先核对运营主体。")
    inquiry = open_lead(staff, chen, "停车平台超范围收集车主信息", 12)
    steps.record(
        chen,
        inquiry,
        "T04",
        legal_day=days_ago(5).isoformat(),
        why_necessary="数据流向不明",
        plan="向平台了解数据共享情况",
    )
    transferred = open_lead(staff, zhou, "外区健身房泄露会员照片", 15)
    steps.approve(
        steps.propose(
            zhou,
            transferred,
            "T02",
            "违法行为地与住所地均在滨河区。",
            target_office=staff.neighbour.pk,
            jurisdiction_ground="违法行为地、损害结果地和违法行为人住所地均在滨河区。",
            materials="举报材料一册、截图光盘一张",
        ),
        (staff["sunmin"], staff["zhaojian"]),
    )
    refused = open_lead(staff, chen, "个别业主群内互相公开电话", 20)
    steps.make_final(chen, refused, "D-05", TEXT)
    steps.approve(
        steps.propose(
            chen, refused, "T07", "仅涉及个别人。", reason="未侵害众多个人权益，属个体纠纷。"
        ),
        (staff["sunmin"], staff["zhaojian"]),
    )
    build_same_facts(staff, waiting)


def build_same_facts(staff: Staff, known: Lead) -> None:
    """Two reports of facts already known: one merged, the other proposed and before the head."""
    proposals_of = []
    for days in (7, 6):
        again = open_lead(staff, staff["zhouming"], "萌娃摄影App收集儿童人脸（再次反映）", days)
        proposals_of.append(
            steps.propose(
                staff["zhouming"],
                again,
                "M01",
                "反映的是同一事实。",
                into=known.pk,
                reason="与已有线索反映的运营者、行为和时间相同。",
            )
        )
    steps.approve(proposals_of[0], (staff["sunmin"],))


def build_cases(staff: Staff) -> None:
    """Cases in each of their states, with one overdue duty and one returned proposal."""
    zhou, chen = staff["zhouming"], staff["chensheng"]
    filed_case(staff, zhou, "云湖一中学生信息泄露案", "云湖校园服务有限公司", 30)
    running = investigated_case(staff, chen, "壹健康体检信息泄露案", "壹健康管理有限公司", 45)
    tasks.add_task(
        actor=chen,
        matter=running,
        title="调取接口日志",
        owner=staff["liuyue"],
        due_on=clock.today() + timedelta(days=3),
    )
    recusals.apply_for_recusal(
        actor=chen,
        matter=running,
        person=staff["liuyue"],
        applicant="壹健康管理有限公司",
        grounds="称其与举报人系同学。",
        # Three days and the longest holiday are over: nobody decided in time.
        received_on=days_ago(20),
    )
    returned = closed_investigation(
        staff, zhou, "优享家智慧社区人脸识别信息案", "江州优享家网络科技有限公司", 60, "announce"
    )
    steps.make_final(zhou, returned, "D-41", TEXT)
    proposal = steps.propose(
        zhou, returned, "T12", "应当发布诉前公告。", medium_planned="《正义日报》"
    )
    approvals.decide(
        actor=staff["sunmin"],
        proposal=proposal,
        decision="return",
        opinion="请补充数据删除情况后再提请。",
        digest=proposal.digest,
    )
    announced_case(staff, zhou, "群组公开他人信息案", "某群组运营人", 75)
    terminated_case(staff, chen, "腾达征信违规查询案", "腾达信息咨询有限公司", 90)


# Each label of the office with what it stands for, and a part of the titles it is put on.
LABELS = (
    ("人脸信息", TagUse.FIELD, "人脸"),
    ("健康信息", TagUse.FIELD, "健康"),
    ("群众多次反映", TagUse.WORK, "萌娃摄影App收集儿童人脸"),
)


def build_labels(staff: Staff) -> None:
    """Labels of the office on leads and cases, put on by the department head."""
    head = staff["sunmin"]
    for name, use, part in LABELS:
        label = tags.create_tag(actor=head, facts={"name": name, "use": use})
        leads = leads_visible_to(head).filter(title__contains=part)
        cases = cases_visible_to(head).filter(title__contains=part)
        borne_by: list[Lead | Case] = [*leads, *cases]
        for matter in borne_by:
            tags.tag_matter(actor=head, matter=matter, put_on=[label])
