"""The two steps of serving several: who, then the way of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.errors import Refusal
from audit.fields import DayField
from cases.models import Party
from notices.models import AddresseeKind, Document, Method
from notices.models.service import BY_OTHERS
from notices.serving import rules
from notices.serving.forms import WhereForm, parties_of
from notices.serving.services import Sending
from notices.serving.splitting.channels import Addressee, Channel
from notices.serving.splitting.services import MOST

LONGEST_NAME = 200


class AddresseesForm(forms.Form):
    """Who is to be served with the document."""

    parties = forms.ModelMultipleChoiceField(
        label=_("Parties"),
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bodies = forms.CharField(
        label=_("Bodies, units and other persons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = parties_of(document)
        self.fields["parties"].queryset = parties  # type: ignore[attr-defined]
        if not parties.exists():
            del self.fields["parties"]

    def clean_bodies(self) -> list[str]:
        """Return the names, one a line, without empty lines."""
        names = [line.strip() for line in self.cleaned_data["bodies"].splitlines() if line.strip()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("A name has more than 200 characters. Shorten it."))
        return names

    def clean(self) -> dict[str, Any]:
        """Refuse nobody, and more than can be served at once."""
        data = super().clean() or {}
        number = len(data.get("parties") or ()) + len(data.get("bodies") or ())
        if not number and not self.errors:
            raise forms.ValidationError(_("Name at least one addressee."))
        if number > MOST:
            raise forms.ValidationError(
                _("At most %(most)d addressees at once. Send the rest after them.") % {"most": MOST}
            )
        return data

    def addressees(self) -> list[Addressee]:
        """Return who is named; only after `is_valid`."""
        data = self.cleaned_data
        bodies = [Addressee(named=name, kind=AddresseeKind.BODY) for name in data["bodies"]]
        return [*(Addressee(party=party) for party in data.get("parties", ())), *bodies]


class StartForm(forms.Form):
    """What is the same for all."""

    started_on = DayField(label=_("Day of sending"), initial=clock.today)


class RowForm(WhereForm):
    """The way of one addressee, as proposed or as changed."""

    field_order = ("party", "name", "method")

    party = forms.ModelChoiceField(
        queryset=Party.objects.none(), required=False, widget=forms.HiddenInput
    )
    name = forms.CharField(max_length=LONGEST_NAME, required=False, widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=_("Method"),
        choices=[choice for choice in Method.choices if choice[0] != Method.COURT],
    )
    through = forms.CharField(
        label=_("Through whom"),
        max_length=200,
        required=False,
        help_text=_("Only of commissioned service and of service passed on by a unit."),
    )
    ground = forms.CharField(
        label=_("Why no other way remains"),
        max_length=500,
        required=False,
        help_text=_("Only of a public notice; it is not served without (CPL 95)."),
    )
    consignment = forms.CharField(
        label=_("Number of the consignment"),
        max_length=60,
        required=False,
        help_text=_("Only of express mail."),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties_of(document)  # type: ignore[attr-defined]
        # A program that says so would have the row left unchecked.
        self.empty_permitted = False

    def addressee(self) -> Addressee:
        """Return whom the row is about; only after `is_valid`."""
        party = self.cleaned_data["party"]
        if party is not None:
            return Addressee(party=party)
        return Addressee(named=self.cleaned_data["name"], kind=AddresseeKind.BODY)

    @property
    def shown_name(self) -> str:
        """The name of the addressee above the fields of the row."""
        if pk := str(self["party"].value() or ""):
            known: Any = self.fields["party"]
            return next((party.name for party in known.queryset if str(party.pk) == pk), "")
        return str(self["name"].value() or "")

    def sending(self, started_on: date) -> Sending:
        """Return what is stated, without what the method does not ask for; only after `is_valid`."""
        data, to = self.cleaned_data, self.addressee()
        method = data["method"]
        at_an_address = method in rules.AT_AN_ADDRESS
        return Sending(
            method=method,
            addressee=to.kind,
            started_on=started_on,
            party=to.party,
            name=to.named,
            through=data["through"] if method in BY_OTHERS else "",
            address=data["address"] if at_an_address else "",
            address_basis=data["address_basis"] if at_an_address else "",
            consignment=data["consignment"] if method == Method.POSTAL else "",
            ground=data["ground"],
        )


RowFormSet = forms.formset_factory(
    RowForm, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True
)
PREFIX = "rows"
VISIBLE = ("method", "address", "address_basis", "through", "ground", "consignment")


def rows_of(document: Document, channels: Iterable[Channel]) -> Any:
    """Return the rows to be confirmed: of those alone to whom something is to be sent."""
    initial = [
        {
            "party": channel.to.party.pk if channel.to.party else None,
            "name": "" if channel.to.party else channel.to.name,
            "method": channel.method,
        }
        for channel in channels
        if channel.method
    ]
    return RowFormSet(prefix=PREFIX, initial=initial, form_kwargs={"document": document})


def posted_rows(document: Document, data: Any) -> Any:
    """Return the rows as they were sent."""
    return RowFormSet(data, prefix=PREFIX, form_kwargs={"document": document})


def show_above(start: StartForm, rows: Any) -> None:
    """Put above the rows what is wrong with all of them, or with a field nobody sees."""
    hidden = [error for row in rows for field in row.hidden_fields() for error in field.errors]
    for sentence in (*rows.non_form_errors(), *hidden):
        start.add_error(None, sentence)


def show_in_rows(start: StartForm, rows: Sequence[RowForm], refusal: Refusal) -> int:
    """Put the sentences of a refusal at the fields of its row, or above all; return its status."""
    placed = False
    for path, sentences in getattr(refusal, "errors", {}).items():
        _sendings, number, field = path.split(".") if path.count(".") == 2 else ("", "", "")
        if field == "started_on":
            start.add_error("started_on", str(sentences[0]))
            return refusal.status
        if number and field in VISIBLE:
            rows[int(number)].add_error(field, [str(text) for text in sentences])
            placed = True
    if not placed:
        start.add_error(None, str(refusal.message))
    return refusal.status
