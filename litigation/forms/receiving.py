"""What the receiving office states when it takes a transferred case in (T64)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Office, Role, User
from audit import clock
from audit.fields import DayField
from litigation.forms.review import proof


class AcknowledgeForm(forms.Form):
    """The day the file arrived, its proof, and who goes on with the case."""

    received_on = DayField(
        label=_("Day on which the file arrived"),
        help_text=_("The review is counted from this day (Rules 47)."),
    )
    handler = forms.ModelChoiceField(label=_("Handling prosecutor"), queryset=User.objects.none())
    receipt = proof(_("Transfer letter signed for, or receipt"))

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = accounts.holders(  # type: ignore[attr-defined]
            office, Role.PROSECUTOR, clock.today()
        )
        if not self.is_bound:
            self.initial.setdefault("received_on", clock.today())
