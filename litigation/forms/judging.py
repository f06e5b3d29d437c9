"""Service and operative part of a judgment, appeal, second instance, retrial (law 3.7)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.selectors import superiors
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import long_text
from cases.models import Case, Party
from cases.selectors.events import current_facts
from litigation.forms.claims import co_plaintiffs_of, defendants_of, judge_amount, parties_in_suit
from litigation.forms.review import proof
from litigation.models import ClaimKind, Judgment, OperativeItem

# How the facts name the public-interest litigator among the parties.
OFFICE = "office"


def party_choices(
    matter: Any, *, office: bool = True, co_plaintiffs: bool = True
) -> list[tuple[str, str]]:
    """Return the parties of the suit: the office that sued, then co-plaintiffs and defendants by key."""
    if not isinstance(matter, Case):
        return []
    ours = [(OFFICE, str(matter.office.name))] if office else []
    others = parties_in_suit(matter)
    return ours + [
        (str(party.pk), party.name)
        for party in others
        if co_plaintiffs or party.joined_by_id is None
    ]


class _PartyFacts(FactsForm):
    """Facts about one party of the suit; whether it lives abroad follows from its entry (CPL 286)."""

    party = forms.ChoiceField(label=_("Party"))
    offers_office = True
    offers_co_plaintiffs = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = party_choices(
            self.matter, office=self.offers_office, co_plaintiffs=self.offers_co_plaintiffs
        )
        self.fields["party"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return the facts with the domicile of the party and its name."""
        key = self.cleaned_data["party"]
        party = None if key == OFFICE else Party.objects.get(pk=key)
        return super().facts() | {
            "abroad": bool(party and party.domicile_abroad),
            "party_name": party.name if party else "",
        }


class JudgmentServedFacts(_PartyFacts):
    """The judgment reached one party (CPL 151, 171; norm C069)."""

    paper = proof(_("Proof of service"))


