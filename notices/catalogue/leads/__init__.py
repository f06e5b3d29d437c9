"""D-01 to D-09: from the lead to the plan of the investigation, all made here."""

from __future__ import annotations

from notices.catalogue.leads.d01_lead_register_entry import TYPE as D01
from notices.catalogue.leads.d02_notice_of_transfer import TYPE as D02
from notices.catalogue.leads.d03_opinion_for_transfer import TYPE as D03
from notices.catalogue.leads.d04_preliminary_inquiry_report import TYPE as D04
from notices.catalogue.leads.d05_filing_approval import TYPE as D05
from notices.catalogue.leads.d06_filing_decision import TYPE as D06
from notices.catalogue.leads.d07_non_filing_decision import TYPE as D07
from notices.catalogue.leads.d08_record_of_major_lead import TYPE as D08
from notices.catalogue.leads.d09_investigation_plan import TYPE as D09
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D01,
    D02,
    D03,
    D04,
    D05,
    D06,
    D07,
    D08,
    D09,
)
