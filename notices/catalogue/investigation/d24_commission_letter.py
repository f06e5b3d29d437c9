"""D-24: commission letter (Rules 41, 48)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of
from notices.bodies.official import letter
from notices.bodies.parts import by_name, contact, sections
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
    ("委托事项", "subject"),
    ("需要解决的问题", "question"),
    ("提供的材料", "materials"),
    ("机构和人员资质", "qualification"),
    ("完成时限", "time"),
    ("成果要求", "result"),
    ("保密要求", "confidentiality"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter to an institution, named after the work it is to do (D-24; Rules 41, 48)."""
    case = case_of(values)
    work = phrase(values, "work")
    blocks = (
        Paragraph(
            f"本院在办理{case}中，需要对专门性问题进行{work or '鉴定'}。"
            f"根据{RULES_ZH}第四十一条的规定，现委托你单位办理，有关事项如下："
        ),
        *sections(*by_name(values, PARTS)),
        Paragraph(
            "请你单位按照上述要求办理，并将书面结果送交本院。不能按期完成或者不能办理的，请及时书面告知本院。"
        ),
        Paragraph("特此函告。"),
        *contact(values),
    )
    return letter(kind, frame, values, blocks, name=f"委托{work}函" if work else "")


TYPE = DocumentType(
    code="D-24",
    title_zh="委托鉴定（评估、审计、检验、检测、翻译）函",
    title_en="Commission letter",
    stage="P2, P5",
    administrative_stage="A1-A2, A6-A7",
    article="Rules 41, 48",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "work",
            "委托种类（鉴定、评估、审计、检验、检测或者翻译）",
            "Appraisal, evaluation, audit, inspection, testing or translation",
            "Rules 41",
            kind=Kind.LINE,
        ),
        Content("addressee", "受委托机构", "Institution", "Rules 41", kind=Kind.LINE),
        CASE,
        Content("subject", "委托事项", "Subject", "Rules 41"),
        Content("question", "需要解决的问题", "Question", "Rules 41"),
        Content("materials", "提供的材料", "Materials", "Rules 41"),
        Content("qualification", "机构资质", "Qualification of the institution", "Rules 41"),
        Content("time", "时限", "Time", "Rules 41"),
        Content("result", "成果要求", "Form of the result", required=False),
        Content("confidentiality", "保密要求", "Confidentiality", required=False),
        *CONTACT,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "委"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
