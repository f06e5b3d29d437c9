"""The handling team of a case (Rules 6)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from cases.models import TeamPosition


class TeamForm(forms.Form):
    """Everybody of the office with a position or none, and why the team is so."""

    reason = forms.CharField(
        label=_("Why the team is changed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, office: Office, present: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: list[User] = list(
            User.objects.filter(office=office, is_active=True, department__isnull=False)
            .select_related("department")
            .order_by("department__name", "name", "pk")
        )
        choices = [("", "—"), *TeamPosition.choices]
        for person in self.people:
            name = f"person_{person.pk}"
            self.fields[name] = forms.ChoiceField(
                label=f"{person.name} · {person.department}",
                choices=choices,
                required=False,
                initial=present.get(person.pk, ""),
            )
        self.order_fields([f"person_{person.pk}" for person in self.people])

    def members(self) -> list[tuple[User, str]]:
        """Return the chosen people with their positions."""
        chosen = [(person, self.cleaned_data[f"person_{person.pk}"]) for person in self.people]
        return [(person, position) for person, position in chosen if position]
