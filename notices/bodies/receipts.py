"""The receipt of a service as a ruled form: printed from the record, or filled in by hand (CPL 87; EMS)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.model import FormCell, FormRow, OpinionCell, OpinionSignature, fair_row

# How often and how long the post tries to deliver (EMS 6; P-71 of the rulebook gives the same five).
MOST_ATTEMPTS = 3
ATTEMPTS_NOTE = (
    "五个工作日内投递三次，每次注明时间和情况；仍未送达的，注明理由后退回（检察专递规定第6条）。"
)
MAIL_NOTES = ("收件人签收时注明证件号码（检察专递规定第8条）。",)


@dataclass(frozen=True)
class Receipt:
    """What a receipt says; what is not known yet is empty and waits for the pen.

    Attributes:
        through: who was commissioned or passes it on; the row is left out where nobody is.
        attempts: what came of each try to deliver, in their order.
        relation: who signed, of the six of EMS 9.
        recorded: where photo or video of a refusal or of leaving it lies.
        signed: words of the receipt beside the signature.
        declared: who took part in a service by declaration; None for every other service.
    """

    matter: str = ""
    document: str = ""
    addressee: str = ""
    method: str = ""
    address: str = ""
    through: str = ""
    handed_over: str = ""
    consignment: str = ""
    attempts: tuple[str, ...] = ()
    result: str = ""
    relation: str = ""
    signed: str = ""
    receiver: str = ""
    received_on: date | None = None
    reason: str = ""
    witnesses: str = ""
    recorded: str = ""
    declared: str | None = None


def receipt_rows(receipt: Receipt) -> tuple[FormRow, ...]:
    """Return the rows of a receipt of service, by whatever method."""
    return (
        *_head(receipt),
        *(
            FormRow((FormCell(f"第{number}次投递", text),))
            for number, text in enumerate(receipt.attempts, start=1)
        ),
        *_ending(receipt),
    )


def _head(receipt: Receipt) -> tuple[FormRow, ...]:
    through = (
        (FormRow((FormCell("受托或者转交单位", receipt.through),)),) if receipt.through else ()
    )
    return (
        FormRow((FormCell("案件", receipt.matter),)),
        FormRow((FormCell("送达文书、文号", receipt.document),)),
        fair_row(FormCell("受送达人", receipt.addressee), FormCell("送达方式", receipt.method)),
        FormRow((FormCell("送达地址", receipt.address),)),
        *through,
        fair_row(
            FormCell("交付日期", receipt.handed_over), FormCell("邮件号码", receipt.consignment)
        ),
    )


def _ending(receipt: Receipt) -> tuple[FormRow, ...]:
    signature = OpinionSignature("收件人", receipt.receiver, day=receipt.received_on)
    declared = receipt.declared
    return (
        fair_row(FormCell("送达结果", receipt.result), FormCell("收件人身份", receipt.relation)),
        FormRow((OpinionCell("签收", receipt.signed, (signature,), lines=2),)),
        FormRow((FormCell("拒收、退回理由", receipt.reason, lines=2),)),
        fair_row(FormCell("见证人", receipt.witnesses), FormCell("照片、录像", receipt.recorded)),
        # Who took part in a service by declaration, with the role (Rules 12, 76; norm C122).
        *(() if declared is None else (FormRow((FormCell("宣告送达参与人及身份", declared),)),)),
    )
