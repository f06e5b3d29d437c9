"""What the kernel hands to the inbox, to the timeline and to the room of accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import selectors as accounts
from accounts import workload
from accounts.models import Role, User
from audit import clock
from audit.clock import BEIJING
from audit.language import is_chinese
from audit.prepared import prepared
from cases.models import (
    Attachment,
    Case,
    Event,
    Lead,
    Proposal,
    ProposalStatus,
    Task,
)
from cases.models.work import Comment, ContactRecord, TaskState, TeamNote
from cases.registries import (
    FiledPiece,
    InboxItem,
    Movement,
    TimelineEntry,
    Volume,
    clock_subjects,
    event_kinds,
    inbox,
    movements,
    timeline,
    volumes,
)
from cases.running.selectors import waiting_for as waiting_for_agreement
from cases.selectors import parties, people
from cases.selectors.assignment import open_matters_of
from cases.selectors.back_entry import asked_of
from cases.selectors.events import corrected, story_of
from cases.selectors.kept_rows import holds
from cases.selectors.keys import of_keys, own_keys
from cases.selectors.matters import leads_visible_to, of_visible_matters
from cases.selectors.proposals import waiting_for
from cases.states import LeadState

if TYPE_CHECKING:
    Matter = Lead | Case

# The inbox shows this many of each kind; the lists show all.
MOST = 100
REJECTED_SHOWN = timedelta(days=30)


def tasks_to_do(user: User) -> list[InboxItem]:
    """The open tasks of a person, in matters he still sees."""
    rows = Task.objects.filter(owner=user, state=TaskState.OPEN).select_related("case", "lead")
    return [
        InboxItem(
            group="todo",
            title=row.heading,
            link=reverse("task_detail", args=[row.pk]),
            kind=_("Task"),
            due=row.due_on,
            matter_title=row.matter.title,
            matter_key=row.matter.key,
            matter_state=row.matter.get_state_display(),
            person=user.name,
            waiting_since=row.created_at,
        )
        for row in of_visible_matters(user, rows)[:MOST]
    ]


def _proposal_item(row: Proposal, group: str, kind: str) -> InboxItem:
    return InboxItem(
        group=group,
        title=row.title,
        link=row.get_absolute_url(),
        kind=kind,
        matter_title=row.matter.title,
        matter_key=row.matter.key,
        matter_state=row.matter.get_state_display(),
        person=row.author.name,
        waiting_since=row.submitted_at,
    )


def proposals_to_decide(user: User) -> list[InboxItem]:
    """The proposals that wait for a person's decision."""
    return [_proposal_item(row, "approval", _("Approval")) for row in waiting_for(user)[:MOST]]


def own_proposals(user: User) -> list[InboxItem]:
    """A person's own proposals: returned ones and approved ones are his to do."""
    rows = Proposal.objects.filter(
        author=user,
        status__in=(ProposalStatus.RETURNED, ProposalStatus.APPROVED, ProposalStatus.SUBMITTED),
    ).select_related("case", "lead", "author")
    return [
        _proposal_item(
            row,
            "mine" if row.status == ProposalStatus.SUBMITTED else "todo",
            row.get_status_display(),
        )
        for row in of_visible_matters(user, rows)[:MOST]
    ]


def rejected_proposals(user: User) -> list[InboxItem]:
    """A person's own proposals that were rejected in the last weeks: nothing to do, but to be known."""
    rows = Proposal.objects.filter(
        author=user,
        status=ProposalStatus.REJECTED,
        decided_at__gte=clock.now() - REJECTED_SHOWN,
    ).select_related("case", "lead", "author")
    return [
        _proposal_item(row, "notice", row.get_status_display())
        for row in of_visible_matters(user, rows.order_by("-decided_at"))[:MOST]
    ]


def leads_to_assign(user: User) -> list[InboxItem]:
    """New leads wait for the department head."""
    if not accounts.has_role(user, Role.DEPARTMENT_HEAD):
        return []
    rows = leads_visible_to(user).filter(state=LeadState.LEAD_REGISTERED, office=user.office_id)
    return [
        InboxItem(
            group="todo",
            title=_("Assign the lead"),
            link=reverse("lead_assign", args=[row.key]),
            kind=_("Lead"),
            matter_title=row.title,
            matter_key=row.key,
            matter_state=row.get_state_display(),
            waiting_since=row.created_at,
        )
        for row in rows[:MOST]
    ]


def running_cases_to_decide(user: User) -> list[InboxItem]:
    """Tables of running cases wait for the department head."""
    return [
        InboxItem(
            group="approval",
            title=_("Running cases to enter: %(name)s") % {"name": row.name},
            link=row.get_absolute_url(),
            kind=_("Back-entry"),
            person=row.asked_by.name,
            waiting_since=row.asked_at,
        )
        for row in waiting_for_agreement(user)[:MOST]
    ]


