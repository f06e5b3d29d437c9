"""What the pages of this room share: the person of the session, refusals, one form one act."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.functional import Promise
from django.views.generic import FormView, TemplateView, View

from accounts import selectors
from accounts.models import Role, User
from audit.articles import written
from audit.errors import Invalid, NotVisible, Refusal


class _PreparedView(View):
    """Loads what the page is about before anything else; what is not visible is not found."""

    def prepare(self) -> None:
        """Load the object; raise `Http404` for who may not be here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.prepare()
            return super().dispatch(request, *args, **kwargs)
        except NotVisible as refusal:
            raise Http404(str(refusal.message)) from refusal


class StaffView(LoginRequiredMixin, _PreparedView):
    """A page for people who are logged in."""

    @property
    def actor(self) -> User:
        """The person of the session; never anybody named by the request."""
        return cast(User, self.request.user)

    def require(self, allowed: bool) -> None:
        """Answer 404 unless `allowed`."""
        if not allowed:
            raise Http404

    def require_role(self, *roles: Role) -> None:
        """Answer 404 unless the actor holds one of `roles`."""
        self.require(selectors.has_role(self.actor, *roles))


class StaffPage(StaffView, TemplateView):
    """A page that shows something."""


class ActView(StaffView, FormView, ABC):  # type: ignore[type-arg]
    """A form that carries out one act through a service.

    Class attributes describe the page; `act` calls the service and returns where to go next.
    """

    template_name = "accounts/act.html"
    heading: str | Promise = ""
    explanation: str | Promise = ""
    button: str | Promise = ""
    dangerous = False
    done: str | Promise = ""

    @abstractmethod
    def back(self) -> str:
        """Return the address to go to after the act, and when it is given up."""

    @abstractmethod
    def act(self, form: BaseForm) -> HttpResponse | None:
        """Carry out the act; None goes `back`."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            answer = self.act(form)
        except NotVisible:
            raise
        except Refusal as refusal:
            show_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        if answer is not None:
            return answer
        if self.done:
            messages.success(self.request, str(self.done))
        return HttpResponseRedirect(self.back())

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=self.heading,
            explanation=self.explanation,
            button=self.button,
            dangerous=self.dangerous,
            back=self.back(),
            **kwargs,
        )


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Put the sentences of `refusal` where the person looks: at the fields or above the form."""
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    for name, sentences in errors.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, str(sentence))
    if not errors:
        form.add_error(None, _with_its_article(refusal))


def _with_its_article(refusal: Refusal) -> str:
    """Return the sentence with its article behind it, unless it is said in it or at each unmet line."""
    message, law = str(refusal.message), written(refusal.law)
    return message if not law or refusal.unmet or law in message else f"{message}（{law}）"
