"""Approvals as facts: in back-entry a step is recorded in one act with its paper (design 3).

Nothing is decided here. Who decided, in which role and on which day is read off the uploaded paper and kept
as the steps of a proposal, so that approval form, timeline and documents find it where every approval lies.
All guards hold, judged by the day of the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Invalid, NotPermitted
from cases.machine import Declaration, LegalDay, route_in_words
from cases.models import Attachment, Case, Decision, Event, Lead, Proposal, ProposalStatus
from cases.selectors import back_entry, people
from cases.selectors.routes import possible_routes, route_for
from cases.services import acts, freezing
from cases.services.attachments import store, store_all
from cases.services.back_entry import require_running
from cases.services.days import require_day
from cases.services.facts import bound_form
from cases.services.proposals import add_step, require_none_open, valid_facts

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class PaperApproval:
    """What the paper says of one approval: who, in which role, on which day, with which words."""

    role: Role
    person: User
    day: date
    opinion: str = ""


@dataclass(frozen=True)
class Paper:
    """The paper that decided a step: its approvals in order, its reasons and the scan."""

    approvals: Sequence[PaperApproval]
    scan: UploadedFile[Any]
    reasons: str = ""


@transaction.atomic
def record_on_paper(
    *, actor: User, matter: Matter, code: str, data: Any, paper: Paper, files: Any = None
) -> Event:
    """Record a step that was decided on paper, by a handler or the clerk of the team.

    Args:
        data, files: the facts of the proposal and, for a step with an act of its own, of that act.

    Raises:
        NotPermitted: the actor may not enter it, it needs no approval, or a signer had no right to sign.
        Conflict: the case is not in back-entry, the state has moved, or a proposal is open.
        Invalid: facts, days or the route on the paper are not right.
        Refusal: guards are unmet, all of them named.
    """
    declaration = acts.declaration_of(matter, code)
    require_running(matter)
    if not back_entry.may_enter(matter, actor):
        raise NotPermitted(
            _("The handlers and the clerk of the team enter what was decided on paper."),
            code="wrong_role",
            law=declaration.article,
        )
    return enter_on_paper(
        actor=actor, matter=matter, declaration=declaration, data=data, paper=paper, files=files
    )


@transaction.atomic
def enter_on_paper(
    *,
    actor: User,
    matter: Matter,
    declaration: Declaration,
    data: Any,
    paper: Paper,
    files: Any = None,
) -> Event:
    """Do what `record_on_paper` does for a caller who has seen to the mode and to the actor's right."""
    _require_approved_step(declaration)
    locked = acts.lock(matter)
    acts.require_state(declaration, locked)
    require_none_open(locked)
    author = people.lead_handler(locked) or actor
    _require_paper(declaration, locked, paper, author)
    facts = valid_facts(declaration, data, locked, actor)
    act_facts, legal_day, uploads = _act(declaration, locked, actor, data, files, paper)
    scan = store(paper.scan, actor=actor, matter=locked, purpose="paper_decision")
    proposal = _proposal(declaration, locked, author, facts, paper)
    _enter_steps(proposal, paper, scan, author=author, entered_by=actor)
    event = acts.perform(
        actor=actor,
        declaration=declaration,
        matter=locked,
        facts=facts | act_facts,
        legal_day=legal_day,
        proofs=store_all(uploads, actor=actor, matter=locked, purpose=declaration.event_kind),
        proposal=proposal,
    )
    _audit(proposal, actor, scan)
    matter.refresh_from_db()
    return event


def _require_approved_step(declaration: Declaration) -> None:
    if not declaration.needs_proposal:
        raise NotPermitted(
            _("This step needs no approval. Record it directly, with its day."),
            code="needs_no_proposal",
            law=declaration.article,
        )


def _act(
    declaration: Declaration,
    matter: Matter,
    actor: User,
    data: Any,
    files: Any,
    paper: Paper,
) -> tuple[dict[str, Any], date, list[UploadedFile[Any]]]:
    """Return facts, legal day and proofs of the act; a decision bears the day of its last approval."""
    if declaration.legal_day == LegalDay.DECISION:
        return {}, paper.approvals[-1].day, []
    form = bound_form(declaration.event_kind, data, files, matter=matter, actor=actor)
    return form.facts(), form.cleaned_data["legal_day"], form.uploads()


def _require_paper(declaration: Declaration, matter: Matter, paper: Paper, author: User) -> None:
    """Refuse a paper by which the step could not have been decided (law 2.2).

    Raises:
        Invalid: the route or the order of the days.
        NotPermitted: a signer who had not the role that day, had to stand aside, or proposed it himself.
    """
    roles = tuple(approval.role for approval in paper.approvals)
    _require_route(declaration, matter, roles)
    for approval in paper.approvals:
        require_day(approval.day)
        _require_signer(matter, approval, author, declaration)
    for earlier, later in pairwise(paper.approvals):
        if later.day < earlier.day:
            sentence = _("%(later)s cannot have approved before %(earlier)s.") % {
                "later": later.role.label,
                "earlier": earlier.role.label,
            }
            raise Invalid(sentence, errors={day_field(later.role): [sentence]})
    _require_opinion(declaration, paper)


