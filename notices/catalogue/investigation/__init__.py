"""D-20 to D-34: the documents of an investigation."""

from __future__ import annotations

from notices.catalogue.investigation.d20_notice_to_provide_evidence import TYPE as D20
from notices.catalogue.investigation.d21_list_of_evidence_taken import TYPE as D21
from notices.catalogue.investigation.d22_questioning_record import TYPE as D22
from notices.catalogue.investigation.d23_consultation_record import TYPE as D23
from notices.catalogue.investigation.d24_commission_letter import TYPE as D24
from notices.catalogue.investigation.d25_inspection_record import TYPE as D25
from notices.catalogue.investigation.d26_electronic_data_record import TYPE as D26
from notices.catalogue.investigation.d27_commission_of_investigation import TYPE as D27
from notices.catalogue.investigation.d28_hearing_notice import TYPE as D28
from notices.catalogue.investigation.d29_hearing_record import TYPE as D29
from notices.catalogue.investigation.d30_evidence_list import TYPE as D30
from notices.catalogue.investigation.d31_fact_confirmation import TYPE as D31
from notices.catalogue.investigation.d32_consultation_minutes import TYPE as D32
from notices.catalogue.investigation.d33_assistance_letter import TYPE as D33
from notices.catalogue.investigation.d34_appointment_of_expert import TYPE as D34
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D20,
    D21,
    D22,
    D23,
    D24,
    D25,
    D26,
    D27,
    D28,
    D29,
    D30,
    D31,
    D32,
    D33,
    D34,
)
