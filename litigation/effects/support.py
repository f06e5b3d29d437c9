"""What follows where the office goes on alone after it supported another's suit (T59; Rules 103)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.effects import enter_violator
from cases.machine import Act
from cases.models import Case
from cases.registries import EffectLine, add_effect
from litigation.forms.claims import defendants_of


def take_filing_conditions(act: Act, preview: bool) -> list[EffectLine]:
    """Let the case stand on what it is filed anew with: its legal bases, and who the violator is."""
    if not preview:
        case: Case = act.matter
        case.legal_bases = act.facts.get("legal_bases") or case.legal_bases
        case.violator_unknown = bool(act.facts.get("violator_unknown"))
        case.severe = bool(act.facts.get("severe")) or case.severe
        case.save(update_fields=["legal_bases", "violator_unknown", "severe"])
        if not defendants_of(case).exists():
            enter_violator(act.facts, case)
    return [
        EffectLine("case", _("The case is filed anew with the legal bases and violator stated."))
    ]


def register() -> None:
    """Hand the effects to the registry."""
    add_effect("support_withdrawn:litigation", take_filing_conditions)
