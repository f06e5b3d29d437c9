"""D-34: appointment of a person with special knowledge (EXPERT)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import OfficialDocument, Paragraph, SignatureLine
from notices.bodies.frame import Frame, Values, closing
from notices.bodies.investigation import case_of, chosen
from notices.bodies.official import letter
from notices.bodies.parts import by_name, contact, sections
from notices.bodies.statutes import EXPERT_ZH
from notices.catalogue.contents import CASE, CONTACT, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

APPOINTMENT, COMMISSION = "聘请书", "委托书"
VERBS = {APPOINTMENT: "聘请", COMMISSION: "委托"}
EXPERTS = {APPOINTMENT: "受聘人", COMMISSION: "受委托人"}
PARTS = (
    ("任务", "task"),
    ("期限", "term"),
    ("保密承诺", "secrecy"),
    ("利益冲突声明", "conflict"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the appointment with the undertaking the expert signs (D-34; EXPERT 12, 13, 19-21)."""
    form = chosen(values, "form", (APPOINTMENT, COMMISSION), APPOINTMENT)
    case = case_of(values)
    blocks = (
        Paragraph(
            f"本院办理{case}，需要有专门知识的人提供协助。根据{EXPERT_ZH}，"
            f"现{VERBS[form]}你作为有专门知识的人参与本案办理，有关事项如下："
        ),
        *sections(*by_name(values, PARTS)),
        *contact(values),
        Paragraph(f"{EXPERTS[form]}已知悉并承诺遵守以上保密和利益冲突事项，签名确认。"),
    )
    # The expert signs on the same paper what he undertakes (EXPERT 12, 13), and before the office.
    made = letter(kind, frame, values, blocks, name=form)
    end = closing(kind, frame, values)
    signatures = (SignatureLine(EXPERTS[form]), *end.signatures)
    return replace(made, closing=replace(end, signatures=signatures))


TYPE = DocumentType(
    code="D-34",
    title_zh="专门知识的人聘请书/委托书",
    title_en="Appointment of a person with special knowledge",
    stage="P2, C4",
    administrative_stage="A1-A2, A8",
    article="EXPERT",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "form",
            "文书名称",
            "Name of the paper",
            "EXPERT",
            kind=Kind.CHOICE,
            options=(APPOINTMENT, COMMISSION),
        ),
        Content("addressee", "有专门知识的人", "Person appointed", "EXPERT", kind=Kind.LINE),
        CASE,
        Content("task", "任务", "Task", "EXPERT"),
        Content("term", "期限", "Term", "EXPERT"),
        Content("secrecy", "保密承诺", "Secrecy undertaking", "EXPERT 12, 13"),
        Content(
            "conflict", "利益冲突声明", "Declaration on conflicts of interest", "EXPERT 12, 13"
        ),
        *CONTACT,
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
