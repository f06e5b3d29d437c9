"""What has to be done next in a case against an authority, and whose it is (law 3.9).

The guards of a step decide whether it can be made; what stands here only says where to go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from administrative.forms.investigating import Proposal as ClosingProposal
from administrative.selectors.board import BoardStage, Followed
from audit import clock
from cases.states import AdministrativeState
from notices.slots import making_address

PAPER = "D-70"


@dataclass(frozen=True)
class NextAct:
    """One thing to do.

    Attributes:
        whose: the person, the body or the role whose turn it is, in words.
        link: where it is done; the case itself for who does not work on it.
        day: by when, with the `period` of law 6.1 that says so; None where nothing says so.
        pressing: whether it belongs in the inbox of the lead handler; `team`: of the whole team.
    """

    title: str
    whose: str
    link: str
    law: str = ""
    day: date | None = None
    period: str = ""
    pressing: bool = False
    team: bool = False


def next_act(row: Followed) -> NextAct | None:
    """Return what comes first; None where the case has ended."""
    return next(_acts(row), None)


def pressing_acts(row: Followed) -> list[NextAct]:
    """Return what waits for the reader of `row` in his inbox: a leader's everything, the team's the rest."""
    return [act for act in _acts(row) if act.pressing and (row.led or (row.mine and act.team))]


def _acts(row: Followed) -> Iterator[NextAct]:
    if row.stage == BoardStage.ENDED:
        return
    if row.proposal is not None:
        yield _of_proposal(row)
    if _must_be_recorded(row):
        yield _record_with_superior(row)
    yield from _BY_STAGE[row.stage](row)


def _step(row: Followed, code: str) -> str:
    """Return where a step is recorded; the case for who does not work on it."""
    name = "transition_record"
    return reverse(name, args=[row.case.key, code]) if row.mine else row.case.get_absolute_url()


def _proposed(row: Followed, code: str) -> str:
    """Return where a step is proposed; the case for who does not work on it."""
    name = "proposal_create"
    return reverse(name, args=[row.case.key, code]) if row.mine else row.case.get_absolute_url()


def _handler(row: Followed) -> str:
    return row.handler or _("the handling team")


def _of_proposal(row: Followed) -> NextAct:
    proposal = row.proposal
    assert proposal is not None  # asked by the caller
    role = proposal.awaited_role
    if role is None:
        title, whose = _("Carry out: %(title)s"), _handler(row)
    else:
        title, whose = _("Decide on the proposal: %(title)s"), str(Role(role).label)
    return NextAct(title % {"title": proposal.title}, whose, proposal.get_absolute_url())


def _must_be_recorded(row: Followed) -> bool:
    """Whether it was served and the next-higher office, if there is one, has it not on record (P-52)."""
    return (
        row.served_on is not None
        and row.recorded_on is None
        and row.case.office.parent_id is not None
    )


def _record_with_superior(row: Followed) -> NextAct:
    return NextAct(
        _("Record the recommendation with the next-higher office (S81)"),
        _handler(row),
        _step(row, "S81"),
        law="Rules 75",
        day=row.record_until,
        period="P-52" if row.record_until else "",
        pressing=True,
        team=True,
    )


# --- by stage ----------------------------------------------------------------------------------------


def _prepare(row: Followed) -> Iterator[NextAct]:
    if row.case.state == AdministrativeState.ADM_INVESTIGATION_CLOSED:
        yield _after_the_report(row)
        return
    if row.case.state == AdministrativeState.ADM_CONSULTING and row.consulted_on is None:
        yield NextAct(
            _("Record what the consultation came to, with the minutes or the letter (A-2-2)"),
            _handler(row),
            _step(row, "A-2-2"),
            law="Rules 70",
            pressing=True,
            team=True,
        )
    title = _("Make the four findings and close the investigation (A-3, A-4)")
    yield NextAct(title, _handler(row), row.case.get_absolute_url(), law="Rules 71-73")


def _after_the_report(row: Followed) -> NextAct:
    if row.proposes == ClosingProposal.TERMINATE:
        title = _("Propose to terminate the case (A-4-2)")
        return NextAct(title, _handler(row), _proposed(row, "A-4-2"), law="Rules 74")
    if not row.asked:
        title = _("Prepare the recommendation: its period and its measures")
        name = "recommendation_prepare"
        link = reverse(name, args=[row.case.key]) if row.mine else row.case.get_absolute_url()
        return NextAct(title, _handler(row), link, law="Rules 75")
    title = _("Propose the recommendation (A-5)")
    return NextAct(title, _handler(row), _proposed(row, "A-5"), law="Rules 75")


def _sent(row: Followed) -> Iterator[NextAct]:
    if row.served_on is not None:
        title = _("Enter that the authority has the recommendation (A-6)")
        yield NextAct(
            title, _handler(row), _step(row, "A-6"), law="JI 21", pressing=True, team=True
        )
        return
    where = making_address(row.case, PAPER)
    if row.paper is not None:
        where = reverse("document_detail", args=[row.paper])
    yield NextAct(
        _("Issue the recommendation and serve it on the authority"),
        _handler(row),
        where if row.mine else row.case.get_absolute_url(),
        law="Rules 76",
        day=row.serve_until,
        period="P-51" if row.serve_until else "",
        pressing=True,
        team=True,
    )


def _awaiting(row: Followed) -> Iterator[NextAct]:
    yield NextAct(
        _("Perform the duty and answer in writing"),
        row.body or _("the authority"),
        row.case.get_absolute_url(),
        law="JI 21",
        day=row.due,
        period="P-53, P-54" if row.due else "",
    )


def _overdue(row: Followed) -> Iterator[NextAct]:
    """An escalation is never made by the list: the chief procurator decides it (Rules 45; PRR 20, 25)."""
    yield NextAct(
        _(
            "The time to answer is over: follow up (A-7), or propose to the chief procurator to escalate "
            "(A-7-4)"
        ),
        _handler(row),
        _step(row, "A-7"),
        law="Rules 45, 77; PRR 20, 25",
        day=row.due,
        period="P-53, P-54",
        pressing=True,
    )


def _assess(row: Followed) -> NextAct:
    title = _("Read the reply and assess the measures: %(count)s not looked at yet (S80)")
    return NextAct(
        title % {"count": row.unassessed},
        _handler(row),
        _step(row, "S80"),
        law="Rules 77",
        pressing=row.answered_on is not None,
        team=True,
    )


def _answered(row: Followed) -> Iterator[NextAct]:
    if row.unassessed:
        yield _assess(row)
    yield NextAct(_("Begin the follow-up (A-7)"), _handler(row), _step(row, "A-7"), law="Rules 77")


def _follow_up(row: Followed) -> Iterator[NextAct]:
    if row.unassessed:
        yield _assess(row)
    today = clock.today()
    if row.retest_on is not None and row.retest_on <= today:
        # A task of its own reminds of it, measure by measure.
        title = _("Test the measures again (S80)")
        yield NextAct(title, _handler(row), _step(row, "S80"), law="Rules 77", day=row.retest_on)
    if row.rectify_until is not None and row.rectify_until >= today:
        title = _("See what is done until the rectification period ends (S82)")
        yield NextAct(
            title, _handler(row), _step(row, "S82"), law="Rules 77", day=row.rectify_until
        )
        return
    yield NextAct(
        _("Review the performance (A-8)"),
        _handler(row),
        _step(row, "A-8"),
        law="Rules 47, 79",
        day=row.review_until,
        period=row.review_period,
        pressing=True,
    )


def _suspended(row: Followed) -> Iterator[NextAct]:
    title = _("Resume the review once the obstacle is gone (A-7-3)")
    yield NextAct(title, _handler(row), _proposed(row, "A-7-3"), law="Rules 78")


def _review(row: Followed) -> Iterator[NextAct]:
    if row.all_final:
        title, link = _("Propose to terminate the case (A-8-2)"), _proposed(row, "A-8-2")
    else:
        title = _("Not every measure is final: assess again (S80), transfer (A-8-3) or sue (A-9)")
        link = row.case.get_absolute_url()
    yield NextAct(
        title,
        _handler(row),
        link,
        law="Rules 79, 81-82",
        day=row.review_until,
        period=row.review_period,
        pressing=True,
    )


def _suit(row: Followed) -> Iterator[NextAct]:
    title = _("Follow the suit until its decision takes effect (A-9-2 to A-11)")
    yield NextAct(title, _handler(row), row.case.get_absolute_url(), law="Rules 81-84")


_BY_STAGE: dict[BoardStage, Callable[[Followed], Iterator[NextAct]]] = {
    BoardStage.PREPARE: _prepare,
    BoardStage.SENT: _sent,
    BoardStage.AWAITING: _awaiting,
    BoardStage.OVERDUE: _overdue,
    BoardStage.ANSWERED: _answered,
    BoardStage.FOLLOW_UP: _follow_up,
    BoardStage.SUSPENDED: _suspended,
    BoardStage.REVIEW: _review,
    BoardStage.SUIT: _suit,
}
