"""Recording what concerns a single clock: begun, completed, extended, suspended, resumed by hand."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.articles import written
from cases.registries import event_kinds
from cases.services import acts
from cases.views.matter_frame import SourcedAct
from cases.workplace import title_of_kind
from deadlines.events import BY_HAND


class ClockRecord(SourcedAct):
    """Record one event about a clock of a lead or a case; the address names its kind."""

    button = _("Record")
    done = _("Recorded; the deadlines follow.")

    def prepare(self) -> None:
        super().prepare()
        if self.kwargs["kind"] not in BY_HAND:
            raise Http404

    @property
    def event_kind(self) -> str:
        kind: str = self.kwargs["kind"]
        return kind

    @property
    def heading(self) -> str:  # type: ignore[override]
        return title_of_kind(self.event_kind)

    @property
    def explanation(self) -> str:  # type: ignore[override]
        return written(event_kinds[self.event_kind].article)

    def back(self) -> str:
        return reverse("deadline_matter_list", args=[self.matter.key])

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "clock": self.request.GET.get("clock", "")}

    def act(self, form: BaseForm) -> HttpResponse | None:
        acts.record_fact(
            actor=self.actor,
            matter=self.matter,
            kind=self.event_kind,
            data=self.request.POST,
            files=self.request.FILES,
            source=self.source,
        )
        return None
