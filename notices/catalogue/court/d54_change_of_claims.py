"""D-54: change or addition of claims (CPLI 232; JI 18)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import case_before, named, to_court
from notices.bodies.frame import Frame, Values, phrase, text_of
from notices.bodies.parts import items, part, said
from notices.bodies.statutes import CPLI_ZH, JI_ZH
from notices.catalogue.contents import ENCLOSURES, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

CHANGE, ADDITION = "变更诉讼请求", "增加诉讼请求"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the application (D-54; CPLI 232; JI 18): the claims before, the claims now, and why."""
    change = text_of(values, "change") or CHANGE
    blocks: tuple[Block, ...] = (
        *named("申请人（公益诉讼起诉人）", frame.office),
        *named("被申请人（被告）", values.get("defendant", "")),
        Paragraph(f"{case_before(values)}，申请人现申请{change}。"),
        *said(phrase(values, "advice"), "你院释明：", "。"),
        *part("原诉讼请求", items(values.get("old_claims", ""))),
        *part(f"{change[:2]}后的诉讼请求", items(values.get("claims", ""))),
        *part("事实与理由", paragraphs(values.get("reasons", ""))),
        Paragraph(
            f"根据{CPLI_ZH}第二百三十二条{_advised(values)}的规定，"
            f"在法庭辩论结束前申请{change}，请予准许。"
        ),
    )
    return to_court(kind, frame, values, blocks, name=f"{change}申请书")


def _advised(values: Values) -> str:
    """Cite the article under which a court points out that the claims fall short, where it did (JI 18)."""
    return f"、{JI_ZH}第十八条" if phrase(values, "advice") else ""


TYPE = DocumentType(
    code="D-54",
    title_zh="变更/增加诉讼请求申请书",
    title_en="Change of claims",
    stage="C3-C4",
    machines=("case",),
    article="CPLI 232; JI 18",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content(
            "change",
            "申请类型",
            "Change or addition",
            "CPLI 232",
            kind=Kind.CHOICE,
            options=(CHANGE, ADDITION),
        ),
        Content("court", "人民法院", "Court", "CPLI 232", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "CPLI 232", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "CPLI 232", required=False, kind=Kind.LINE),
        Content("defendant", "被告（每行一名）", "Defendants, one a line", "CPLI 232"),
        Content(
            "advice",
            "人民法院释明的内容（释明过的填写）",
            "What the court pointed out, where it did",
            "JI 18",
            required=False,
        ),
        Content("old_claims", "原诉讼请求（每行一项）", "Old claims, one a line", "CPLI 232"),
        Content("claims", "变更后的诉讼请求（每行一项）", "New claims, one a line", "CPLI 232"),
        Content("reasons", "事实与理由", "Reasons", "CPLI 232"),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
