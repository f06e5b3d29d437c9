"""D-27: commission of investigation elsewhere (Rules 43)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of
from notices.bodies.official import letter
from notices.bodies.parts import by_name, contact, sections, until
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import CASE, CONTACT, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    NumberCode,
    Numbering,
)

PARTS = (
    ("调查对象", "object"),
    ("调查事项", "matter"),
    ("调查要求", "requirement"),
    ("附送材料", "materials"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the commission to the office of another place (D-27; Rules 43; norm C030)."""
    term = until(phrase(values, "reply"), "收到本委托调查书")
    blocks = (
        Paragraph(
            f"本院办理{case_of(values)}，需要在你院辖区内调查收集证据。"
            f"根据{RULES_ZH}第四十三条的规定，现委托你院调查下列事项："
        ),
        *sections(*by_name(values, PARTS)),
        Paragraph(f"请你院{term}完成调查，并将调查结果和取得的证据材料函复本院。"),
        Paragraph("因客观原因不能按期完成的，请在上述期限内书面告知本院。"),
        Paragraph("特此委托。"),
        *contact(values),
    )
    return letter(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-27",
    title_zh="委托调查书",
    title_en="Commission of investigation elsewhere",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 43",
    approval=Approval.CHIEF,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "addressee",
            "受委托人民检察院",
            "Procuratorate commissioned",
            "Rules 43",
            kind=Kind.LINE,
        ),
        CASE,
        Content("object", "调查对象", "Object", "Rules 43"),
        Content("matter", "调查事项", "Matter", "Rules 43"),
        Content("requirement", "调查要求", "Requirement", "Rules 43"),
        Content("materials", "附送材料", "Materials enclosed", required=False),
        Content("reply", "完成期限", "Time for the reply", "Rules 43", kind=Kind.LINE),
        *CONTACT,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "委调"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
    repeats=True,
)
