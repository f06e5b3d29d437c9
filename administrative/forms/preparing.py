"""The recommendation before its decision: its terms and its measures (Rules 75; JI 21; PRR 3)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from administrative.bodies import level
from administrative.models import Body, Measure, PeriodUnit, Recommendation
from audit.fields import VersionField

# What the column and its constraint allow: a year, however it is counted.
LONGEST = {PeriodUnit.DAYS: 365, PeriodUnit.MONTHS: 12}
UNITS = ((PeriodUnit.DAYS, _("Calendar days")), (PeriodUnit.MONTHS, _("Calendar months")))
NO_PERIOD = _(
    "Name the rectification period, for example 2 months: without it the recommendation cannot be decided "
    "(Rules 75(7))."
)
TERMS = ("period", "unit", "urgency", "relation", "relation_shown")
PARTS = ("text", "basis", "expected_proof")


class TermsForm(forms.ModelForm[Recommendation]):
    """Period, urgency and level of the addressee.

    Args:
        office: that recommends.
        body: to which it recommends; its level decides whether it may do so directly (PRR 3).
    """

    period = forms.IntegerField(
        label=_("Rectification period"),
        error_messages={
            "required": NO_PERIOD,
            "invalid": _("Enter a whole number, for example 2."),
        },
        help_text=_("Counted from the receipt; from its end the review runs (Rules 75(7), 47)."),
    )

    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS, widget=forms.RadioSelect)

    class Meta:
        model = Recommendation
        fields = TERMS
        widgets: ClassVar = {
            "relation": forms.RadioSelect,
            "urgency": forms.Textarea(attrs={"rows": 3}),
            "relation_shown": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, office: Office, body: Body | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office, self.body = office, body
        self.fields["urgency"].help_text = _(
            "Only where harm keeps growing or the like: the written answer is then due in 15 days instead of "
            "2 months (JI 21). Left empty, it is not urgent."
        )
        self.fields["relation_shown"].help_text = _(
            "Through which procuratorate, by which instruction, after which consultation."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("period") is not None and data.get("unit"):
            self._check_period(data["period"], PeriodUnit(data["unit"]))
        if data.get("relation"):
            self._check_level(data["relation"], data.get("relation_shown") or "")
        return data

    def _check_period(self, period: int, unit: PeriodUnit) -> None:
        if period < 1:
            self.add_error("period", NO_PERIOD)
        elif period > LONGEST[unit]:
            sentence = _(
                "A rectification period is at most a year here: 12 months or 365 days. Where more is needed, "
                "name a shorter one and test the measures again (Rules 75(7), 77)."
            )
            self.add_error("period", sentence)

    def _check_level(self, relation: str, shown: str) -> None:
        """The addressee is reached in the way of PRR 3, and what it asks for is said."""
        if self.body is not None and (fault := level.unfit(self.office, self.body, relation)):
            self.add_error("relation", forms.ValidationError(fault, "level"))
        elif fault := level.unshown(relation, shown):
            self.add_error("relation_shown", fault)

    def facts(self) -> dict[str, Any]:
        """Return the cleaned terms, as the service takes them."""
        return {name: self.cleaned_data[name] for name in TERMS}


class PrepareForm(TermsForm):
    """The terms with the version of the recommendation they were filled from; 0 before it is begun."""

    version = VersionField()


class MeasureForm(forms.ModelForm[Measure]):
    """One thing the authority is asked to do, the duty it rests on and what will prove it (Rules 75(6))."""

    class Meta:
        model = Measure
        fields = PARTS
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "expected_proof": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "basis": _("Statute and article, for example 个人信息保护法第六十一条."),
            "expected_proof": _(
                "What the authority sends with its answer, and what is looked at on the spot."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {
            "text": _("Say what the authority is to do, one thing a measure (Rules 75(6))."),
            "basis": _(
                "Name the duty with its article: only what is a duty of this authority can be asked of it "
                "(Rules 75(4)-(5))."
            ),
            "expected_proof": _(
                "Say what will prove it: without that nobody can tell whether it was done (Rules 77)."
            ),
        }
        for name, sentence in missing.items():
            self.fields[name].error_messages["required"] = sentence

    def facts(self) -> dict[str, Any]:
        """Return the cleaned parts, as the service takes them."""
        return {name: self.cleaned_data[name] for name in PARTS}


class ChangeMeasureForm(MeasureForm):
    """A measure that is there already, with the version of the recommendation it was read in."""

    version = VersionField()


class RemoveMeasureForm(forms.Form):
    """That a measure is taken out, as it was read."""

    version = VersionField()


class RecommendationFilterForm(forms.Form):
    """What narrows the list of recommendations; what is left empty narrows nothing."""

    case = forms.CharField(max_length=40, required=False)
    body = forms.IntegerField(min_value=1, required=False)
    decided = forms.ChoiceField(choices=[("", ""), ("true", ""), ("false", "")], required=False)
    urgent = forms.ChoiceField(choices=[("", ""), ("true", ""), ("false", "")], required=False)
