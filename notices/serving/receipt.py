"""The receipt as it is printed: always in Chinese, whatever language its reader uses (D-80, D-81)."""

from __future__ import annotations

from django.utils import translation

from audit.clock import BEIJING
from documents.model import FormDocument
from documents.numerals import chinese_date
from notices.bodies.receipts import MAIL_NOTES, Receipt, receipt_rows
from notices.catalogue import TYPES
from notices.models import Attempt, Method, Outcome, Service


def receipt_of(service: Service, *, with_address: bool) -> FormDocument:
    """Return the receipt of a service; what is not known yet stays empty for the pen.

    Args:
        with_address: the reader belongs to the handling team (EMS 4).
    """
    code = "D-81" if service.method == Method.POSTAL else "D-80"
    return FormDocument(
        issuer=service.document.office.name,
        name=TYPES[code].title_zh,
        number_draft=f"{service.matter.key} 第{service.pk}号",
        rows=receipt_rows(told(service, with_address=with_address)),
        notes=MAIL_NOTES if code == "D-81" else (),
    )


def told(service: Service, *, with_address: bool) -> Receipt:
    """Return what the record says of a service, in the words of its receipt."""
    document, outcome = service.document, service.ended
    with translation.override("zh-hans"):
        return Receipt(
            matter=service.matter.title,
            document=f"{document.name_on_paper} {document.number}".strip(),
            addressee=service.name,
            method=str(service.get_method_display()),
            address=service.address if with_address else "",
            through=service.through,
            handed_over=chinese_date(service.started_on),
            consignment=service.consignment,
            attempts=tuple(_attempt(attempt) for attempt in service.attempts.all()),
            result=_result(service, outcome),
            relation=str(outcome.get_receiver_display()) if outcome and outcome.receiver else "",
            receiver=outcome.receiver_name if outcome else "",
            received_on=outcome.standing_day if outcome and service.is_served else None,
            reason=outcome.reason if outcome else "",
            witnesses=outcome.witnesses if outcome else "",
            recorded=_recorded(outcome),
            declared=_declared(outcome),
        )


def _result(service: Service, outcome: Outcome | None) -> str:
    """Return how it ended; with the day where nobody received it, for that stands beside no signature."""
    if outcome is None:
        return ""
    said = str(outcome.get_result_display())
    return said if service.is_served else f"{said}，{chinese_date(outcome.standing_day)}"


def _attempt(attempt: Attempt) -> str:
    when = f"{attempt.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    said = [when, str(attempt.get_result_display()), attempt.note]
    return "，".join(part for part in said if part)


def _recorded(outcome: Outcome | None) -> str:
    """Return where the photo or video of a refusal or of leaving it lies (Rules 76)."""
    if outcome is None or outcome.recording_id is None:
        return ""
    return f"附件第{outcome.recording_id}号"


def _declared(outcome: Outcome | None) -> str | None:
    """Return who took part in service by declaration, with the role; None for every other service."""
    if outcome is None or not outcome.declared:
        return None
    name, role = outcome.participant_name, outcome.participant_role
    return f"{name}（{role}）" if name else "无"
