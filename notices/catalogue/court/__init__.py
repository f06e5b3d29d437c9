"""D-50 to D-62: what goes to the court, and appeals."""

from __future__ import annotations

from notices.catalogue.court.d50_attending_staff import TYPE as D50
from notices.catalogue.court.d51_preservation_application import TYPE as D51
from notices.catalogue.court.d52_injunction_application import TYPE as D52
from notices.catalogue.court.d53_reconsideration import TYPE as D53
from notices.catalogue.court.d54_change_of_claims import TYPE as D54
from notices.catalogue.court.d55_withdrawal_of_suit import TYPE as D55
from notices.catalogue.court.d56_change_of_claim_administrative import TYPE as D56
from notices.catalogue.court.d57_court_opinion import TYPE as D57
from notices.catalogue.court.d58_evidence_opinions import TYPE as D58
from notices.catalogue.court.d59_opinion_on_settlement import TYPE as D59
from notices.catalogue.court.d60_appeal import TYPE as D60
from notices.catalogue.court.d61_withdrawal_of_appeal import TYPE as D61
from notices.catalogue.court.d62_protest import TYPE as D62
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D50,
    D51,
    D52,
    D53,
    D54,
    D55,
    D56,
    D57,
    D58,
    D59,
    D60,
    D61,
    D62,
)
