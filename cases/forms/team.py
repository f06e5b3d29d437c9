"""The handling team of a case (Rules 6)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import CASEWORK_ROLES, User
from audit import clock
from audit.fields import VersionField
from cases.models import Case, TeamPosition
from cases.selectors.people import WITHOUT_CASES, open_team


class TeamForm(forms.Form):
    """Everybody of the office who may see casework, with a position or none, and why the team is so."""

    reason = forms.CharField(
        label=_("Why the team is changed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    version = VersionField()

    def __init__(self, *args: Any, case: Case, present: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people_for(case, present)
        self.warning = _leaving(case, [person.pk for person in self.people])
        for person in self.people:
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(
                label=f"{person.name} · {_place_of(person, case)}",
                choices=[("", "—"), *_positions(person)],
                required=False,
                initial=present.get(person.pk, ""),
            )
        self.order_fields([f"person_{person.pk}" for person in self.people])

    def members(self) -> list[tuple[User, str]]:
        """Return the chosen people with their positions."""
        chosen = [(person, self.cleaned_data[f"person_{person.pk}"]) for person in self.people]
        return [(person, position) for person, position in chosen if position]


def _place_of(person: User, case: Case) -> str:
    """Return the department of a colleague; of somebody lent, the office (Rules 11)."""
    if person.office_id != case.office_id:
        return gettext("lent by %(office)s") % {"office": person.office.name}
    return str(person.department or "—")


def _leaving(case: Case, offered: list[int]) -> str:
    """Say who of the present team can stay no longer; empty when everybody can."""
    leaving = open_team(case).exclude(user__in=offered)
    if not leaving:
        return ""
    return gettext(
        "No longer able to work on the case (account closed, administrator or auditor, or the loan is over), "
        "and off the team as soon as it is set: %(names)s."
    ) % {"names": "、".join(member.user.name for member in leaving)}


def _positions(person: User) -> list[tuple[str, Any]]:
    """Return what a person may be in a team; without a role in casework only a technician."""
    held = {grant.role for grant in person.current_grants}  # type: ignore[attr-defined]
    if held & CASEWORK_ROLES:
        return TeamPosition.choices
    return [(TeamPosition.TECHNICIAN.value, TeamPosition.TECHNICIAN.label)]


def people_for(case: Case, present: dict[int, str]) -> list[User]:
    """Return who may work on the case, those lent to it too: the present team and its department first.

    Administrators and auditors see no case and are not offered, not even when they still are in the team.
    """
    here = Q(office=case.office_id) & (Q(department__isnull=False) | Q(pk__in=present))
    today = clock.today()
    lent = case.staff_loans.filter(first_day__lte=today, last_day__gte=today)
    rows = User.objects.filter(here | Q(pk__in=lent.values("person")), is_active=True)
    seeing = rows.exclude(pk__in=accounts.holding(WITHOUT_CASES))
    ordered = accounts.with_current_roles(seeing.select_related("office")).order_by(
        "department__name", "name", "pk"
    )
    return sorted(
        ordered, key=lambda row: (row.pk not in present, row.department_id != case.department_id)
    )
