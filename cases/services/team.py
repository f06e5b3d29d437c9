"""The handling team: appointment, change, hand-over (Rules 6; norm C017)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, stated_reason
from cases.models import Case, Lead, Task, TeamMember, TeamPosition
from cases.models.work import TaskState
from cases.selectors import assignment, fitness, people
from cases.services import acts
from cases.services.routes import standing_of

if TYPE_CHECKING:
    Matter = Lead | Case


def may_assign(actor: User, matter: Matter) -> bool:
    """Say whether `actor` decides on the team: the department head or the chief, or their delegate."""
    roles = (Role.DEPARTMENT_HEAD, Role.CHIEF)
    return any(standing_of(actor, matter, role) is not None for role in roles)


def _require_assigner(actor: User, matter: Matter) -> None:
    if not may_assign(actor, matter):
        raise NotPermitted(
            _("The department head or the chief procurator decides on the handling team."),
            code="wrong_role",
            law="Rules 6",
        )


def _require_fit(matter: Matter, user: User, position: str) -> None:
    """Refuse somebody who may not take this place (`cases.selectors.fitness`).

    Raises:
        Invalid: naming the person and what is wrong.
    """
    refusal = fitness.unfit(matter, user, position)
    if refusal is not None:
        raise refusal


@transaction.atomic
def set_team(
    *,
    actor: User,
    case: Case,
    members: Sequence[tuple[User, str]],
    reason: str,
    version: int | None = None,
) -> None:
    """Give the case exactly this team from now on.

    Args:
        version: `Case.version` as the actor saw it; None when he saw none.

    Raises:
        NotPermitted: the actor does not decide on the team.
        Conflict: the case has moved since `version`; `details` holds the present one.
        Invalid: not exactly one lead, a person twice, or somebody unfit.
    """
    locked = acts.lock(case)
    _require_assigner(actor, case)
    if version is not None and locked.version != version:
        raise Conflict(
            _("Somebody changed this case while you were choosing. Compare and save again."),
            code="lost_update",
            details={"version": locked.version},
        )
    _require_team(case, members)
    _replace_team(case, members, reason)
    event = acts.record_event(
        actor=actor,
        matter=locked,
        kind="team_changed",
        legal_day=clock.today(),
        facts={"team": [[user.pk, position] for user, position in members]},
        reason=reason,
    )
    acts.raise_version(locked)
    acts.announce_event(event, actor=actor, matter=locked)


def _require_team(case: Case, members: Sequence[tuple[User, str]]) -> None:
    """Refuse what is no team: not exactly one lead (norm C017), a person twice, somebody unfit.

    Raises:
        Invalid: saying what is wrong.
    """
    positions = [position for _user, position in members]
    if positions.count(TeamPosition.LEAD) != 1:
        raise Invalid(
            _("A team has exactly one lead handler; name one."),
            code="one_lead",
            law="Rules 6",
            errors={"members": [_("Exactly one lead handler is needed.")]},
        )
    if len({user.pk for user, _position in members}) != len(members):
        raise Invalid(_("Somebody is named twice."), code="person_twice")
    for user, position in members:
        _require_fit(case, user, position)


def _replace_team(case: Case, members: Sequence[tuple[User, str]], reason: str) -> None:
    """End and begin memberships so that the open ones are exactly `members`."""
    present = {(member.user_id, member.position): member for member in people.open_team(case)}
    wanted = {(user.pk, position): user for user, position in members}
    _end([member for key, member in present.items() if key not in wanted], reason)
    TeamMember.objects.bulk_create(
        TeamMember(case=case, user=user, position=key[1], reason=reason, since=clock.now())
        for key, user in wanted.items()
        if key not in present
    )


def _end(members: Sequence[TeamMember], reason: str) -> None:
    for member in members:
        member.until = clock.now()
        member.reason = reason[:300] or member.reason
        member.save(update_fields=["until", "reason"])


@transaction.atomic
def hand_over(*, actor: User, matter: Matter, successor: User, reason: str) -> None:
    """Give a lead or a case to another handling prosecutor; open tasks go along.

    Raises:
        NotPermitted: the actor does not decide on it.
        Invalid: the successor is unfit, or no reason is given.
    """
    locked = acts.lock(matter)
    _require_assigner(actor, matter)
    why = stated_reason(reason, _("Say why the matter is handed over."))
    _require_fit(matter, successor, TeamPosition.LEAD)
    before = people.lead_handler(matter)
    if before and before.pk == successor.pk:
        raise Invalid(
            _("%(name)s handles this matter already.") % {"name": successor.name},
            code="same_person",
        )
    if isinstance(matter, Lead):
        Lead.objects.filter(pk=matter.pk).update(handler=successor)
    else:
        _replace_lead(matter, successor, reason)
        # With the case goes the lead it came from: its file, and who reported it.
        Lead.objects.filter(case=matter, handler=before).update(handler=successor)
    if before is not None:
        _tasks_of(matter, before).update(owner=successor)
    event = acts.record_event(
        actor=actor,
        matter=locked,
        kind="case_handed_over",
        legal_day=clock.today(),
        facts={"from": before.pk if before else None, "to": successor.pk},
        reason=why,
    )
    acts.raise_version(locked)
    acts.announce_event(event, actor=actor, matter=locked)


def _replace_lead(case: Case, successor: User, reason: str) -> None:
    open_members = case.team.filter(until__isnull=True)
    _end(list(open_members.filter(position=TeamPosition.LEAD)), reason)
    _end(list(open_members.filter(user=successor)), reason)
    TeamMember.objects.create(
        case=case,
        user=successor,
        position=TeamPosition.LEAD,
        reason=reason[:300],
        since=clock.now(),
    )


def _tasks_of(matter: Matter, owner: User) -> QuerySet[Task]:
    return Task.objects.filter(**{matter.relation: matter}, owner=owner, state=TaskState.OPEN)


@transaction.atomic
def hand_over_all(*, actor: User, person: User, successor: User, reason: str) -> int:
    """Hand every lead and case that `person` may still act on to `successor`, all or none.

    Returns how many. Raises as `hand_over` does.
    """
    matters = assignment.handled_by(person)
    for matter in matters:
        hand_over(actor=actor, matter=matter, successor=successor, reason=reason)
    return len(matters)
