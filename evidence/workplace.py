"""What this room hands to the case page, the timeline, the search and the check of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit import vocabulary
from audit.clock import BEIJING
from cases.models import Attachment, Case, Lead
from cases.registries import (
    FiledPiece,
    Found,
    Movement,
    Panel,
    SearchSource,
    TimelineEntry,
    Volume,
    kept_rows,
    movements,
    panels,
    search,
    timeline,
    volumes,
)
from documents import holdings
from documents.holdings import Holding
from evidence import selectors
from evidence.facts import GROUPS
from evidence.models import Exhibit, FactLink
from evidence.services.checks import may_write

if TYPE_CHECKING:
    Matter = Lead | Case


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return how many exhibits a case has and which groups of facts are still open.

    The seven groups of Rules 86 are those of a civil case; one against an authority has its four findings.
    """
    if not isinstance(matter, Case):
        return {"matter": matter}
    missing = [] if matter.is_administrative else selectors.unaddressed(matter)
    return {
        "civil": not matter.is_administrative,
        "matter": matter,
        "exhibit_count": sum(
            not row.is_withdrawn for row in selectors.shown_exhibits(actor, matter)
        ),
        "missing": missing,
        "addressed": len(GROUPS) - len(missing),
        "groups": len(GROUPS),
        "may_write": may_write(actor, matter),
    }


def timeline_entries(matter: Matter, actor: User) -> list[TimelineEntry]:
    """Return an entry for each exhibit added and each one withdrawn."""
    if not isinstance(matter, Case):
        return []
    entries = []
    for exhibit in selectors.shown_exhibits(actor, matter):
        link = reverse("exhibit_detail", args=[matter.key, exhibit.number])
        entries.append(
            TimelineEntry(
                at=exhibit.uploaded_at,
                day=exhibit.uploaded_at.astimezone(BEIJING).date(),
                group="evidence",
                title=_("Exhibit %(label)s added") % {"label": exhibit.label},
                text=exhibit.name,
                by=exhibit.uploaded_by.name,
                link=link,
            )
        )
        if exhibit.is_withdrawn:
            entries.append(_withdrawn(exhibit, link))
    return entries


def _withdrawn(exhibit: Exhibit, link: str) -> TimelineEntry:
    withdrawal = exhibit.withdrawal
    return TimelineEntry(
        at=withdrawal.withdrawn_at,
        day=withdrawal.withdrawn_at.astimezone(BEIJING).date(),
        group="evidence",
        title=_("Exhibit %(label)s withdrawn") % {"label": exhibit.label},
        text=withdrawal.reason,
        by=withdrawal.withdrawn_by.name,
        link=link,
        tone="sys",
    )


def show(exhibit: Exhibit) -> Found:
    """Show an exhibit the search found, with its case."""
    place = [exhibit.case.key, exhibit.number]
    withdrawn = exhibit.is_withdrawn
    return Found(
        title=exhibit.name,
        number=exhibit.label,
        text=exhibit.case.title,
        state=_("Withdrawn") if withdrawn else _("In use"),
        tone="warn" if withdrawn else "ok",
        link=reverse("exhibit_detail", args=place),
        address=reverse("exhibit-detail", args=place),
    )


def stored_files() -> Iterator[Holding]:
    """Yield the files of exhibits and of attachments to events and approvals."""
    for name, model in (("exhibit", Exhibit), ("attachment", Attachment)):
        rows = model._default_manager.order_by("pk").values_list("pk", "sha256", "size")
        for pk, sha256, size in rows.iterator():
            yield Holding(f"{name} {pk}", sha256, size)


def filed_exhibits(case: Case) -> list[FiledPiece]:
    """The exhibits of a case in the order of their numbers, withdrawn ones too: nothing is taken out."""
    return [
        FiledPiece(
            place=f"exhibit {row.number}",
            title=f"{row.label} {row.name}",
            day=row.uploaded_at.astimezone(BEIJING).date(),
            name=row.file_name,
            size=row.size,
            sha256=row.sha256,
            confidential=row.confidential,
        )
        for row in Exhibit.objects.filter(case=case).order_by("number")
    ]


def register() -> None:
    """Hand everything to the registries."""
    panels.register(
        "evidence",
        Panel(
            code="evidence",
            title=gettext_lazy("Evidence"),
            template="evidence/case_panel.html",
            context=panel_context,
            order=30,
        ),
    )
    timeline.register("evidence", timeline_entries)
    title = gettext_lazy("Exhibit added")
    kept_rows.register("exhibits", lambda case, lead: Exhibit.objects.filter(case=case))
    kept_rows.register("facts", lambda case, lead: FactLink.objects.filter(case=case))
    movements.register("exhibits", Movement(title, Exhibit.objects.all, "uploaded_at", ("case",)))
    search.register(
        "exhibits",
        SearchSource(
            "exhibits",
            gettext_lazy("Exhibits"),
            selectors.search,
            show,
            ("exhibit_register", "exhibit-register-list"),
        ),
    )
    volumes.register("exhibits", Volume("exhibits", "证据卷", "Exhibits", filed_exhibits, order=20))
    holdings.register("evidence", stored_files)
    vocabulary.add(
        {
            "exhibit": gettext_lazy("Exhibit"),
            "exhibit.added": gettext_lazy("Exhibit added"),
            "exhibit.received": gettext_lazy("Exhibit received from another office"),
            "exhibit.withdrawn": gettext_lazy("Exhibit withdrawn"),
            "exhibit.viewed": gettext_lazy("Exhibit viewed"),
            "exhibit.downloaded": gettext_lazy("Exhibit downloaded"),
            "exhibit.checked": gettext_lazy("Exhibit checked against its digest"),
            "fact": gettext_lazy("Stated fact"),
            "fact.stated": gettext_lazy("Fact stated"),
            "fact.removed": gettext_lazy("Fact no longer stands"),
        }
    )
