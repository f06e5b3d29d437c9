"""D-80 to D-86: receipts, records, minutes and the closing of the file."""

from __future__ import annotations

from notices.catalogue.records.d80_receipt_of_service import TYPE as D80
from notices.catalogue.records.d81_express_mail_receipt import TYPE as D81
from notices.catalogue.records.d82_record_report import TYPE as D82
from notices.catalogue.records.d83_joint_meeting import TYPE as D83
from notices.catalogue.records.d84_committee_decision import TYPE as D84
from notices.catalogue.records.d85_closing_form import TYPE as D85
from notices.catalogue.records.d86_look_back_report import TYPE as D86
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D80,
    D81,
    D82,
    D83,
    D84,
    D85,
    D86,
)
