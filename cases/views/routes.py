"""Who must agree to which step in one's own office, and how its chief changes that."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.base import StaffPage
from cases.forms.routes import RouteForm
from cases.machine import Declaration
from cases.selectors import routes as selectors
from cases.services import routes
from cases.views.matter_frame import RefusableAct


class RouteList(StaffPage):
    """Every step that needs approval, with its route here."""

    template_name = "cases/route_list.html"

    def prepare(self) -> None:
        self.require(selectors.may_set_routes(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(routes=selectors.routes_of(self.actor.office), **kwargs)


class RouteSet(RefusableAct):
    """Choose the route of one step."""

    template_name = "cases/route_set.html"
    form_class = RouteForm
    explanation = _("Proposals submitted from now on take this route; those under way keep theirs.")
    button = _("Set the route")
    done = _("The route is set.")

    def prepare(self) -> None:
        self.require(selectors.may_set_routes(self.actor))
        self.declaration: Declaration = routes.declaration_with_route(self.kwargs["code"])

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.declaration.title

    def back(self) -> str:
        return reverse("route_list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"declaration": self.declaration}

    def get_initial(self) -> dict[str, Any]:
        chosen = selectors.chosen_routes(self.actor.office)
        route = chosen.get(self.declaration.code, self.declaration.route)
        return {"roles": RouteForm.value_of(route)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(declaration=self.declaration, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        roles = form.cleaned_data["roles"].split(RouteForm.BETWEEN)
        routes.set_route(actor=self.actor, code=self.declaration.code, roles=roles)
        return None
