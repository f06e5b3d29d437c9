"""What joining, leaving and splitting a criminal-incidental suit create (law 3.10)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.machine import Act
from cases.registries import EffectLine, add_effect
from litigation.effects.suit import announces, closes
from litigation.forms.criminal import Origin
from litigation.services.criminal import SPLIT_OFF, split_off


def open_split_case(act: Act, preview: bool) -> list[EffectLine]:
    """Open the civil case of its own (S57); it is left in `act.extra["case"]`."""
    lines = [
        EffectLine("case", _("A linked civil case is opened, with this team, in its first state.")),
        EffectLine("deadline", _("Its periods are its own; it is announced before suit as well.")),
    ]
    if act.facts.get("origin") == Origin.ENDS:
        lines.append(EffectLine("task", _("The lead handler is asked to end this case.")))
    if not preview:
        act.extra["case"] = split_off(act)
    return lines


def register() -> None:
    """Hand the effects to the registry."""
    add_effect("case_split:litigation", open_split_case)
    add_effect("case_terminated:litigation", closes(SPLIT_OFF))
    joined = gettext_lazy("The suit goes to the court that tries the criminal case (JI 20).")
    add_effect("criminal_case_joined:litigation", announces("track", joined))
    left = gettext_lazy(
        "The suit is a civil one of its own again; its court follows from the places."
    )
    add_effect("criminal_case_left:litigation", announces("track", left))
