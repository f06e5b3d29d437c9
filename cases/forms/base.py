"""The base of every form of facts: one form a kind of event, for the page and for the API alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.errors import Text, valid
from audit.fields import DayField

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models import Case, Event, Lead
    from cases.registries import StoredFile


class FactsForm(forms.Form):
    """Facts of one event.

    `matter` and `actor` are given, so that choices hold only what the actor may choose. `legal_day` is
    the day on which it happened in law, never in the future (design 3). `given` are files that prove the
    event and lie in the store already: they count for the files the form asks for, one for each.
    `corrects` is the event whose facts are put right, None when a new one is recorded.
    """

    legal_day = DayField(label=_("Day on which it happened"), required=True)

    asks_legal_day = True

    def __init__(
        self,
        *args: Any,
        matter: Lead | Case | None = None,
        actor: User | None = None,
        given: Sequence[StoredFile] = (),
        corrects: Event | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        self.matter = matter
        self.actor = actor
        self.given = given
        self.asked_files = self._count_given() if given else []
        if not self.asks_legal_day:
            del self.fields["legal_day"]
        elif not self.is_bound:
            self.initial.setdefault("legal_day", clock.today())

    def _count_given(self) -> list[str]:
        """Let no field ask for a file that is there already; return the fields that asked."""
        names = "、".join(file.name for file in self.given)
        asked = [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.FileField) and field.required
        ]
        for name in asked:
            self.fields[name].required = False
            self.fields[name].help_text = translate("Given already: %(names)s.") % {"names": names}
        return asked

    def clean(self) -> dict[str, Any]:
        """Ask for the files that those given do not make up for."""
        data = super().clean() or {}
        lacking = [name for name in self.asked_files if not data.get(name)]
        if self.given and len(lacking) > len(self.given):
            sentence = _(
                "This step asks for %(asked)s files; given so far: %(given)s. Add the others."
            )
            number = {"asked": len(self.asked_files), "given": len(self.given)}
            self.add_error(lacking[-1], forms.ValidationError(sentence, "required", number))
        return data

    def clean_legal_day(self) -> date:
        day: date = self.cleaned_data["legal_day"]
        if day > clock.today():
            raise forms.ValidationError(
                _("This day lies in the future. Enter the day on which it really happened."),
                code="future",
            )
        return day

    def facts(self) -> dict[str, Any]:
        """Return the cleaned facts as JSON values; files and the legal day are left out."""
        return {
            name: as_json(value)
            for name, value in self.cleaned_data.items()
            if name != "legal_day" and not isinstance(self.fields.get(name), forms.FileField)
        }

    def uploads(self) -> list[UploadedFile[Any]]:
        """Return the uploaded proofs, in the order of the fields."""
        found: list[UploadedFile[Any]] = []
        for value in self.cleaned_data.values():
            if isinstance(value, UploadedFile):
                found.append(value)
            elif isinstance(value, list):
                found += [item for item in value if isinstance(item, UploadedFile)]
        return found


class RadioWithReasons(forms.RadioSelect):
    """Radio buttons of which some cannot be chosen; each of those says why.

    `closed` maps the value of a button to the reason. The form still refuses it when it is posted.
    """

    def __init__(self, *args: Any, closed: Mapping[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closed = closed

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if reason := self.closed.get(str(value)):
            option["attrs"]["disabled"] = True
            option["reason"] = reason
        return option


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """One or more files."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = [item for item in (data if isinstance(data, list | tuple) else [data]) if item]
        if not given:
            super().clean(None, initial)  # refuses when a file is required
        return [super(MultipleFileField, self).clean(item, initial) for item in given]


def as_json(value: Any) -> Any:
    """Return `value` as it is kept in `Event.facts`: days in ISO form, rows by primary key."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [as_json(item) for item in value]
    return value


UNFIT = _("Some facts are missing or not right. Correct the fields named below.")


def validated(form: FactsForm) -> FactsForm:
    """Return `form` when its facts are valid.

    Raises:
        Invalid: with every field's sentences.
    """
    return valid(form, UNFIT)
