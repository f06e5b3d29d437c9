"""What is handed to the court with the complaint, and what proves it (T22, T24, T28; law 3.4; JI 14)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import either, guard, proven
from cases.models import Case
from cases.selectors.events import current_facts
from litigation.forms.claims import defendants_of
from litigation.package import REQUIRED, Piece, claimed_costs, handed_in


@guard(
    "起诉材料齐全",
    "The package is complete",
    "Rules 46; JI 14; CPL 123, 124",
    reads="facts, Party, Claim",
)
def package_complete(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Each piece of law 3.4 is handed in, the complaint with a copy a defendant (norms C049, C162)."""
    ticked = handed_in(facts)
    missing = [str(piece.label) for piece in REQUIRED if piece not in ticked]
    if few := _too_few_copies(matter, facts):
        missing.append(few)
    if missing:
        sentence = _("The package lacks: %(pieces)s. Hand each of them in and tick it.")
        return Verdict(False, sentence % {"pieces": "；".join(missing)})
    if claimed_costs(matter) and Piece.COST_INVOICES not in ticked:
        return Verdict(True, _("Costs are claimed, but no invoices are enclosed."), warning=True)
    return Verdict(True, _("Copies, evidence and proof of the announcement are enclosed."))


def _too_few_copies(matter: Case, facts: dict[str, Any]) -> str:
    needed, copies = defendants_of(matter).count(), facts.get("copies") or 0
    if copies >= needed:
        return ""
    sentence = _(
        "%(copies)s copies for %(needed)s defendants, and each needs one (JI 14(1); CPL 123)"
    )
    return sentence % {"copies": copies, "needed": needed}


@guard(
    "初步证明材料已随起诉书提交",
    "Preliminary proof went with the complaint",
    "CPL 122; JI 14-15",
    reads="Event complaint_delivered",
)
def preliminary_proof_delivered(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The package handed in held first proof of the harm and proof of the announcement (norms C049, C055)."""
    delivered = handed_in(current_facts(matter, "complaint_delivered"))
    if Piece.PRELIMINARY_EVIDENCE not in delivered:
        return Verdict(False, _("By the record no preliminary evidence of the harm was handed in."))
    if Piece.ANNOUNCEMENT_PROOF not in delivered:
        return Verdict(False, _("By the record no proof of the announcement was handed in."))
    return Verdict(True, _("Handed in with the complaint."))


@guard("不缴纳诉讼费", "No court fee is paid", "Rules 107", reads="facts")
def no_court_fee(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A public-interest litigator pays none (norm C053)."""
    fee = float(facts.get("court_fee") or 0)
    return either(
        fee == 0,
        _("No court fee is paid."),
        _("A procuratorate pays no court fee in a public-interest suit."),
    )


@guard("提交凭证", "The court's receipt", "JI 14; CPL 123", reads="facts, Attachment")
def delivery_receipt(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What was handed to the court bears its receipt."""
    return proven(facts, _("Upload the receipt of the court."))
