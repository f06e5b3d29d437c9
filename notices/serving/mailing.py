"""Where a document is sent: envelope, label and express form, printed for who may see addresses alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Conflict, NotVisible
from cases.models import Case
from documents.mailing import Mail
from documents.model import (
    FormCell,
    FormDocument,
    FormRow,
    OpinionCell,
    OpinionSignature,
    fair_row,
)
from documents.numerals import chinese_date
from notices.bodies.receipts import ATTEMPTS_NOTE, MOST_ATTEMPTS
from notices.models import Document, Method, Service
from notices.selectors import may_work
from notices.serving import rules, selectors

EXPRESS = "检察专递"


@dataclass(frozen=True)
class Place:
    """Where a letter goes: the address that was typed, or that of the form that stands (EMS 3)."""

    address: str
    recipient: str = ""
    telephone: str = ""


def require_sees_addresses(actor: User, document: Document) -> None:
    """Let only the handling team of a case print addresses, of a lead whoever works on it (EMS 4; C153).

    Raises:
        NotVisible: for everybody else there is no such paper.
    """
    matter = document.matter
    team = selectors.sees_addresses(actor, matter) if isinstance(matter, Case) else True
    if not (team and may_work(actor, matter)):
        raise NotVisible(_("There is no such service."))


def place_of(service: Service) -> Place | None:
    """Return where the letter goes; None of what goes to no place, or whose place nobody knows."""
    if service.method not in rules.AT_AN_ADDRESS:
        return None
    form = service.confirmation
    if form is None and not service.address and service.party is not None:
        form = selectors.standing_confirmation(service.party)
    if form is not None:
        return Place(service.address or form.address, form.recipient, form.telephone)
    return Place(service.address) if service.address else None


def mail_of(service: Service) -> Mail:
    """Return what is printed on the outside of a letter: no title, which is nobody's business on the way.

    Raises:
        Conflict: it goes to no place, or its address is not known.
    """
    place = _required_place(service)
    document = service.document
    office = document.office
    return Mail(
        recipient=_recipient(service, place),
        address=place.address,
        reference=f"文号：{document.number}" if document.number else f"案号：{service.matter.key}",
        sender=office.name,
        telephone=place.telephone,
        sender_address=office.address,
        sender_telephone=office.telephone,
        mark=EXPRESS if service.method == Method.POSTAL else "",
    )


def mails_of(services: Iterable[Service]) -> list[Mail]:
    """Return the letters of the services of a document that are under way to a place.

    Raises:
        Conflict: there are none.
    """
    mails = [mail_of(row) for row in services]
    if not mails:
        raise Conflict(
            _(
                "No service of this document is under way to an address. Start one, or keep the "
                "address-confirmation form of the party."
            ),
            code="no_address",
            law="EMS 3-5",
        )
    return mails


def _recipient(service: Service, place: Place) -> str:
    known = place.recipient and place.recipient != service.name
    return f"{service.name}　{place.recipient}" if known else service.name


def _required_place(service: Service) -> Place:
    place = place_of(service)
    if place is not None:
        return place
    if service.method not in rules.AT_AN_ADDRESS:
        raise Conflict(
            _("“%(method)s” goes to no address, so there is nothing to print.")
            % {"method": service.get_method_display()},
            code="no_address",
        )
    raise Conflict(
        _(
            "No address of %(name)s is known. Keep the address-confirmation form, or enter how this "
            "service ended and send the document again with the address."
        )
        % {"name": service.name},
        code="no_address",
        law="EMS 3-5",
    )


def express_form_of(service: Service) -> FormDocument:
    """Return the express form of procuratorial mail, filled in as far as the record goes (EMS 3, 6, 8).

    Raises:
        Conflict: the service is no express mail.
    """
    if service.method != Method.POSTAL:
        raise Conflict(
            _("Only procuratorial express mail has an express form. Print the envelope."),
            code="not_express",
            law="EMS 1",
        )
    place = _required_place(service)
    with translation.override("zh-hans"):
        return FormDocument(
            issuer=service.document.office.name,
            name="检察专递邮件详情单",
            number_draft=f"{service.matter.key} 第{service.pk}号",
            rows=(*_sender(service), *_addressee(service, place), *_contents(service), *_courier()),
            notes=(
                ATTEMPTS_NOTE,
                "签收人出示身份证件并注明证件号码；拒绝签收的，注明后退回（第8条）。",
                "同住成年家属是案件对方当事人的，不得代收（第7条）。",
            ),
        )


def _sender(service: Service) -> tuple[FormRow, ...]:
    office = service.document.office
    return (
        fair_row(FormCell("寄件单位", office.name), FormCell("寄件电话", office.telephone)),
        FormRow((FormCell("寄件地址", office.address),)),
    )


def _addressee(service: Service, place: Place) -> tuple[FormRow, ...]:
    return (
        fair_row(FormCell("收件人", service.name), FormCell("联系电话", place.telephone)),
        FormRow((FormCell("收件地址", place.address),)),
        fair_row(
            FormCell("指定代收人", place.recipient),
            FormCell("地址依据", str(service.get_address_basis_display())),
        ),
    )


def _contents(service: Service) -> tuple[FormRow, ...]:
    document = service.document
    until = rules.attempts_end(service.matter, service.started_on).last_day
    return (
        FormRow((FormCell("内件品名、文号", f"{document.title} {document.number}".strip()),)),
        fair_row(FormCell("案号", service.matter.key), FormCell("邮件号码", service.consignment)),
        fair_row(
            FormCell("交寄日期", chinese_date(service.started_on)),
            FormCell("投递截止", chinese_date(until)),
        ),
    )


def _courier() -> tuple[FormRow, ...]:
    """Return what the courier fills in by hand."""
    tries = range(1, MOST_ATTEMPTS + 1)
    return (
        *(FormRow((FormCell(f"第{number}次投递", ""),)) for number in tries),
        FormRow((OpinionCell("签收", "", (OpinionSignature("收件人"),), lines=2),)),
        fair_row(FormCell("收件人身份", ""), FormCell("证件号码", "")),
        FormRow((FormCell("拒收、退回理由", "", lines=2),)),
    )
