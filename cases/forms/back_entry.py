"""Forms of back-entry: asking, deciding, ending, and a step with the paper that decided it (design 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from audit.fields import DayField
from cases.forms.base import FactsForm
from cases.machine import Declaration, LegalDay
from cases.services.facts import form_class, proposal_form_class
from cases.services.on_paper import (
    Paper,
    PaperApproval,
    day_field,
    opinion_field,
    person_field,
)

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

SIGNERS = (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF)


def _text(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskBackEntryForm(forms.Form):
    """Why a matter is entered only now."""

    reason = _text(
        _("Why the matter is entered only now"),
        help_text=_("For example that it was handled before the application was in use."),
    )


class DecideBackEntryForm(forms.Form):
    """Whether the head of the department agrees."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("agree", _("Agreed: it is in back-entry")), ("refuse", _("Not agreed"))],
        widget=forms.RadioSelect,
    )
    reason = _text(_("Reason"), required=False, help_text=_("Needed when it is not agreed."))


class EndBackEntryForm(forms.Form):
    """That the matter is up to date."""

    reason = _text(_("Remark"), required=False)


class PaperForm(forms.Form):
    """What the paper says of its approvals, and the scan of it."""

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in SIGNERS:
            self._add_signer(role, matter)
        self.fields["paper"] = forms.FileField(
            label=_("Scan of the signed paper"),
            help_text=_("Its SHA-256 is kept with every approval."),
        )
        self.fields["reasons"] = forms.CharField(
            label=_("Reasons of the proposal, as the paper gives them"),
            required=False,
            max_length=10000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _add_signer(self, role: Role, matter: Matter) -> None:
        people = User.objects.filter(office=matter.office_id, role_grants__role=role)
        self.fields[person_field(role)] = forms.ModelChoiceField(
            label=_("Signed as %(role)s by") % {"role": role.label},
            queryset=people.distinct().order_by("name", "pk"),
            required=False,
            empty_label=_("not on this paper"),
        )
        self.fields[day_field(role)] = DayField(
            label=_("Day of the signature (%(role)s)") % {"role": role.label}, required=False
        )
        self.fields[opinion_field(role)] = forms.CharField(
            label=_("Opinion (%(role)s)") % {"role": role.label}, required=False, max_length=5000
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for role in SIGNERS:
            signed, day = data.get(person_field(role)), data.get(day_field(role))
            if signed and not day and day_field(role) not in self.errors:
                self.add_error(day_field(role), _("Enter the day on which it was signed."))
            if day and not signed and person_field(role) not in self.errors:
                self.add_error(person_field(role), _("Choose who signed on that day."))
        if not any(data.get(person_field(role)) for role in SIGNERS) and not self.errors:
            self.add_error(person_field(SIGNERS[0]), _("Choose who signed the paper."))
        return data

    def paper(self) -> Paper:
        """Return the paper as the service takes it; only after `is_valid`."""
        data = self.cleaned_data
        approvals = [
            PaperApproval(role, person, data[day_field(role)], data[opinion_field(role)])
            for role in SIGNERS
            if (person := data[person_field(role)])
        ]
        return Paper(approvals, data["paper"], data["reasons"])


def on_paper_form(declaration: Declaration, matter: Matter, actor: User) -> type[PaperForm]:
    """Return a form that asks the facts of a step, those of its act, and the paper that decided it."""
    fields: dict[str, forms.Field] = {}
    for asked in _asked(declaration):
        facts = issubclass(asked, FactsForm)
        fields |= (asked(matter=matter, actor=actor) if facts else asked()).fields
    return type(f"{declaration.code}OnPaper", (PaperForm,), fields)


def _asked(declaration: Declaration) -> Iterable[type[Any]]:
    yield proposal_form_class(declaration)
    if declaration.legal_day == LegalDay.ACT:
        yield form_class(declaration.event_kind)
