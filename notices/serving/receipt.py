"""The receipt as it is printed: always in Chinese, whatever language its reader uses (D-80, D-81)."""

from __future__ import annotations

from django.utils import translation

from audit.clock import BEIJING
from documents.model import (
    FormCell,
    FormDocument,
    FormRow,
    OpinionCell,
    OpinionSignature,
    fair_row,
)
from documents.numerals import chinese_date
from notices.catalogue import TYPES
from notices.models import Attempt, Method, Outcome, Service


def receipt_of(service: Service, *, with_address: bool) -> FormDocument:
    """Return the receipt of a service; what is not known yet stays empty for the pen.

    Args:
        with_address: the reader belongs to the handling team (EMS 4).
    """
    code = "D-81" if service.method == Method.POSTAL else "D-80"
    with translation.override("zh-hans"):
        return FormDocument(
            issuer=service.document.office.name,
            name=TYPES[code].title_zh,
            number_draft=f"{service.matter.key} 第{service.pk}号",
            rows=(
                *_head(service, with_address=with_address),
                *(_attempt(attempt) for attempt in service.attempts.all()),
                *_ending(service),
            ),
            notes=("收件人签收时注明证件号码（检察专递规定第8条）。",) if code == "D-81" else (),
        )


def _head(service: Service, *, with_address: bool) -> tuple[FormRow, ...]:
    document = service.document
    address = service.address if with_address else ""
    through = (
        (FormRow((FormCell("受托或者转交单位", service.through),)),) if service.through else ()
    )
    return (
        FormRow((FormCell("案件", service.matter.title),)),
        FormRow((FormCell("送达文书、文号", f"{document.title} {document.number}".strip()),)),
        fair_row(
            FormCell("受送达人", service.name),
            FormCell("送达方式", str(service.get_method_display())),
        ),
        FormRow((FormCell("送达地址", address),)),
        *through,
        fair_row(
            FormCell("交付日期", chinese_date(service.started_on)),
            FormCell("邮件号码", service.consignment),
        ),
    )


def _attempt(attempt: Attempt) -> FormRow:
    when = f"{attempt.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    said = [when, str(attempt.get_result_display()), attempt.note]
    return FormRow(
        (FormCell(f"第{attempt.number}次投递", "，".join(part for part in said if part)),)
    )


def _ending(service: Service) -> tuple[FormRow, ...]:
    outcome = service.ended
    signature = OpinionSignature(
        "收件人",
        outcome.receiver_name if outcome else "",
        day=outcome.standing_day if outcome else None,
    )
    result = str(outcome.get_result_display()) if outcome else ""
    relation = str(outcome.get_receiver_display()) if outcome and outcome.receiver else ""
    return (
        fair_row(FormCell("送达结果", result), FormCell("收件人身份", relation)),
        FormRow((OpinionCell("签收", "", (signature,), lines=2),)),
        FormRow((FormCell("拒收、退回理由", outcome.reason if outcome else "", lines=2),)),
        FormRow((FormCell("见证人", outcome.witnesses if outcome else ""),)),
        *_declared(outcome),
    )


def _declared(outcome: Outcome | None) -> tuple[FormRow, ...]:
    """Return who took part in service by declaration, with the role (Rules 12, 76; norm C122)."""
    if outcome is None or not outcome.declared:
        return ()
    name, role = outcome.participant_name, outcome.participant_role
    return (FormRow((FormCell("宣告送达参与人及身份", f"{name}（{role}）" if name else "无"),)),)
