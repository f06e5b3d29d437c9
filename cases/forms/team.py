"""The handling team of a case (Rules 6)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.fields import VersionField
from cases.models import Case, TeamPosition


class TeamForm(forms.Form):
    """Everybody of the office with a position or none, and why the team is so."""

    reason = forms.CharField(
        label=_("Why the team is changed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    version = VersionField()

    def __init__(self, *args: Any, case: Case, present: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people_for(case, present)
        choices = [("", "—"), *TeamPosition.choices]
        for person in self.people:
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(
                label=f"{person.name} · {person.department or '—'}",
                choices=choices,
                required=False,
                initial=present.get(person.pk, ""),
            )
        self.order_fields([f"person_{person.pk}" for person in self.people])

    def members(self) -> list[tuple[User, str]]:
        """Return the chosen people with their positions."""
        chosen = [(person, self.cleaned_data[f"person_{person.pk}"]) for person in self.people]
        return [(person, position) for person, position in chosen if position]


def people_for(case: Case, present: dict[int, str]) -> list[User]:
    """Return who may work on the case: the present team and the case's department first."""
    rows = User.objects.filter(office=case.office_id, is_active=True).filter(
        Q(department__isnull=False) | Q(pk__in=present)
    )
    ordered = rows.select_related("department").order_by("department__name", "name", "pk")
    return sorted(
        ordered, key=lambda row: (row.pk not in present, row.department_id != case.department_id)
    )
