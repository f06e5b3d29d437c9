"""What the directory hands to the search and to the audit record."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from administrative.bodies import regions, selectors
from administrative.models import Body
from audit import clock, vocabulary
from cases.registries import Found, SearchSource, search


def show(body: Body) -> Found:
    """Show a body the search found."""
    return Found(
        title=body.name,
        number=body.region,
        text=" · ".join(
            filter(None, (regions.full_name(body.region, clock.today()), body.competence))
        ),
        state=body.get_kind_display(),
        link=body.get_absolute_url(),
        address=reverse("body-detail", args=[body.pk]),
    )


def register() -> None:
    """Hand everything to the registries."""
    search.register(
        "bodies",
        SearchSource(
            "bodies",
            gettext_lazy("Administrative bodies"),
            selectors.search,
            show,
            ("body_list", "body-list"),
            numbered=selectors.of_code,
        ),
    )
    vocabulary.add(
        {
            "body": gettext_lazy("Administrative body"),
            "body.added": gettext_lazy("Body entered"),
            "body.changed": gettext_lazy("Body changed"),
            "body.merged": gettext_lazy("Body merged into another entry"),
        }
    )
