"""What people type about offices, people and rights. The rules themselves are in the services."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from allauth.account import forms as library
from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import absences, selectors, workload
from accounts.models import (
    DECIDER_ROLES,
    SEPARATED_ROLES,
    Density,
    Department,
    Language,
    Office,
    Role,
    User,
)
from audit import clock
from audit.fields import DayField

DECIDER_CHOICES = [(role.value, role.label) for role in DECIDER_ROLES]


def _narrow(field: forms.Field, queryset: Any) -> None:
    """Offer only `queryset` in a choice of objects."""
    assert isinstance(field, forms.ModelChoiceField)  # tells the type checker
    field.queryset = queryset


class LoginForm(library.LoginForm):  # type: ignore[misc]
    """The login form of the library in the words of this house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new office below one the actor administers."""

    valid_from = DayField(label=_("valid from"), initial=clock.today)

    class Meta:
        model = Office
        fields: ClassVar = [
            "code",
            "name",
            "short_name",
            "level",
            "parent",
            "region_code",
            "address",
            "telephone",
            "valid_from",
        ]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].required = True
        _narrow(self.fields["parent"], selectors.offices_administered_by(actor))


class OfficeChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may be changed of an office."""

    class Meta:
        model = Office
        fields: ClassVar = ["name", "short_name", "parent", "region_code", "address", "telephone"]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        administered = Q(pk__in=selectors.offices_administered_by(actor))
        current = Q(pk=self.instance.parent_id)
        _narrow(self.fields["parent"], Office.objects.filter(administered | current))


class OfficeCloseForm(forms.Form):
    last_day = DayField(label=_("last day"), initial=clock.today)


class DepartmentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Department
        fields: ClassVar = ["name", "kind"]


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new account in an office the actor administers."""

    class Meta:
        model = User
        fields: ClassVar = [
            "office",
            "username",
            "name",
            "department",
            "title",
            "email",
            "language",
        ]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = selectors.offices_administered_by(actor)
        _narrow(self.fields["office"], offices)
        _narrow(self.fields["department"], _departments(offices))


class UserChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields: ClassVar = ["name", "department", "title", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _narrow(self.fields["department"], self.instance.office.departments.all())


def _departments(offices: Any) -> Any:
    return Department.objects.filter(office__in=offices)


class UserFilterForm(forms.Form):
    """Filters of the list of people; every one may stay empty."""

    q = forms.CharField(label=_("Name or login name"), required=False, max_length=60)
    office = forms.ModelChoiceField(
        label=_("office"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("All offices"),
    )
    department = forms.ModelChoiceField(
        label=_("department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("All departments"),
    )
    role = forms.ChoiceField(
        label=_("role"), choices=[("", _("All roles")), *Role.choices], required=False
    )
    active = forms.ChoiceField(
        label=_("account"),
        choices=[("", _("All accounts")), ("yes", _("Active")), ("no", _("Deactivated"))],
        required=False,
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = selectors.offices_with_visible_users(actor)
        _narrow(self.fields["office"], offices)
        _narrow(self.fields["department"], _departments(offices))

    def wanted(self) -> dict[str, Any]:
        """Return the arguments of `selectors.search_users`; none when an entry is wrong."""
        values = self.cleaned_data if self.is_bound and self.is_valid() else {}
        names = ("office", "department", "role")
        chosen = {name: values[name] for name in names if values.get(name)}
        active = {"yes": True, "no": False}.get(values.get("active", ""))
        return chosen | {"text": values.get("q", ""), "active": active}


class ReasonForm(forms.Form):
    """An act that needs nothing but its reason."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        help_text=_(
            "Kept in the audit record; name no one whose personal information is at stake."
        ),
    )


class ConfirmForm(forms.Form):
    """An act that needs nothing but the decision to do it."""


