"""Transfer to enforcement and what the court does there (T43 to T47, T58; law 3.10a)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import DepartmentKind, User
from audit import clock
from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, proven, stated
from cases.models import Case
from enforcement.forms.court import EnforcementEnd, EnforcementSuspension, Measure, RoundGround
from enforcement.items import ItemType
from enforcement.lifecycle import ObligationState
from enforcement.selectors import obligations_told
from litigation.requirements.grounds import ground_fits

WITH_AMOUNT = (Measure.DELAY_MONEY, Measure.SUBSTITUTE, Measure.PUBLICATION)


@guard(
    "义务到期未履行",
    "An obligation is due and not performed",
    "JI 12; CPL 247",
    reads="Obligation.state, Obligation.due_on, those the act names",
    cure=TEAM_CURES,
)
def obligation_overdue(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The last day of at least one has passed; those named are among them (norm C079)."""
    owed = (row for row in obligations_told(matter) if row.state == ObligationState.PENDING)
    rows = [row for row in owed if row.due_on < clock.today()]
    if not rows:
        return Verdict(False, _("No obligation is due and owed: nothing is to be enforced yet."))
    named = set(facts.get("obligations") or []) - {row.pk for row in rows}
    return either(
        not named,
        "；".join(str(row) for row in rows),
        _("Choose obligations of this case that are due and owed."),
    )


@guard(
    "已移送执行",
    "The court has transferred it",
    "JI 12; CPL 247",
    reads="facts, Attachment",
)
def transfer_shown(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court's notice is uploaded; a letter of the office alone begins nothing (S70)."""
    return proven(facts, _("Upload the court's notice of the transfer."))


@guard(
    "措施与义务相符",
    "The measure fits",
    "CC 1000; CPLI 501-505",
    reads="facts, Obligation",
    cure=TEAM_CURES,
)
def measure_fits_the_obligation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Only an apology is published at the debtor's cost; delay money and costs name obligation and amount."""
    measure = facts.get("measure")
    if measure not in Measure.values:
        return Verdict(False, _("Choose the measure."))
    row = matter.obligations.filter(pk=facts.get("obligation") or 0).first()
    if measure in WITH_AMOUNT and (row is None or not float(facts.get("amount") or 0)):
        return Verdict(False, _("Name the obligation and the amount the debtor bears."))
    fits = measure != Measure.PUBLICATION or (row is not None and row.type == ItemType.APOLOGY)
    return either(
        fits,
        str(Measure(measure).label),
        _("Only an apology is published at the debtor's cost (CC 1000)."),
    )


@guard(
    "监督部门与起诉团队分离",
    "Another department supervises",
    "Rules 9",
    reads="facts, Department, TeamMember",
)
def supervisor_is_not_of_the_team(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The civil department takes it, and nobody of the suing team (norm C085)."""
    person = User.objects.filter(pk=facts.get("receiver") or 0).select_related("department").first()
    if person is None or person.department_id != facts.get("department"):
        return Verdict(False, _("Name the supervising department and who takes it there."))
    if person.department is None or person.department.kind != DepartmentKind.CIVIL:
        return Verdict(False, _("The civil department supervises the court (Rules 9)."))
    concerned = matter.team.filter(user=person).exists()
    return either(
        not concerned,
        person.name,
        _("%(name)s belongs or belonged to the team that sues.") % {"name": person.name},
    )


@guard(
    "符合中止执行情形",
    "The ground of the suspension fits",
    "CPL 267",
    reads="facts, Party",
    cure=TEAM_CURES,
)
def enforcement_suspension_ground(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of the grounds of CPL 267 that fits the parties, with what it needs."""
    return ground_fits(matter, facts, EnforcementSuspension)


@guard(
    "符合终结执行情形",
    "The ground of the termination fits",
    "CPL 268",
    reads="facts, Party",
    cure=TEAM_CURES,
)
def enforcement_termination_ground(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of the grounds of CPL 268 that fits the debtors, with what it needs."""
    return ground_fits(matter, facts, EnforcementEnd)


@guard("终结本次执行程序的条件", "The round may end", "CPLI 517", reads="facts", cure=TEAM_CURES)
def round_may_end(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Property was looked for; the applicant has signed, or panel and president agree (norm C084)."""
    looked = stated(facts, "investigation", _("Say how property was looked for."))
    if not looked.met:
        return looked
    if facts.get("ground") == RoundGround.CONFIRMED:
        return Verdict(True, str(RoundGround.CONFIRMED.label))
    agreed = facts.get("ground") == RoundGround.PANEL and facts.get("president_approved")
    return either(
        bool(agreed),
        str(RoundGround.PANEL.label),
        _("The applicant signs that he agrees, or the panel finds so and the president approves."),
    )


@guard(
    "发现财产或者执行线索",
    "Something was found",
    "CPL 265; CPLI 517",
    reads="facts",
    cure=TEAM_CURES,
)
def something_was_found(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Property, or a way to enforce (norm C084)."""
    return stated(facts, "found", _("Say what was found."))


@guard(
    "无待核实的履行",
    "Nothing waits for verification",
    "law 8.4",
    reads="Obligation",
    cure=TEAM_CURES,
)
def nothing_waits_for_verification(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What was logged as performed is examined before the rest ends unperformed."""
    rows = matter.obligations.filter(state=ObligationState.PERFORMED)
    return either(
        not rows,
        _("No performance waits."),
        _("Verify or refuse first: %(items)s.") % {"items": "；".join(str(row) for row in rows)},
    )
