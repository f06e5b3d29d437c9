"""Entering that somebody is away and who stands in; his own, or by the head of his department."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import absences, forms, services
from accounts.models import Absence, User
from accounts.views.base import ActView
from accounts.views.people import PersonOfPath


class _AbsenceAct(ActView):
    """Entering an absence; subclasses say whose."""

    form_class = forms.AbsenceForm
    heading = _("Enter an absence")
    explanation = _(
        "During these days the deputy is reminded of the deadlines too. It gives no right to see or decide "
        "anything: for that, delegate a role or add the deputy to the team."
    )
    button = _("Enter")
    done = _("The absence was entered.")

    @abstractmethod
    def absentee(self) -> User:
        """Return who is away."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.absentee()}

    def act(self, form: BaseForm) -> None:
        services.enter_absence(actor=self.actor, person=self.absentee(), **form.cleaned_data)


class OwnAbsenceCreate(_AbsenceAct):
    """Somebody who does casework says when he is away."""

    def prepare(self) -> None:
        self.require(absences.works_on_cases(self.actor))

    def absentee(self) -> User:
        return self.actor

    def back(self) -> str:
        return reverse("preferences")


class AbsenceCreateFor(PersonOfPath, _AbsenceAct):
    """The head of the department says when somebody there is away."""

    roles = ()

    def prepare(self) -> None:
        super().prepare()
        self.require(absences.leads_department_of(self.actor, self.person))

    def absentee(self) -> User:
        return self.person


class AbsenceEnd(ActView):
    """The person or the head of his department says that he is back."""

    form_class = forms.ConfirmForm
    heading = _("End the absence")
    explanation = _("From now on only the person himself is reminded again.")
    button = _("End the absence")
    done = _("The absence is over.")
    absence: Absence

    def prepare(self) -> None:
        rows = absences.absences_visible_to(self.actor)
        self.absence = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.require(absences.may_enter_absence(self.actor, self.absence.person))

    def act(self, form: BaseForm) -> None:
        services.end_absence(actor=self.actor, absence=self.absence)

    def back(self) -> str:
        if self.absence.person_id == self.actor.pk:
            return reverse("preferences")
        return reverse("user_detail", args=[self.absence.person_id])
