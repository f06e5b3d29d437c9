"""What services hand to the case page, the inbox and the check of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.models import Case, Lead, TeamMember
from cases.registries import InboxItem, Panel, inbox, panels
from documents import holdings
from documents.holdings import Holding
from notices.models import AddressConfirmation
from notices.selectors import may_work, shown_documents
from notices.serving import selectors

if TYPE_CHECKING:
    Matter = Lead | Case

MOST_IN_PANEL = 5
MOST_IN_INBOX = 50


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return the newest services of a matter, those under way first."""
    rows = selectors.services_of_documents(shown_documents(actor, matter))
    latest = list(rows.order_by(F("outcome").desc(nulls_first=True), "-id")[:MOST_IN_PANEL])
    return {"services": latest, "matter": matter, "may_work": may_work(actor, matter)}


def inbox_items(actor: User) -> list[InboxItem]:
    """Return the services whose outcome the actor's teams have still to enter."""
    teams = TeamMember.objects.filter(user=actor, until=None)
    mine = Q(document__case__in=teams.values("case")) | Q(document__lead__handler=actor)
    rows = selectors.services_visible_to(actor).filter(mine, outcome=None).order_by("id")
    return [
        InboxItem(
            group="todo",
            title=_("Enter how the service ended: %(title)s → %(name)s")
            % {"title": row.document.type.title, "name": row.name},
            link=row.get_absolute_url(),
            kind=_("Service"),
            matter_title=row.matter.title,
            matter_key=row.matter.key,
            matter_state=row.matter.get_state_display(),
            waiting_since=row.recorded_at,
        )
        for row in rows[:MOST_IN_INBOX]
    ]


def stored_files() -> Iterator[Holding]:
    """Yield the files of address-confirmation forms, for the check of the store."""
    rows = AddressConfirmation.objects.order_by("pk").values_list("pk", "sha256", "size")
    for pk, sha256, size in rows.iterator():
        yield Holding(f"address_confirmation {pk}", sha256, size)


def register() -> None:
    """Hand everything to the registries."""
    panels.register(
        "services",
        Panel(
            code="services",
            title=gettext_lazy("Service of documents"),
            template="notices/serving/panel.html",
            context=panel_context,
            order=25,
        ),
    )
    inbox.register("services", inbox_items)
    holdings.register("services", stored_files)