def _require_route(declaration: Declaration, matter: Matter, roles: tuple[Role, ...]) -> None:
    allowed = (declaration.route, *possible_routes(declaration))
    if roles in allowed and route_for(declaration, matter, {declaration.code: roles}) == roles:
        return
    sentence = _("The paper must show who approved %(title)s, in the order of %(route)s.") % {
        "title": declaration.title,
        "route": route_in_words(route_for(declaration, matter)),
    }
    field = person_field(declaration.route[-1])
    raise Invalid(sentence, errors={field: [sentence]}, code="wrong_route", law="Rules 5, 7")


def _require_signer(
    matter: Matter, approval: PaperApproval, author: User, declaration: Declaration
) -> None:
    person, day = approval.person, approval.day
    held = person.office_id == matter.office_id and approval.role in accounts.roles_held(
        person, day
    )
    if not (held or _principal(approval, matter)):
        sentence = _(
            "%(name)s was not recorded as %(role)s on %(day)s. Choose who signed, or have the "
            "role entered with its days."
        ) % {"name": person.name, "role": approval.role.label, "day": day}
        raise NotPermitted(sentence, code="signer_without_role", law="Rules 5, 7")
    if person.pk == author.pk:
        raise NotPermitted(
            _("Nobody decides on his own proposal."), code="own_proposal", law="Rules 5, 7"
        )
    if people.was_recused(matter, person, day):
        sentence = _("%(name)s had to stand aside on %(day)s.") % {"name": person.name, "day": day}
        raise NotPermitted(sentence, code="signer_recused", law="Rules 19, 21")


def _principal(approval: PaperApproval, matter: Matter) -> User | None:
    """Return for whom the signer acted that day, None when he signed in his own right."""
    if approval.role in accounts.roles_held(approval.person, approval.day):
        return None
    found = accounts.acting_for(approval.person, approval.role, approval.day)
    return next((user for user in found if user.office_id == matter.office_id), None)


def _require_opinion(declaration: Declaration, paper: Paper) -> None:
    first = paper.approvals[0]
    if declaration.chief_decides and len(paper.approvals) > 1 and not first.opinion.strip():
        raise Invalid(
            _("The department head gives an opinion before the chief procurator decides."),
            errors={opinion_field(first.role): [_("The opinion is missing.")]},
            law="Rules 7, 30",
        )


def person_field(role: Role) -> str:
    """Return how the form calls the signer of a role."""
    return f"by_{role.value}"


def day_field(role: Role) -> str:
    """Return how the form calls the day of a role's approval."""
    return f"on_{role.value}"


def opinion_field(role: Role) -> str:
    """Return how the form calls the words of a role's approval."""
    return f"opinion_{role.value}"


def _proposal(
    declaration: Declaration, matter: Matter, author: User, facts: dict[str, Any], paper: Paper
) -> Proposal:
    """Keep what was decided as an approved proposal of one round."""
    moment = clock.now()
    proposal = Proposal(
        office=matter.office,
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        machine=matter.machine,
        object_id=matter.pk,
        transition=declaration.code,
        title=f"{declaration.title_zh}：{matter.title}"[:200],
        facts=facts,
        reasons=paper.reasons.strip() or _("As on the paper that was uploaded."),
        route=[approval.role.value for approval in paper.approvals],
        position=len(paper.approvals),
        round=1,
        author=author,
        status=ProposalStatus.CARRIED_OUT,
        submitted_at=moment,
        decided_at=moment,
    )
    proposal.frozen = freezing.freeze(proposal, paper.approvals[-1].day)
    proposal.digest = freezing.digest_of(proposal.frozen)
    proposal.save()
    freezing.keep_texts(proposal)
    return proposal


def _enter_steps(
    proposal: Proposal, paper: Paper, scan: Attachment, *, author: User, entered_by: User
) -> None:
    """Enter the proposal and its approvals with the days on the paper, each naming who entered it."""
    shared: dict[str, Any] = {"paper": scan, "entered_by": entered_by}
    first = paper.approvals[0].day
    add_step(
        proposal,
        position=0,
        decision=Decision.SUBMIT,
        acted_by=author,
        legal_day=first,
        **shared,
    )
    for position, approval in enumerate(paper.approvals, start=1):
        add_step(
            proposal,
            position=position,
            decision=Decision.APPROVE,
            acted_by=approval.person,
            role=approval.role.value,
            on_behalf_of=_principal(approval, proposal.matter),
            opinion=approval.opinion.strip(),
            legal_day=approval.day,
            **shared,
        )


def _audit(proposal: Proposal, actor: User, scan: Attachment) -> None:
    audit.record(
        actor=actor,
        action="proposal.entered_from_paper",
        object_type="proposal",
        object_id=proposal.pk,
        details={
            "transition": proposal.transition,
            "digest": proposal.digest,
            "sha256": scan.sha256,
        },
        **acts.audit_scope(proposal.matter),
    )
