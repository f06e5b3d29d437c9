"""Acts on the parts of a case: its handling team."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.forms.team import TeamForm
from cases.selectors import people
from cases.services.team import set_team
from cases.views.case_frame import CaseAct


class CaseTeam(CaseAct):
    """Decide who works on the case: exactly one lead handler (Rules 6)."""

    form_class = TeamForm
    heading = _("Handling team")
    explanation = _(
        "A team has exactly one lead handler. Whoever is taken off no longer sees the case."
    )
    button = _("Set the team")
    done = _("The handling team is set.")

    def get_form_kwargs(self) -> dict[str, Any]:
        present = {row.user_id: row.position for row in people.open_team(self.case)}
        return super().get_form_kwargs() | {"office": self.case.office, "present": present}

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, TeamForm)
        set_team(
            actor=self.actor,
            case=self.case,
            members=form.members(),
            reason=form.cleaned_data["reason"],
        )
        return None
