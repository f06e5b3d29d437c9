"""What everybody keeps for himself: language, password, sessions, delegations."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import i18n
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import absences, forms, selectors, services
from accounts.models import DECIDER_ROLES, Language, Role, User
from accounts.views.base import ActView, StaffPage


class Profile(ActView):
    """My page: particulars, roles, delegations; choosing language and density."""

    template_name = "accounts/profile.html"
    form_class = forms.PreferencesForm

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.actor.language, "density": self.actor.density}

    def act(self, form: BaseForm) -> HttpResponse:
        services.change_own_preferences(actor=self.actor, **form.cleaned_data)
        response = HttpResponseRedirect(self.back())
        # An older choice of this browser gives way to the new one.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response

    def back(self) -> str:
        return reverse("preferences")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.actor
        roles = selectors.roles_of(person)
        return super().get_context_data(
            person=person,
            roles_today=sorted(str(role.label) for role in roles),
            may_delegate=bool(roles & set(DECIDER_ROLES)),
            is_chief=Role.CHIEF in roles,
            delegations_given=person.delegations_given.select_related("delegate"),
            delegations_held=person.delegations_held.select_related("delegator"),
            may_be_away=absences.works_on_cases(person),
            absences=absences.absences_of(person),
            authorisations=person.signing_authorisations.all(),
            **kwargs,
        )


class Sessions(StaffPage):
    """Where I am logged in, and my API tokens."""

    template_name = "accounts/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sessions=selectors.sessions_of(self.actor),
            current_session=self.request.session.session_key,
            tokens=selectors.tokens_of(self.actor),
            **kwargs,
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChange(ActView):
    """Choosing an own password; ends every other session of this person."""

    form_class = forms.PasswordChangeForm
    heading = _("Change the password")
    explanation = _("All your other sessions and all your API tokens end.")
    button = _("Change the password")
    done = _("The password was changed.")

    def back(self) -> str:
        return reverse("preferences")

    def act(self, form: BaseForm) -> None:
        user = services.change_own_password(
            actor=self.actor,
            current=form.cleaned_data["current"],
            new=form.cleaned_data["new"],
        )
        # The index of sessions was emptied; the session of this page goes on under a new key.
        update_session_auth_hash(self.request, user)
        self.request.user = user
        UserSession.objects.create_from_request(self.request)


class OwnSessionsEnd(ActView):
    form_class = forms.ConfirmForm
    heading = _("Log out everywhere")
    explanation = _("All your sessions, this one too, and all your API tokens end.")
    button = _("Log out everywhere")
    dangerous = True

    def back(self) -> str:
        return reverse("usersessions_list")

    def act(self, form: BaseForm) -> None:
        services.end_sessions(actor=self.actor, user=self.actor)


class OwnSessionEnd(ActView):
    form_class = forms.ConfirmForm
    heading = _("End this session")
    button = _("End the session")
    dangerous = True
    done = _("The session was ended.")
    session: UserSession

    def back(self) -> str:
        return reverse("usersessions_list")

    def prepare(self) -> None:
        sessions = UserSession.objects.filter(user=self.actor.pk).select_related("user__office")
        self.session = get_object_or_404(sessions, pk=self.kwargs["pk"])

    def act(self, form: BaseForm) -> None:
        services.end_session(actor=self.actor, session=self.session)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this browser; who is logged in keeps the choice on the account."""
    language = request.POST.get("language", "")
    user = request.user
    if isinstance(user, User) and language in Language.values and language != user.language:
        services.change_own_preferences(actor=user, language=language, density=user.density)
    return i18n.set_language(request)
