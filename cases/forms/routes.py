"""The approval route of a step (law 2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from cases.machine import Declaration, route_in_words
from cases.selectors.routes import possible_routes


class RouteForm(forms.Form):
    """One of the routes the law leaves to the office."""

    BETWEEN: ClassVar = ","

    roles = forms.ChoiceField(label=_("Approval route"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, declaration: Declaration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (self.value_of(route), route_in_words(route)) for route in possible_routes(declaration)
        ]
        if declaration.chief_decides:
            field.help_text = _("The law names the chief procurator: he decides in every route.")
        elif declaration.decider == Role.CHIEF:
            field.help_text = _(
                "The chief procurator decides by default. What comes from a major lead goes to him "
                "in every route."
            )

    @classmethod
    def value_of(cls, route: Iterable[Role]) -> str:
        """Return the route as the form sends it."""
        return cls.BETWEEN.join(role.value for role in route)
