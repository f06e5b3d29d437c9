"""Granting roles, delegating them, authorising signatures."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import forms, selectors, services
from accounts.models import Delegation, Role, RoleGrant, SigningAuthorisation, User
from accounts.views.base import ActView, StaffPage, StaffView
from accounts.views.people import PersonOfPath


class RoleGrantCreate(PersonOfPath, ActView):
    form_class = forms.RoleGrantForm
    roles = (Role.SECURITY_ADMINISTRATOR,)
    heading = _("Grant a role")
    explanation = _(
        "Both days are included. System administration, security administration and audit are "
        "never in one hand, and nobody grants himself a role."
    )
    button = _("Grant")
    done = _("The role was granted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.person}

    def act(self, form: BaseForm) -> None:
        assert isinstance(form, forms.RoleGrantForm)  # tells the type checker
        services.grant_role(actor=self.actor, user=self.person, **form.facts())


class RoleGrantRevoke(PersonOfPath, ActView):
    form_class = forms.ReasonForm
    roles = (Role.SECURITY_ADMINISTRATOR,)
    heading = _("Revoke the role")
    explanation = _(
        "It has no effect from the next request on, nor have delegations and authorisations to sign "
        "that rest on it."
    )
    button = _("Revoke")
    dangerous = True
    done = _("The role was revoked.")
    grant: RoleGrant

    def prepare(self) -> None:
        super().prepare()
        self.grant = get_object_or_404(self.person.role_grants, pk=self.kwargs["grant"])

    def act(self, form: BaseForm) -> None:
        services.revoke_role(actor=self.actor, grant=self.grant, reason=form.cleaned_data["reason"])


class _DelegationAct(ActView):
    """Delegating in somebody's name; subclasses say whose."""

    form_class = forms.DelegationForm
    heading = _("Delegate")
    explanation = _(
        "The delegate acts for the person; every record shows both names. Only procurators are "
        "offered: nobody else decides or signs for another (Rules 5)."
    )
    button = _("Delegate")
    done = _("The delegation was recorded.")

    @abstractmethod
    def delegator(self) -> User:
        """Return in whose name is delegated."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"delegator": self.delegator()}

    def act(self, form: BaseForm) -> None:
        services.delegate(actor=self.actor, delegator=self.delegator(), **form.cleaned_data)


class DelegationCreateFor(PersonOfPath, _DelegationAct):
    """The system administrator records a delegation for somebody who is away."""

    def delegator(self) -> User:
        return self.person


class OwnDelegationCreate(_DelegationAct):
    """Somebody who reviews or decides lets a colleague act for him."""

    def prepare(self) -> None:
        self.require_role(Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF)

    def delegator(self) -> User:
        return self.actor

    def back(self) -> str:
        return reverse("preferences")


class DelegationRevoke(ActView):
    """The delegator or his system administrator ends a delegation."""

    form_class = forms.ConfirmForm
    heading = _("Revoke the delegation")
    explanation = _("It has no effect from the next request on.")
    button = _("Revoke")
    dangerous = True
    done = _("The delegation was revoked.")
    delegation: Delegation

    def prepare(self) -> None:
        delegations = selectors.delegations_visible_to(self.actor).select_related(
            "delegator__office"
        )
        self.delegation = get_object_or_404(delegations, pk=self.kwargs["pk"])
        delegator = self.delegation.delegator
        self.require(
            delegator.pk == self.actor.pk
            or selectors.administers(self.actor, delegator.office, Role.SYSTEM_ADMINISTRATOR)
        )

    def act(self, form: BaseForm) -> None:
        services.revoke_delegation(actor=self.actor, delegation=self.delegation)

    def back(self) -> str:
        if self.delegation.delegator_id == self.actor.pk:
            return reverse("preferences")
        return reverse("user_detail", args=[self.delegation.delegator_id])


class _ChiefView(StaffView):
    """For the chief procurator alone."""

    def prepare(self) -> None:
        self.require_role(Role.CHIEF)

    def back(self) -> str:
        return reverse("signing_list")


class SigningList(_ChiefView, StaffPage):
    """The authorisations to sign in the office's name (Rules 5)."""

    template_name = "accounts/signing_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = selectors.signing_authorisations_visible_to(self.actor)
        return super().get_context_data(
            authorisations=rows.select_related("user", "authorised_by"), **kwargs
        )


class SigningCreate(_ChiefView, ActView):
    form_class = forms.SigningForm
    heading = _("Authorise to sign")
    explanation = _(
        "The chief procurator signs documents issued in the office's name and may authorise a "
        "procurator to sign within his powers (Rules 5)."
    )
    button = _("Authorise")
    done = _("The authorisation was recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"chief": self.actor}

    def act(self, form: BaseForm) -> None:
        services.authorise_signing(actor=self.actor, **form.cleaned_data)


class SigningRevoke(_ChiefView, ActView):
    form_class = forms.ConfirmForm
    heading = _("Withdraw the authorisation")
    button = _("Withdraw")
    dangerous = True
    done = _("The authorisation was withdrawn.")
    authorisation: SigningAuthorisation

    def prepare(self) -> None:
        super().prepare()
        rows = selectors.signing_authorisations_visible_to(self.actor)
        self.authorisation = get_object_or_404(rows, pk=self.kwargs["pk"])

    def act(self, form: BaseForm) -> None:
        services.revoke_signing(actor=self.actor, authorisation=self.authorisation)
