"""D-70 to D-76: recommendations, notices and letters to other bodies."""

from __future__ import annotations

from notices.catalogue.administrative.d70_recommendation import TYPE as D70
from notices.catalogue.administrative.d71_governance_recommendation import TYPE as D71
from notices.catalogue.administrative.d72_reply import TYPE as D72
from notices.catalogue.administrative.d73_follow_up_record import TYPE as D73
from notices.catalogue.administrative.d74_suspension_of_review import TYPE as D74
from notices.catalogue.administrative.d75_escalation_letter import TYPE as D75
from notices.catalogue.administrative.d76_transfer_of_lead_to_crime import TYPE as D76
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D70,
    D71,
    D72,
    D73,
    D74,
    D75,
    D76,
)
