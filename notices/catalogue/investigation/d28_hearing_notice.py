"""D-28: hearing notice and announcement (Rules 44; HEAR 4, 10)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values
from notices.bodies.investigation import case_of, chosen
from notices.bodies.official import letter
from notices.bodies.parts import contact, items, labelled
from notices.bodies.statutes import HEARING_ZH, RULES_ZH
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

NOTICE, ANNOUNCEMENT = "听证通知书", "听证公告"
BASIS = f"根据{RULES_ZH}第四十四条和{HEARING_ZH}的规定，"
WHEN_WHERE = (("听证时间", "time"), ("听证地点", "place"), ("听证方式", "openness"))


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice to a participant, or the announcement to the public (D-28; HEAR 4, 10)."""
    form = chosen(values, "form", (NOTICE, ANNOUNCEMENT), NOTICE)
    public = form == ANNOUNCEMENT
    case = case_of(values)
    told = "现予公告。" if public else "请你（单位）准时参加。特此通知。"
    blocks = (
        Paragraph(f"{BASIS}本院决定对{case}举行听证。听证事项如下："),
        *items(values.get("subject", "")),
        *labelled(values, (*WHEN_WHERE, ("听证人员", "officers"))),
        *paragraphs(values.get("attendance", "")),
        Paragraph(told),
        *contact(values),
    )
    addressed = {**values, "addressee": ""} if public else values
    return letter(kind, frame, addressed, blocks, name=form)


TYPE = DocumentType(
    code="D-28",
    title_zh="听证通知书、公告",
    title_en="Hearing notice and announcement",
    stage="P2-P5",
    administrative_stage="A1-A7",
    article="Rules 44; HEAR 4, 10",
    approval=Approval.CHIEF,
    addressee=Addressee.PERSON,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "form",
            "文书名称",
            "Name of the paper",
            "HEAR 10",
            kind=Kind.CHOICE,
            options=(NOTICE, ANNOUNCEMENT),
        ),
        Content(
            "addressee",
            "受通知人（公告不填）",
            "Who is notified (empty in an announcement)",
            required=False,
            kind=Kind.LINE,
        ),
        CASE,
        Content("subject", "听证事项", "Subject", "HEAR 10"),
        Content(
            "time", "听证时间（三日前送达）", "Time (three days ahead)", "HEAR 10", kind=Kind.LINE
        ),
        Content("place", "听证地点", "Place", "HEAR 10", kind=Kind.LINE),
        Content(
            "openness", "听证方式（公开或者不公开）", "Public or not", "HEAR 5", kind=Kind.LINE
        ),
        Content("officers", "听证人员姓名", "Names of the hearing officers", "HEAR 10"),
        Content("attendance", "参加听证的要求", "What participants are told", required=False),
        *CONTACT,
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
