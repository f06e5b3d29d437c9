"""D-31: fact confirmation letter (Rules 70)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, full_stop, led_by, phrase
from notices.bodies.investigation import case_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, items, said, until
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import CASE, CONTACT, DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter that asks the authority to confirm facts (D-31; Rules 70; norm C100)."""
    case = case_of(values)
    blocks = (
        *led_by(f"本院在办理{case}中，经调查了解到：", full_stop(values.get("facts", ""))),
        Paragraph(
            f"根据{RULES_ZH}第七十条的规定，"
            "现就你单位履行监督管理职责的有关情况与你单位磋商，请对上述事实和下列问题予以确认："
        ),
        *items(values.get("question", "")),
        *said(
            until(phrase(values, "term"), "收到本确认书"), "请", "将加盖公章的书面意见送交本院。"
        ),
        *contact(values),
    )
    # Nobody signs it by name: it goes out in the name of the office with its seal.
    return letter(kind, replace(frame, signature=None), values, blocks)


TYPE = DocumentType(
    code="D-31",
    title_zh="事实确认书",
    title_en="Fact confirmation letter",
    stage="A2",
    article="Rules 70",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content("addressee", "行政机关", "Authority", "Rules 70", kind=Kind.LINE),
        CASE,
        Content("facts", "事实", "Facts", "Rules 70"),
        Content("question", "需确认的问题", "Question", "Rules 70"),
        Content("term", "答复期限", "Reply term", "Rules 70", kind=Kind.LINE),
        *CONTACT,
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
    repeats=True,
)
