"""Stating what was found in the seven groups of facts, and on what it rests (Rules 86)."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import Conflict, Invalid
from cases.models import Case
from cases.services import acts
from evidence.models import Exhibit, FactLink, FactRemoval, Strength, Withdrawal
from evidence.services.checks import locked_for_writing


@transaction.atomic
def state_fact(
    *,
    actor: User,
    case: Case,
    group: str,
    text: str,
    exhibits: Sequence[Exhibit] = (),
    page: str = "",
    strength: str = Strength.DIRECT,
) -> list[FactLink]:
    """State a finding in one group, resting on exhibits or, without any, on itself.

    Args:
        text: what the exhibits prove, or what was found.
        page: where in the exhibits.

    Returns:
        one link an exhibit; a single one without an exhibit.

    Raises:
        Invalid: the group is none of the seven, the text is missing, or an exhibit is withdrawn or
            of another case.
        NotPermitted: the actor is not in the handling team.
        Conflict: the case has ended.
    """
    locked = locked_for_writing(actor, case)
    _require_usable(locked, exhibits)
    rests_on: list[Exhibit | None] = [*exhibits] or [None]
    links = [
        FactLink(
            case=locked,
            group=group,
            exhibit=exhibit,
            text=text.strip(),
            page=page.strip(),
            strength=strength,
            stated_by=actor,
        )
        for exhibit in rests_on
    ]
    for link in links:
        _require_valid(link)
        link.save()
    acts.raise_version(locked)
    for link in links:
        _record(link, actor=actor, action="fact.stated", exhibit=link.exhibit_id)
    return links


def _record(link: FactLink, *, actor: User, action: str, **details: int | None) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="fact",
        object_id=link.pk,
        details={"group": link.group, **details},
        **acts.audit_scope(link.case),
    )


def _require_usable(case: Case, exhibits: Sequence[Exhibit]) -> None:
    foreign = [exhibit for exhibit in exhibits if exhibit.case_id != case.pk]
    withdrawn = Withdrawal.objects.filter(exhibit__in=exhibits).exists()
    if foreign or withdrawn:
        sentence = _("Choose exhibits of this case that are not withdrawn.")
        raise Invalid(sentence, errors={"exhibits": [sentence]})


def _require_valid(link: FactLink) -> None:
    try:
        link.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise Invalid(
            _("Some facts are missing or not right. Correct the fields named below."),
            errors=error.message_dict,
        ) from error


@transaction.atomic
def unlink(*, actor: User, link: FactLink, reason: str) -> FactRemoval:
    """Say that a stated fact no longer stands; it stays readable.

    Raises:
        Invalid: there is no reason.
        NotPermitted: the actor is not in the handling team.
        Conflict: it does not stand any more, or the case has ended.
    """
    case = locked_for_writing(actor, link.case)
    if not reason.strip():
        sentence = _("Say why the fact no longer stands.")
        raise Invalid(sentence, errors={"reason": [sentence]})
    if FactRemoval.objects.filter(link=link).exists():
        raise Conflict(_("This fact does not stand any more."), code="already_removed")
    removal = FactRemoval.objects.create(link=link, reason=reason.strip(), removed_by=actor)
    acts.raise_version(case)
    _record(link, actor=actor, action="fact.removed")
    return removal
