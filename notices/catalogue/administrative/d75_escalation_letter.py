"""D-75: escalation letter, copy (PRR 20, 25; Rules 45)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, enclosed, prose, said
from notices.catalogue.contents import CONTACT, ENCLOSURES, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

# The letter that urges the unit itself, the one that tells those above it, and the copy.
URGES, TELLS, COPIES = "督促函", "通报函", "抄送函"
TURN = {
    URGES: "经检察长决定，现就上述情况向你单位发函督促。",
    TELLS: "经检察长决定，现将上述情况向你单位通报。",
    COPIES: "经检察长决定，现将检察建议书抄送你单位。",
}


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter by which a recommendation is urged, reported further or copied (D-75)."""
    which = next((name for name in TURN if name in text_of(values, "which")), TELLS)
    basis = text_of(values, "basis")
    turn = f"根据{basis}的规定，{TURN[which]}" if basis else TURN[which]
    blocks: tuple[Block, ...] = (
        *prose(values.get("recommendation", "")),
        *prose(values.get("facts", "")),
        *said(turn),
        *prose(values.get("request", "")),
        *said("特此函告。"),
        *contact(values),
        *enclosed(values.get("attachments", "")),
    )
    return letter(kind, frame, values, blocks, name=which)


TYPE = DocumentType(
    code="D-75",
    title_zh="督促/通报函、抄送件",
    title_en="Escalation letter, copy",
    stage="A6-A7",
    article="PRR 20, 25; Rules 45",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.EXPRESS,
    contents=(
        Content(
            "which",
            "函件种类",
            "Urging letter, report or copy",
            "PRR 20, 25",
            kind=Kind.CHOICE,
            options=tuple(TURN),
        ),
        Content("addressee", "收函单位", "Addressee", "PRR 20, 25", kind=Kind.LINE),
        Content(
            "recommendation",
            "检察建议的发出和送达情况（调查受阻的，写明调查经过）",
            "Recommendation and its service; where an investigation is obstructed, how it went",
            "PRR 25; Rules 45",
        ),
        Content("facts", "回复和整改情况", "Facts", "PRR 25"),
        Content("basis", "依据", "Basis", "PRR 25"),
        Content("request", "请收函单位办理的事项", "What is asked", "PRR 25"),
        *CONTACT,
        ENCLOSURES,
        ISSUED_DAY,
    ),
    on=("case",),
    # The replies to recommendations (PRR 25; norm C115).
    after=("P-53", "P-54", "P-57"),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