class RoleGrantForm(forms.Form):
    """A role for `person`; a warning where it would cut him off from open matters."""

    role = forms.ChoiceField(label=_("role"), choices=Role.choices)
    valid_from = DayField(label=_("valid from"), initial=clock.today)
    valid_to = DayField(
        label=_("valid to"), required=False, help_text=_("Empty: until it is revoked.")
    )
    cut_off = forms.BooleanField(
        label=_("The person is to lose sight of these matters"), required=False
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_matters = workload.open_matters_of(person)
        self.warning = _cut_off(person, open_matters) if open_matters else ""
        if not open_matters:
            del self.fields["cut_off"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        separated = cleaned.get("role") in SEPARATED_ROLES
        if separated and self.warning and not cleaned.get("cut_off"):
            self.add_error("cut_off", self.warning)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the arguments of `services.grant_role`."""
        return {name: self.cleaned_data[name] for name in ("role", "valid_from", "valid_to")}


def _cut_off(person: User, open_matters: int) -> str:
    return gettext(
        "Open matters %(name)s works on: %(count)d. Administrators and auditors see no lead and no "
        "case: with such a role the person is cut off from all of them. Have them handed over first, "
        "or tick the box and grant it all the same."
    ) % {"name": person.name, "count": open_matters}


class DelegationForm(forms.Form):
    """Who acts for `delegator`, in which role, on which days."""

    to = forms.ModelChoiceField(label=_("delegate"), queryset=User.objects.none())
    role = forms.ChoiceField(label=_("role"), choices=DECIDER_CHOICES)
    valid_from = DayField(label=_("valid from"), initial=clock.today)
    valid_to = DayField(label=_("valid to"), help_text=_("This day is included."))
    reason = forms.CharField(label=_("reason"), max_length=300)

    def __init__(self, *args: Any, delegator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _narrow(self.fields["to"], selectors.possible_delegates(delegator))
        held = selectors.roles_of(delegator)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # tells the type checker
        field.choices = [(role.value, role.label) for role in DECIDER_ROLES if role in held]


class AbsenceForm(forms.Form):
    """On which days `person` is away, and who stands in."""

    first_day = DayField(label=_("first day"), initial=clock.today)
    last_day = DayField(label=_("last day"), help_text=_("This day is included."))
    deputy = forms.ModelChoiceField(
        label=_("deputy"),
        queryset=User.objects.none(),
        help_text=_(
            "Is told what concerns the absent person, in the matters he may see himself; else the "
            "head of the department is told."
        ),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _narrow(self.fields["deputy"], absences.possible_deputies(person))


class SigningForm(forms.Form):
    """Who may sign which types of documents, on which days."""

    user = forms.ModelChoiceField(label=_("procurator"), queryset=User.objects.none())
    document_codes = forms.CharField(
        label=_("document types"),
        max_length=300,
        help_text=_("Codes separated by commas, for example D-20, D-28."),
    )
    scope = forms.CharField(
        label=_("scope"),
        max_length=300,
        help_text=_("What the authorisation covers, in the words of the chief procurator."),
    )
    valid_from = DayField(label=_("valid from"), initial=clock.today)
    valid_to = DayField(label=_("valid to"), help_text=_("This day is included."))

    def __init__(self, *args: Any, chief: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _narrow(self.fields["user"], selectors.possible_signers(chief))

    def clean_document_codes(self) -> list[str]:
        return [
            code for code in re.split(r"[\s,，、;；]+", self.cleaned_data["document_codes"]) if code
        ]


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=_("language"), choices=Language.choices)
    density = forms.ChoiceField(label=_("density of lists"), choices=Density.choices)


class PasswordChangeForm(forms.Form):
    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 15 characters, for example four words that do not belong together. "
            "Spaces and Chinese characters are welcome; the password never expires."
        ),
    )
    repeated = forms.CharField(
        label=_("New password once more"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("new") and cleaned.get("new") != cleaned.get("repeated"):
            self.add_error("repeated", _("The two entries of the new password differ."))
        return cleaned