class AppealFacts(FactsForm):
    """The office's own appeal was filed (T37; Rules 59, 60; norm C070)."""

    through_original_court = forms.BooleanField(
        label=_("Filed through the court that judged (Rules 60)"), required=False
    )
    copy_to_superior = forms.BooleanField(
        label=_("A copy of the whole went to the next-higher office (Rules 60)"), required=False
    )
    leave = forms.BooleanField(
        label=_("The court gave more time after force majeure (CPL 86)"), required=False
    )
    receipt = proof(_("Receipt of the court"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the party that appeals and the day."""
        day = self.cleaned_data["legal_day"].isoformat()
        return super().facts() | {"party": OFFICE, "appealed_on": day}


class OpponentAppealFacts(_PartyFacts):
    """Another party's appeal, on the day it was filed (T37; CPL 171, 173).

    The fact `co_plaintiff` is empty for a defendant's: that one alone is reported upwards (Rules 62).
    """

    offers_office = False
    received_on = DayField(label=_("Day on which its copy was received"))
    leave = forms.BooleanField(
        label=_("The court gave more time after force majeure (CPL 86)"), required=False
    )
    content = long_text(_("What the appeal asks"))
    paper = proof(_("The appeal"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        filed, received = data.get("legal_day"), data.get("received_on")
        if filed and received and received < filed:
            self.add_error("received_on", _("It cannot be received before it was filed."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day of the appeal and whether a co-plaintiff appeals."""
        day = self.cleaned_data["legal_day"].isoformat()
        joined = co_plaintiffs_of(self.matter).filter(pk=self.cleaned_data["party"]).exists()
        return super().facts() | {"appealed_on": day, "co_plaintiff": "yes" if joined else ""}


class ReportedFacts(FactsForm):
    """A report for record reached the next-higher office."""

    recipient = forms.CharField(label=_("Next-higher office"), max_length=100)
    paper = proof(_("Report and receipt"))


class AppealReportedFacts(_PartyFacts):
    """A defendant's appeal was forwarded to the next-higher office (Rules 62; norm C072)."""

    offers_office = False
    offers_co_plaintiffs = False
    paper = proof(_("Report and receipt"))


class AppealServedFacts(_PartyFacts):
    """The copy of an appeal reached an appellee (CPL 174)."""

    paper = proof(_("Proof of service"))


class AppealAnsweredFacts(_PartyFacts):
    """An appellee answered (CPL 174)."""

    content = long_text(_("What the answer says"))
    paper = proof(_("The answer"))


class Order(models.TextChoices):
    """What a superior office may order (Rules 61)."""

    APPEAL = "appeal", _("Appeal")
    WITHDRAW = "withdraw", _("Withdraw the appeal")


class OrderFacts(FactsForm):
    """The order of the next-higher office, on the day it was received (Rules 61; norm C071)."""

    order = forms.ChoiceField(label=_("Order"), choices=Order.choices, widget=forms.RadioSelect)
    order_number = forms.CharField(label=_("Number of the order"), max_length=100)
    reason = long_text(_("Reasons of the order"))
    paper = proof(_("The order"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day of the order."""
        return super().facts() | {"ordered_on": self.cleaned_data["legal_day"].isoformat()}


class EffectiveFacts(FactsForm):
    """The first judgment took effect (T38; CPL 171)."""

    note = long_text(_("Note"), required=False)

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day of effect, which the guard compares."""
        return super().facts() | {"effective_on": self.cleaned_data["legal_day"].isoformat()}


class Outcome(models.TextChoices):
    """What a higher court, or the court of the retrial, did with the judgment before."""

    UPHELD = "upheld", _("The judgment is upheld")
    CHANGED = "changed", _("The judgment is changed: its own operative part holds")


class HigherJudgmentFacts(FactsForm):
    """A judgment of the second instance, on the day it was served (T39); one of a retrial says more (T57)."""

    judgment_number = forms.CharField(label=_("Number of the judgment"), max_length=100)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    operative_part = long_text(_("Operative part"))
    paper = proof(_("The judgment and the proof of service"))


class RetrialProcedure(models.TextChoices):
    """Under the procedure of which instance the case was tried again (CPL 218)."""

    FIRST = "first", _("First instance: it can be appealed against")
    SECOND = "second", _("Second instance: it is final when it is served")


class RetrialJudgmentFacts(HigherJudgmentFacts):
    """The judgment of a retrial, on the day it took effect (T57; CPL 218)."""

    field_order = ("procedure", "pronounced_on", "legal_day")
    legal_day = DayField(label=_("Day on which it took effect"))
    procedure = forms.ChoiceField(
        label=_("Under which instance's procedure it was made"),
        choices=RetrialProcedure.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "That of the instance retried; a court that takes the case up itself follows the second. After "
            "the procedure of the first instance enter the service on each party first (S19)."
        ),
    )
    pronounced_on = DayField(label=_("Day on which it was pronounced"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pronounced, effective = data.get("pronounced_on"), data.get("legal_day")
        if pronounced and effective and effective < pronounced:
            self.add_error("legal_day", _("It cannot take effect before it was pronounced."))
        return data


class RemandFacts(FactsForm):
    """The judgment was set aside (T54; CPL 41, 177)."""

    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    ground = long_text(_("Ground of CPL 177"))
    new_panel = forms.BooleanField(
        label=_("The first court tries the case with a new panel (CPL 41)"), required=False
    )
    paper = proof(_("The ruling"))


class AppealWithdrawnFacts(FactsForm):
    """The court allowed every appellant to withdraw (T56; CPL 180)."""

    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    appellants = forms.MultipleChoiceField(
        label=_("Whose appeals are withdrawn"), widget=forms.CheckboxSelectMultiple
    )
    paper = proof(_("The ruling"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = party_choices(self.matter)
        self.fields["appellants"].choices = choices  # type: ignore[attr-defined]


class RetrialApplicationFacts(FactsForm):
    """An application for retrial, on the day the court received it (CPL 211, 216)."""

    applicant = forms.CharField(label=_("Applicant"), max_length=200)
    ground = long_text(_("Ground of CPL 211"))
    knowledge_ground = forms.BooleanField(
        label=_("Ground of CPL 211(1), (3), (12) or (13): counted from knowledge (CPL 216)"),
        required=False,
    )
    paper = proof(_("The application"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day of the application."""
        return super().facts() | {"applied_on": self.cleaned_data["legal_day"].isoformat()}


class ProtestFacts(FactsForm):
    """A superior office lodged a protest, on the day the court received it (CPL 222)."""

    superior = forms.ModelChoiceField(
        label=_("Office that protests"), queryset=Office.objects.none()
    )
    document_number = forms.CharField(label=_("Number of the protest"), max_length=100)
    paper = proof(_("The protest"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            above = [office.pk for office in superiors(self.matter.office)]
            self.fields["superior"].queryset = Office.objects.filter(  # type: ignore[attr-defined]
                pk__in=above
            )


class RetrialGround(models.TextChoices):
    """Why a court tries a case again (CPL 209-222; law 14.1)."""

    OWN_REVIEW = "own_review", _("The court's own review")
    APPLICATION = "application", _("A party's application, ground of CPL 211")
    PROTEST = "protest", _("A protest")
    MEDIATION = "mediation", _("The mediation document harms the public interest")


class RetrialFacts(FactsForm):
    """The court ordered a retrial (T40)."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=RetrialGround.choices, widget=forms.RadioSelect
    )
    explanation = long_text(_("Reasons of the court"))
    paper = proof(_("The ruling"))


def standing_judgments(matter: Any) -> Any:
    """Return the judgments of a case that were not set aside."""
    if not isinstance(matter, Case):
        return Judgment.objects.none()
    return Judgment.objects.filter(case=matter, set_aside_by__isnull=True)


class ItemFacts(FactsForm):
    """One paragraph of an operative part (CPLI 461; EXEC 16; norm C152)."""

    asks_legal_day = False
    judgment = forms.ModelChoiceField(label=_("Judgment"), queryset=Judgment.objects.none())
    kind = forms.ChoiceField(label=_("Kind"), choices=ClaimKind.choices)
    text = long_text(_("What is ordered, as the judgment says"))
    amount = forms.DecimalField(
        label=_("Amount in yuan"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    debtors = forms.ModelMultipleChoiceField(
        label=_("Who owes it"),
        help_text=_("Nobody chosen: all defendants jointly."),
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    obligee = forms.CharField(label=_("To whom"), max_length=200)
    due_days = forms.IntegerField(
        label=_("Days from the effect"),
        help_text=_("As the judgment says. Leave empty where it names a day, or no time."),
        required=False,
        min_value=1,
        max_value=3650,
    )
    due_on = DayField(label=_("Day the judgment names"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judgments = standing_judgments(self.matter)
        self.fields["judgment"].queryset = judgments  # type: ignore[attr-defined]
        self.fields["debtors"].queryset = defendants_of(self.matter)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        judge_amount(
            self,
            missing=_("An item for money names its amount."),
            needless=_("Only an item for money has an amount."),
        )
        if data.get("due_days") and data.get("due_on"):
            self.add_error("due_on", _("Enter the days or the day, not both."))
        return data


class StrikeItemFacts(FactsForm):
    """An operative item was entered by mistake."""

    asks_legal_day = False
    item = forms.ModelChoiceField(label=_("Item"), queryset=OperativeItem.objects.none())
    reason = long_text(_("Why"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = OperativeItem.objects.filter(
            judgment__in=standing_judgments(self.matter), struck_by__isnull=True
        )
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class RejectionAppealFacts(FactsForm):
    """The office appealed against non-acceptance or dismissal (CPL 157, 171)."""

    receipt = MultipleFileField(label=_("Appeal and receipt of the court"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day of the appeal, and the party as the ruling named it."""
        ruling = current_facts(self.matter, "suit_rejected") if self.matter else {}
        day = self.cleaned_data["legal_day"].isoformat()
        return super().facts() | {"appealed_on": day, "party": ruling.get("party")}
