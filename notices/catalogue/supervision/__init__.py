"""D-63 to D-67: towards the court that tried or enforces."""

from __future__ import annotations

from notices.catalogue.supervision.d63_retrial_recommendation import TYPE as D63
from notices.catalogue.supervision.d64_recommendation_to_court import TYPE as D64
from notices.catalogue.supervision.d65_request_to_explain import TYPE as D65
from notices.catalogue.supervision.d66_urging_letter import TYPE as D66
from notices.catalogue.supervision.d67_monitoring_sheet import TYPE as D67
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D63,
    D64,
    D65,
    D66,
    D67,
)
