"""Forms of service, one an act, for the page and for the API alike; each shows what its method asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.clock import BEIJING
from audit.fields import DayField
from cases.models import Case, Party
from notices.models import (
    AddressBasis,
    AddresseeKind,
    AttemptResult,
    Document,
    Method,
    Receiver,
    Result,
    Service,
)
from notices.models.service import BY_OTHERS, SEEN, SIGNED
from notices.serving import rules, selectors
from notices.serving.addresses import Confirmed
from notices.serving.services import Ending, Sending

ANY = ("", _("All"))


def parties_of(document: Document) -> Any:
    """Return the parties a document can be served on; a lead has none."""
    if isinstance(document.matter, Case):
        return document.matter.parties.filter(removed_at__isnull=True)
    return Party.objects.none()


class WhereForm(forms.Form):
    """Where a document goes, and on what the address rests (EMS 3-5)."""

    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        required=False,
        help_text=_("Left empty, that of the address-confirmation form is taken."),
    )
    address_basis = forms.ChoiceField(
        label=_("Basis of the address"),
        choices=[("", "—"), *AddressBasis.choices],
        required=False,
        help_text=_("Needed when a party gave no address-confirmation form."),
    )


class SendForm(WhereForm):
    """To whom a document goes by one method, and what that method needs."""

    field_order = ("method", "addressee", "party", "name", "through")

    method = forms.ChoiceField(choices=Method.choices, widget=forms.HiddenInput)
    addressee = forms.ChoiceField(
        label=_("Addressee"), choices=AddresseeKind.choices, widget=forms.RadioSelect
    )
    party = forms.ModelChoiceField(label=_("Party"), queryset=Party.objects.none(), required=False)
    name = forms.CharField(
        label=_("Name of the body, court or office"),
        max_length=200,
        required=False,
        help_text=_("Only when the addressee is no party."),
    )
    through = forms.CharField(
        label=_("Through whom"),
        max_length=200,
        required=False,
        help_text=_("The body commissioned, or the unit that passes it on."),
    )
    consignment = forms.CharField(
        label=_("Number of the consignment"), max_length=60, required=False
    )
    ground = forms.CharField(
        label=_("Why no other way remains"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whereabouts unknown, or every other method failed; with what was tried."),
    )
    consent_on = DayField(label=_("Consented on"), required=False)
    consent = forms.FileField(
        label=_("Proof of the consent"),
        required=False,
        help_text=_("Left empty, the consent of the address-confirmation form counts."),
    )
    started_on = DayField(label=_("Day of sending"))

    def __init__(self, *args: Any, document: Document, method: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties_of(document)  # type: ignore[attr-defined]
        chosen = method or str(self.data.get("method", ""))
        for name in _not_asked(chosen):
            del self.fields[name]
        if chosen == Method.COURT:
            self.fields["addressee"].widget = forms.HiddenInput()
            self.fields["name"].label = _("Court")
            self.fields["name"].help_text = ""
        if chosen == Method.POSTAL:
            self.fields["started_on"].label = _("Day of the handover to the post")
        if chosen == Method.ELECTRONIC:
            self.fields["address"].label = _("Address for electronic service")
        self.initial.setdefault("method", chosen)
        self.initial.setdefault("started_on", clock.today())
        self.initial.setdefault("addressee", _likely(chosen, document))

    def sending(self) -> Sending:
        """Return what is stated; only after `is_valid`."""
        return Sending(**self.cleaned_data)


def _likely(method: str, document: Document) -> str:
    if method == Method.COURT:
        return AddresseeKind.COURT
    is_case = isinstance(document.matter, Case)
    return AddresseeKind.PARTY if is_case else AddresseeKind.OFFICE


def _not_asked(method: str) -> set[str]:
    """Return the fields a method does not ask for."""
    left_out = set()
    if method not in BY_OTHERS:
        left_out.add("through")
    if method not in rules.AT_AN_ADDRESS:
        left_out.add("address_basis")
        if method != Method.ELECTRONIC:
            left_out.add("address")
    if method != Method.POSTAL:
        left_out.add("consignment")
    if method != Method.PUBLIC_NOTICE:
        left_out.add("ground")
    if method != Method.ELECTRONIC:
        left_out |= {"consent_on", "consent"}
    if method == Method.COURT:
        left_out.add("party")
    return left_out


class AttemptForm(forms.Form):
    """One try to deliver, or the publication of a notice."""

    day = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:30"}),
    )
    result = forms.ChoiceField(
        label=_("Result"), choices=AttemptResult.choices, widget=forms.RadioSelect
    )
    telephoned = forms.BooleanField(label=_("Not reached by telephone either"), required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Of a notice: the medium in which it was published."),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notice = service.method == Method.PUBLIC_NOTICE
        if notice:
            self.initial.setdefault("result", AttemptResult.PUBLISHED)
        else:
            self.fields["note"].help_text = ""
        kept = [
            choice
            for choice in AttemptResult.choices
            if rules.may_be_tried(choice[0], service.method)
        ]
        self.fields["result"].choices = kept  # type: ignore[attr-defined]
        self.initial.setdefault("day", clock.today())
        if service.method != Method.POSTAL:
            del self.fields["telephoned"]

    def stated(self) -> dict[str, Any]:
        """Return what is stated, as `services.record_attempt` takes it; only after `is_valid`."""
        data = self.cleaned_data
        return {
            "at": datetime.combine(data["day"], data["time"], BEIJING),
            "result": data["result"],
            "telephoned": data.get("telephoned", False),
            "note": data["note"],
        }


class OutcomeForm(forms.Form):
    """How a service ended, with its proof."""

    result = forms.ChoiceField(label=_("Outcome"), choices=Result.choices, widget=forms.RadioSelect)
    day = DayField(
        label=_("Day"), required=False, help_text=_("As the receipt or the note says it.")
    )
    receiver = forms.ChoiceField(
        label=_("Who signed (EMS 9)"),
        choices=[("", "—"), *Receiver.choices],
        required=False,
    )
    receiver_name = forms.CharField(
        label=_("Name of who signed"),
        max_length=100,
        required=False,
        help_text=_("The identity number stays on the receipt and is not entered here (EMS 8)."),
    )
    receiver_opposes = forms.BooleanField(
        label=_("The member of the household is the opposing party (EMS 7)"), required=False
    )
    witnesses = forms.CharField(
        label=_("Witnesses"),
        max_length=200,
        required=False,
        help_text=_("Of a refusal or of leaving it, unless there is a photo or video."),
    )
    recording = forms.FileField(
        label=_("Photo or video of the refusal or of leaving it"), required=False
    )
    declared = forms.BooleanField(label=_("Served by declaration (Rules 76)"), required=False)
    participant_name = forms.CharField(
        label=_("People's supervisor or other participant"),
        max_length=100,
        required=False,
        help_text=_("Stands on the receipt with the role (Rules 12, 76)."),
    )
    participant_role = forms.CharField(
        label=_("Role of the participant"), max_length=100, required=False
    )
    reason = forms.CharField(
        label=_("Why it was not served"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for everything but “Served”."),
    )
    proof = forms.FileField(
        label=_("Receipt or other proof"),
        help_text=_("Receipt of service, express-mail receipt, screenshot, page of the notice."),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        endings = [choice for choice in Result.choices if rules.may_end(choice[0], service.method)]
        self.fields["result"].choices = endings  # type: ignore[attr-defined]
        if service.method not in SIGNED:
            for name in ("receiver", "receiver_name", "receiver_opposes"):
                del self.fields[name]
        if service.method not in SEEN:
            for name in ("witnesses", "recording"):
                del self.fields[name]
        if service.method != Method.DIRECT:
            for name in ("declared", "participant_name", "participant_role"):
                del self.fields[name]
        if service.method == Method.PUBLIC_NOTICE:
            self.fields["day"].help_text = _(
                "Of “Served” it follows from the publication; enter it for everything else."
            )

    def ending(self) -> Ending:
        """Return what is stated; only after `is_valid`."""
        return Ending(**self.cleaned_data)


class AddressForm(forms.Form):
    """What the address-confirmation form of a party says (EMS 3)."""

    confirmed_on = DayField(label=_("Confirmed on"))
    address = forms.CharField(label=_("Address for service"), max_length=300)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    recipient = forms.CharField(label=_("Designated recipient"), max_length=100, required=False)
    electronic_consent = forms.BooleanField(
        label=_("Consents to electronic service (CPL 90)"), required=False
    )
    electronic_address = forms.CharField(
        label=_("Address for electronic service"), max_length=200, required=False
    )
    file = forms.FileField(label=_("The signed form"))

    def said(self) -> Confirmed:
        """Return what the form says; only after `is_valid`."""
        return Confirmed(**self.cleaned_data)


class ServiceFilterForm(forms.Form):
    """The filter of the list of services."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ANY,
            (selectors.UNDER_WAY, _("Under way")),
            (selectors.SERVED, _("Served")),
            (selectors.FAILED, _("Not served")),
        ],
    )
    method = forms.ChoiceField(label=_("Method"), required=False, choices=[ANY, *Method.choices])
    text = forms.CharField(label=_("Document or addressee"), required=False, max_length=100)
    served_from = DayField(label=_("Served from"), required=False)
    served_until = DayField(label=_("Served until"), required=False)
