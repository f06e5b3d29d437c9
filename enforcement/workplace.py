"""What this room hands to the case page, the inbox, the check of the store and the audit record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import vocabulary
from cases.models import Case, Lead
from cases.registries import InboxItem, Panel, clock_subjects, inbox, kept_rows, panels
from cases.selectors.matters import cases_visible_to
from cases.states import CaseState, Stage
from documents import holdings
from documents.holdings import Holding
from enforcement import selectors
from enforcement.models import ArchiveIndex, LedgerEntry, Obligation, Performance

if TYPE_CHECKING:
    Matter = Lead | Case

MOST = 50


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return the obligations of a case; nothing before there is an effective decision."""
    if not isinstance(matter, Case) or matter.stage != Stage.POST_LITIGATION:
        return {"matter": matter}
    return {
        "matter": matter,
        "obligations": list(selectors.obligations_of(actor, matter)),
        "unchecked": selectors.unchecked_entries(matter),
    }


def _item(row: Any, case: Case, title: str, link: str, **rest: Any) -> InboxItem:
    return InboxItem(
        group="todo",
        title=title,
        link=link,
        kind=_("Performance"),
        matter_title=case.title,
        matter_key=case.key,
        matter_state=case.get_state_display(),
        **rest,
    )


def obligations_due(user: User) -> list[InboxItem]:
    """What is due and not performed, for who leads the case: the court is urged (JI 12)."""
    rows = selectors.overdue(Obligation.objects.filter(selectors.led_by(user), state="pending"))
    rows = rows.select_related("case").order_by("due_on", "id")
    return [
        _item(
            row,
            row.case,
            _("Due and not performed: %(item)s") % {"item": row},
            row.get_absolute_url(),
            due=row.due_on,
        )
        for row in rows[:MOST]
    ]


def performances_to_verify(user: User) -> list[InboxItem]:
    """What others of the team have logged as performed and a second person examines."""
    rows = Performance.objects.filter(selectors.in_team("obligation__case", user), outcome="")
    rows = rows.exclude(recorded_by=user).select_related("obligation__case", "event")
    return [
        _item(
            row,
            row.obligation.case,
            _("Verify the performance: %(item)s") % {"item": row.obligation},
            row.obligation.get_absolute_url(),
            waiting_since=row.event.recorded_at,
        )
        for row in rows.order_by("id")[:MOST]
    ]


def entries_to_check(user: User) -> list[InboxItem]:
    """Money that others of the team have entered and a second person checks."""
    rows = LedgerEntry.objects.filter(selectors.in_team("case", user), check_made__isnull=True)
    rows = rows.exclude(recorded_by=user).select_related("case")
    return [
        _item(
            row,
            row.case,
            _("Check the entry: %(entry)s") % {"entry": row},
            reverse("ledger", args=[row.case.key]),
            waiting_since=row.recorded_at,
        )
        for row in rows.order_by("id")[:MOST]
    ]


def cases_to_archive(user: User) -> list[InboxItem]:
    """Closed cases wait for case management (Rules 106: promptly)."""
    if not accounts.has_role(user, Role.CASE_MANAGEMENT):
        return []
    rows = cases_visible_to(user).filter(office=user.office_id, state=CaseState.CLOSED)
    return [
        _item(row, row, _("Archive the case"), reverse("archive_index", args=[row.key]))
        for row in rows.order_by("id")[:MOST]
    ]


def stored_files() -> Iterator[Holding]:
    """Yield the manifests, for the check of the store."""
    rows = ArchiveIndex.objects.order_by("pk").values_list("pk", "manifest", "size")
    for pk, sha256, size in rows.iterator():
        yield Holding(f"archive index {pk}", sha256, size)


def names_of(matter: Matter) -> dict[str, str]:
    """Return what each obligation of a case is called where its periods stand, by its key."""
    if not isinstance(matter, Case):
        return {}
    return {str(row.pk): str(row) for row in matter.obligations.all()}


def register() -> None:
    """Hand the parts to the registries."""
    panels.register(
        "enforcement",
        Panel(
            code="enforcement",
            title=gettext_lazy("Performance"),
            template="enforcement/case_panel.html",
            context=panel_context,
            order=25,
            of=("lead", "case"),
        ),
    )
    inbox.register("obligations_due", obligations_due)
    clock_subjects.register("obligation", names_of)
    inbox.register("performances_to_verify", performances_to_verify)
    inbox.register("entries_to_check", entries_to_check)
    inbox.register("cases_to_archive", cases_to_archive)
    holdings.register("enforcement", stored_files)
    kept_rows.register("obligations", lambda case, lead: Obligation.objects.filter(case=case))
    kept_rows.register("ledger", lambda case, lead: LedgerEntry.objects.filter(case=case))
    vocabulary.add(
        {
            "obligation": gettext_lazy("Obligation"),
            "archive_index": gettext_lazy("Archive index"),
            "archive.manifest_downloaded": gettext_lazy("Manifest of the archive downloaded"),
        }
    )
