"""D-65: request to explain enforcement (CSR 105; EXEC-SUP)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, items, prose, said, until
from notices.catalogue.contents import CONTACT, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    Numbering,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice that asks a court how an enforcement case stands (D-65; CSR 105)."""
    blocks = (
        *said(
            as_case(text_of(values, "case")),
            "本院在履行民事执行法律监督职责中，需要了解你院办理的",
            "的执行情况。",
        ),
        *prose(values.get("facts", "")),
        *_questions(values),
        *said(
            until(text_of(values, "reply"), "收到本通知书"),
            "请你院",
            "书面说明案件的执行情况和理由，并附有关证据材料。",
        ),
        *said("特此通知。"),
        *contact(values),
    )
    return letter(kind, frame, values, blocks)


def _questions(values: Values) -> tuple[Block, ...]:
    asked = items(values.get("question", ""))
    lead = said(text_of(values, "basis"), "根据", "的规定，请你院说明下列问题：")
    return (*lead, *asked) if asked else lead


TYPE = DocumentType(
    code="D-65",
    title_zh="说明案件执行情况通知书",
    title_en="Request to explain enforcement",
    stage="E2",
    article="CSR 105; EXEC-SUP",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("addressee", "人民法院", "Court", "CSR 105", kind=Kind.LINE),
        Content("case", "执行案件及案号", "Enforcement case", "CSR 105", kind=Kind.LINE),
        Content("facts", "事实", "Facts", "CSR 105"),
        Content("basis", "法律依据", "Legal basis", "CSR 105"),
        Content("question", "需说明的问题", "Question", "CSR 105"),
        Content("reply", "书面说明的期限", "Term to explain", "EXEC-SUP", kind=Kind.LINE),
        *CONTACT,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
