"""What is owed, what was performed, what was found (T41, T42, S30 to S34; law 8.4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.fields import PastDayField
from cases.forms.base import FactsForm, RadioWithReasons
from cases.forms.facts import long_text
from cases.models import Case
from enforcement.items import REFRAIN_ITEMS, TYPE_OF_KIND, EvidenceKind, ItemType
from enforcement.lifecycle import GONE, OWED, ObligationState
from enforcement.models import Obligation, WayOfEnding
from enforcement.selectors import items_to_perform
from litigation.forms.review import proof


def obligations_in(matter: Any, states: Collection[str]) -> QuerySet[Obligation]:
    """Return the obligations of a case that stand in one of `states`."""
    if not isinstance(matter, Case):
        return Obligation.objects.none()
    return matter.obligations.filter(state__in=states)


class BeginPerformanceFacts(FactsForm):
    """The effective decision is split into obligations (T41; CPLI 461; EXEC 16).

    The kind of claim proposes the type of each; where a paragraph asks for something else, another is chosen.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = items_to_perform(self.matter) if isinstance(self.matter, Case) else ()
        for item in items:
            self.fields[f"type_{item.pk}"] = forms.ChoiceField(
                label=_("How “%(item)s” is verified") % {"item": item},
                choices=ItemType.choices,
                required=False,
                initial=TYPE_OF_KIND[item.kind],
            )


class OfObligationFacts(FactsForm):
    """Facts about one obligation of the case."""

    states: Collection[str] = ObligationState.values
    obligation = forms.ModelChoiceField(label=_("Obligation"), queryset=Obligation.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["obligation"].queryset = self.offered()  # type: ignore[attr-defined]

    def offered(self) -> QuerySet[Obligation]:
        """Return the obligations that can be chosen."""
        return obligations_in(self.matter, self.states)


class PerformanceFacts(OfObligationFacts):
    """What the debtor performed, with the evidence, on the day it was received (S30; law 8.4; norm C148)."""

    states = OWED
    performed_on = PastDayField(label=_("Performed on"))
    account = long_text(_("What was performed, and how"))
    evidence = forms.MultipleChoiceField(
        label=_("What the uploaded papers are"),
        choices=EvidenceKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each type of obligation is verified by its own evidence (law 8.4)."),
    )
    retention_ground = long_text(
        _("Why something is kept, and how it is protected (PIPL 47)"),
        required=False,
        help_text=_(
            "Only where a period of retention is not over or deletion is technically hard."
        ),
    )
    papers = proof(_("The papers"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        keeps = EvidenceKind.RETENTION in (data.get("evidence") or [])
        if keeps and not (data.get("retention_ground") or "").strip():
            self.add_error("retention_ground", _("State the ground of the exception (PIPL 47)."))
        return data


class _CheckFacts(OfObligationFacts):
    """What a second person found; who he is comes from the session."""

    states = (ObligationState.PERFORMED,)
    findings = long_text(_("What was examined, and what was found"))
    record = proof(_("Record of the verification"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the person who examined."""
        return super().facts() | {"checked_by": self.actor.pk if self.actor else None}


class VerifyFacts(_CheckFacts):
    """The obligation is performed (S31)."""


class RefuseFacts(_CheckFacts):
    """The obligation is not performed, with the reasons (S32)."""

    findings = long_text(_("Why the performance is refused"))


class MonitoringMethod(models.TextChoices):
    """How obedience is tested (law 8.4, EI-2)."""

    APP = "app", _("Test of the application")
    SHOPPING = "shopping", _("Test purchase")
    WATCH = "watch", _("Watch of trading places")
    OTHER = "other", _("Another test")


class MonitoringFacts(OfObligationFacts):
    """A test of whether an order to stop is obeyed (S33; CPL 114; norm C149)."""

    method = forms.ChoiceField(label=_("Kind of test"), choices=MonitoringMethod.choices)
    passed = forms.ChoiceField(
        label=_("Result"),
        choices=(("yes", _("The order is obeyed")), ("no", _("The order is broken"))),
        widget=forms.RadioSelect,
    )
    findings = long_text(_("What was found"))
    report = proof(_("Report of the test"))

    def offered(self) -> QuerySet[Obligation]:
        """Return the obligations to refrain that did not end without performance."""
        rows = super().offered().filter(type__in=REFRAIN_ITEMS)
        return rows.exclude(state__in=GONE)


NOT_AN_ENDING = {
    str(WayOfEnding.ENFORCED): _("What was performed or enforced is logged and verified."),
    str(WayOfEnding.ROUND): _("A terminated round can be opened again: the obligation stands."),
}


class EndFacts(OfObligationFacts):
    """The court ended it without performance (S34; EXEC 64; norm C152)."""

    states = OWED
    way = forms.ChoiceField(
        label=_("How it ended (EXEC 64)"),
        choices=WayOfEnding.choices,
        widget=RadioWithReasons(closed=NOT_AN_ENDING),
    )
    ground = long_text(_("Ground of the court"))
    ruling = proof(_("The ruling"))

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        if way in NOT_AN_ENDING:
            raise forms.ValidationError(NOT_AN_ENDING[way], code="no_ending")
        return way


class CompletedFacts(FactsForm):
    """Everything is performed, on the day the last obligation was (T42)."""

    summary = long_text(_("Result in brief"))
    record = proof(_("Record that verifies the performance"))
