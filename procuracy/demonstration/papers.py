"""Papers in and out, and documents on their way to whom they are served (law 7.3, 10)."""

from __future__ import annotations

from datetime import date, time

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from audit import clock
from cases.models import Case, Party
from exchange import services as register
from exchange.models import Direction, Medium, Paper
from notices.models import AddressBasis, AddresseeKind, Document, Method, Receiver, Result
from notices.serving.services import Ending, Sending, record_outcome, start_service
from procuracy.demonstration.matters import days_ago
from procuracy.demonstration.staff import Staff


def _came_in(
    actor: User, subject: str, sender: str, medium: Medium, day: date, case: Case | None = None
) -> Paper:
    facts = {
        "direction": Direction.IN,
        "medium": medium,
        "correspondent": sender,
        "subject": subject,
        "their_number": "",
        "day": day,
        "time": time(9, 30),
    }
    return register.register_paper(
        actor=actor, facts=facts, uploads=[_scan(f"{subject}.pdf")], matter=case
    )


def _scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.7 {name}（演示）".encode(), "application/pdf")


def build_papers(staff: Staff) -> None:
    """One paper nobody has linked yet, one of a court, one that went out."""
    judged = Case.objects.get(title="快递面单信息倒卖案")
    _came_in(
        staff["qianfang"],
        "关于游园通App公益诉讼公告的复函",
        "江海省消费者权益保护委员会",
        Medium.POST,
        days_ago(1),
    )
    _came_in(
        staff["wangzhe"],
        "江州速运有限公司上诉状副本",
        "杭州互联网法院",
        Medium.PLATFORM,
        days_ago(1),
        judged,
    )
    facts = {
        "direction": Direction.OUT,
        "medium": Medium.CONFIDENTIAL,
        "correspondent": "江州市人民检察院",
        "subject": "一审判决报备材料",
        "their_number": "",
        "day": days_ago(2),
    }
    register.register_paper(
        actor=staff["wangzhe"], facts=facts, uploads=[_scan("报备材料.pdf")], matter=judged
    )


def build_services(staff: Staff) -> None:
    """One document handed to the court with its receipt, one on its way by express mail."""
    notice = Document.objects.get(case__title="快递面单信息倒卖案", code="D-50")
    assert notice.signed_day is not None
    service = start_service(
        actor=staff["zhouming"],
        document=notice,
        sending=Sending(
            method=Method.COURT,
            addressee=AddresseeKind.COURT,
            name="杭州互联网法院",
            started_on=notice.signed_day,
        ),
    )
    ending = Ending(
        result=Result.SERVED,
        proof=_scan("法院收据.pdf"),
        day=notice.signed_day,
        receiver=Receiver.ADDRESSEE,
        receiver_name="立案庭",
    )
    record_outcome(actor=staff["zhouming"], service=service, ending=ending)
    decision = Document.objects.get(case__title="云湖一中学生信息泄露案", code="D-06")
    start_service(
        actor=staff["zhouming"],
        document=decision,
        sending=Sending(
            method=Method.POSTAL,
            addressee=AddresseeKind.PARTY,
            party=Party.objects.get(case__title="云湖一中学生信息泄露案"),
            address="江州市云湖区文汇路1号",
            address_basis=AddressBasis.REGISTERED_OFFICE,
            consignment="1100123456789",
            started_on=clock.today(),
        ),
    )
