"""The suit of a case on one page."""

from __future__ import annotations

from typing import Any

from cases.views.case_frame import CasePage
from litigation import selectors


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
