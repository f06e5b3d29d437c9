"""D-53: application for reconsideration of a ruling on preservation or injunction (CPL 111; CPLI 171)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from documents.numerals import chinese_date
from notices.bodies.court import named, to_court
from notices.bodies.frame import Frame, Values, day_of, text_of
from notices.bodies.parts import items, part
from notices.bodies.statutes import CPL_ZH, CPLI_ZH
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


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the application (D-53; CPL 111; CPLI 171): the ruling, when it was received, what is asked."""
    blocks: tuple[Block, ...] = (
        *named("复议申请人", frame.office),
        *named("被申请人", values.get("respondent", "")),
        Paragraph(_opening(values)),
        *part("复议请求", items(values.get("request", ""))),
        *part("事实", paragraphs(values.get("facts", ""))),
        *part("理由", paragraphs(values.get("reasons", ""))),
        Paragraph("请你院依法复议。"),
    )
    return to_court(kind, frame, values, blocks)


def _opening(values: Values) -> str:
    received = day_of(text_of(values, "received_on"))
    when = f"复议申请人于{chinese_date(received)}收到该裁定，" if received else ""
    return (
        f"复议申请人不服你院作出的{text_of(values, 'ruling')}。{when}现于法定期限内，根据"
        f"{CPL_ZH}第一百一十一条、"
        f"{CPLI_ZH}第一百七十一条的规定，申请复议。"
    )


TYPE = DocumentType(
    code="D-53",
    title_zh="复议申请书",
    title_en="Application for reconsideration",
    stage="INJ, PRES",
    article="CPL 111; CPLI 171",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "作出裁定的人民法院", "Court that ruled", "CPL 111", kind=Kind.LINE),
        Content("respondent", "被申请人（每行一名）", "Respondents, one a line", required=False),
        Content("ruling", "裁定的文号及名称", "Ruling", "CPLI 171", kind=Kind.LINE),
        Content("request", "复议请求（每行一项）", "Request, one a line", "CPLI 171"),
        Content("facts", "事实", "Facts", "CPLI 171"),
        Content("reasons", "理由", "Reasons", "CPLI 171"),
        ENCLOSURES,
        ISSUED_DAY,
        Content(
            "received_on",
            "收到裁定的日期",
            "Day the ruling was received",
            "CPLI 171",
            kind=Kind.DAY,
        ),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
