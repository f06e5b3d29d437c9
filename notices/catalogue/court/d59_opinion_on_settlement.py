"""D-59: opinion on a mediation or settlement agreement (Rules 99; CPLI 287)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import case_before, to_court
from notices.bodies.frame import Frame, Values, full_stop, text_of
from notices.bodies.parts import items, part
from notices.bodies.statutes import CPLI_ZH, RULES_ZH
from notices.catalogue.contents import ISSUED_DAY
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
    """Return the opinion (D-59; Rules 99): the agreement beside the claims, liability, public interest."""
    agreement = text_of(values, "instrument") or "调解协议"
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"{case_before(values)}，双方当事人达成{agreement}。本院依法进行审查，现提出如下意见："
        ),
        *part(f"一、{agreement}的主要内容", items(values.get("terms", ""))),
        *part("二、与诉讼请求的对照", items(values.get("comparison", ""))),
        *part("三、是否减损被告应当承担的责任", paragraphs(values.get("liability", ""))),
        *part("四、是否损害社会公共利益", paragraphs(values.get("interest", ""))),
        *part("五、审查意见", _conclusion(values)),
    )
    return to_court(kind, frame, values, blocks, name=f"{agreement}审查意见")


def _conclusion(values: Values) -> tuple[Paragraph, ...]:
    conclusion = full_stop(text_of(values, "conclusion"))
    ground = f"根据{RULES_ZH}第九十九条、{CPLI_ZH}第二百八十七条的规定，"
    return (Paragraph(f"{ground}{conclusion}"),) if conclusion else ()


TYPE = DocumentType(
    code="D-59",
    title_zh="调解/和解协议审查意见",
    title_en="Opinion on a settlement",
    stage="C5",
    machines=("case",),
    article="Rules 99; CPLI 287",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content(
            "instrument",
            "协议类型",
            "Mediation or settlement agreement",
            "Rules 99",
            kind=Kind.CHOICE,
            options=("调解协议", "和解协议"),
        ),
        Content("court", "人民法院", "Court", "Rules 99", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 99", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 99", required=False, kind=Kind.LINE),
        Content("terms", "协议主要内容（每行一项）", "Terms, one a line", "Rules 99"),
        Content(
            "comparison",
            "与诉讼请求的对照（每行一项）",
            "Compared with the claims, one a line",
            "Rules 99",
        ),
        Content("liability", "不减损应承担的责任", "Liability is not reduced", "Rules 99"),
        Content("interest", "不损害公共利益", "The public interest is not harmed", "Rules 99"),
        Content("conclusion", "审查意见", "Conclusion", "Rules 99; CPLI 287"),
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
