"""The page of a procedural event."""

from __future__ import annotations

from typing import Any

from accounts.views.base import StaffPage, StaffView
from cases.models import Event
from cases.selectors.events import corrected, get_event
from cases.workplace import title_of


class EventView(StaffView):
    """Loads the event of the address as the actor sees it."""

    event: Event

    def prepare(self) -> None:
        self.event = get_event(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc, no-any-return]
            event=self.event, matter=self.event.matter, title=title_of(self.event), **kwargs
        )


class EventDetail(EventView, StaffPage):
    """An event as recorded and as it stands after its corrections."""

    template_name = "cases/event_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, facts = corrected(self.event)
        return super().get_context_data(standing_day=day, standing_facts=facts, **kwargs)
