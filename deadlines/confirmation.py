"""Which completed duties a second person confirms, and who may (as offices control their deadlines)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.functional import cached_property

from accounts import selectors as accounts
from accounts.models import Role, User
from cases.models import ApprovalStep, Case, Event, Lead
from cases.models.proposal import Decision
from cases.selectors import people
from cases.selectors.matters import is_visible, of_visible_matters
from deadlines.derive import Derived
from deadlines.duty import heads_of
from deadlines.models import CompletionCheck, Confirmation, Deadline, DeadlineState
from deadlines.rulebook import OF_THE_OFFICE, Kind

if TYPE_CHECKING:
    Matter = Lead | Case


class Confirmations:
    """What a second person has said of the duties of one matter; read once."""

    def __init__(
        self, matter: Matter, back_entries: Sequence[tuple[datetime, datetime | None]]
    ) -> None:
        """Take the matter, and from when to when it was in back-entry."""
        self.matter, self.back_entries = matter, back_entries

    def of(self, row: Deadline | None, derived: Derived) -> Confirmation:
        """Return where the confirmation of one deadline stands."""
        event = derived.ended_by
        if derived.state != DeadlineState.MET or event is None or not self._asked(derived, event):
            return Confirmation.NONE
        if approver_of(event) is not None:
            return Confirmation.CONFIRMED
        check = self._checks.get((row.pk, event.pk)) if row else None
        if check is None or _corrected_after(event, check):
            return Confirmation.AWAITING
        return Confirmation(check.verdict)

    def _asked(self, derived: Derived, event: Event) -> bool:
        # What the system records has no author; old papers are entered with the head's leave.
        if event.recorded_by_id is None or self._is_back_entry(event):
            return False
        rule = derived.rule
        return rule.duty in OF_THE_OFFICE and not rule.watchdog and rule.kind is not Kind.OFFICE

    def _is_back_entry(self, event: Event) -> bool:
        at = event.recorded_at
        return any(
            begun <= at and (ended is None or at <= ended) for begun, ended in self.back_entries
        )

    @cached_property
    def _checks(self) -> dict[tuple[int, int], CompletionCheck]:
        owner = {f"deadline__{self.matter.relation}": self.matter}
        rows = CompletionCheck.objects.filter(**owner).order_by("id")
        return {(row.deadline_id, row.ended_by_id): row for row in rows}


def _corrected_after(event: Event, check: CompletionCheck) -> bool:
    return any(item.recorded_at > check.checked_at for item in event.corrections.all())


def approver_of(event: Event) -> User | None:
    """Return who decided on the act that an event records, where somebody other than its recorder did."""
    if event.proposal_id is None:
        return None
    steps = ApprovalStep.objects.filter(proposal=event.proposal_id, decision=Decision.APPROVE)
    last = steps.order_by("-round", "-position").select_related("acted_by").first()
    if last is None or last.acted_by_id == event.recorded_by_id:
        return None
    return last.acted_by


def last_check(deadline: Deadline) -> CompletionCheck | None:
    """Return what a second person last said of the present completion."""
    rows = deadline.checks.filter(ended_by=deadline.ended_by_id)
    return rows.select_related("checked_by").order_by("-id").first()


def may_confirm(actor: User, deadline: Deadline) -> bool:
    """Say whether `actor` may confirm: a head of the department or case management, not who completed it."""
    matter, event = deadline.matter, deadline.ended_by
    if event is None or actor.pk in (event.recorded_by_id, event.on_behalf_of_id):
        return False
    if people.is_recused(matter, actor.pk) or not is_visible(actor, matter):
        return False
    if any(head.pk == actor.pk for head in heads_of(matter)):
        return True
    managing = accounts.has_role(actor, Role.CASE_MANAGEMENT)
    return managing and actor.office_id == matter.office_id


def awaiting(actor: User) -> QuerySet[Deadline]:
    """Return the completed duties the actor sees, recorded by others, that nobody has confirmed."""
    rows = Deadline.objects.filter(confirmation=Confirmation.AWAITING).exclude(
        ended_by__recorded_by=actor
    )
    rows = rows.select_related("lead", "case", "ended_by__recorded_by", "start_event")
    rows = rows.prefetch_related("ended_by__corrections")
    return of_visible_matters(actor, rows).order_by("effective_day", "id")


def confirms(actor: User) -> bool:
    """Say whether confirming is among the duties of the actor at all."""
    return accounts.has_role(actor, Role.DEPARTMENT_HEAD) or accounts.has_role(
        actor, Role.CASE_MANAGEMENT
    )
