"""What the court does to enforce (T43 to T47, T58, S35 to S39; law 3.10a)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, DepartmentKind, User
from audit import clock
from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from cases.models import Case
from cases.selectors.events import latest, reference_of
from enforcement.forms.obligations import obligations_in
from enforcement.lifecycle import ObligationState
from enforcement.models import Obligation
from litigation.forms.grounds import OTHER, ground_field, words_field
from litigation.forms.review import proof


class _OverdueFacts(FactsForm):
    """Facts about obligations that are due and not performed."""

    obligations = forms.ModelMultipleChoiceField(
        label=_("Obligations that are due and not performed"),
        queryset=Obligation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        overdue = obligations_in(self.matter, (ObligationState.PENDING,)).filter(
            due_on__lt=clock.today()
        )
        self.fields["obligations"].queryset = overdue  # type: ignore[attr-defined]


class EnforcementFacts(_OverdueFacts):
    """What is enforced, from the day the court received the transfer (T43, S38; JI 12)."""

    paper = proof(_("The court's notice of the transfer"))


class TransferUrgedFacts(_OverdueFacts):
    """The letter that urges the court to transfer reached it (S70; JI 12; Rules 66)."""

    receipt = proof(_("Receipt of the court"))


class EnforcementFiledFacts(FactsForm):
    """The court registered the enforcement case (S35; EXEC 16)."""

    number = forms.CharField(label=_("Case number of the court"), max_length=100)
    paper = proof(_("The court's notice"))


class EnforcementNoticeFacts(FactsForm):
    """The court issued its enforcement notice (S36; CPLI 480; norm C081)."""

    paper = proof(_("Copy of the notice"))


class Measure(models.TextChoices):
    """Measures of an enforcing court (law 3.10a; CPL 251-266; CPLI 501-505)."""

    INQUIRY = "inquiry", _("Inquiry into property")
    FREEZE = "freeze", _("Freezing, sealing or seizure")
    SUBSTITUTE = "substitute", _("Substitute performance")
    DELAY_MONEY = "delay_money", _("Delay interest or delay money")
    RESTRICTION = "restriction", _("Restriction lists")
    PENALTY = "penalty", _("Fine or detention")
    PUBLICATION = "publication", _("Publication of the apology at the debtor's cost")


class MeasureFacts(FactsForm):
    """One measure of the court (S37; norms C082, C083)."""

    measure = forms.ChoiceField(label=_("Measure"), choices=Measure.choices)
    obligation = forms.ModelChoiceField(
        label=_("Obligation"),
        queryset=Obligation.objects.none(),
        required=False,
        help_text=_("Nothing chosen: the measure serves all of them."),
    )
    amount = forms.DecimalField(
        label=_("Amount in yuan"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    content = long_text(_("What the court did"))
    paper = proof(_("Copy of the court's paper"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = obligations_in(self.matter, ObligationState.values)
        self.fields["obligation"].queryset = rows  # type: ignore[attr-defined]


class EnforcementSuspension(models.TextChoices):
    """The grounds of CPL 267."""

    POSTPONED = "postponed", _("The applicant agrees to postpone the enforcement")
    OBJECTION = "objection", _("A third party has a justified objection to the object enforced")
    HEIRS_AWAITED = (
        "heirs_awaited",
        _("A party has died; who inherits the right or bears the obligation is awaited"),
    )
    ENTITY_ENDED = (
        "entity_ended",
        _("A party that is an organisation has ended; its successor is not determined"),
    )
    OTHER = OTHER, _("Another circumstance in which the court finds that it must be suspended")


class SuspensionFacts(FactsForm):
    """The court suspended the enforcement (T44; CPL 267)."""

    ground = ground_field(EnforcementSuspension)
    explanation = words_field()
    ruling = proof(_("The ruling"))


class ResumptionFacts(FactsForm):
    """The enforcement goes on (T44-2)."""

    ground = long_text(_("Why it goes on"))
    notice = proof(_("The court's notice"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the suspension that ended, whose time is not counted (EXEC 63)."""
        suspended = (
            latest(self.matter, "enforcement_suspended") if isinstance(self.matter, Case) else None
        )
        return super().facts() | {"suspension": reference_of(suspended) if suspended else ""}


class RoundGround(models.TextChoices):
    """On what a round is terminated (CPLI 517)."""

    CONFIRMED = "confirmed", _("The applicant has signed that he agrees")
    PANEL = "panel", _("The collegial panel has found so and the president has approved")


class RoundFacts(FactsForm):
    """No property was found (T45; CPLI 517; norm C084)."""

    investigation = long_text(_("How property was looked for"))
    ground = forms.ChoiceField(
        label=_("Ground"), choices=RoundGround.choices, widget=forms.RadioSelect
    )
    president_approved = forms.BooleanField(
        label=_("The president of the court has approved"), required=False
    )
    ruling = proof(_("The ruling, with the confirmation or the approval"))


class ReopenFacts(FactsForm):
    """Property or a way to enforce was found (T58; CPL 265; norm C084)."""

    found = long_text(_("What was found"))
    notice = proof(_("The court's notice of resumption"))


class EnforcementEnd(models.TextChoices):
    """The grounds of CPL 268 as far as a public-interest judgment can have them."""

    WITHDRAWN = "withdrawn", _("The applicant has withdrawn the application")
    REVOKED = "revoked", _("The document that is enforced was revoked")
    NO_ESTATE = (
        "no_estate",
        _("The debtor has died without an estate and nobody bears the obligation"),
    )
    OTHER = OTHER, _("Another circumstance in which the court finds that it must end")


class TerminationFacts(FactsForm):
    """The court ended the enforcement (T46; CPL 268)."""

    ground = ground_field(EnforcementEnd)
    explanation = words_field()
    ruling = proof(_("The ruling"))


class EnforcedFacts(FactsForm):
    """The court closed its case as fully enforced (T47; EXEC 64)."""

    number = forms.CharField(label=_("Number of the closing notice"), max_length=100)
    notice = proof(_("The court's closing notice"))


class SupervisionFacts(FactsForm):
    """Delay or illegality of the enforcing court goes to another department (S39; Rules 9, 66)."""

    department = forms.ModelChoiceField(
        label=_("Department that supervises"), queryset=Department.objects.none()
    )
    receiver = forms.ModelChoiceField(label=_("Who takes it there"), queryset=User.objects.none())
    matter_of = long_text(_("What the court does or fails to do"))
    paper = proof(_("The referral with its receipt"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not isinstance(self.matter, Case):
            return
        departments = Department.objects.filter(
            office=self.matter.office, kind=DepartmentKind.CIVIL
        )
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["receiver"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            department__in=departments, is_active=True
        )
