"""D-10: recusal decision (Rules 19-23)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of
from notices.bodies.official import letter
from notices.bodies.parts import said
from notices.catalogue.contents import ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

COMMITTEE = "检察委员会"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision on an application that somebody stand aside (D-10; Rules 19-23)."""
    basis = phrase(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    blocks = (
        Paragraph(_asked(values)),
        *said(phrase(values, "reason"), "经审查，", "。"),
        Paragraph(f"{ground}经本院{_decider(values)}决定：{phrase(values, 'result')}。"),
        *paragraphs(values.get("review", "")),
    )
    return letter(kind, frame, values, blocks)


def _asked(values: Values) -> str:
    """Say who asked that who stands aside, and why; the person concerned may ask it of himself."""
    case = case_of(values)
    applicant, person = phrase(values, "addressee"), phrase(values, "person")
    asked = f"{applicant}申请{person}回避" if applicant != person else f"{person}自行申请回避"
    grounds = phrase(values, "grounds")
    return f"本院办理{case}，{asked}" + (f"，理由是：{grounds}。" if grounds else "。")


def _decider(values: Values) -> str:
    return f"{COMMITTEE}讨论" if phrase(values, "decider") == COMMITTEE else "检察长"


TYPE = DocumentType(
    code="D-10",
    title_zh="回避决定书",
    title_en="Recusal decision",
    stage="any",
    article="Rules 19-23",
    approval=Approval.CHIEF_OR_COMMITTEE,
    addressee=Addressee.PERSON,
    delivery=Delivery.SERVICE,
    contents=(
        Content("addressee", "申请人", "Applicant", "Rules 22, 23", kind=Kind.LINE),
        Content("case", "案件名称", "Case", kind=Kind.LINE),
        Content("person", "被申请回避的人员", "Person concerned", "Rules 22", kind=Kind.LINE),
        Content("grounds", "申请理由", "Grounds of the application", "Rules 19"),
        Content("reason", "理由", "Reason", "Rules 23"),
        Content("basis", "法律依据", "Legal basis", "Rules 19-23"),
        Content(
            "decider",
            "决定主体",
            "Who decides",
            "Rules 22",
            kind=Kind.CHOICE,
            options=("检察长", COMMITTEE),
        ),
        Content("result", "决定结果", "Result", "Rules 22", kind=Kind.LINE),
        Content("review", "复议权利", "Right to a review", "Rules 23"),
        ISSUED_DAY,
    ),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
