"""What the record already says of a document's contents, each with the place it was taken from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.reading import reading_on
from audit.errors import Text
from cases.models import Case, Lead
from cases.registries import contents
from notices.declaration import DocumentType
from notices.prefill import (
    administrative,
    against_authority,
    announcement,
    conduct,
    endings,
    exhibits,
    investigation,
    leads,
    measures,
    receipts,
    records,
    suit,
    supervision,
    trial,
)
from notices.prefill.decisions import fixed
from notices.prefill.said import Prefilled, Said, said
from notices.prefill.words import announcement_period_zh
from notices.rests_on import kept

if TYPE_CHECKING:
    Matter = Lead | Case

__all__ = ["PREFILLS", "SOURCES", "announcement_period_zh", "fixed", "prefilled"]

SOURCES: dict[str, Text] = {
    "lead": _("Lead"),
    "case": _("Case"),
    "event": _("Event"),
    "office": _("Office"),
    "team": _("Handling team"),
    "evidence": _("Evidence"),
    "law": _("Law"),
    "wording": _("Usual wording"),
    "person": _("Typed in"),
    "signature": _("Day of signature"),
}
PREFILLS: dict[str, Callable[[Matter], Prefilled]] = {
    "D-01": leads.register_entry,
    "D-02": leads.transfer,
    "D-03": leads.transfer,
    "D-04": leads.inquiry_report,
    "D-05": leads.filing_form,
    "D-06": leads.filing_decision,
    "D-07": leads.refusal_to_file,
    "D-08": leads.record_of_major_lead,
    "D-09": leads.plan,
    "D-10": conduct.recusal_decision,
    "D-11": conduct.extension_form,
    "D-12": conduct.directions,
    "D-20": investigation.evidence_notice,
    "D-21": exhibits.list_of_evidence_taken,
    "D-22": investigation.questioning_record,
    "D-23": investigation.consultation_record,
    "D-24": investigation.commission_letter,
    "D-25": investigation.inspection_record,
    "D-26": exhibits.electronic_data_record,
    "D-27": investigation.commission_of_investigation,
    "D-28": investigation.hearing_notice,
    "D-29": investigation.hearing_record,
    "D-30": exhibits.evidence_list,
    "D-31": investigation.fact_confirmation,
    "D-32": investigation.consultation_minutes,
    "D-33": investigation.assistance_letter,
    "D-34": investigation.appointment_of_expert,
    "D-40": announcement.closing_report,
    "D-41": announcement.announcement,
    "D-42": suit.log_of_replies,
    "D-43": announcement.review_report,
    "D-63": supervision.retrial_recommendation,
    "D-64": supervision.court_recommendation,
    "D-65": supervision.request_to_explain,
    "D-44": endings.termination,
    "D-45": suit.complaint,
    "D-46": suit.proof_of_announcement,
    "D-47": endings.transfer_letter,
    "D-48": endings.support_opinion,
    "D-49": endings.withdrawal_of_support,
    "D-50": trial.attending_staff,
    "D-51": measures.preservation,
    "D-52": measures.injunction,
    "D-53": measures.reconsideration,
    "D-54": trial.change_of_claims,
    "D-55": trial.withdrawal_of_suit,
    "D-56": against_authority.change_of_claim,
    "D-57": trial.court_opinion,
    "D-58": trial.evidence_list,
    "D-59": trial.opinion_on_settlement,
    "D-60": measures.appeal,
    "D-61": measures.order_of_superior,
    "D-62": measures.protest,
    "D-66": supervision.urging_letter,
    "D-67": supervision.monitoring_sheet,
    "D-70": administrative.recommend_to_authority,
    "D-71": administrative.recommend_governance,
    "D-72": administrative.reply,
    "D-73": administrative.follow_up,
    "D-74": administrative.suspension,
    "D-75": administrative.escalation,
    "D-76": administrative.transfer_to_crime,
    "D-80": receipts.receipt_of_service,
    "D-81": receipts.express_mail_receipt,
    "D-82": records.record_report,
    "D-83": records.joint_meeting,
    "D-84": records.committee_decision,
    "D-85": records.closing_form,
    "D-86": records.look_back_report,
}


# Of a case against an authority, where the civil record says something else (law 3.9).
AGAINST_AUTHORITY: dict[str, Callable[[Matter], Prefilled]] = {
    "D-06": against_authority.filing_decision,
    "D-40": against_authority.closing_report,
    "D-43": against_authority.review_report,
    "D-44": against_authority.termination,
    "D-45": against_authority.complaint,
    "D-55": against_authority.withdrawal_of_suit,
}


def prefilled(kind: DocumentType, matter: Matter) -> dict[str, dict[str, Any]]:
    """Return the contents of a new document as `Document.content` keeps them; empty where unknown."""
    with reading_on():
        found = _asked(kind, matter)(matter) | _from_above(kind, matter)
    return {item.name: content_of(found.get(item.name)) for item in kind.contents}


def _asked(kind: DocumentType, matter: Matter) -> Callable[[Matter], Prefilled]:
    own = AGAINST_AUTHORITY if matter.machine == "administrative" else {}
    return own.get(kind.code, PREFILLS[kind.code])


def _from_above(kind: DocumentType, matter: Matter) -> Prefilled:
    """Return what a room above knows of the contents; it prepared them and is nearer to them."""
    told = contents.get(kind.code)
    known = told(matter) if told else {}
    return {name: said(text, "case") for name, text in known.items() if text}


def content_of(told: Said | None) -> dict[str, Any]:
    """Return one content as `Document.content` keeps it."""
    if told is None or not told.text.strip():
        return {"value": "", "source": ""}
    content: dict[str, Any] = {"value": told.text.strip(), "source": told.source}
    if told.rests_on:
        content["rests_on"] = [kept(supports) for supports in told.rests_on]
    return content
