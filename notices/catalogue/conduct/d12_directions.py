"""D-12: directions, staff borrowing (Rules 10, 11)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of, chosen
from notices.bodies.official import letter
from notices.bodies.parts import by_name, sections
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

LOAN = "调用检察人员决定书"
# What the superior office decides, by the name of the paper (law 7.2; Rules 10, 11).
DECISIONS = {
    "交办函": "经研究，现将{case}交由你院办理。",
    "提办函": "经研究，决定将{case}提由本院办理。",
    "督办函": "经研究，决定督办你院办理的{case}。",
    "领办函": "经研究，决定由本院领办{case}，请你院配合。",
    LOAN: "经研究，决定调用下列检察人员参与办理{case}。",
}
ARTICLES = {LOAN: "第十一条"}
ENDINGS = {LOAN: "请你院遵照执行。"}


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the paper of the superior office, in the words of its name (D-12; Rules 10, 11)."""
    form = chosen(values, "form", tuple(DECISIONS), "交办函")
    case = case_of(values)
    rules = f"根据{RULES_ZH}{ARTICLES.get(form, '第十条')}的规定，"
    parts = (("调用人员", "staff"), ("事项范围", "scope"), ("期限", "term"))
    blocks = (
        Paragraph(f"{rules}{DECISIONS[form].format(case=case)}"),
        *sections(*by_name(values, parts)),
        Paragraph(ENDINGS.get(form, "请将办理情况及时报告本院。")),
    )
    # It is the superior's paper: its head, its number, its seal; nobody signs it by name.
    superior = phrase(values, "superior") or frame.office
    made = letter(kind, replace(frame, office=superior, signature=None), values, blocks, name=form)
    return replace(made, number=phrase(values, "number"), number_draft="")


TYPE = DocumentType(
    code="D-12",
    title_zh="交办/提办/督办/领办函、调用检察人员决定",
    title_en="Directions, staff borrowing",
    stage="any",
    article="Rules 10, 11",
    approval=Approval.SUPERIOR,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "form",
            "文书名称",
            "Name of the paper",
            "Rules 10, 11",
            kind=Kind.CHOICE,
            options=tuple(DECISIONS),
        ),
        Content("superior", "上级人民检察院", "Superior office", "Rules 10", kind=Kind.LINE),
        Content("number", "文号", "Number", required=False, kind=Kind.LINE),
        Content("addressee", "受文人民检察院", "Office addressed", "Rules 10", kind=Kind.LINE),
        Content("case", "案件", "Case", "Rules 11", kind=Kind.LINE),
        Content("staff", "调用人员", "Staff borrowed", "Rules 11", required=False),
        Content("scope", "事项范围", "Scope", "Rules 11"),
        Content("term", "期限", "Term", "Rules 11"),
        DAY,
    ),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
