"""The suit of a case: what is claimed and judged, and the record of how it went."""

from __future__ import annotations

from typing import Any

from cases.services import minutes
from cases.views.case_frame import CasePage
from litigation import selectors
from litigation.selectors import records


class CaseSuit(CasePage):
    """Claims, court, service on each party, judgments with what they order."""

    template_name = "litigation/suit.html"
    tab = "case_suit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            court=selectors.court_of(self.case),
            court_case_number=selectors.court_case_number(self.case),
            claims=selectors.claims_of(self.case),
            suit_parties=selectors.parties_of_suit(self.case),
            judgments=selectors.judgments_of(self.case),
            **kwargs,
        )


class CaseSuitRecord(CasePage):
    """The records behind the guards: replies, filing, defences, hearings, settlement, appeals, retrial."""

    template_name = "litigation/suit_record.html"
    tab = "case_suit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = records.cards_of(self.actor, self.case)
        return super().get_context_data(
            cards=cards,
            closed=minutes.closed_to(self.actor, records.files_of(cards)),
            **kwargs,
        )
