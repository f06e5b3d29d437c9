"""The wizard of jurisdiction: places in, offices and courts out, article by article (norm C014)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.base import FactsForm
from cases.models import Case
from cases.selectors.matters import get_case
from cases.views.transitions import TransitionRecord
from litigation.jurisdiction import examine


class JurisdictionWizard(TransitionRecord):
    """Ask the places, show what the tree of law 3.3 answers, and keep it as an event (S50)."""

    template_name = "litigation/jurisdiction.html"
    code = "S50"
    done = _("The examination of the jurisdiction is kept.")

    def prepare(self) -> None:
        """Load the case; a lead has no suit to examine.

        Raises:
            NotVisible: there is none for this actor.
        """
        self.matter = get_case(self.actor, self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        if kwargs.get("checking") and isinstance(form, FactsForm):
            assert isinstance(self.matter, Case)
            kwargs["found"] = examine(self.matter, form.facts())
            # The answer stands above, branch by branch.
            kwargs["facts"] = [line for line in kwargs["facts"] if line.name != "conclusion"]
        return super().get_context_data(**kwargs)
