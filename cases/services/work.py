"""Comments, notes of the team, contacts, links and who is editing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Invalid, NotPermitted
from cases.models import (
    Case,
    CaseKind,
    CaseLink,
    Comment,
    ContactRecord,
    EditPresence,
    Lead,
    LinkKind,
    Proposal,
    TeamNote,
)
from cases.selectors import people
from cases.services import acts
from cases.services.acts import audit_scope
from cases.services.days import require_day
from cases.services.team import may_assign

if TYPE_CHECKING:
    Matter = Lead | Case

# Who opened a form within this time is shown as editing.
PRESENCE = timedelta(minutes=5)


def _owner(matter: Matter) -> dict[str, Any]:
    return {"lead" if isinstance(matter, Lead) else "case": matter}


def _audit(row: Any, actor: User, action: str, matter: Matter) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type=action.split(".")[0],
        object_id=row.pk,
        **audit_scope(matter),
    )


def _require_text(text: str) -> str:
    if not text.strip():
        raise Invalid(_("Write something first."), errors={"text": [_("The text is empty.")]})
    return text.strip()


@transaction.atomic
def add_comment(
    *, actor: User, matter: Matter, text: str, proposal: Proposal | None = None
) -> Comment:
    """Add a remark everybody who sees the matter reads."""
    comment = Comment.objects.create(
        author=actor, text=_require_text(text), proposal=proposal, **_owner(matter)
    )
    _audit(comment, actor, "comment.added", matter)
    return comment


@transaction.atomic
def add_note(*, actor: User, matter: Matter, text: str) -> TeamNote:
    """Add a working note only the team reads.

    Raises:
        NotPermitted: the actor is not in the team.
    """
    if not people.is_member(matter, actor):
        raise NotPermitted(_("Notes belong to the handling team."), code="not_in_the_team")
    note = TeamNote.objects.create(author=actor, text=_require_text(text), **_owner(matter))
    _audit(note, actor, "note.added", matter)
    return note


@transaction.atomic
def record_contact(*, actor: User, matter: Matter, facts: dict[str, Any]) -> ContactRecord:
    """Record a conversation with somebody outside, with the cleaned data of `ContactForm`."""
    if not people.is_member(matter, actor):
        raise NotPermitted(_("Contacts are recorded by the team."), code="not_in_the_team")
    require_day(facts["day"], field="day")
    contact = ContactRecord.objects.create(recorded_by=actor, **facts, **_owner(matter))
    _audit(contact, actor, "contact.recorded", matter)
    return contact


@transaction.atomic
def link_cases(*, actor: User, source: Case, target: Case, kind: str, note: str = "") -> CaseLink:
    """Link two cases the actor sees; read in both directions.

    A case is linked as supervising another by its team, or by who decides on its team: the team itself
    mostly does not see the other case. From then on nobody works on both (Rules 9; norm C145).

    Raises:
        NotPermitted: the actor is not in the team of `source`.
        Invalid: both are one case; or the supervising case is none, supervises none of public interest, or
            somebody works or worked on both.
    """
    if source.pk == target.pk:
        raise Invalid(_("A case is not linked to itself."), code="same_case")
    supervises = kind == LinkKind.SUPERVISES
    if not people.is_member(source, actor) and not (supervises and may_assign(actor, source)):
        raise NotPermitted(_("Only the handling team links cases."), code="not_in_the_team")
    if supervises:
        _require_separate(source, target)
    link, created = CaseLink.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"note": note, "created_by": actor}
    )
    if created:
        _audit(link, actor, "link.added", source)
    return link


def _require_separate(source: Case, target: Case) -> None:
    """Lock both cases, in one order, and refuse a link that Rules 9 does not allow."""
    for case in sorted((source, target), key=lambda row: row.pk):
        acts.lock(case)
    kinds = (source.kind, target.kind)
    if kinds != (CaseKind.SUPERVISION, CaseKind.PUBLIC_INTEREST):
        raise Invalid(
            _("A supervision case supervises a public-interest case, and nothing else does."),
            code="no_supervision",
            law="Rules 9",
        )
    both = source.team.filter(user__in=target.team.values("user")).values_list(
        "user__name", flat=True
    )
    if both:
        raise Invalid(
            _(
                "%(names)s works or worked on both cases. Who sues does not supervise: have the supervision "
                "case handled by others first."
            )
            % {"names": "、".join(sorted(set(both)))},
            code="suing_and_supervising",
            law="Rules 9",
        )


def touch_presence(*, actor: User, matter: Matter, section: str) -> list[User]:
    """Note that `actor` has a form open and return who else has; a hint, never a lock."""
    EditPresence.objects.update_or_create(
        matter_key=matter.key, section=section, user=actor, defaults={"seen_at": clock.now()}
    )
    rows = EditPresence.objects.filter(
        matter_key=matter.key, section=section, seen_at__gte=clock.now() - PRESENCE
    ).exclude(user=actor)
    return [row.user for row in rows.select_related("user")]


def end_presence(*, actor: User, matter: Matter, section: str) -> None:
    """Note that `actor` has closed the form."""
    EditPresence.objects.filter(matter_key=matter.key, section=section, user=actor).delete()