def back_entries_to_decide(user: User) -> list[InboxItem]:
    """Back-entries that are asked for wait for the department head."""
    return [
        InboxItem(
            group="approval",
            title=_("Back-entry is asked for"),
            link=reverse("back_entry_decide", args=[row.matter.key]),
            kind=_("Back-entry"),
            matter_title=row.matter.title,
            matter_key=row.matter.key,
            matter_state=row.matter.get_state_display(),
            person=row.asked_by.name,
            waiting_since=row.asked_at,
        )
        for row in asked_of(user)[:MOST]
    ]


def titles_of_kind(code: str) -> tuple[str, str]:
    """Return the titles of a kind of event in both languages; its code where no room knows it any more."""
    kind = event_kinds.get(code)
    return (kind.title_zh, kind.title_en) if kind else (code, code)


def title_of_kind(code: str) -> str:
    """Return the title of a kind of event in the user's language."""
    chinese, english = titles_of_kind(code)
    return chinese if is_chinese() else english


def title_of(event: Event) -> str:
    """Return the title of an event in the user's language."""
    return title_of_kind(event.kind)


def is_part(event: Event) -> bool:
    """Say whether another event of the same act tells this one already."""
    kind = event_kinds.get(event.kind)
    return kind is not None and kind.part


def event_entries(matter: Matter, actor: User) -> list[TimelineEntry]:
    """The procedural events of a matter."""
    return [
        TimelineEntry(
            at=event.recorded_at,
            day=corrected(event)[0],
            group="procedure",
            title=title_of(event),
            text=event.reason,
            by=event.recorded_by.name if event.recorded_by else _("System"),
            link=reverse("event_detail", args=[event.pk]),
            tone="sys" if event.annuls_id or event.corrects_id else "",
            number=event.pk,
            extra={"annulled": hasattr(event, "annulled_by"), "transition": event.transition},
        )
        for event in story_of(matter)
        if not is_part(event)
    ]


def contact_entries(matter: Matter, actor: User) -> list[TimelineEntry]:
    """The recorded conversations of a matter."""
    if not holds(matter, "contacts"):
        return []
    return [
        TimelineEntry(
            at=row.recorded_at,
            day=row.day,
            group="contact",
            title=_("Contact: %(person)s") % {"person": row.person},
            text=row.content,
            by=row.recorded_by.name,
        )
        for row in _contacts(*own_keys(matter))
    ]


@prepared(int, int)
def _contacts(case: int, lead: int) -> QuerySet[ContactRecord]:
    return ContactRecord.objects.filter(of_keys(case, lead)).select_related("recorded_by")


def _purpose_zh(purpose: str) -> str:
    """Return what a file was kept for in the law's words, which an archive is written in."""
    kind = event_kinds.get(purpose)
    return kind.title_zh if kind else purpose


def proofs_of(case: Case) -> list[FiledPiece]:
    """The files that prove the events and approvals of a case and of its lead, oldest first."""
    rows = Attachment.objects.filter(Q(case=case) | Q(lead=case.lead_id, lead__isnull=False))
    return [
        FiledPiece(
            place=f"attachment {row.pk}",
            title=_purpose_zh(row.purpose),
            day=row.uploaded_at.astimezone(BEIJING).date(),
            name=row.name,
            size=row.size,
            sha256=row.sha256,
        )
        for row in rows.order_by("pk")
    ]


def recused_in(matter: Matter) -> dict[str, str]:
    """Return whom each recusal of a matter concerns, by its key."""
    rows = people.recusals_of(matter).select_related("person")
    return {str(row.pk): row.person.name for row in rows}


def register() -> None:
    """Hand the kernel's parts to the registries."""
    workload.set_rule(open_matters_of)
    inbox.register("tasks", tasks_to_do)
    inbox.register("approvals", proposals_to_decide)
    inbox.register("own_proposals", own_proposals)
    inbox.register("rejected_proposals", rejected_proposals)
    inbox.register("leads_to_assign", leads_to_assign)
    inbox.register("back_entries", back_entries_to_decide)
    inbox.register("running_cases", running_cases_to_decide)
    timeline.register("events", event_entries)
    timeline.register("contacts", contact_entries)
    _register_movements()
    for fact in ("party", "defendant"):
        clock_subjects.register(fact, parties.names_of)
    clock_subjects.register("recusal", recused_in)
    volumes.register("proofs", Volume("proofs", "凭证卷", "Proofs of acts", proofs_of, order=30))


def _register_movements() -> None:
    """Say by what a matter moves in this room; each is asked for by its own instant."""
    done = Task.objects.filter(state=TaskState.DONE)
    parts: dict[str, Movement] = {
        "events": Movement(gettext_lazy("Procedural event"), Event.objects.all, "recorded_at"),
        "proposals": Movement(
            gettext_lazy("Proposal submitted"), Proposal.objects.all, "submitted_at"
        ),
        "tasks": Movement(gettext_lazy("Task done"), done.all, "closed_at"),
        "comments": Movement(gettext_lazy("Comment"), Comment.objects.all, "at"),
        "notes": Movement(gettext_lazy("Note of the team"), TeamNote.objects.all, "at"),
        "contacts": Movement(
            gettext_lazy("Contact recorded"), ContactRecord.objects.all, "recorded_at"
        ),
    }
    for code, movement in parts.items():
        movements.register(code, movement)
