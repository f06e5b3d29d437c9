"""What directions and loans of a superior office create (Rules 10, 11)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.machine import Act
from cases.models import SuperiorAccess
from cases.registries import EffectLine, add_effect
from litigation.effects.suit import announces


def show_case_to_superior(act: Act, preview: bool) -> list[EffectLine]:
    """Let the superior office that directs the case see it from now on (design 7)."""
    if not preview:
        given = {"office_id": act.facts["superior"], "case": act.matter}
        if not SuperiorAccess.objects.filter(**given).exists():
            SuperiorAccess.objects.create(**given, reason="Rules 10")
    return [EffectLine("access", _("The superior office sees the case from now on."))]


def register() -> None:
    """Hand the effects to the registry."""
    add_effect("superior_directed:litigation", show_case_to_superior)
    lent = gettext_lazy("Head or chief may put the person into the team for the days of the loan.")
    add_effect("staff_lent:litigation", announces("team", lent))
