"""The forms of a batch: first the type and for whom, then the cases or addressees and the shared texts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.fields import DayField
from cases.models import Case
from notices.batch.planning import (
    LONGEST_ADDRESSEE,
    MOST_ITEMS,
    Plan,
    addressee_of,
    kinds,
    plan_of,
)
from notices.batch.selectors import cases_for
from notices.catalogue import Content, DocumentType, Kind
from notices.forms import type_choices

# Before the names of the contents, which may be called as another field is.
TEXT = "text-"


def _title(case: Case) -> str:
    return f"{case.key} {case.title} · {case.get_state_display()}"


class BeginForm(forms.Form):
    """Which document, and for many cases or for many addressees of one."""

    code = forms.ChoiceField(label=_("Document type"))
    case = forms.ChoiceField(
        label=_("For"),
        required=False,
        help_text=_("Many addressees are named for one case; the type must name an addressee."),
    )

    def __init__(self, *args: Any, cases: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes: Any = self.fields["code"]
        codes.choices = [("", _("Choose")), *type_choices(kinds())]
        case: Any = self.fields["case"]
        case.choices = [("", _("many cases")), *((row.key, _title(row)) for row in cases)]


class BatchForm(forms.Form):
    """The cases, or the addressees of one case, with the texts typed once for all."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: DocumentType, cases: list[Case], only: Case | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.only = kind, only
        self.cases = {case.key: case for case in cases}
        self.initial.setdefault("token", uuid.uuid4())
        if only is None:
            self.fields["cases"] = self._cases()
        else:
            self._add_addressees(only)
        if not kind.issued:
            label = _("Make final what lacks nothing")
            self.fields["make_final"] = forms.BooleanField(label=label, required=False)
        for content in self._shared():
            self.fields[TEXT + content.name] = _text_field(content)

    def _cases(self) -> forms.Field:
        return forms.MultipleChoiceField(
            label=_("Cases"),
            choices=[(key, _title(case)) for key, case in self.cases.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one case.")},
        )

    def _add_addressees(self, case: Case) -> None:
        parties = case.parties.filter(removed_at__isnull=True).order_by("id")
        self.fields["parties"] = forms.MultipleChoiceField(
            label=_("Parties"),
            required=False,
            choices=[(name, name) for name in dict.fromkeys(party.name for party in parties)],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["names"] = forms.CharField(
            label=_("Other addressees, one a line"),
            required=False,
            max_length=(LONGEST_ADDRESSEE + 1) * MOST_ITEMS,
            widget=forms.Textarea(attrs={"rows": 5, "lang": "zh-Hans"}),
        )

    def _shared(self) -> list[Content]:
        """Return the contents that may be typed once for all."""
        named = addressee_of(self.kind) if self.only else None
        return [item for item in self.kind.contents if not item.fixed and item != named]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.only is not None and not self.errors and not self._addressees():
            self.add_error("names", _("Choose a party or type an addressee."))
        return cleaned

    def _addressees(self) -> list[str]:
        named = self.cleaned_data.get("names", "").splitlines()
        return [name for name in (*self.cleaned_data.get("parties", ()), *named) if name.strip()]

    def plan(self) -> Plan:
        """Return the plan of a valid form.

        Raises:
            Invalid: as `plan_of`.
        """
        texts = {
            name.removeprefix(TEXT): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(TEXT) and value
        }
        keys = self.cleaned_data.get("cases", ())
        return plan_of(
            code=self.kind.code,
            cases=[self.only] if self.only else [self.cases[key] for key in keys],
            addressees=self._addressees() if self.only else (),
            texts=texts,
            make_final=self.cleaned_data.get("make_final", False),
        )


def _text_field(content: Content) -> forms.Field:
    options: dict[str, Any] = {"label": content.label, "required": False}
    if content.kind is Kind.DAY:
        return DayField(**options)
    if content.kind is Kind.CHOICE:
        choices = [(option, option) for option in ("", *content.options)]
        return forms.ChoiceField(choices=choices, **options)
    if content.kind is Kind.LINE:
        return forms.CharField(**options)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **options)


def cases_of_form(actor: User) -> list[Case]:
    """Return the cases a form offers, the newest first and no more than a batch holds."""
    return list(cases_for(actor).select_related("office", "lead")[:MOST_ITEMS])
