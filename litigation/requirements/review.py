"""The review for prosecution: its result, its extensions, its commissions (T17 to T20, T65)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Office, OfficeLevel
from audit.errors import Verdict
from cases.guards import day_of, either, guard, named, proven, stated
from cases.models import Case
from cases.selectors import back_entry
from cases.selectors.events import facts_since, standing_since
from deadlines.models import DeadlineState
from deadlines.requirements import later_end
from litigation import rounds, selectors
from litigation.forms.review import ReviewOutcome
from litigation.models import Court
from litigation.models.court import LEVELS


def _proposes(matter: Case, outcome: ReviewOutcome) -> Verdict:
    given = facts_since(matter, "review_reported", rounds.REVIEW).get("outcome", "")
    link = reverse("transition_record", args=[matter.key, "S03"])
    if not given:
        return Verdict(False, _("The result of the review has not been reported."), link)
    title = str(ReviewOutcome(given).label)
    return Verdict(
        given == outcome, _("The review report proposes: %(what)s.") % {"what": title}, link
    )


@guard(
    "审查报告提出终结",
    "The review proposes to terminate",
    "Rules 94(1)",
    reads="Event review_reported",
)
def review_proposes_termination(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Rules 94(1)."""
    return _proposes(matter, ReviewOutcome.TERMINATE)


@guard(
    "审查报告提出移送",
    "The review proposes to transfer",
    "Rules 94(3)",
    reads="Event review_reported",
)
def review_proposes_transfer(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Rules 94(3)."""
    return _proposes(matter, ReviewOutcome.TRANSFER)


@guard(
    "审查报告提出起诉", "The review proposes to sue", "Rules 94(2)", reads="Event review_reported"
)
def review_proposes_suit(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Rules 94(2)."""
    return _proposes(matter, ReviewOutcome.SUE)


@guard("审查期限未届满", "The review still runs", "Rules 47", reads="Deadline P-02, P-03")
def review_running(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An extension is asked, and approved, before the period lapses (Rules 47; norm C043).

    It is judged when the extension is proposed and again, on the day of the approval, when that is entered. A
    decision of a past day that came too late is entered from its paper with a warning (law 14.2).
    """
    period = selectors.review_period(matter)
    if period is None:
        return Verdict(False, _("No review period runs."))
    if period.state == DeadlineState.MET:
        return Verdict(False, _("The review ended when the complaint was delivered (law 14.2)."))
    day = {"day": period.effective_day}
    if period.runs_on(day_of(facts)):
        return Verdict(True, _("The review runs until %(day)s.") % day)
    if back_entry.is_running(matter):
        return Verdict(
            True, _("The review lapsed on %(day)s; the paper says otherwise.") % day, warning=True
        )
    return Verdict(False, _("The review lapsed on %(day)s: an extension comes too late.") % day)


@guard(
    "审查起诉期限内",
    "Within the review period",
    "Rules 47; law 14.2",
    reads="Deadline P-02, P-03",
)
def review_period_kept(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A period of the office's own that lapsed is a flag and never keeps the suit back (law 14.2)."""
    period = selectors.review_period(matter)
    if period is None:
        return Verdict(True, _("No review period runs."), warning=True)
    day = period.effective_day
    if period.runs_on(day_of(facts)):
        return Verdict(True, _("The review runs until %(day)s.") % {"day": day})
    sentence = _("The review lapsed on %(day)s. No text stops the suit for it; it is recorded.")
    return Verdict(True, sentence % {"day": day}, warning=True)


@guard("重大、疑难、复杂", "Major, difficult or complex", "Rules 47", reads="facts")
def extension_ground(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A ground with its explanation."""
    if not facts.get("ground"):
        return Verdict(False, _("Choose the ground."))
    return stated(facts, "explanation", _("Explain the ground."))


@guard("未曾延长", "Not extended before", "Rules 47", reads="Event review_extended")
def not_extended_before(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The chief grants one month once in a review; more is for the next-higher office."""
    held = bool(standing_since(matter, "review_extended", rounds.REVIEW))
    return either(
        not held,
        _("The review has not been extended."),
        _("The chief has extended once. More is for the next-higher office (T17-2)."),
    )


@guard("已延长一个月", "Extended by one month before", "Rules 47", reads="Event review_extended")
def extended_before(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The next-higher office is asked after the month of the chief."""
    held = bool(standing_since(matter, "review_extended", rounds.REVIEW))
    return either(
        held,
        _("The chief has extended by one month."),
        _("The chief grants the first month (T17)."),
    )


@guard("新期限已载明", "The new end is named", "Rules 47", reads="Deadline P-02, facts")
def new_end_named(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The approval names a day after the present end (law 6.2 point 6)."""
    return later_end(selectors.review_period(matter), facts)


@guard("上一级院批准文件", "The approval is stored", "Rules 47", reads="facts, Attachment")
def superior_approval_stored(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The approval of the next-higher office as a file."""
    return proven(facts, _("Upload the approval of the next-higher office."))


@guard("委托尚未报告", "A commission is open", "Rules 48", reads="Event work_commissioned, facts")
def commission_open(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The report belongs to a commission that has none yet."""
    waiting = selectors.open_commissions(matter)
    if "commission" in facts:
        waiting = [pk for pk in waiting if pk == facts["commission"]]
    return either(
        bool(waiting),
        _("A commission waits for its report."),
        _("No commission waits for a report."),
    )


@guard(
    "受移送院与管辖法院对应",
    "The target matches the court",
    "Rules 16",
    reads="facts, Court, Office.level",
)
def target_matches_court(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Another office is named, of the level of the competent court, and why this office does not match it."""
    target = named(Office.objects.all(), facts.get("target_office"))
    if target is None or target.pk == matter.office_id:
        return Verdict(False, _("Name another procuratorate, the one at the competent court."))
    court = named(Court.objects.all(), facts.get("competent_court"))
    if court is None:
        return Verdict(False, _("Name the competent court."))
    if LEVELS[OfficeLevel(target.level)] != court.level:
        names = {"office": target.name, "court": court.name}
        sentence = _(
            "%(office)s is not of the level of %(court)s. Choose the office at that court."
        )
        return Verdict(False, sentence % names)
    return stated(facts, "transfer_ground", _("Say why that court is competent."))


@guard("移送凭证", "The file was sent", "Rules 16", reads="facts, Attachment")
def transfer_proven(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Proof that the file left."""
    return proven(facts, _("Upload the proof that the file was sent."))


@guard("撤销理由", "Reason of the revocation", "law 14.1", reads="facts")
def revocation_reason(matter: Case, facts: dict[str, Any]) -> Verdict:
    """T65 says why."""
    return stated(facts, "reason", _("Say why the decision is revoked."))
