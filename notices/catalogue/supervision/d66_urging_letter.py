"""D-66: letter urging transfer to enforcement (JI 12)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, enclosed, items, prose, said
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

# The court transfers on its own duty; the office only urges it to (JI 12).
NAME = "督促移送执行函"
ASKED = (
    "的规定，被告不履行生效裁判的，由人民法院依职权移送执行。"
    "请你院将上述事项移送执行，并将移送执行和执行立案的情况书面告知本院。"
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter that urges the court to transfer to enforcement (D-66; JI 12; CPL 247)."""
    blocks: tuple[Block, ...] = (
        *said(as_case(text_of(values, "case")), "本院提起的", "，人民法院的裁判已经发生法律效力。"),
        *said(text_of(values, "decision").rstrip("。"), "生效裁判：", "。"),
        *said("该裁判确定的下列事项履行期限已经届满，义务人未履行："),
        *items(values.get("items", "")),
        *prose(values.get("situation", "")),
        *said(text_of(values, "basis"), "根据", ASKED),
        *said("特此函告。"),
        *contact(values),
        *enclosed(values.get("attachments", "")),
    )
    return letter(kind, frame, values, blocks, name=NAME)


TYPE = DocumentType(
    code="D-66",
    title_zh="移送执行/督促移送函",
    title_en="Letter urging transfer to enforcement",
    stage="E1-E2",
    article="JI 12",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("addressee", "人民法院", "Court", "JI 12", kind=Kind.LINE),
        Content("case", "案件名称", "Case", "JI 12", kind=Kind.LINE),
        Content("decision", "生效裁判", "Effective decision", "JI 12", kind=Kind.LINE),
        Content("items", "未履行的事项", "What is not performed", "JI 12; CPL 247"),
        Content(
            "situation",
            "查明的未履行情况",
            "What was found of the performance",
            "CPL 247",
            required=False,
        ),
        Content("basis", "依据", "Basis", "JI 12"),
        *CONTACT,
        ENCLOSURES,
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="3",
    body=body,
)
