"""D-40 to D-49: closing report, announcement and what ends or continues the pre-suit stage."""

from __future__ import annotations

from notices.catalogue.announcement.d40_closing_report import TYPE as D40
from notices.catalogue.announcement.d41_announcement import TYPE as D41
from notices.catalogue.announcement.d42_log_of_replies import TYPE as D42
from notices.catalogue.announcement.d43_review_report import TYPE as D43
from notices.catalogue.announcement.d44_termination_decision import TYPE as D44
from notices.catalogue.announcement.d45_complaint import TYPE as D45
from notices.catalogue.announcement.d46_proof_of_announcement import TYPE as D46
from notices.catalogue.announcement.d47_transfer_letter import TYPE as D47
from notices.catalogue.announcement.d48_support_opinion import TYPE as D48
from notices.catalogue.announcement.d49_withdrawal_of_support import TYPE as D49
from notices.declaration import DocumentType

TYPES: tuple[DocumentType, ...] = (
    D40,
    D41,
    D42,
    D43,
    D44,
    D45,
    D46,
    D47,
    D48,
    D49,
)
