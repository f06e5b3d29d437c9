"""The directory of people and the administration of their accounts."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import absences, forms, lockout, selectors, services
from accounts.models import Role, User
from accounts.services.access import SESSION_ADMINISTRATORS
from accounts.views.base import ActView, StaffPage, StaffView
from audit import keyset

PAGE_SIZE = 50
ORDER = ("office__code", "name")


class UserList(StaffPage):
    """The people the actor sees, filtered, page by page."""

    template_name = "accounts/user_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = forms.UserFilterForm(self.request.GET or None, actor=self.actor)
        found = selectors.search_users(self.actor, **form.wanted())
        people = keyset.page(
            selectors.with_current_roles(found),
            order=ORDER,
            after=self.request.GET.get("after"),
            size=PAGE_SIZE,
        )
        return super().get_context_data(
            form=form,
            people=people,
            may_create=selectors.has_role(self.actor, Role.SYSTEM_ADMINISTRATOR),
            **kwargs,
        )


class PersonOfPath(StaffView):
    """Loads the person the address names, for the roles that may do what the page does."""

    person: User
    roles: tuple[Role, ...] = (Role.SYSTEM_ADMINISTRATOR,)

    def prepare(self) -> None:
        people = selectors.users_visible_to(self.actor).select_related("office", "department")
        self.person = get_object_or_404(people, pk=self.kwargs["pk"])
        if self.roles:
            self.require(selectors.administers(self.actor, self.person.office, *self.roles))

    def back(self) -> str:
        return reverse("user_detail", args=[self.person.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parent: Any = super()
        context: dict[str, Any] = parent.get_context_data(person=self.person, **kwargs)
        return context


class UserDetail(PersonOfPath, StaffPage):
    """One person: particulars and roles for colleagues, the account for administrators."""

    template_name = "accounts/user_detail.html"
    roles = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = selectors.roles_of(self.actor)
        context = super().get_context_data(
            grants=self.person.role_grants.select_related("granted_by", "revoked_by"),
            roles_today=selectors.roles_of(self.person),
            delegations_given=self.person.delegations_given.select_related("delegate"),
            delegations_held=self.person.delegations_held.select_related("delegator"),
            is_system_administrator=Role.SYSTEM_ADMINISTRATOR in held,
            is_security_administrator=Role.SECURITY_ADMINISTRATOR in held,
            is_self=self.person.pk == self.actor.pk,
            **kwargs,
        )
        if absences.leads_department_of(self.actor, self.person):
            context["absences"] = self.person.absences.select_related("person", "deputy")
        if held & set(SESSION_ADMINISTRATORS):
            context["sessions"] = selectors.sessions_of(self.person)
            context["locked"] = lockout.is_locked(self.person.username)
        return context


class UserCreate(ActView):
    form_class = forms.UserForm
    heading = _("New user")
    explanation = _(
        "The account begins without a role; a security administrator grants the roles. "
        "The next page shows the one-time password, once."
    )
    button = _("Create the account")

    def prepare(self) -> None:
        self.require_role(Role.SYSTEM_ADMINISTRATOR)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.actor}

    def act(self, form: BaseForm) -> HttpResponse:
        account = services.create_user(actor=self.actor, **form.cleaned_data)
        return one_time_password_page(self, account.user, account.password)

    def back(self) -> str:
        return reverse("user_list")


class UserEdit(PersonOfPath, ActView):
    form_class = forms.UserChangeForm
    heading = _("Change the user")
    explanation = _(
        "Login name and office stay. Who moves to another office gets an account there."
    )
    button = _("Save")
    done = _("The user was changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.person}

    def act(self, form: BaseForm) -> None:
        services.change_user(actor=self.actor, user=self.person, **form.cleaned_data)


class UserDeactivate(PersonOfPath, ActView):
    form_class = forms.ReasonForm
    heading = _("Deactivate the account")
    explanation = _(
        "All sessions and tokens end at once and no role has effect any more. "
        "Hand over open cases and tasks first."
    )
    button = _("Deactivate")
    dangerous = True
    done = _("The account was deactivated.")

    def act(self, form: BaseForm) -> None:
        services.deactivate_user(
            actor=self.actor, user=self.person, reason=form.cleaned_data["reason"]
        )


class UserActivate(PersonOfPath, ActView):
    form_class = forms.ReasonForm
    heading = _("Activate the account")
    explanation = _("Reset the password afterwards: the old one is void.")
    button = _("Activate")
    done = _("The account was activated. It needs a new password.")

    def act(self, form: BaseForm) -> None:
        services.activate_user(
            actor=self.actor, user=self.person, reason=form.cleaned_data["reason"]
        )


class PasswordReset(PersonOfPath, ActView):
    form_class = forms.ConfirmForm
    heading = _("Reset the password")
    explanation = _(
        "The present password is void at once, all sessions and tokens end. "
        "The next page shows a one-time password, once; hand it over in person."
    )
    button = _("Reset the password")
    dangerous = True

    def act(self, form: BaseForm) -> HttpResponse:
        password = services.reset_password(actor=self.actor, user=self.person)
        return one_time_password_page(self, self.person, password)


class UserUnlock(PersonOfPath, ActView):
    form_class = forms.ConfirmForm
    heading = _("Open the locked login")
    explanation = _("The wrong attempts so far are forgotten; the password stays.")
    button = pgettext_lazy("login", "Open")
    done = _("The login is open again.")

    def act(self, form: BaseForm) -> None:
        services.unlock_account(actor=self.actor, user=self.person)


class SessionsEnd(PersonOfPath, ActView):
    form_class = forms.ConfirmForm
    roles = SESSION_ADMINISTRATORS
    heading = _("End all sessions and tokens")
    explanation = _("The person is logged out everywhere with the next request.")
    button = _("End all")
    dangerous = True
    done = _("All sessions and tokens were ended.")

    def act(self, form: BaseForm) -> None:
        services.end_sessions(actor=self.actor, user=self.person)


class SessionEnd(PersonOfPath, ActView):
    form_class = forms.ConfirmForm
    roles = SESSION_ADMINISTRATORS
    heading = _("End this session")
    button = _("End the session")
    dangerous = True
    done = _("The session was ended.")
    session: UserSession

    def prepare(self) -> None:
        super().prepare()
        sessions = UserSession.objects.filter(user=self.person).select_related("user__office")
        self.session = get_object_or_404(sessions, pk=self.kwargs["session"])

    def act(self, form: BaseForm) -> None:
        services.end_session(actor=self.actor, session=self.session)


def one_time_password_page(view: ActView, person: User, password: str) -> HttpResponse:
    """Show a one-time password, in an answer no cache keeps."""
    view.template_name = "accounts/one_time_password.html"
    context = {"person": person, "password": password}
    response = view.render_to_response(context)
    response["Cache-Control"] = "no-store"
    return response
