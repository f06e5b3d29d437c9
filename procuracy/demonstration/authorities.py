"""A case against an authority that waits for its answer (law 3.9)."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from administrative.models import Body, BodyKind, BodyLevel
from administrative.services import preparing
from audit import clock
from cases.models import Case
from notices.models import Document
from notices.serving.services import Ending, Sending, record_outcome, start_service
from procuracy.demonstration import steps
from procuracy.demonstration.matters import TEXT, open_lead
from procuracy.demonstration.staff import Staff

POSTAL = "江州市云湖区邮政管理局"
MEASURES = (
    ("对辖区快递企业使用隐私面单的情况开展专项检查。", "检查记录、整改通知书"),
    ("对泄露收件人信息的快递企业依法作出处理。", "处理决定书"),
)


def build_authorities(staff: Staff) -> None:
    """One recommendation that was served on an authority and waits for its answer."""
    zhou = staff["zhouming"]
    case = _filed(staff, zhou)
    _investigated(zhou, case)
    _recommended(staff, zhou, case)
    paper = steps.issue(zhou, case, "D-70", staff["zhaojian"], TEXT)
    _serve(zhou, paper)
    today = clock.today().isoformat()
    steps.record(zhou, case, "A-6", legal_day=today)


def _filed(staff: Staff, handler: User) -> Case:
    lead = open_lead(staff, handler, "快递面单泄露收件人信息", 18)
    body = Body.objects.create(
        name=POSTAL,
        kind=BodyKind.POSTAL,
        level=BodyLevel.COUNTY,
        competence="监督管理快递市场中的个人信息保护（演示）。",
    )
    steps.make_final(handler, lead, "D-05", TEXT)
    proposal = steps.propose(
        handler,
        lead,
        "A-1",
        "公益受到侵害，行政机关可能不作为，符合立案条件。",
        case_title="督促保护快递面单个人信息行政公益诉讼案",
        authority=body.pk,
        duty="依法监督管理快递企业的个人信息保护（快递暂行条例、个人信息保护法第六十条）。",
        conduct="inaction",
        failure="快递面单载明收件人姓名、电话和住址，未依法监管。",
        harm="不特定多数收件人的信息随面单公开，社会公共利益受到侵害。",
        legal_bases=["APL 25"],
    )
    steps.approve(proposal, (staff["sunmin"], staff["zhaojian"]))
    case = Case.objects.get(lead=lead)
    steps.set_team(staff, case, handler)
    _serve(handler, steps.issue(handler, case, "D-06", staff["zhaojian"], TEXT))
    case.refresh_from_db()
    return case


def _investigated(handler: User, case: Case) -> None:
    today = clock.today().isoformat()
    steps.record(handler, case, "A-2", way="meeting", subject="监管职责", legal_day=today)
    steps.make_final(handler, case, "D-32", TEXT)
    steps.record(
        handler, case, "A-2-2", persons="副局长", positions="认可监管职责。", legal_day=today
    )
    for finding in ("harm", "duty", "failure", "cause"):
        steps.record(
            handler,
            case,
            "A-3",
            finding=finding,
            text="由现场检查和面单照片证明。",
            rests_on="面单照片、权责清单",
            legal_day=today,
        )
    steps.record(
        handler,
        case,
        "A-4",
        proposal="recommend",
        conclusion="应当提出检察建议。",
        legal_day=today,
    )
    steps.make_final(handler, case, "D-40", TEXT)


def _recommended(staff: Staff, handler: User, case: Case) -> None:
    period = {
        "period": 2,
        "unit": "months",
        "urgency": "",
        "relation": "own_level",
        "relation_shown": "",
    }
    preparing.prepare(actor=handler, case=case, facts=period)
    for text, proof in MEASURES:
        measure = {"text": text, "basis": "快递暂行条例", "expected_proof": proof}
        preparing.add_measure(actor=handler, case=case, facts=measure)
    case.refresh_from_db()
    proposal = steps.propose(handler, case, "A-5", "应当提出检察建议。", why="未依法履行监管职责。")
    steps.approve(proposal, (staff["sunmin"], staff["zhaojian"]))
    case.refresh_from_db()


def _serve(actor: User, paper: Document) -> None:
    """Hand a paper to the authority, today, with the receipt."""
    sending = Sending(method="direct", addressee="body", name=POSTAL, started_on=clock.today())
    service = start_service(actor=actor, document=paper, sending=sending)
    receipt = SimpleUploadedFile("送达回证.txt", "送达回证（演示）".encode(), "text/plain")
    ending = Ending(
        result="served",
        proof=receipt,
        day=clock.today(),
        receiver="entity_staff",
        receiver_name="收发室",
    )
    record_outcome(actor=actor, service=service, ending=ending)
