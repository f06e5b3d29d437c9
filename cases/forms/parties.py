"""Forms of the parties of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as WrongNumber

from audit.fields import VersionField
from cases.models import Party, PartyKind, PartyRole


class PartyForm(forms.ModelForm[Party]):
    """A party; an organisation shows its unified social credit code or says why it has none."""

    class Meta:
        model = Party
        fields = (
            "role",
            "kind",
            "name",
            "aliases",
            "credit_code",
            "no_code_reason",
            "representative",
            "telephone",
            "address",
            "domicile_abroad",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credit_code"].max_length = None  # type: ignore[attr-defined]
        self.fields["credit_code"].help_text = _(
            "18 characters, blanks allowed. A natural person has none."
        )
        self.fields["no_code_reason"].help_text = _(
            "Only for an organisation without a code, for example one registered abroad."
        )

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"]
        if not code:
            return ""
        try:
            return uscc.validate(code)
        except WrongNumber as problem:
            raise forms.ValidationError(
                _(
                    "This is no unified social credit code: a character is wrong or missing. "
                    "Compare it with the business licence."
                ),
                code="wrong_code",
            ) from problem

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "credit_code" in self.errors or "kind" not in data:
            return data
        code, why = data.get("credit_code"), (data.get("no_code_reason") or "").strip()
        if data["kind"] == PartyKind.PERSON and code:
            self.add_error("credit_code", _("A natural person has no credit code. Leave it empty."))
        if data["kind"] != PartyKind.PERSON and not code and not why:
            self.add_error("credit_code", _("Enter the code, or say below why there is none."))
        if code and why:
            self.add_error("no_code_reason", _("There is a code: leave the reason empty."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the cleaned fields of the party, as the services take them."""
        return {name: self.cleaned_data[name] for name in PartyForm.Meta.fields}


class PartyCells(PartyForm):
    """A party as a line of a file states it, without a row to save: no line asks the database."""

    def _post_clean(self) -> None:
        """Leave the row alone; the fields have been cleaned."""


class ChangePartyForm(PartyForm):
    """A party that is there already, with the version the form was filled from."""

    version = VersionField()


class ViolatorForm(PartyForm):
    """The violator of a case in which he was unknown: the role is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"]

    def facts(self) -> dict[str, Any]:
        """Return the cleaned fields with the role of the violator."""
        given = {name: self.cleaned_data[name] for name in self.fields}
        return given | {"role": PartyRole.VIOLATOR}


class RemovePartyForm(forms.Form):
    """Why a party is taken off the case."""

    reason = forms.CharField(
        label=_("Why the party is removed"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
