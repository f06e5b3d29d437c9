"""D-84: committee decision notice, minutes (PCR 28)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, Closing, OfficialDocument, SignatureLine
from notices.bodies.frame import Frame, Values, document_day, text_of
from notices.bodies.official import official
from notices.bodies.parts import items, prose, said, sections
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

NOTICE, MINUTES = "决定事项通知书", "会议纪要"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice of what the committee decided, or the minutes of its meeting (D-84; PCR 28)."""
    minutes = "纪要" in text_of(values, "which")
    blocks = _minutes(values) if minutes else _notice(values)
    addressee = "" if minutes else text_of(values, "addressee")
    name = f"检察委员会{MINUTES if minutes else NOTICE}"
    made = official(kind, frame, values, blocks, addressee=addressee, name=name)
    # The committee speaks through its chair, not through the handler of the case.
    end = Closing(
        issuer=f"{frame.office}检察委员会",
        day=document_day(kind, frame, values),
        signatures=(SignatureLine("检察长"),),
    )
    return replace(made, closing=end)


def _notice(values: Values) -> tuple[Block, ...]:
    """Return what was decided and until when its execution is reported (PCR 28, 32).

    The views of the minority stay in the minutes, which fewer people read (PCR 27).
    """
    term = text_of(values, "feedback")
    return (
        *said(
            text_of(values, "meeting").rstrip("。"), "本院检察委员会会议（", "）审议了下列事项："
        ),
        *prose(values.get("question", "")),
        *said(text_of(values, "attendance")),
        *said("经审议，检察委员会决定："),
        *items(values.get("decision", "")),
        *said(
            term, "请按照上述决定执行，并在执行完毕后", "内填写反馈情况表，报送检察委员会办事机构。"
        ),
    )


def _minutes(values: Values) -> tuple[Block, ...]:
    return sections(
        ("会议时间和届次", prose(values.get("meeting", ""))),
        ("出席和表决情况", prose(values.get("attendance", ""))),
        ("审议事项", prose(values.get("question", ""))),
        ("讨论情况", prose(values.get("discussion", ""))),
        ("决定事项", items(values.get("decision", ""))),
        ("少数委员的意见", prose(values.get("minority", ""))),
    )


TYPE = DocumentType(
    code="D-84",
    title_zh="检察委员会决定事项通知书、会议纪要",
    title_en="Committee decision notice, minutes",
    stage="any",
    article="PCR 28",
    approval=Approval.CHIEF,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "which",
            "文书种类",
            "Notice or minutes",
            "PCR 28",
            kind=Kind.CHOICE,
            options=(NOTICE, MINUTES),
        ),
        Content("addressee", "承办部门", "Department", "PCR 28", kind=Kind.LINE),
        Content("meeting", "会议时间、届次", "Meeting", "PCR 28", kind=Kind.LINE),
        Content("attendance", "出席和表决情况", "Attendance and votes", "PCR 11, 21"),
        Content("question", "审议事项", "Question", "PCR 28"),
        Content("discussion", "讨论情况", "Discussion", "PCR 17", required=False),
        Content("decision", "决定事项", "Decision", "PCR 28"),
        Content("minority", "少数委员的意见", "Views of the minority", "PCR 21", required=False),
        Content(
            "feedback", "执行反馈期限", "Term of feedback", "PCR 32", kind=Kind.LINE, fixed=True
        ),
        DAY,
    ),
    layout=Layout.OFFICIAL,
    template="1",
    repeats=True,
    body=body,
)
